"""Asking SessionNet: calendars by years, months or quarters, then each meeting's, paper's and committee's own pages.

One request at a time: the session remembers which list was asked for last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from scrapy import Request
from scrapy.http import Response

from archive.held_reader import HeldReader
from archive.run import RunMode
from council.model import Kind, Meeting, Paper, Person, Record, Tombstone
from crawlers.fetching.page_spider import TRIES, Key
from crawlers.frontier.merging import filled_in
from crawlers.frontier.window import AHEAD, Window
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.page import Page
from crawlers.sessionnet import ways
from crawlers.sessionnet.addresses import AGENDA_PAGES, page_name
from crawlers.sessionnet.agenda import paper_page
from crawlers.sessionnet.pages import read_page
from crawlers.sessionnet.refusals import says_not_there
from crawlers.sessionnet.session import WAY
from crawlers.sessionnet.two_pages import together, with_memberships, with_stations
from crawlers.sessionnet.unnumbered import Unnumbered
from crawlers.sessionnet.ways import Way


class SessionNetSpider(Unnumbered):
    """One crawl of one body of a SessionNet: php, asp, or the JSON of SessionNet 6."""

    name = "sessionnet"
    custom_settings = {  # noqa: RUF012 - Scrapy's own declaration
        "COOKIES_ENABLED": True, "CONCURRENT_REQUESTS": 1, "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
    }  # fmt: skip

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._first: dict[Key, Page] = {}
        self._passed_over: set[Key] = set()
        self._shown: dict[Way, set[str]] = {}
        self._left: dict[str, set[Key]] = {}

    # --- what the base asks for

    def beginnings(self) -> Iterator[str]:
        yield from self._newest
        if self.mode is RunMode.FULL and not self._tenant:
            yield ways.committees(self._base, self._extension, self._way)

    def calendars(self, window: Window) -> Iterator[str]:
        """As long as it is not known whether the calendar of years shows all, this year's and this month's."""
        if self._way is None:
            where = (self._base, self._extension, self._tenant)
            yield ways.year_of(*where, self._today.year)
            yield ways.month_of(*where, self._today.year, self._today.month)
            return
        if self._way is Way.MONTHS and self.mode is not RunMode.FULL:
            window = self._window = Window(window.first, min(window.last, self._today + AHEAD))
        yield from ways.calendars(self._base, self._extension, self._tenant, self._way, window)

    def object_at(self, url: str) -> Key | None:
        return ways.object_at(url)

    def wants(self, url: str, named_by: Key | None) -> bool:
        """In an ordinary visit, of a whole year's meetings those around today, and of the newest documents those that
        are not held."""
        if not super().wants(url, named_by):
            return False
        key = self.object_at(url)
        if self.mode is RunMode.FULL or named_by is not None or key is None or self._brings_news(key):
            return True
        self._passed_over.add(key)
        return False

    def _brings_news(self, key: Key) -> bool:
        listed, held = self._listed.get(key), self.held(key)
        if isinstance(listed, Meeting):
            day = listed.start.date() if listed.start else None
            around = self._window
            return held is None or day is None or around is None or around.first <= day <= around.last
        if isinstance(listed, Paper) and isinstance(held, Paper):
            return not {file.native_id for file in listed.files} <= {file.native_id for file in held.files}
        return True

    def read(self, response: Response) -> Page:
        """An answer of another kind than was asked for is none, whatever it holds."""
        try:
            page = read_page(response.body, response.url)
        except AccessDenied as no:
            if no.is_gate or (says_not_there(no) and self._way is not Way.API):
                raise
            raise UnexpectedResponse(no.url, no.expected, no.found, no.advice) from None
        asked: str | None = response.cb_kwargs.get("asked")
        own = self.object_at(asked) if asked else None
        names = {(one.kind, one.native_id) for one in page.records}
        if asked and (page.page not in ways.pages_at(asked) or (own and names and own not in names)):
            raise UnexpectedResponse(
                response.url, f"the page {asked}", f"another one ({page.page})", "Look at it in a browser"
            )
        if page.page in AGENDA_PAGES | {"tagesordnung"}:
            self._refuse_lost_agenda(page, response.url)
        return page

    def _refuse_lost_agenda(self, page: Page, url: str) -> None:
        """Who takes an agenda back sends on to the meeting's information. A page that should show it and does not, or
        of which nothing is understood to be public, has another layout."""
        for one in page.records:
            if not isinstance(one, Meeting) or one.agenda or (one.withheld and not page.warnings):
                continue
            held = self.held((one.kind, one.native_id))
            if isinstance(held, Meeting) and held.agenda:
                raise UnexpectedResponse(
                    url, "an agenda", "none that is understood", "Look at the page: mend the reader"
                )

    # --- an answer

    def _take(self, page: Page, asked: str, stale: int) -> Iterator[Any]:
        if self._way is None and page.page in (Way.YEARS, Way.MONTHS):
            yield from self._choose(Way(page.page), {one.native_id for one in page.records if isinstance(one, Meeting)})
        key = self.object_at(asked)
        if key is None:
            yield from super()._take(page, asked, stale)
            return
        first = self._first.pop(key, None)
        page = together(first, page) if first else page
        has_stations = any(isinstance(one, Paper) and one.consultations for one in page.records)
        second = None if first or not page.records else ways.second_page(asked, page.follow, has_stations)
        if second and second not in self._asked:
            yield from self._take_first(page, key, second)
            return
        if key[0] is Kind.PAPER and not page.records:
            self._listed.pop(key, None)
            self._gone[key] = "it does not say that it is public"
        if self._way is not Way.API and first is None:
            page = replace(page, records=tuple(self._with_its_stations(one) for one in page.records))
        meetings = [one for one in page.records if isinstance(one, Meeting)]
        for one in meetings:
            self._saw_number(one)
        left = [url for one in meetings for url in self._where_papers_went(one)]
        yield from super()._take(page, asked, stale)
        for url in left:
            yield from self._follow(url)

    def _with_its_stations(self, record: Record | Tombstone) -> Record | Tombstone:
        """A paper whose page shows no station keeps those in meetings whose agendas name it."""
        held = self.held((Kind.PAPER, record.native_id)) if isinstance(record, Paper) else None
        if not isinstance(record, Paper) or record.consultations or not isinstance(held, Paper):
            return record
        kept = tuple(one for one in held.consultations if self._deals_with(one.meeting, record.native_id))
        return record.model_copy(update={"consultations": kept})

    def _deals_with(self, meeting: str | None, paper: str) -> bool:
        held = self.held((Kind.MEETING, meeting)) if meeting else None
        return isinstance(held, Meeting) and any(item.paper == paper for item in held.agenda)

    def _take_first(self, page: Page, key: Key, second: str) -> Iterator[Any]:
        """The first of two pages of an object is kept like a list's entry until the other one has come."""
        self._first[key] = page
        for record in page.records:
            if (record.kind, record.native_id) == key and not isinstance(record, Tombstone):
                yield from self._put(record, None)
        for url in page.follow:
            if self.wants(url, key):
                yield from self._follow(url)
        self._asked.add(second)
        yield self._ask(second, self._priority(second), 0)

    def _choose(self, read: Way, meetings: set[str]) -> Iterator[Request]:
        """Years take fewest requests, if that calendar is there and holds what the month shows."""
        self._shown.setdefault(read, meetings)
        if len(self._shown) == 2 and self._window:
            year, month = self._shown[Way.YEARS], self._shown[Way.MONTHS]
            self._way = Way.YEARS if year and month <= year else Way.MONTHS
            self.memory[WAY] = self._way.value
            yield from self._ask_calendars(self._window)

    # --- papers that leave an agenda

    def _where_papers_went(self, meeting: Meeting) -> Iterator[str]:
        """The pages of papers that have left a public agenda say whether they are still there. In SessionNet 6 they
        have none: there the other meetings say it that dealt with them."""
        before = self.held((Kind.MEETING, meeting.native_id))
        if not isinstance(before, Meeting):
            return
        now = {item.paper for item in meeting.agenda}
        for native in dict.fromkeys(item.paper for item in before.agenda if item.paper and item.paper not in now):
            if self._way is not Way.API:
                yield self._paper_page(native)
            elif self.mode is not RunMode.FULL:
                yield from self._other_meetings(native)

    def _other_meetings(self, native: str) -> Iterator[str]:
        for held in HeldReader(self.archive, self.municipality.key).linked(native, "item_paper", Kind.MEETING):
            self._left.setdefault(native, set()).add((Kind.MEETING, held.native_id))
            yield ways.agenda_of(self._base, held.native_id)

    def _paper_page(self, native: str) -> str:
        return paper_page(native, f"{self._base}vo0050.{self._extension}")

    # --- refusals and broken pages

    def _not_that_page(self, change: UnexpectedResponse, asked: str, stale: int, tries: int) -> Iterator[Request]:
        calendar = page_name(asked) if self._way is None else None
        if tries < TRIES or calendar != Way.YEARS:  # few servers have no calendar of years: nothing is lost then
            yield from super()._not_that_page(change, asked, stale, tries)
        if tries >= TRIES and calendar in (Way.YEARS, Way.MONTHS):
            yield from self._choose(Way(calendar), set())

    def _lose(self, asked: str, why: str, again: bool = True) -> None:
        key = self.object_at(asked)
        if key and key[0] is Kind.ORGANIZATION:
            self.began(Kind.PERSON).left_out += 1
        if page_name(asked) == Way.YEARS:
            self.memory.pop(WAY, None)
        super()._lose(ways.first_page(asked), why, again)

    # --- what is told in pieces

    def put_together(self, noun: Record, other: Record) -> Record:
        both = super().put_together(noun, other)
        if isinstance(both, Person) and isinstance(noun, Person) and isinstance(other, Person):
            return with_memberships(both, (*noun.memberships, *other.memberships))
        if isinstance(both, Paper) and isinstance(other, Paper) and self._way is Way.API:
            return with_stations(both, other.consultations)
        return both

    def completed(self, record: Record) -> Record:
        """A person keeps the committees that were not read; a paper whose stations are refused those that are held; a
        paper of SessionNet 6 what meetings say that were not read."""
        key = (record.kind, record.native_id)
        held = self.held(key)
        if isinstance(record, Person) and isinstance(held, Person):
            unread = [
                one for one in held.memberships if self._was_not_read(Kind.ORGANIZATION, one.organization.native_id)
            ]
            return with_memberships(record, (*record.memberships, *unread))
        if not (isinstance(record, Paper) and isinstance(held, Paper)):
            return record
        if self._way is Way.API:
            stations = [one for one in held.consultations if self._was_not_read(Kind.MEETING, one.meeting)]
            files = filled_in(record, held) if stations else record
            return with_stations(files, stations) if isinstance(files, Paper) else record
        return record.model_copy(update={"consultations": record.consultations or held.consultations})

    def _was_not_read(self, kind: Kind, native: str | None) -> bool:
        key = (kind, native or "")
        lost = bool(self.began(Kind.PERSON).left_out) if kind is Kind.ORGANIZATION else key in self._lost_objects
        return key not in self._detailed and (self.mode is not RunMode.FULL or lost)

    # --- before anything is concluded

    def doubts(self) -> Iterator[Request]:
        """Papers that no agenda names and that are no longer among the newest are asked whether they are there."""
        if self.mode is RunMode.FULL and self._way is not Way.API and not self.began(Kind.PAPER).left_out:
            for native in self._held_ids(Kind.PAPER):
                if (Kind.PAPER, native) not in self._asked_objects:
                    yield from self._follow(self._paper_page(native))
        yield from super().doubts()

    def _finish(self) -> Iterator[Any]:
        for key in self._passed_over - self._asked_objects:  # what a list shows of them is less than what is held
            self._listed.pop(key, None)
        for native, meetings in self._left.items():
            if meetings <= self._detailed:
                self._gone[Kind.PAPER, native] = "no agenda names it any more"
        yield from super()._finish()
