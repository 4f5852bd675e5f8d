"""Asking ALLRIS 4: calendars by month or the list of meetings, then each meeting's, paper's and committee's page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from scrapy import Request
from scrapy.http import Response

from archive.held_reader import HeldReader
from archive.run import RunMode
from council.model import Kind, Meeting, Organization, Record
from crawlers.allris4 import addresses
from crawlers.allris4.pages import read_page
from crawlers.allris4.refusals import says_no_access
from crawlers.allris4.session import SessionSpider
from crawlers.fetching.page_spider import Key
from crawlers.frontier.merging import filled_in
from crawlers.frontier.window import AHEAD, Window
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.page import Page

WAY: Final = "way"
"""In the spider's memory: by which page the meetings are found."""
CALENDAR, LIST, COMMITTEES, COMMITTEE = "si010", "si018", "gr010", "gr020"
LATER, PAGED = "list", "paging"
_OWN_PAGES: Final = {"to010": Kind.MEETING, "vo020": Kind.PAPER, COMMITTEE: Kind.ORGANIZATION}


class Allris4Spider(SessionSpider):
    """One crawl of an ALLRIS 4 system without OParl."""

    name = "allris4"

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._base = addresses.base_of(self.municipality.url)
        known = self.memory.get(WAY)
        self._way: str | None = known if known == CALENDAR or self.mode is not RunMode.FULL else None

    # --- what is asked for

    def beginnings(self) -> Iterator[str]:
        if self.mode is RunMode.FULL:
            yield addresses.committees_list(self._base)

    def calendars(self, window: Window) -> Iterator[str]:
        """The months; this one alone as long as it is not known whether there is a calendar. Where there is none, the
        list, and in a full visit the meetings that are held: it shows the newest only."""
        if self._way == LIST:
            yield addresses.meetings_list(self._base)
            yield from self._held_meetings() if self.mode is RunMode.FULL else ()
        elif self._way is None:
            yield addresses.month_of(self._base, self._today.year, self._today.month)
        else:
            for year, month in window.months():
                if self.mode is RunMode.FULL or dt.date(year, month, 1) <= self._today + AHEAD:
                    yield addresses.month_of(self._base, year, month)

    def object_at(self, url: str) -> Key | None:
        page = addresses.page_name(url) or ""
        number = addresses.number_in(url, page) if page in _OWN_PAGES else None
        return (_OWN_PAGES[page], number) if number else None

    def wants(self, url: str, named_by: Key | None) -> bool:
        page = addresses.page_name(url)
        if addresses.is_stateful(url):
            return page in (CALENDAR, COMMITTEES)
        if page == LIST:  # a committee's: that of all has pages that cannot be asked for
            return self._way == LIST and self.mode is RunMode.FULL
        return self.object_at(url) is not None and super().wants(url, named_by)

    def read(self, response: Response) -> Page:
        asked: str = response.cb_kwargs["asked"]
        try:
            page = read_page(response.body, response.url)
        except AccessDenied as no:
            if no.is_gate or says_no_access(no):
                raise
            raise UnexpectedResponse(no.url, no.expected, no.found, no.advice) from None  # never taken for "gone"
        own, records = self.object_at(asked), {(one.kind, one.native_id) for one in page.records}
        if page.page != addresses.page_name(asked) or (own and records and own not in records):
            raise UnexpectedResponse(
                response.url, f"the page {asked}", f"another one ({page.page})", "Look at it in a browser"
            )
        comes_later = any(gap.where == LATER for gap in page.warnings)
        if comes_later and addresses.is_stateful(asked):
            raise UnexpectedResponse(
                response.url, "the list of a page", "the page without it", "The session has expired"
            )
        return replace(page, warnings=tuple(gap for gap in page.warnings if gap.where != LATER))

    # --- the two ways to the meetings

    def _take(self, page: Page, asked: str, stale: int) -> Iterator[Any]:
        if self._way is None and page.page == CALENDAR and self._window:
            self._way = self.memory[WAY] = CALENDAR
            yield from self._ask_calendars(self._window)
        key = self.object_at(asked)
        if key and key[0] is Kind.PAPER and not page.records:
            self._gone[key] = "its status does not say that it is public"
        left = [url for one in page.records if isinstance(one, Meeting) for url in self._papers_left(one, key)]
        yield from super()._take(page, asked, stale)
        if asked == addresses.meetings_list(self._base) and any(gap.where == PAGED for gap in page.warnings):
            left += self._lists_of_committees()
        for url in left:
            yield from self._follow(url)

    def _papers_left(self, meeting: Meeting, key: Key | None) -> Iterator[str]:
        """Papers that have left a public agenda: their own pages say whether they are still there."""
        before = self.held(key) if key and key[0] is Kind.MEETING else None
        if isinstance(before, Meeting):
            now = {item.paper for item in meeting.agenda}
            left = (item.paper for item in before.agenda if item.paper and item.paper not in now)
            for number in dict.fromkeys(left):
                yield addresses.stable(self._base, "vo020", number)

    def _said_no(self, no: AccessDenied, asked: str, stale: int, tries: int) -> Iterator[Request]:
        if addresses.page_name(asked) == CALENDAR and says_no_access(no) and self._window:
            if self._way is None:
                self._way = self.memory[WAY] = LIST
                yield from self._ask_calendars(self._window)
                return
            self.memory.pop(WAY, None)
        yield from super()._said_no(no, asked, stale, tries)

    def _held_meetings(self) -> Iterator[str]:
        for meeting in self._all_held(Kind.MEETING):
            if isinstance(meeting, Meeting) and meeting.source_url:
                yield addresses.stable(self._base, "to010", meeting.native_id)

    def _lists_of_committees(self) -> Iterator[str]:
        for committee in self._all_held(Kind.ORGANIZATION):
            if committee.native_id.isdecimal():
                yield addresses.meetings_of(self._base, committee.native_id)

    def _all_held(self, kind: Kind) -> Iterator[Record]:
        return HeldReader(self.archive, self.municipality.key).nouns(kind)

    # --- what did not come, and what is refused

    def _lose(self, asked: str, why: str, again: bool = True) -> None:
        page = addresses.page_name(asked)
        if page in (COMMITTEES, COMMITTEE):
            for kind in (Kind.ORGANIZATION, Kind.PERSON):
                self.began(kind).left_out += 1
        if page == COMMITTEES:  # meetings name those that meet; some servers do not show the list
            self.account.warn(f"the list of committees could not be read: {why[:200]}", asked)
            return
        if page == CALENDAR and self._way is None:
            self.fail(f"whether there is a calendar could not be seen: {why}")
        super()._lose(asked, why, again)

    # --- committees and persons: several pages show a part of each

    def _put(self, record: Record, page_of: Key | None) -> Iterator[Record]:
        """What kind of committee it is only their list says."""
        if isinstance(record, Organization) and self.began(Kind.ORGANIZATION).left_out:
            record = filled_in(record, self.held((record.kind, record.native_id)) or record)
        yield from super()._put(record, page_of)
