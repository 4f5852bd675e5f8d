"""Differences between readers that are right, each with its reason."""

from __future__ import annotations

import unicodedata
from typing import Final

from tests.spellings.concerns import SHOWN, WITHHELD
from tests.spellings.rows import badges, files, headings, refusals
from tests.spellings.suite import Declared


def _in_one_line(badge: str) -> str:
    """As every text is told: composed, without invisible characters, with one kind of blank."""
    return " ".join(unicodedata.normalize("NFC", badge.replace("\u200b", "")).split())


_JSON: Final = ("OParl", "SessionNet 6 (JSON)", "more!rubin", "councilservice")

DECLARED: Final[tuple[Declared, ...]] = (
    Declared(
        ("badge without a heading",),
        _JSON,
        badges.NUMBERS,
        lambda _: SHOWN,
        "the answer itself says of every item whether it is public; no heading has to prove it",
    ),
    Declared(
        ("heading that ends the public part",),
        _JSON,
        headings.UNKNOWN,
        lambda _: SHOWN,
        "there are no headings, only items, each with its own flag: one of an unknown name ends nothing",
    ),
    Declared(
        ("badge under a public heading",),
        _JSON,
        badges.UNKNOWN,
        lambda _: SHOWN,
        "the answer itself says that the item is public: letters that nobody knows are a numbering of the council's",
    ),
    Declared(
        ("number of an item",),
        ("OParl", "more!rubin", "councilservice"),
        (*badges.PUBLIC, *badges.NUMBERS),
        _in_one_line,
        "the number is a field of its own and is told as the source has it",
    ),
    Declared(
        ("role of a file",),
        ("OParl",),
        files.ROLES,
        lambda _: "attachment",
        "the role is the property in which the file stands (here auxiliaryFile), whatever its name",
    ),
    Declared(
        ("heading of the public part",),
        ("notices",),
        ("Öffentliche Sitzung am 12.03.2026",),
        lambda _: WITHHELD,
        "a row with a day is a meeting in a list of them: it begins no part of an agenda",
    ),
    Declared(
        ("file",),
        ("notices",),
        ("Bekanntgabe nichtöffentlich gefasster Beschlüsse",),
        lambda _: WITHHELD,
        "nothing says which part a file on a website is of: beside words on a non-public part only those are shown"
        " whose names say public",
    ),
    Declared(
        ("refusal",),
        ("OParl",),
        refusals.ERROR_PAGE,
        lambda _: "unexpected",
        "an error page where data were to come says no more than that there are none",
    ),
)
