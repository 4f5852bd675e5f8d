"""Asking a more!rubin system: bodies, calendars a year or a month at a time, and every meeting's own answer.

Papers have no address of their own that is known: they come with the meetings that deal with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.held_reader import HeldReader
from archive.run import RunMode
from council.model import Kind, Meeting, Paper, Record
from crawlers.fetching.page_spider import GONE, Key, PageSpider
from crawlers.fetching.spider import said
from crawlers.frontier.window import Window
from crawlers.morerubin import ways
from crawlers.morerubin.pages import read_page
from crawlers.morerubin.refusals import says_not_there
from crawlers.morerubin.stations import with_stations
from crawlers.morerubin.ways import Interface
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.page import Page

INTERFACE = "interface"
"""In the spider's memory: which interface the system has."""


class MoreRubinSpider(PageSpider):
    """One crawl of a more!rubin system, whichever of its interfaces it has."""

    name = "morerubin"

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._base = ways.base_of(self.municipality.url)
        held = self.memory.get(INTERFACE)
        self._interface = Interface(held) if held else ways.named_by(self.municipality.url)
        self._left: dict[str, set[Key]] = {}

    # --- which interface it is: asked once, the newest first

    def ask_lists(self) -> Iterator[Request]:
        if self._interface is None:
            yield self._look_for(Interface.API)
        else:
            yield from super().ask_lists()

    def _look_for(self, interface: Interface) -> Request:
        url = ways.sign_of(self._base, interface, self._today)
        return self.request(url, callback=self.looked, errback=self.looked_in_vain, cb_kwargs={"interface": interface})

    def looked(self, response: Response, interface: Interface) -> Iterator[Any]:
        """An interface that is not there is 404; anything else that is wrong is no proof of another one."""
        if response.status in GONE and (older := ways.older_than(interface)) is not None:
            yield self._look_for(older)
            return
        try:
            self._page(response)
        except AccessDenied as no:
            if no.is_gate:
                self.block(no.found.removeprefix("gate:").strip(), no.url)
            else:
                self.fail(str(no))
        except UnexpectedResponse as change:
            self.fail(str(change))
        else:
            self._interface = interface
            self.memory[INTERFACE] = interface.value
            yield from super().ask_lists()

    def looked_in_vain(self, failure: Failure) -> None:
        """No answer at all, or robots.txt forbids the address."""
        self.fail(said(failure))

    def fail(self, why: str) -> None:
        """Systems are replaced by newer ones: after a failure the next visit looks which one it is."""
        super().fail(why)
        self.memory.pop(INTERFACE, None)

    # --- what the base asks for

    def read(self, response: Response) -> Page:
        """An answer of another kind than was asked for is none, whatever it holds."""
        try:
            page = read_page(response.body, response.url)
        except AccessDenied as no:
            if no.is_gate or says_not_there(no):
                raise
            raise UnexpectedResponse(no.url, no.expected, no.found, no.advice) from None
        own = self.object_at(response.url)
        names = {(one.kind, one.native_id) for one in page.records if isinstance(one, Meeting)}
        if page.page not in ways.pages_at(response.url) or (own and names and own not in names):
            expected = " or ".join(ways.pages_at(response.url)) or "an answer at the address that was asked for"
            raise UnexpectedResponse(
                response.url, expected, f"a page of the kind {page.page}", "Look at it in a browser"
            )
        return page

    def beginnings(self) -> Iterator[str]:
        if self.mode is RunMode.FULL and self._interface is Interface.API:
            yield ways.bodies(self._base)

    def calendars(self, window: Window) -> Iterator[str]:
        return ways.calendars(self._base, self._interface or Interface.API, window)

    def object_at(self, url: str) -> Key | None:
        number = ways.meeting_at(url)
        return (Kind.MEETING, number) if number else None

    # --- papers, which are known from agendas alone

    def put_together(self, noun: Record, other: Record) -> Record:
        both = super().put_together(noun, other)
        if isinstance(both, Paper) and isinstance(noun, Paper) and isinstance(other, Paper):
            return with_stations(both, other.consultations)
        return both

    def completed(self, record: Record) -> Record:
        """A paper with its stations in meetings that were not asked for in this visit, or in vain."""
        held = self.held((record.kind, record.native_id)) if isinstance(record, Paper) else None
        if not isinstance(record, Paper) or not isinstance(held, Paper):
            return record
        return with_stations(record, [one for one in held.consultations if self._was_not_read(one.meeting)])

    def _was_not_read(self, meeting: str | None) -> bool:
        key = (Kind.MEETING, meeting or "")
        return key not in self._detailed and (self.mode is not RunMode.FULL or key in self._lost_objects)

    def _take(self, page: Page, asked: str, stale: int) -> Iterator[Any]:
        """In an ordinary visit, a paper that has left a public agenda is looked for in the other meetings, years ago as
        they may be, that dealt with it: if it is nowhere any more it has been withdrawn."""
        own = self.object_at(asked)
        mine = [one for one in page.records if isinstance(one, Meeting) and (one.kind, one.native_id) == own]
        others = [url for meeting in mine if self.mode is not RunMode.FULL for url in self._others_of_lost(meeting)]
        yield from super()._take(page, asked, stale)
        for url in others:
            yield from self._follow(url)

    def _others_of_lost(self, meeting: Meeting) -> Iterator[str]:
        before = self.held((Kind.MEETING, meeting.native_id))
        if not isinstance(before, Meeting):
            return
        reader = HeldReader(self.archive, self.municipality.key)
        now = {item.paper for item in meeting.agenda}
        for number in dict.fromkeys(item.paper for item in before.agenda if item.paper and item.paper not in now):
            for held in reader.linked(number, "item_paper", Kind.MEETING):
                if isinstance(held, Meeting):
                    self._left.setdefault(number, set()).add((Kind.MEETING, held.native_id))
                    yield ways.meeting(self._base, self._interface or Interface.API, held)

    def _finish(self) -> Iterator[Any]:
        for number, meetings in self._left.items():
            if meetings <= self._detailed:
                self._gone[Kind.PAPER, number] = "no agenda names it any more"
        yield from super()._finish()
