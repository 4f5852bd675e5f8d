"""What the spiders of systems that show pages share: calendars are asked for year by year, then the objects' own pages.

Two phases. First the lists (calendars, lists of papers and committees), which say what there is; then each object's own
page, which says all of it. What a list shows of a meeting is kept until its own page has come and is filled in there.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.held_reader import HeldReader
from archive.run import RunMode
from council.model import Kind, Meeting, Person, Record, Tombstone
from crawlers.fetching.spider import FULL_THROUGH, CouncilSpider, said
from crawlers.frontier.merging import filled_in
from crawlers.frontier.window import Window, around, newest_years, year_before
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.page import Page
from crawlers.parsing.provider import provider

TRIES: Final = 3
"""So often a page is asked for that came, but is not what it should be: half of it, an error page with status 200."""
PAGES_WITHOUT_NEWS: Final = 3
MOST_PAGES: Final = 200_000
MOST_REMEMBERED: Final = 2_000
GONE: Final = frozenset({404, 410})
KEPT_OUT: Final = frozenset({401, 403, 429})
GONE_FREE: Final = 10
GONE_SHARE: Final = 0.05
QUIET_YEARS: Final = 2
"""So many years without a meeting in a row are the beginning of the calendar."""
ORDER: Final = (Kind.PERSON, Kind.PAPER, Kind.MEETING, Kind.ORGANIZATION)
LISTS_FIRST: Final = len(ORDER) + 1

Key = tuple[Kind, str]


class PageSpider(CouncilSpider):
    """A system's spider says how an answer is read, where its calendars are, and whose page an address is."""

    FULL_IS_DEAR: ClassVar = True
    custom_settings = {"COOKIES_ENABLED": True}  # noqa: RUF012 - Scrapy's own declaration

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._today: dt.date = self.archive.clock().date()
        self._window: Window | None = None
        self._quiet_years = 0
        self._found_in_window = False
        self._open = 0
        self._asked: set[str] = set()
        self._asked_objects: set[Key] = set()
        self._later: deque[str] = deque()
        self._in_lists = True
        self._listed: dict[Key, Record] = {}
        self._detailed: set[Key] = set()
        self._gone: dict[Key, str] = {}
        self._lost: list[str] = []
        self._lost_objects: set[Key] = set()
        self._lists_read = 0
        self._objects_asked: Counter[Kind] = Counter()

    # --- what a system's spider says

    def read(self, response: Response) -> Page:
        """Read an answer. Raises UnexpectedResponse, AccessDenied."""
        raise NotImplementedError

    def calendars(self, window: Window) -> Iterator[str]:
        """The addresses of the calendars of a time."""
        raise NotImplementedError

    def beginnings(self) -> Iterator[str]:
        """Addresses that are asked for once in every crawl, beside the calendars."""
        return iter(())

    def object_at(self, url: str) -> Key | None:
        """Whose own page an address is; None for lists."""
        raise NotImplementedError

    def wants(self, url: str, named_by: Key | None) -> bool:
        """Whether an address is asked for that a list (None) or an object's own page named. An ordinary visit takes
        the listed meetings and papers and the papers of meetings: from there on every way leads through all years."""
        key = self.object_at(url)
        if self.mode is RunMode.FULL:
            return True
        if named_by is None:
            return key is None or key[0] in (Kind.MEETING, Kind.PAPER)
        return key is not None and (named_by[0], key[0]) == (Kind.MEETING, Kind.PAPER)

    def put_together(self, noun: Record, other: Record) -> Record:
        """What two pages show of one noun. The first is its own page, or the one that came first."""
        return filled_in(noun, other)

    def completed(self, record: Record) -> Record:
        """A noun without an own page, before it is written: where other pages show a part of it each, and this visit
        did not ask for all of them, what is held is put in. Of a person each committee's page shows one seat."""
        is_partly = self.mode is not RunMode.FULL or self.began(Kind.ORGANIZATION).left_out
        held = self.held((record.kind, record.native_id)) if isinstance(record, Person) and is_partly else None
        if not isinstance(held, Person):
            return record
        unread = (one for one in held.memberships if not self._was_read(one.organization.native_id))
        return filled_in(record, held.model_copy(update={"memberships": tuple(unread)}))

    def _was_read(self, committee: str | None) -> bool:
        return (Kind.ORGANIZATION, committee or "") in self._detailed

    def doubts(self) -> Iterator[Request]:
        """What a system's spider asks for before anything is concluded, when all else has come; called again when the
        answers have come too, until it has no more."""
        return iter(())

    def request(self, url: str, **more: Any) -> Request:
        """How an address is asked for."""
        return Request(url, dont_filter=True, **more)

    # --- first phase: lists

    def ask_lists(self) -> Iterator[Request]:
        window = newest_years if self.mode is RunMode.FULL else around
        self._window = window(self._today, self.municipality.since)
        for kind in (Kind.MEETING, Kind.PAPER):
            self.began(kind)
        self._open += 1  # until all of these are on their way
        for url in [*self.memory.get("again", []), *self.beginnings()]:
            yield from self._follow(url)
        yield from self._ask_calendars(self._window)
        self._open -= 1
        yield from self._go_on()

    def _ask_calendars(self, window: Window) -> Iterator[Request]:
        self._window, self._found_in_window = window, False
        for url in self.calendars(window):
            yield from self._follow(url)

    def _older_calendars(self) -> Iterator[Request]:
        """In a full visit, one year after the other back to where the calendar begins."""
        while self.mode is RunMode.FULL and self._window is not None and not self._open:
            self._quiet_years = 0 if self._found_in_window else self._quiet_years + 1
            before = year_before(self._window, self.municipality.since)
            if before is None or self._quiet_years >= QUIET_YEARS:
                return
            yield from self._ask_calendars(before)

    def _follow(self, url: str, stale: int = 0) -> Iterator[Request]:
        key = self.object_at(url)
        if url in self._asked or key in self._asked_objects or not self._may_ask(url):
            return
        self._asked.add(url)
        if key is None:
            yield self._ask(url, LISTS_FIRST, stale)
            return
        self._asked_objects.add(key)
        self._objects_asked[key[0]] += 1
        if key[0] in self.account.lists:
            self.began(key[0]).seen.add(key[1])
        if self._in_lists:
            self._later.append(url)
        else:
            yield self._ask(url, self._priority(url), stale)

    def _may_ask(self, url: str) -> bool:
        if len(self._asked) >= MOST_PAGES:
            self._incomplete(f"more than {MOST_PAGES} pages")
            return False
        return provider(urlsplit(url).hostname or "") == provider(urlsplit(self.municipality.url).hostname or "")

    def _ask(self, url: str, priority: int, stale: int, tries: int = 1) -> Request:
        self._open += 1
        return self.request(
            self.upgraded(url), callback=self.read_page, errback=self.page_failed, priority=priority,
            cb_kwargs={"asked": url, "stale": stale, "tries": tries},
        )  # fmt: skip

    # --- an answer

    def read_page(self, response: Response, asked: str, stale: int, tries: int) -> Iterator[Any]:
        """What came for a page: its nouns, and the pages it names."""
        try:
            page = self._page(response)
        except AccessDenied as no:
            yield from self._said_no(no, asked, stale, tries)
        except UnexpectedResponse as change:
            yield from self._not_that_page(change, asked, stale, tries)
        else:
            yield from self._take(page, asked, stale)
        self._open -= 1  # only now: Scrapy takes the requests one by one, and other answers come in between
        yield from self._go_on()

    def _page(self, response: Response) -> Page:
        if response.status in GONE:
            raise AccessDenied(response.url, "a page", f"HTTP {response.status}", "It is no longer there")
        if response.status in KEPT_OUT:
            raise AccessDenied(response.url, "a page", f"gate: HTTP {response.status}", "Ask the operator for access")
        if response.status != 200:
            raise UnexpectedResponse(
                response.url, "a page with status 200", f"status {response.status}", "Ask again later"
            )
        return self.read(response)

    def _take(self, page: Page, asked: str, stale: int) -> Iterator[Any]:
        key = self.object_at(asked)
        for gap in page.warnings:
            self.account.warn(f"not understood: {gap.what}", gap.where)
        news = False
        for record in page.records:
            if isinstance(record, Tombstone):
                yield record
                continue
            news = news or (record.kind, record.native_id) not in self._listed
            yield from self._put(record, key)
        if key is None:
            self._lists_read += 1
            stale = 0 if news else stale + 1
        for url in page.follow:
            if not self.wants(url, key):
                continue
            if key is None and self.object_at(url) is None and stale >= PAGES_WITHOUT_NEWS:
                self._incomplete(f"{PAGES_WITHOUT_NEWS} lists in a row without anything new: {url}")
                self._list_is_lost()
                continue
            yield from self._follow(url, stale if key is None else 0)

    def _put(self, record: Record, page_of: Key | None) -> Iterator[Record]:
        key = (record.kind, record.native_id)
        if isinstance(record, Meeting):
            self._found_in_window = True
        if self.is_too_old(record):
            self.began(record.kind).older.add(record.native_id)
            self.saw(record)
            return
        self.saw(record)
        shown = self._listed.pop(key, None)
        merged = record if shown is None else self.put_together(record, shown)
        if key == page_of:
            self._detailed.add(key)
            yield merged
        elif key not in self._detailed:
            self._listed[key] = merged if shown is None else self.put_together(shown, record)

    # --- refusals and broken pages

    def _said_no(self, no: AccessDenied, asked: str, stale: int, tries: int) -> Iterator[Request]:
        key = self.object_at(asked)
        if no.is_gate:
            self.block(no.found.removeprefix("gate:").strip(), no.url)
        elif key is not None and (tries >= TRIES or no.found.startswith("HTTP ")):
            self._gone[key] = no.found  # words may be those of an ill server: believed when they are said again
        else:
            yield from self._not_that_page(no, asked, stale, tries)

    def _not_that_page(self, change: UnexpectedResponse, asked: str, stale: int, tries: int) -> Iterator[Request]:
        if tries < TRIES:
            yield self._ask(asked, 0, stale, tries + 1)
        else:
            self._lose(asked, str(change))

    def page_failed(self, failure: Failure) -> Iterator[Any]:
        """No answer at all, or robots.txt forbids the address."""
        asked: str = failure.request.cb_kwargs["asked"]  # type: ignore[attr-defined]
        self._lose(asked, said(failure), again=not isinstance(failure.value, IgnoreRequest))
        self._open -= 1
        yield from self._go_on()

    def _lose(self, asked: str, why: str, again: bool = True) -> None:
        """A page could not be read: what it holds stays as it is, and it is asked for again in the next visit."""
        if self.account.blocked:
            return
        key = self.object_at(asked)
        if key is not None:
            self._lost_objects.add(key)
        if key is None:
            self._list_is_lost()
        elif key[0] is Kind.MEETING:
            self._found_by_meetings_is_lost()
        elif key[0] is Kind.ORGANIZATION:
            self.began(Kind.PERSON).left_out += 1
        if again:
            self._lost.append(asked)
        self.account.warn(f"a page could not be read: {why.removeprefix(asked).lstrip(': ')[:200]}", asked)
        self._incomplete("pages could not be read")

    def _list_is_lost(self) -> None:
        """What a list would have named is not known: nothing may be missed in this visit."""
        self.began(Kind.MEETING).left_out += 1
        self._found_by_meetings_is_lost()

    def _found_by_meetings_is_lost(self) -> None:
        for kind in (Kind.PAPER, Kind.ORGANIZATION, Kind.PERSON):
            self.began(kind).left_out += 1

    def _incomplete(self, why: str) -> None:
        if why not in self.account.incomplete:
            self.account.incomplete.append(why)

    def block(self, why: str, url: str) -> None:
        """Programs are kept out: stop at once, and change nothing."""
        self.account.blocked = f"{why} ({url})"
        self._later.clear()
        self.fail(f"the source keeps programs out: {why} ({url})")
        self.stop("blocked")
        self._call_off()

    def _call_off(self) -> None:
        """Requests that wait for their turn already would still be sent, one by one, while the crawl closes."""
        for slot in self.crawler.engine.downloader.slots.values() if self.crawler.engine else ():
            while slot.queue:
                _, waiting = slot.queue.popleft()
                waiting.errback(IgnoreRequest("the source keeps programs out"))

    # --- second phase: the objects' own pages, and the end

    def _go_on(self) -> list[Any]:
        """What comes when nothing is under way any more; all at once, so that nothing gets in between."""
        if self._open or self.account.failure or self._lists_done.is_set():
            return []
        if self._in_lists and (older := list(self._older_calendars())):
            return older
        if self._in_lists and not self._lists_read:
            why = [f"{what}: {where}" for what, where in self.account.examples.items()]
            self.fail("no list could be read: " + "; ".join(why[:3]))
            return []
        self._in_lists = False
        later, self._later = list(self._later), deque()
        asked = [self._ask(url, self._priority(url), 0) for url in later]
        return asked or list(self.doubts()) or list(self._finish())

    def _priority(self, url: str) -> int:
        key = self.object_at(url)
        return LISTS_FIRST if key is None else ORDER.index(key[0])

    def _finish(self) -> Iterator[Any]:
        yield from self._bury_gone()
        yield from self._without_own_page()
        self.memory.pop("again", None)  # only now: a visit that failed or was blocked has not asked for them
        if self._lost:
            self.memory["again"] = self._lost[:MOST_REMEMBERED]
        for account in self.account.lists.values():
            account.finished = not account.left_out
        if self.mode is RunMode.FULL:
            self.memory[FULL_THROUGH] = self.archive.clock().isoformat()
        self.lists_done()

    def _bury_gone(self) -> Iterator[Tombstone]:
        """Objects whose page the source no longer shows. Many at once are not believed: then the source is ill. Those
        that were never held lose nothing: pages are linked before they are released."""
        for kind in (Kind.PAPER, Kind.MEETING, Kind.ORGANIZATION, Kind.PERSON):
            gone = {key: why for key, why in self._gone.items() if key[0] is kind}
            losing = [key for key in gone if self._would_lose(key)]
            if len(losing) > max(GONE_FREE, GONE_SHARE * self._objects_asked[kind]):
                self._incomplete(f"{len(losing)} {kind.value} pages are refused: too many to believe at once")
                self._lost_objects |= gone.keys()
                continue
            for key, why in gone.items():
                if key in self._listed or key in self._detailed:
                    continue
                self.began(kind).seen.discard(key[1])
                if key in losing:
                    reason = f"the source no longer shows it: {why}"
                    yield Tombstone(kind=kind, native_id=key[1], reason=reason[:300])

    def _would_lose(self, key: Key) -> bool:
        """Whether anything that is held goes with an object's own page. A list may still show the rest of it."""
        held = self.held(key)
        if key in self._listed:
            return isinstance(held, Meeting) and bool(held.agenda or held.files)
        return held is not None

    def _without_own_page(self) -> Iterator[Record]:
        """What only a list shows: it is all there is, unless its own page failed. Then what is held stays."""
        for key, record in self._listed.items():
            if key not in self._lost_objects or self.held(key) is None:
                yield self.completed(record)

    def held(self, key: Key) -> Record | None:
        """What the archive holds of an object, public or not."""
        return HeldReader(self.archive, self.municipality.key).noun(*key)
