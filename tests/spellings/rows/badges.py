"""What stands before an agenda item: its number, and the letters or words that say whether it is public.

Written down from what German councils write. An item is shown only where its badge or the heading above proves it
public; a badge that nobody knows proves nothing, and takes away what the heading proved.
"""

from __future__ import annotations

from typing import Final

PUBLIC: Final = {
    "Ö 1": "1",
    "Ö1": "1",
    "Ö 1.": "1",
    "Ö1.": "1",
    "ö 1": "1",
    "Ö-3": "3",
    "Ö - 3": "3",
    "Ö – 3": "3",
    "Ö.3": "3",
    "Ö. 3": "3",
    "Ö: 3": "3",
    "Ö/3": "3",
    "Ö_3": "3",
    "Ö) 3": "3",
    "(Ö) 3": "3",
    "(ö) 3": "3",
    "[Ö] 3": "3",
    "[Ö]3": "3",
    "Ö 3.1": "3.1",
    "Ö 3.1.": "3.1",
    "Ö 3.1.2": "3.1.2",
    "Ö 3a": "3a",
    "Ö 3 a": "3 a",
    "Ö 7.1 a": "7.1 a",
    "Ö 7*": "7",
    "Ö 7 *": "7",
    "Ö\u00a03": "3",
    "Ö  3": "3",
    "Ö\u200b 3": "3",
    "O\u0308 3": "3",
    "TOP Ö 4": "4",
    "TOP Ö4": "4",
    "Top Ö 4": "4",
    "TOP: Ö 4": "4",
    "TOP (Ö) 5": "5",
    "TOP [Ö] 5": "5",
    "TOP Ö 4 (Nachtrag)": "4",
    "Ö 7 (Nachtrag)": "7",
    "Ö 7 (neu)": "7",
    "Punkt Ö 3": "3",
    "öff. 3": "3",
    "Öff. 3": "3",
    "öff 3": "3",
    "ÖFF 3": "3",
    "oeff. 3": "3",
    "öffentl. 3": "3",
    "öffentlich 3": "3",
    "Öffentlich 3": "3",
    "(öffentlich) 3": "3",
    "3 Ö": "3",
    "3. Ö": "3",
    "3 (Ö)": "3",
    "3 [Ö]": "3",
    "3 öffentlich": "3",
    "3 (öffentlich)": "3",
}  # fmt: skip
"""Proven public by itself → the number without the badge."""

NUMBERS: Final = {
    "5": "5",
    "5.": "5",
    "12": "12",
    "5.1": "5.1",
    "5.1.": "5.1",
    "5.1.2": "5.1.2",
    "5a": "5a",
    "5 a": "5 a",
    "5.1 a": "5.1 a",
    "5)": "5",
    "5*": "5",
    "5\u00a0": "5",
    "TOP 5": "5",
    "TOP5": "5",
    "Top 5.": "5",
    "TOP 5.1": "5.1",
    "TOP: 5": "5",
    "Punkt 5": "5",
    "Nr. 5": "5",
    "5 (Nachtrag)": "5",
    "5 (neu)": "5",
}  # fmt: skip
"""No badge at all: public where the heading above says so, and nowhere else → the number. An N in "Nr." or "Nachtrag"
is none."""

NONPUBLIC: Final = (
    "N 1", "N1", "n 1", "N 1.", "N. 1", "N-1", "N – 1", "N: 1", "N/1", "N_1", "N) 1", "N", "N.", "N 2.1", "N 2 a",
    "N\u00a02", "N 2 Nachtrag: 01.03.2026 *", "(N) 5", "[N] 5", "(n) 5", "{N} 5", "NÖ 3", "nö 3", "Nö 3", "nÖ 3",
    "NÖ3", "NÖ-3", "NÖ. 3", "NÖ: 3", "NÖ/3", "NÖ_3", "NÖ", "(NÖ)", "(NÖ) 5", "[NÖ] 5", "(nö) 5", "(NÖ)5", "N.Ö. 3",
    "n.ö. 3", "n. ö. 3", "(n.ö.) 3", "N Ö 3", "N-Ö 3", "n.-ö. 3", "NO\u0308 3", "N\ufffd 3", "NOE 3", "noe 3",
    "n.oe. 3", "TOP N 5", "TOP N5", "TOP: N 5", "TOP NÖ 5", "TOP (NÖ) 5", "TOP (N) 5", "TOP [NÖ] 5", "Top n.ö. 5",
    "Punkt N 3", "Punkt NÖ 3", "nichtöffentlich 3", "Nichtöffentlich 3", "nicht öffentlich 3", "nicht-öffentlich 3",
    "(nichtöffentlich) 3", "nichtöff. 3", "nicht öff. 3", "n.öff. 3", "n. öff. 3", "nöff. 3", "nichtoeffentlich 3",
    "nicht oeff. 3", "nichto\u0308ffentlich 3", "nicht\u00adöffentlich 3", "3 NÖ", "3 (NÖ)", "3 [NÖ]", "3 - NÖ",
    "3 n.ö.", "3 nichtöffentlich", "3 (nicht öffentlich)", "vertraulich 3", "(vertraulich) 3", "3 (vertraulich)",
    "geheim 3", "NÖT 3", "N-TOP 3", "3 N", "3. N", "3 (N)",
)  # fmt: skip

BOTH: Final = (
    "Ö/N 3", "Ö/NÖ 3", "ö/nö 3", "N/Ö 3", "NÖ/Ö 3", "Ö+N 3", "Ö + NÖ 3", "Ö, N 3", "Ö und NÖ 3", "Ö u. N 3",
    "Ö 3 / N 3", "Ö 3, N 4", "Ö 3 (NÖ)", "Ö 3 NÖ", "Ö 3 (nichtöffentlich)", "öffentlich/nichtöffentlich 3", "(Ö/N) 3",
)  # fmt: skip
"""Says both: what is not public in part is not shown."""

UNKNOWN: Final = (
    "X 5", "G 5", "Z 5", "P 5", "NT 5", "VT 5", "(X) 5", "[G] 5", "TOP X 5", "XÖ 5", "ÖX 5",
)  # fmt: skip
"""Letters that nobody knows, V for "vertraulich" and G for "geheim" among what they may mean."""
