"""Headings between the items of an agenda: which part begins."""

from __future__ import annotations

from typing import Final

PUBLIC: Final = (
    "Öffentlicher Teil", "Öffentlicher Teil:", "öffentlicher Teil", "ÖFFENTLICHER TEIL", "- Öffentlicher Teil -",
    "*** Öffentlicher Teil ***", "I. Öffentlicher Teil", "A. Öffentlicher Teil", "A) Öffentlicher Teil",
    "1. Öffentlicher Teil", "I Öffentlicher Teil", "Teil A: Öffentlicher Teil", "Teil I - Öffentlicher Teil",
    "Teil 1 - öffentlich", "Teil A (öffentlich)", "Öffentliche Sitzung", "Öffentliche Sitzung:",
    "Öffentliche Tagesordnung", "Öffentliche Tagesordnungspunkte", "Öffentliche TOPs", "Öffentlicher Sitzungsteil",
    "Öffentliche Beratung", "öffentlich", "Öffentlich:", "Ö", "Ö-Teil", "öff. Teil", "Öffentl. Teil",
    "Öffentlicher Teil (18:00 Uhr)", "Öffentlicher Teil ab 18 Uhr", "Öffentlicher Teil, Beginn: 18:00 Uhr",
    "Öffentlicher Teil - 18.30 Uhr", "Öffentlicher Teil (18:00 - 19:00 Uhr)", "Öffentlicher Teil der Sitzung",
    "Öffentlicher Teil der Tagesordnung", "Tagesordnung öffentlicher Teil", "Tagesordnung - öffentlicher Teil",
    "Tagesordnung (öffentlicher Teil)", "Tagesordnung für den öffentlichen Teil",
    "Tagesordnung der öffentlichen Sitzung", "Öffentlicher Teil (TOP 1 - 12)", "Öffentliche Sitzung am 12.03.2026",
    "Fortsetzung öffentlicher Teil", "Fortsetzung des öffentlichen Teils", "Beginn des öffentlichen Teils",
    "Beginn der öffentlichen Sitzung", "In öffentlicher Sitzung", "In öffentlicher Sitzung:",
    "Wiederherstellung der Öffentlichkeit", "Oeffentlicher Teil", "Ö f f e n t l i c h e r Teil",
    "Ö f f e n t l i c h e r   T e i l", "O\u0308ffentlicher Teil", "Öffent\u00adlicher Teil",
    "Öffentlicher\u00a0Teil", "Öffentlicher\u200b Teil", "Öffentlicher Teil I",
)  # fmt: skip

NONPUBLIC: Final = (
    "Nichtöffentlicher Teil", "Nichtöffentlicher Teil:", "nichtöffentlicher Teil", "NICHTÖFFENTLICHER TEIL",
    "Nicht öffentlicher Teil", "Nicht-öffentlicher Teil", "Nicht – öffentlicher Teil", "- nichtöffentlicher Teil -",
    "II. Nichtöffentlicher Teil", "B. Nichtöffentlicher Teil", "B) Nicht öffentlicher Teil", "Teil B: nichtöffentlich",
    "Teil II – Nicht öffentlicher Teil", "Nichtöffentliche Sitzung", "Nichtöffentliche Tagesordnung",
    "Nichtöffentliche Tagesordnungspunkte", "Nichtöffentliche Beratung", "nichtöffentlich", "nicht öffentlich:", "NÖ",
    "NÖ-Teil", "n.ö. Teil", "nö. Teil", "Nichtöff. Teil", "Nicht öffentl. Teil",
    "Nichtöffentlicher Teil (ab 20:00 Uhr)", "Nichtöffentlicher Teil 19:00 - 20:15 Uhr",
    "Nichtöffentlicher Teil der Sitzung", "Tagesordnung - nichtöffentlicher Teil", "Tagesordnung (nicht öffentlich)",
    "Nichtöffentlicher Teil: Grundstücke", "Vertraulicher Teil", "Vertrauliche Sitzung", "Geheimer Teil",
    "Geschlossener Teil", "Geschlossene Sitzung", "Unter Ausschluss der Öffentlichkeit",
    "Sitzung unter Ausschluss der Öffentlichkeit", "Ausschluss der Öffentlichkeit", "Ausschluß der Öffentlichkeit",
    "Beginn des nichtöffentlichen Teils", "Beginn der nichtöffentlichen Sitzung", "Es folgt der nichtöffentliche Teil",
    "Es folgt: nichtöffentlicher Teil", "In nichtöffentlicher Sitzung", "In nichtöffentlicher Sitzung:",
    "Anschließend nichtöffentlich", "Danach nicht öffentlich:", "Anschließend nichtöffentlicher Teil",
    "Ende des öffentlichen Teils", "Ende der öffentlichen Sitzung", "Schluss des öffentlichen Teils",
    "Schließung des öffentlichen Teils", "Schluss der öffentlichen Sitzung", "Öffentlicher und nichtöffentlicher Teil",
    "Öffentlicher/nichtöffentlicher Teil", "Ö/NÖ", "Nichtoeffentlicher Teil", "Nicht oeffentlicher Teil",
    "N i c h t ö f f e n t l i c h e r Teil", "N i c h t ö f f e n t l i c h e r   T e i l",
    "Nicht\u00adöffentlicher Teil", "Nichto\u0308ffentlicher Teil", "Nicht\u00a0öffentlicher\u00a0Teil",
    "Nicht\ufffdffentlicher Teil",
)  # fmt: skip
"""A known non-public part, whatever product shows it."""

UNKNOWN: Final = (
    "Beratungsblock C", "Sonstiges", "Personalangelegenheiten", "Grundstücksangelegenheiten", "Teil B",
    "Weitere Beratung", "Halböffentlicher Teil", "Teilöffentlicher Teil", "Eingeschränkt öffentlicher Teil",
    "Parteiöffentlicher Teil", "Unöffentlicher Teil", "Öffentlicher Teil endet", "Der öffentliche Teil ist beendet",
    "Nach dem öffentlichen Teil", "Im Anschluss an den öffentlichen Teil", "Öffentlicher Teil entfällt",
)  # fmt: skip
"""As the heading of a part it proves nothing, and ends the public part; as the name of an item it is one."""
