"""Asking ALLRIS 3: the start page says which calendar is released, its export or its months say which meetings there
are, then each meeting's, paper's and committee's own page. Nothing is remembered by the server: there is no session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from scrapy import Request
from scrapy.http import Response

from archive.held_reader import HeldReader
from archive.run import RunMode
from council.identity import parse_id
from council.model import Kind, Meeting, Paper, Record, Tombstone
from crawlers.allris3 import addresses
from crawlers.allris3.export import CALENDAR as EXPORTED
from crawlers.allris3.pages import read_page
from crawlers.allris3.placeholders import are_same, is_placeholder
from crawlers.fetching.page_spider import Key, PageSpider
from crawlers.frontier.window import AHEAD, Window
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.page import Page

PROGRAM: Final = "calendar"
"""In the spider's memory: the address of the released calendar program."""
EXPORT: Final = "export"
"""In the spider's memory: whether that program gives its calendar in XML."""
CALENDAR, PAPERS, START = "si010", "vo040", "allris.net"
BODY_LISTS: Final = frozenset({"au010", "pa000", "pa020", "pa021", "fr010"})


class Allris3Spider(PageSpider):
    """One crawl of an ALLRIS 3 system without OParl."""

    name = "allris3"

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        url = self.municipality.url
        self._folder = addresses.folder_of(url)
        self._is_named = addresses.page_of(url) == CALENDAR
        """Whether the register names the calendar program itself: some stand in a website, without a start page."""
        self._program: str | None = url.partition("?")[0] if self._is_named else self.memory.get(PROGRAM)
        is_full = self.mode is RunMode.FULL
        self._export: bool | None = None if is_full else self.memory.get(EXPORT)
        self._newest_papers: set[str] = {one for one in self.memory.get("again", []) if _page(one) == PAPERS}
        self._numbered: list[Meeting] = []
        self._in_calendars: list[Meeting] = []
        self._unnumbered: dict[str, Meeting] = {}
        self._left: list[str] = []

    # --- what is asked for

    def beginnings(self) -> Iterator[str]:
        if not self._is_named or self.mode is RunMode.FULL:
            yield self._folder + addresses.START

    def calendars(self, window: Window) -> Iterator[str]:
        """The export of a year at a time; the months where there is none. Whether there is one the first answer tells
        in each full visit."""
        if self._program is None:
            return
        if self._export is None:
            yield addresses.span(self._program, window)
        elif self._export:
            yield from (addresses.span(self._program, year) for year in addresses.years_of(window))
        else:
            yield from self._months(window)

    def _months(self, window: Window) -> Iterator[str]:
        for year, number in window.months():
            if self.mode is RunMode.FULL or dt.date(year, number, 1) <= self._today + AHEAD:
                yield addresses.month(self._program or "", year, number)

    def object_at(self, url: str) -> Key | None:
        return addresses.object_at(url)

    def wants(self, url: str, named_by: Key | None) -> bool:
        """An ordinary visit looks through the newest papers for those that it does not know."""
        key, page = self.object_at(url), _page(url)
        if key is None:
            listed = page in BODY_LISTS and self.mode is RunMode.FULL
            return listed or (page == PAPERS and (self.mode is RunMode.FULL or url in self._newest_papers))
        if self.mode is not RunMode.FULL and named_by is None and key[0] is Kind.PAPER:
            return self.held(key) is None
        return super().wants(url, named_by)

    def read(self, response: Response) -> Page:
        asked: str = response.cb_kwargs["asked"]
        try:
            page = read_page(response.body, response.url)
        except AccessDenied as no:
            if no.is_gate or no.found.startswith("no access"):
                raise
            raise UnexpectedResponse(no.url, no.expected, no.found, no.advice) from None  # never taken for "gone"
        own, records = self.object_at(asked), {(one.kind, one.native_id) for one in page.records}
        name = page.page.partition("_")[0].partition("-")[0]
        is_month = bool(self._export and addresses.span_of(asked)) and page.page != EXPORTED
        if is_month or name != _page(asked) or (own and own not in records):
            raise UnexpectedResponse(
                response.url, f"the page {asked}", f"another one ({name})", "Look at it in a browser"
            )
        return page

    # --- the calendar: which program, and whether in XML

    def _take(self, page: Page, asked: str, stale: int) -> Iterator[Any]:
        if page.page == START:
            self._newest_papers |= {one for one in page.follow if _page(one) == PAPERS}
            yield from self._take_program(page)
        elif addresses.span_of(asked) and self._export is None and self._window:
            self._export = self.memory[EXPORT] = page.page == EXPORTED
            if not self._export:
                yield from self._ask_calendars(self._window)
        self._left += [url for one in page.records if isinstance(one, Meeting) for url in self._papers_left(one, asked)]
        yield from super()._take(page, asked, stale)

    def _take_program(self, start: Page) -> Iterator[Request]:
        named = next((one for one in start.follow if _page(one) == CALENDAR), None)
        if named and named != self._program and not self._is_named and self._window:
            self._program = self.memory[PROGRAM] = named
            yield from self._ask_calendars(self._window)
        if self._program is None:
            self.fail(f"{self._folder}{addresses.START} names no calendar (si010): write its address into the register")

    def _said_no(self, no: AccessDenied, asked: str, stale: int, tries: int) -> Iterator[Request]:
        key = self.object_at(asked)
        if key and key in self._listed and no.found.startswith("no access") and not self._would_lose(key):
            self._gone[key] = no.found  # the export names meetings whose agenda is not released
        elif _page(asked) == CALENDAR and no.found.startswith("no access") and not addresses.span_of(asked):
            self._lose(asked, str(no), again=False)  # another program is released: no other is tried
        else:
            yield from super()._said_no(no, asked, stale, tries)

    def _not_that_page(self, change: UnexpectedResponse, asked: str, stale: int, tries: int) -> Iterator[Request]:
        """Instead of an export that cannot be read the months are."""
        window = addresses.span_of(asked)
        if window is None:
            yield from super()._not_that_page(change, asked, stale, tries)
            return
        self._lost += [asked] if self._export is not False else []  # the months say less: the next visit asks once more
        self._export = bool(self._export)
        self.memory.pop(EXPORT, None)
        for url in self._months(window):
            yield from self._follow(url)

    def _lose(self, asked: str, why: str, again: bool = True) -> None:
        page, key = _page(asked), self.object_at(asked)
        if page in BODY_LISTS or (key and key[0] is Kind.ORGANIZATION):
            for kind in (Kind.ORGANIZATION, Kind.PERSON):
                self.began(kind).left_out += 1
        if page == PAPERS or (page == START and self._is_named):
            self.account.warn(f"a list could not be read: {why[:200]}", asked)  # papers are asked for one by one
            self._lost += [asked] if again else []
        else:
            super()._lose(asked, why, again)

    # --- papers that are listed no more: only their own pages say that they are gone

    def doubts(self) -> Iterator[Request]:
        for url in [*self._left, *self._unlisted_papers(), *self._numbers_lost()]:
            yield from self._follow(url)

    def _papers_left(self, meeting: Meeting, asked: str) -> Iterator[str]:
        """Papers that have left a public agenda."""
        key = (Kind.MEETING, meeting.native_id)
        before = self.held(key) if key == self.object_at(asked) else None
        if isinstance(before, Meeting):
            now = {item.paper for item in meeting.agenda}
            for number in dict.fromkeys(item.paper for item in before.agenda if item.paper not in now):
                yield from self._address_of((Kind.PAPER, number or ""))

    def _unlisted_papers(self) -> Iterator[str]:
        account = self.began(Kind.PAPER)
        if self.mode is RunMode.FULL and not account.left_out:
            self.flush()
            numbers = {parse_id(one).native_id for one in self.writer.missing(Kind.PAPER)[0]}
            for number in sorted(numbers - account.seen):
                yield from self._address_of((Kind.PAPER, number))

    def _address_of(self, key: Key) -> Iterator[str]:
        held = self.held(key)
        if isinstance(held, Paper | Meeting) and held.source_url:
            yield held.source_url

    def _bury_gone(self) -> Iterator[Tombstone]:
        """A meeting that lost its number and its page stays what it was, without its agenda. What one calendar shows
        without a number, and another of the same visit with one, is one meeting."""
        for shown, held in list(self._pairs()):
            key = (Kind.MEETING, held.native_id)
            if self._gone.pop(key, None):
                bare = {"agenda": (), "files": (), "cancelled": shown.cancelled, "name": shown.name}
                self._listed[key] = held.model_copy(update=bare)
            if key in self._listed or key in self._lost_objects:
                self._drop(shown)
        for shown in list(self._unnumbered.values()):
            if any(are_same(shown, one) for one in self._in_calendars):
                self._drop(shown)
        yield from super()._bury_gone()
        yield from self._numbers_come()

    # --- meetings without a number

    def _put(self, record: Record, page_of: Key | None) -> Iterator[Record]:
        key = (record.kind, record.native_id)
        if isinstance(record, Paper) and page_of != key and self.mode is not RunMode.FULL and self.held(key):
            return  # its own page says more, and is not asked for
        if isinstance(record, Paper) and key == page_of and key not in self._listed:
            held = self.held(key)  # only the list of papers shows the day
            record = record.model_copy(update={"date": record.date or (held.date if isinstance(held, Paper) else None)})
        if isinstance(record, Meeting):
            record = self._as_listed(record, page_of)
        yield from super()._put(record, page_of)

    def _as_listed(self, meeting: Meeting, page_of: Key | None) -> Meeting:
        """A meeting as the calendar shows it: one that is not listed by number may be there without, which is how most
        are called off. Some pages of meetings bear no name."""
        key = (Kind.MEETING, meeting.native_id)
        if is_placeholder(meeting.native_id):
            self._unnumbered[meeting.native_id] = meeting
            return meeting
        listed = self._listed.get(key)
        held = self.held(key) if key == page_of and listed is None else None
        known = next((one.name for one in (meeting, listed, held) if isinstance(one, Meeting) and one.name), None)
        named = meeting.model_copy(update={"name": known})
        self._numbered.append(named.model_copy(update={"agenda": (), "files": ()}))
        self._in_calendars += [self._numbered[-1]] if page_of is None else []
        same = [one for one in self._unnumbered.values() if key == page_of and not listed and are_same(one, named)]
        if len(same) == 1:
            self._drop(same[0])
            off = meeting.cancelled or same[0].cancelled
            return meeting.model_copy(update={"name": meeting.name or same[0].name, "cancelled": off})
        if isinstance(held, Meeting) and meeting.name is None:
            return named.model_copy(update={"cancelled": meeting.cancelled or held.cancelled})
        return meeting

    def _drop(self, shown: Meeting) -> None:
        """It is held under its number."""
        self._unnumbered.pop(shown.native_id, None)
        self._listed.pop((Kind.MEETING, shown.native_id), None)
        self.began(Kind.MEETING).seen.discard(shown.native_id)

    def _numbers_lost(self) -> Iterator[str]:
        """Meetings that had a number, and stand in the calendar without one now."""
        for _, held in self._pairs():
            yield from self._address_of((Kind.MEETING, held.native_id))

    def _pairs(self) -> Iterator[tuple[Meeting, Meeting]]:
        """What the calendar shows without a number, and the same meeting as it is held with one."""
        for held in self._held_meetings() if self._unnumbered else ():
            key = (Kind.MEETING, held.native_id)
            if not is_placeholder(held.native_id) and key not in self._listed and key not in self._detailed:
                yield from ((one, held) for one in list(self._unnumbered.values()) if are_same(one, held))

    def _numbers_come(self) -> Iterator[Tombstone]:
        """The record without a number goes when the number has come: nothing is called off by that."""
        for held in self._held_meetings():
            if is_placeholder(held.native_id) and held.native_id not in self.began(Kind.MEETING).seen:
                same = next((one for one in self._numbered if are_same(one, held)), None)
                if same:
                    reason = f"it has its number now: meeting {same.native_id}"
                    yield Tombstone(kind=Kind.MEETING, native_id=held.native_id, reason=reason)

    def _held_meetings(self) -> Iterator[Meeting]:
        nouns = HeldReader(self.archive, self.municipality.key).nouns(Kind.MEETING)
        return (noun for noun in nouns if isinstance(noun, Meeting))


def _page(url: str) -> str | None:
    return addresses.page_of(url)
