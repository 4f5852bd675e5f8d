"""Asking councilservice: the municipality's page for the key, the overviews of a time, then each meeting's entry.

The key is the operator's: it is kept here, in memory, and goes out in a header or in a document's address to the system
that the page names; never into a record, a message or a redirect.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.file import FailedFile, WantedFile
from archive.held_reader import HeldReader
from archive.run import RunMode
from council.model import Kind, Meeting, OrganizationRef, Paper, Record, Tombstone
from crawlers.councilservice.export import Export, human_page_of, read_export, without_key
from crawlers.councilservice.pages import INCOMPLETE, read_page
from crawlers.councilservice.papers import whole_paper
from crawlers.councilservice.refusals import ERROR
from crawlers.councilservice.session import UNREADABLE
from crawlers.fetching.page_spider import GONE_FREE, GONE_SHARE, LISTS_FIRST, MOST_PAGES, TRIES, Key, PageSpider
from crawlers.fetching.spider import said
from crawlers.frontier.window import Window
from crawlers.parsing.access import LOGIN
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.html import parsed
from crawlers.parsing.page import Page

MOST_REFUSED: Final = 10
"""After so many unreadable pages in a row the source is left alone: verwaltungsportal.de bans clients for hours."""
_ENTRY = re.compile(r"/councilservice/entry/fetch/id/(\d+)")
_OVERVIEW: Final = "/councilservice/session/fetch-overview/"
_NEXT: Final = "Ask again later; look at the page where that does not help"


class CouncilserviceSpider(PageSpider):
    """One request at a time, whatever the register allows: the websites of these towns ban clients that ask quickly."""

    custom_settings = {  # noqa: RUF012 - Scrapy's own declaration
        "COOKIES_ENABLED": True, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
    }  # fmt: skip

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._human_page = human_page_of(self.municipality.url) or self.municipality.url
        self._export: Export | None = None
        self._waiting: list[tuple[str, int, int]] = []
        self._keys_in_vain = 0
        self._refused = 0
        self._committees: dict[str, tuple[OrganizationRef, ...]] = {}
        self._told: defaultdict[str, list[Paper]] = defaultdict(list)
        self._entries_read: set[str] = set()

    # --- the key

    @property
    def export(self) -> Export:
        """Which system is asked, and with which key. RuntimeError before the page was read."""
        if self._export is None:
            raise RuntimeError("the municipality's page was not read yet")
        return self._export

    def ask_lists(self) -> Iterator[Request]:
        yield self._ask_key()

    def _ask_key(self, tries: int = 1) -> Request:
        self._open += 1
        return Request(
            self._human_page, callback=self.read_key, errback=self.key_failed, priority=LISTS_FIRST + 1,
            cb_kwargs={"tries": tries}, dont_filter=True,
        )  # fmt: skip

    def read_key(self, response: Response, tries: int) -> Iterator[Any]:
        """The page with the key: the crawl begins, or goes on with what waited for a new key."""
        try:
            self._page(response)
            found = read_export(parsed(response.body, response.url), response.url)
        except UnexpectedResponse as change:
            yield from self._no_key(change, tries)
        else:
            is_first, self._export = self._export is None, found
            if is_first:
                yield from super().ask_lists()
            waiting, self._waiting = self._waiting, []
            for asked, stale, again in waiting:
                yield self._ask(asked, LISTS_FIRST, stale, again)
        self._open -= 1
        yield from self._go_on()

    def _no_key(self, change: UnexpectedResponse, tries: int) -> Iterator[Request]:
        if isinstance(change, AccessDenied) and change.is_gate:
            self.block(change.found.removeprefix("gate:").strip(), change.url)
        elif tries < TRIES:
            yield self._ask_key(tries + 1)
        else:
            self._give_up(f"the municipality's page gives no key: {change}")

    def key_failed(self, failure: Failure) -> None:
        """The municipality's page did not come, or robots.txt forbids it."""
        self._give_up(f"the municipality's page could not be read: {said(failure)}")

    def _give_up(self, why: str) -> None:
        self._later.clear()
        self.fail(without_key(why))
        self.stop("refused")

    # --- what the base wants to know

    def calendars(self, window: Window) -> Iterator[str]:
        days = f"schedule_start={window.first}&schedule_end={window.last}"
        yield f"{self.export.list_address()}?range=individual&{days}"

    def object_at(self, url: str) -> Key | None:
        found = _ENTRY.fullmatch(urlsplit(url).path)
        return (Kind.MEETING, found[1]) if found else None

    def request(self, url: str, **more: Any) -> Request:
        # A redirect would take the key along to wherever it leads.
        more |= {"headers": self.export.headers(), "meta": {"dont_redirect": True}, "dont_filter": True}
        if _OVERVIEW not in url:
            return Request(url, **more)
        more["headers"] |= {"Content-Type": "application/json"}
        return Request(url, method="POST", body=b'{"usePager":0}', **more)

    def read(self, response: Response) -> Page:
        page = read_page(response.body, response.url, self._human_page)
        key = self.object_at(response.url)
        wanted = "entry" if key else "overview" if _OVERVIEW in response.url else "export"
        numbers = {one.native_id for one in page.records if isinstance(one, Meeting)}
        if page.page != wanted or (key and numbers - {key[1]}):
            raise UnexpectedResponse(response.url, f"the {wanted} that was asked for", f"another {page.page}", _NEXT)
        return page

    def _may_ask(self, url: str) -> bool:
        """The system is another provider than the municipality's page, and the only one asked."""
        if len(self._asked) >= MOST_PAGES:
            self._incomplete(f"more than {MOST_PAGES} pages")
            return False
        return urlsplit(url).netloc == urlsplit(self.export.system).netloc

    # --- answers

    def _take(self, page: Page, asked: str, stale: int) -> Iterator[Any]:
        self._refused = self._keys_in_vain = 0
        if key := self.object_at(asked):
            self._entries_read.add(key[1])
        elif lost := [gap for gap in page.warnings if gap.where == INCOMPLETE or gap.what == UNREADABLE]:
            for kind in (Kind.MEETING, Kind.PAPER):
                self.began(kind).left_out += len(lost)
            self._incomplete(f"a list of meetings is not whole: {lost[0].what}")
        yield from super()._take(page, asked, stale)

    def _put(self, record: Record, page_of: Key | None) -> Iterator[Record]:
        if isinstance(record, Paper):
            self._told[record.native_id].append(record)
            self.saw(record)
            return
        if isinstance(record, Meeting) and page_of is None:
            self._committees[record.native_id] = record.organization
        elif isinstance(record, Meeting):
            record = record.model_copy(update={"organization": self._committee(record)})
        yield from super()._put(record, page_of)

    def _committee(self, meeting: Meeting) -> tuple[OrganizationRef, ...]:
        """By the overview: an entry names its groups by number only, staff among them. Where a meeting is asked for
        without one (again, after a failure), as it is held."""
        if meeting.native_id not in self._committees:
            held = self.held((Kind.MEETING, meeting.native_id))
            known = held if isinstance(held, Meeting) else meeting
            self._committees[meeting.native_id] = known.organization
        return self._committees[meeting.native_id]

    def _said_no(self, no: AccessDenied, asked: str, stale: int, tries: int) -> Iterator[Request]:
        """An error with status 200 never means that an entry is gone; a log-in page means that the key is no good."""
        key = self.object_at(asked)
        if no.is_gate or no.found.startswith("HTTP"):
            yield from super()._said_no(no, asked, stale, tries)
        elif no.found == LOGIN and tries < TRIES:
            self._waiting.append((asked, stale, tries + 1))
            if len(self._waiting) == 1:
                self._keys_in_vain += 1
                yield self._ask_key()
        elif key and key not in self._listed and tries >= TRIES and no.found.startswith(ERROR):
            # Remembered from a visit that failed, and in no list any more: the lists say whether it is gone.
            self.began(key[0]).seen.discard(key[1])
        else:
            yield from self._not_that_page(no, asked, stale, tries)

    def _lose(self, asked: str, why: str, again: bool = True) -> None:
        super()._lose(asked, without_key(why), again)
        self._refused += 1
        if self._refused >= MOST_REFUSED or self._keys_in_vain >= TRIES:
            self._give_up(f"{self._refused} pages in a row could not be read: {why}")

    def _go_on(self) -> list[Any]:
        """One entry after the other: what has been handed over already is asked for even behind a gate."""
        waiting, self._later = self._later, deque(islice(self._later, 1))
        following = super()._go_on()
        self._later = deque(islice(waiting, 1 - len(self._later), None))
        return following

    # --- papers, at the end: what all meetings say of them

    def _without_own_page(self) -> Iterator[Any]:
        yield from super()._without_own_page()
        named = self._named_before()
        gone: list[str] = []
        for number in [*self._told, *(one for one in named if one not in self._told)]:
            paper = whole_paper(map(self._with_committee, self._told[number]), self._held_paper(number), self._is_known)
            if paper is None:
                gone.append(number)
            else:
                self.saw(paper)
                yield paper
        yield from self._bury_papers(gone, len(named))

    def _named_before(self) -> list[str]:
        """The numbers of held papers that a meeting named whose entry was read now. A full visit misses the others
        by itself."""
        if self.mode is RunMode.FULL and not self.began(Kind.MEETING).left_out:
            return []
        found: dict[str, None] = {}
        reader = HeldReader(self.archive, self.municipality.key)
        for number in sorted(self._entries_read):
            for paper in reader.linked(number, "meeting", Kind.PAPER, MOST_PAGES):
                found.setdefault(paper.native_id)
        return list(found)

    def _bury_papers(self, gone: list[str], of: int) -> Iterator[Tombstone]:
        if len(gone) > max(GONE_FREE, GONE_SHARE * of):
            self.began(Kind.PAPER).left_out += len(gone)
            self._incomplete(f"{len(gone)} papers are named by no meeting any more: too many to believe at once")
            return
        for number in gone:
            yield Tombstone(kind=Kind.PAPER, native_id=number, reason="no meeting names it any more")

    def _with_committee(self, paper: Paper) -> Paper:
        steps = tuple(
            step.model_copy(update={"organization": self._committees.get(step.meeting or "", step.organization)})
            for step in paper.consultations
        )
        return paper.model_copy(update={"consultations": steps})

    def _is_known(self, meeting: str) -> bool:
        """Whether this visit knows all that the meeting says; in a full one a meeting in no list says nothing."""
        if (Kind.MEETING, meeting) in self._lost_objects:
            return False
        return meeting in self._entries_read or (self.mode is RunMode.FULL and not self.began(Kind.MEETING).left_out)

    def _held_paper(self, number: str) -> Paper | None:
        held = self.held((Kind.PAPER, number))
        return held if isinstance(held, Paper) else None

    # --- documents

    def _file_request(self, file: WantedFile) -> Request:
        """The archive keeps the human page with the document's path behind #; the key comes in only here."""
        path = urlsplit(file.url).fragment
        if not path.startswith("councilservice/"):
            raise ValueError("no path of a document stands behind #")
        request = super()._file_request(file)
        address = f"{self.export.system}export/auth/{self.export.key}/data/file/{path}"
        return request.replace(url=address, meta=request.meta | {"dont_redirect": True})

    def _failed(self, url: str, reason: str, withdrawn: bool, again: Any) -> FailedFile:
        """Some failures tell the address that was asked."""
        bare = without_key(reason.replace(self.export.key, ""))
        return super()._failed(url, bare, withdrawn, again)
