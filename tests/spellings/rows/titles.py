"""Titles of agenda items under a public heading: which say of themselves that they are not public."""

from __future__ import annotations

from typing import Final

NONPUBLIC: Final = (
    "NÖ: Verkauf Wiesengrund", "NÖ - Verkauf Wiesengrund", "nö. Verkauf Wiesengrund", "n.ö. Verkauf Wiesengrund",
    "n. ö.: Verkauf Wiesengrund", "(NÖ) Verkauf Wiesengrund", "[NÖ] Verkauf Wiesengrund",
    "(nichtöffentlich) Verkauf Wiesengrund", "Verkauf Wiesengrund (NÖ)", "Verkauf Wiesengrund [nö]",
    "Verkauf Wiesengrund (nichtöffentlich)", "Verkauf Wiesengrund (nicht öffentlich)",
    "Verkauf Wiesengrund - nichtöffentlich", "Verkauf Wiesengrund – nicht-öffentlich", "Verkauf Wiesengrund (n.ö.)",
    "Verkauf Wiesengrund (nö.)", "Nichtöffentlich: Verkauf Wiesengrund", "Nicht öffentlich - Verkauf Wiesengrund",
    "Nichtöffentlicher Teil: Verkauf Wiesengrund", "NICHTÖFFENTLICH: Verkauf Wiesengrund",
    "Verkauf Wiesengrund (nichtoeffentlich)", "Verkauf Wiesengrund (nichto\u0308ffentlich)",
    "NO\u0308: Verkauf Wiesengrund", "Verkauf Wiesengrund (nicht\ufffdffentlich)",
    "Verkauf Wiesengrund (nicht\u00adöffentlich)", "Verkauf Wiesengrund, nichtöffentlich",
    "Verkauf Wiesengrund (vertraulich)", "Vertraulich: Verkauf Wiesengrund", "NÖ 5 Verkauf Wiesengrund",
    "Verkauf Wiesengrund (in nichtöffentlicher Sitzung)", "NOE: Verkauf Wiesengrund",
)  # fmt: skip

PUBLIC: Final = (
    "Verkauf Wiesengrund", "Bekanntgabe nichtöffentlich gefasster Beschlüsse: Verkauf Wiesengrund",
    "Bekanntgabe der in nichtöffentlicher Sitzung gefassten Beschlüsse zum Verkauf Wiesengrund",
    "Genehmigung der Niederschrift (nichtöffentlicher Teil) Verkauf Wiesengrund", "Verkauf Wiesengrund (öffentlich)",
    "Verkauf Wiesengrund an die Gemeinde Nörten", "Öffentlichkeitsbeteiligung zum Verkauf Wiesengrund",
    "Verkauf Wiesengrund an N. Ohnesorg", "Neubau und Verkauf Wiesengrund", "Verkauf Wiesengrund - Nordteil",
    "Öffentliche Auslegung zum Verkauf Wiesengrund", "Veröffentlichung zum Verkauf Wiesengrund",
)  # fmt: skip
