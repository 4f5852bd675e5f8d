"""The number of an agenda item as it is shown: the badge that says whether the item is public, and the bare number.

"Ö 3.1 (Nachtrag)" is 3.1, public, and was added late. There is one table of spellings for all products. Letters that it
does not know make a badge UNKNOWN: no proof, not even below a public heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crawlers.parsing.wording import canonical


class Marking(StrEnum):
    """What the letters beside a number say."""

    PUBLIC = "public"
    NONPUBLIC = "nonpublic"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Badge:
    """`number` is the bare one ("3.1", "4 a", "IV.2"), None where only letters are shown. `stands_alone`: nothing but
    badge and number is there, no words of another kind."""

    marking: Marking
    number: str | None
    is_late: bool = False
    stands_alone: bool = True


NO_BADGE: Final = Badge(Marking.NONE, None)

_ENDINGS: Final = r"(?:e[rsnm]?)?"
_PUBLIC = re.compile(rf"ö(?:t|s|ff|ffentl)?|öffentlich{_ENDINGS}")
_NONPUBLIC = re.compile(
    rf"n|(?:n|nicht)ö(?:t|s|ff|ffentl)?|nichtöffentlich{_ENDINGS}"
    rf"|(?:vertraulich|geheim|intern|geschlossen|gesperrt){_ENDINGS}"
)
_LATE_WORD: Final = r"nachtrag\w*|nachträglich|nachgereicht|neu|zusatz\w*|ergänz\w*|dringlich\w*|tischvorlage"
_NEUTRAL = re.compile(
    r"z?tops?|to|tagesordnungspunkte?|punkte?|pkt|nr|nummer|lfd|teil|sitzung|und|bis"
    rf"|vertagt|abgesetzt|zurückgezogen|zurückgestellt|entfällt|entfallen|geändert|verschoben|{_LATE_WORD}"
)
_LATE = re.compile(
    rf"[(\[*]?(?<!\w)(?:(?<=\d\s)\d\.\s?)?(?:{_LATE_WORD}|(?<=\d\s)nt)(?!\w)(?:\s*\d{{1,2}}(?![\d.]))?\s*:?\s*(?:vom\s*)?"
    r"(?:\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2}))?\s*[)\]]?\s*\*?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<!\w)(?:(?:[IVX]+|[A-MO-Z])\s?[./]\s?|[A-F]\s)?\d{1,4}(?:\s?[.\-/,+]\s?\d{1,4})*"
    r"(?:\.?\s?[a-mo-zA-MO-Z](?!\w))?"
    r"|(?<=\D)(?<![\d.])\d{1,4}(?:\.\d{1,4})*(?:\s?[a-mo-zA-MO-Z](?!\w))?"
)
_LETTER_ALONE = re.compile(r"\W*(?:[ivxIVX]+|[a-mo-z]|[A-MO-Z](?=\W*[.)]))\W*")
_WORD = re.compile("[^\\W\\d_]+|\ufffd")
_PADLOCKS = re.compile("[\U0001f50f\U0001f510\U0001f512]")
_LONGEST: Final = 300
_LONGEST_ALONE: Final = 12


def read_badge(shown: str | None) -> Badge:
    """The badge and the number of what a page or an answer shows as an item's number; None or "": Badge(NONE, None)."""
    written = _PADLOCKS.sub(" vertraulich ", canonical((shown or "").replace("\u2116", "Nr. "))[:_LONGEST])
    is_late = bool(_LATE.search(written)) or "*" in written
    bare = _LATE.sub(" ", written)
    written = bare if re.search(r"\w", bare) else written
    found = _NUMBER.search(written)
    if found is None and _LETTER_ALONE.fullmatch(written):
        return Badge(Marking.NONE, re.sub(r"\W+", "", written), is_late)
    before, behind = (written[: found.start()], written[found.end() :]) if found else (written, "")
    first, second = list(_markings(before)), list(_markings(behind))
    number = " ".join(found[0].split()).strip(" .") if found else None
    stands_alone = Marking.UNKNOWN not in (*first, *second)
    return Badge(_marking(first, second), number, is_late, stands_alone)


def badge_of_row(number: str | None, cells: Iterable[str | None]) -> Badge:
    """The badge of what a row shows as its number; a cell of any column that holds nothing but a badge of the
    non-public part counts before it."""
    own = read_badge(number)
    badges = (read_badge(cell) for cell in cells if cell and len(cell) < _LONGEST_ALONE)
    denying = next((badge for badge in badges if badge.stands_alone and badge.marking is Marking.NONPUBLIC), None)
    return own if denying is None else Badge(Marking.NONPUBLIC, own.number or denying.number)


def _marking(before: list[Marking], behind: list[Marking]) -> Marking:
    """What says non-public wins, wherever it stands; an unknown word behind a known badge takes nothing from it."""
    if Marking.NONPUBLIC in (*before, *behind):
        return Marking.NONPUBLIC
    if Marking.UNKNOWN in before:
        return Marking.UNKNOWN
    if Marking.PUBLIC in (*before, *behind):
        return Marking.PUBLIC
    return Marking.UNKNOWN if Marking.UNKNOWN in behind else Marking.NONE


def _markings(text: str) -> Iterator[Marking]:
    """What each word says."""
    folded = text.lower().replace("oe", "ö")
    folded = re.sub(r"(?<!\w)nicht[\s\-_]*(?=ö)", "nicht", folded)
    folded = re.sub(r"(?<!\w)n\s?[.\-/]?\s?(?=ö(?!\w))", "n", folded)
    folded = re.sub(r"(?<!\w)top(?=n?ö)", "", folded)
    folded = re.sub(r"(?<!\w)(n?ö)\s?[.\-]\s?(?=[st](?!\w))", r"\1", folded)
    for word in _WORD.findall(folded):
        if _NONPUBLIC.fullmatch(word):
            yield Marking.NONPUBLIC
        elif _PUBLIC.fullmatch(word):
            yield Marking.PUBLIC
        elif not _NEUTRAL.fullmatch(word):
            yield Marking.UNKNOWN
