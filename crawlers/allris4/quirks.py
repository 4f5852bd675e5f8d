"""What single versions and installations of ALLRIS 4 do differently from the rest, each with where and when, and why.

Each is told by what it looks like, never by a host's name: servers move and are updated. "Saved": it stands on a page
of that municipality that was kept. "Described": never seen as a page, other projects' code and tests say so (looked
up in November 2026).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from crawlers.allris4.urls import number_of
from crawlers.parsing.columns import Column

# --- calendars and the export ---------------------------------------------------------------------------------------

EMPTY_ROW: Final = "emptyrow"
"""Trier 4.1.7 (saved, October 2026): class of a calendar's row with a day and a name that is no meeting's, but a
holiday's ("Herbstferien"). A meeting of that day stands in the next row. In lower case."""

NO_MEETINGS: Final = frozenset({"kalender", "sitzungskalender"})
"""Names of entries in the export that only stand for the whole (described: allris-ics). In lower case."""

# --- pages within a website -----------------------------------------------------------------------------------------

HEADING_IN_A_WEBSITE: Final = "main h1, #pageContent h1, #readOut h1, #allris h1"
"""Taunusstein 4.1.7 (described, June 2026): the first `h1` is the website's; the page's own is in the system's part."""


def meeting_in_address(url: str) -> str | None:
    """The meeting that an item's address names besides the item: `to020?TOLFDNR=…&SILFDNR=…`.

    Taunusstein 4.1.7 (described, June 2026). Asked only where the head leads to no meeting.
    """
    return number_of(url, "SILFDNR")


# --- tables without the usual marks ---------------------------------------------------------------------------------


def is_agenda(fields: Iterable[str | None]) -> bool:
    """Whether a table is an agenda by what its columns mean: numbers and subjects.

    Homburg (described): the agenda's table has no id.
    """
    return {Column.NUMBER, Column.NAME} <= set(fields)


def kind_named_by(texts: list[str]) -> str | None:
    """The kind of committee that a row of the list without any link names for those below: its one text.

    Neu Wulmstorf (described): gr010 has such rows between its committees.
    """
    return texts[0][:100] if len(texts) == 1 else None
