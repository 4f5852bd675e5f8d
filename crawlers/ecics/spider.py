"""Asking ecics RIS: one request a visit, for the list of meetings that the register names."""

from __future__ import annotations

from collections.abc import Iterator

from council.model import Kind, Meeting, Record
from crawlers.ecics.pages import read_page
from crawlers.ecics.urls import meeting_number
from crawlers.frontier.actions import Action, Key
from crawlers.frontier.page_crawl import PageCrawl
from crawlers.frontier.policy import Policy
from crawlers.frontier.unnumbered import Unnumbered


def policy(crawl: PageCrawl) -> Policy:
    """The list holds all years, so that whatever time is asked for it is the same page."""
    unnumbered = Unnumbered(crawl)

    def emit(record: Record, page_of: Key | None) -> Iterator[Action]:
        shown = unnumbered.as_listed(record, page_of) if isinstance(record, Meeting) else record
        return crawl.emit(shown, page_of)

    return Policy(
        read=read_page,
        record_key=record_key,
        calendars=lambda window: (crawl.context.municipality.url,),
        emit=emit,
        before_tombstones=unnumbered.settle,
        after_tombstones=unnumbered.numbers_come,
    )


def record_key(url: str) -> Key | None:
    """Whose own page an address is."""
    number = meeting_number(url)
    return (Kind.MEETING, number) if number else None
