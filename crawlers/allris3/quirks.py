"""What single installations of ALLRIS 3 do differently from the rest, each with where and when it was seen, and why.

Each is told by what it looks like, never by a host's name: installations move and are renewed. Where no other source is
named, it stands on a page of that municipality that was saved in September 2026.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

from bs4 import Tag

# --- the whole page -------------------------------------------------------------------------------------------------


def own_rows(table: Tag) -> list[Tag]:
    """The rows of a table, without those of a table within one of its cells.

    Landkreis Osnabrück, to010_r: `<table>` is opened twice, right one in the other. The nearest table above a row is
    the second then; so only a cell in between makes a row another table's.
    """
    rows = ((row, row.find_parent("td")) for row in table.find_all("tr"))
    return [row for row, outer in rows if outer is None or table not in outer.parents]


# --- the start page -------------------------------------------------------------------------------------------------


def is_of_another_installation(place: str, url: str) -> bool:
    """Whether a list that the start page at `url` leads to lies in another folder than that page.

    Wernigerode (Ratsmonitor's tests, 2026): the menu of the website around it links another installation's si010.asp
    before the real one.
    """
    return urlsplit(place).path.rpartition("/")[0] != urlsplit(url).path.rpartition("/")[0]


# --- a meeting and its agenda ---------------------------------------------------------------------------------------

_BODY_AND_DAY: Final = re.compile(r".+?\s+-\s+(?:\w{2,10},?\s+)?(?P<day>\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}(?!\d))).*")
_HIDDEN: Final = re.compile(r"[(\[]\s*nicht[\s\-]?öffentlich\s*[)\]]")


def day_in_title(title: str) -> str | None:
    """The day where a title is body and day, and so no name: "Kreistag - 28.09.2026" → "28.09.2026".

    Landkreis Osnabrück, to010_r: so the page gives its meeting no name.
    """
    found = _BODY_AND_DAY.fullmatch(title)
    return found["day"] if found else None


def hides_subject(written: str | None) -> bool:
    """Whether a cell holds nothing but the word that stands in a subject's place: "(nichtöffentlich)".

    Neustadt in Holstein: an item of the non-public part is "N 10 (nichtöffentlich)", with its number. That row is an
    item and no heading, so the part of the rows around it stays what it was.
    """
    return bool(_HIDDEN.fullmatch((written or "").lower()))


def repeated_numbers(rows: Iterable[set[str]]) -> frozenset[str]:
    """Numbers (TOLFDNR) that stand on several rows of one agenda, and so are no item's own.

    Hildesheim once had the same one on every row; when is not handed down, the saved agenda has a number for each.
    """
    seen: Counter[str] = Counter()
    for numbers in rows:
        seen.update(numbers)
    return frozenset(number for number, times in seen.items() if times > 1)


def is_another_meeting(page: str, parameters: Mapping[str, str]) -> bool:
    """Whether a link in an agenda leads to another meeting: to010 without an item's number.

    Hildesheim: where minutes are approved, the paper's column holds the meeting they are of ("SI/058/24"). That is no
    paper, and its cell no subject.
    """
    return page == "to010" and "TOLFDNR" not in parameters


SHORT_MINUTES: Final = r"\bPro\s?\d?\b"
"""Hildesheim: the name of a document that is minutes ("Pro2", in a row of its own below the item). A pattern: case
matters, "pro" is a word."""
