"""Words of council papers that mean the same: asked for together, never written into the index, never inside quotes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from indexer.index.folding import fold

SAME: Final = (
    ("Kita", "Kindertagesstätte", "Kindertageseinrichtung"),
    ("OB", "Oberbürgermeister"),
    ("BM", "Bürgermeister"),
    ("GR", "Gemeinderat"),
    ("OR", "Ortschaftsrat"),
    ("B-Plan", "BPlan", "Bebauungsplan"),
    ("F-Plan", "FNP", "Flächennutzungsplan"),
    ("Kfz", "Kraftfahrzeug", "Auto", "PKW"),
    ("Lkw", "Lastkraftwagen"),
    ("HH", "Haushalt"),
    ("DHH", "Doppelhaushalt"),
    ("HHPlan", "Haushaltsplan"),
    ("ÖPNV", "Nahverkehr"),
    ("WC", "Klo", "Toilette", "Toilettenanlage"),
    ("WEA", "Windkraftanlage", "Windenergieanlage", "Windrad"),
    ("PV", "Photovoltaik", "Solaranlage"),
    ("FFW", "Feuerwehr"),
    ("KiGa", "Kindergarten"),
    ("MVZ", "Versorgungszentrum"),
    ("RPA", "Rechnungsprüfungsamt"),
    ("VHS", "Volkshochschule"),
    ("JHA", "Jugendhilfeausschuss"),
    ("AWO", "Arbeiterwohlfahrt"),
    ("DRK", "Rotes Kreuz"),
    ("IT", "EDV", "Computer"),
    ("Bücherei", "Bibliothek", "Stadtbibliothek"),
    ("Müll", "Abfall"),
    ("Fahrrad", "Rad"),
    ("Spielplatz", "Kinderspielplatz"),
    ("Friedhofsgebühr", "Bestattungsgebühr"),
    ("BgA", "Betrieb gewerblicher Art"),
    ("SvV", "Stadtverordnetenversammlung"),
    ("StVV", "Stadtverordnetenversammlung"),
    ("UNB", "Naturschutzbehörde"),
    ("ALG", "Arbeitslosengeld"),
    ("LSA", "Lichtsignalanlage", "Ampel"),
    ("Tram", "Straßenbahn"),
    ("MIV", "Individualverkehr"),
    ("BHKW", "Blockheizkraftwerk"),
    ("KMU", "Mittelstand"),
    ("ASB", "Samariterbund"),
    ("THW", "Technisches Hilfswerk"),
    ("ISEK", "Stadtentwicklungskonzept"),
    ("Flüchtling", "Geflüchtete", "Asylbewerber"),
)
"""Each line is one meaning. A row of blanks inside a text asks for the words beside each other."""


def _key(text: str) -> str:
    return "".join(fold(piece) for piece in text.replace("-", " ").split())


def _table(lines: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for line in lines:
        for text in line:
            table.setdefault(_key(text), []).extend(other for other in line if other != text)
    return {key: tuple(dict.fromkeys(others)) for key, others in table.items()}


_TABLE = _table(SAME)


def synonyms_of(folded: str) -> tuple[str, ...]:
    """Other texts for a folded word, without blanks and hyphens; () when there are none."""
    return _TABLE.get(folded, ())
