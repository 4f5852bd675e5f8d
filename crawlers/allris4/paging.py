"""Lists that go on behind links which one session only understands (Wicket's navigator)."""

from __future__ import annotations

from bs4 import Tag

from crawlers.parsing.diagnostics import Diagnostics, WarningKind


def say_if_paged(tables: list[Tag], diagnostics: Diagnostics) -> None:
    """Note that the list of these tables goes on."""
    page = next((table.find_parent("body") for table in tables), None)
    if page is not None and page.select_one("a[href*=pageLink], a[href*=navigator]") is not None:
        what = "the list has more pages, whose links answer in one session only: ask by month or committee"
        diagnostics.add("paging", what, WarningKind.LIST_PAGED)
