"""Asking councilservice: the municipality's page for the key, the overviews of a time, then each meeting's entry.

The key is the operator's: it is kept here, in memory, and goes out in a header or in a document's address to the system
that the page names; never into a record, a message or a redirect.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from council.model import Kind, Meeting, OrganizationRef, Paper, Record, Tombstone
from crawlers.councilservice.pages import read_page
from crawlers.councilservice.paper import whole_paper
from crawlers.councilservice.urls import Export, human_page_of, read_export, without_key
from crawlers.frontier.actions import Action, Answer, Emit, Fetch, Key, NoAnswer, Steps
from crawlers.frontier.deletions import are_believed
from crawlers.frontier.files import FilePolicy
from crawlers.frontier.page_crawl import TRIES, PageCrawl
from crawlers.frontier.policy import Policy
from crawlers.frontier.queue import LISTS_FIRST
from crawlers.frontier.refusals import another_page, is_block
from crawlers.frontier.sessions import SessionRenewal
from crawlers.frontier.window import Window
from crawlers.parsing.diagnostics import WarningKind
from crawlers.parsing.errors import AccessDenied, DenialKind, UnexpectedResponse
from crawlers.parsing.html import parsed
from crawlers.parsing.page import Page

MOST_REFUSED: Final = 10
"""After so many unreadable pages in a row the source is left alone: verwaltungsportal.de bans clients for hours."""
_ENTRY = re.compile(r"/councilservice/entry/fetch/id/(\d+)")
_OVERVIEW: Final = "/councilservice/session/fetch-overview/"


def policy(crawl: PageCrawl) -> Policy:
    """How councilservice is asked. One entry after the other: what has been handed over already is asked for even
    behind an access check."""
    asking = _Asking(crawl)
    return Policy(
        read=asking.read,
        check=check,
        record_key=record_key,
        calendars=asking.calendars,
        enter=asking.ask_key,
        may_fetch=asking.may_fetch,
        as_fetch=asking.as_fetch,
        batch=1,
        on_page_failed=asking.on_page_failed,
        handle_page=asking.handle_page,
        emit=asking.emit,
        handle_denial=asking.handle_denial,
        at_end=asking.papers,
        files=FilePolicy(asking.file_address, asking.mask, follow_redirects=False),
    )


def record_key(url: str) -> Key | None:
    """Whose entry an address is."""
    found = _ENTRY.fullmatch(urlsplit(url).path)
    return (Kind.MEETING, found[1]) if found else None


def check(page: Page, fetch: Fetch, answer: Answer) -> Page:
    """The page, overview or entry that was asked for."""
    key = record_key(answer.url)
    wanted = "entry" if key else "overview" if _OVERVIEW in answer.url else "export"
    numbers = {record.native_id for record in page.records if isinstance(record, Meeting)}
    if page.page != wanted or (key and numbers - {key[1]}):
        raise another_page(fetch, answer, page)
    return page


class _Asking:
    """What one crawl of councilservice knows."""

    def __init__(self, crawl: PageCrawl) -> None:
        self._crawl, self._context = crawl, crawl.context
        url = crawl.context.municipality.url
        self._human_page = human_page_of(url) or url
        self._found: Export | None = None
        self._keys = SessionRenewal(crawl, self.ask_key)
        self._refused = 0
        self._committees: dict[str, tuple[OrganizationRef, ...]] = {}
        self._told: defaultdict[str, list[Paper]] = defaultdict(list)
        self._entries_read: set[str] = set()

    # --- the key

    @property
    def _export(self) -> Export:
        """Which system is asked, and with which key. RuntimeError before the page was read."""
        if self._found is None:
            raise RuntimeError("the municipality's page was not read yet")
        return self._found

    def ask_key(self, tries: int = 1) -> Iterator[Action]:
        steps = Steps(self._read_key, self._key_failed)
        yield self._crawl.send(Fetch(self._human_page, LISTS_FIRST + 1, tries=tries, steps=steps))

    def _read_key(self, fetch: Fetch, answer: Answer) -> Iterator[Action]:
        """The page with the key: the crawl begins, or goes on with what waited for a new key."""
        try:
            self._crawl.read(fetch, answer)
            found = read_export(parsed(answer.body, answer.url), answer.url)
        except UnexpectedResponse as unexpected:
            yield from self._no_key(unexpected, fetch.tries)
            return
        is_first, self._found = self._found is None, found
        if is_first:
            yield from self._crawl.begin()
        yield from self._keys.go_on()

    def _no_key(self, unexpected: UnexpectedResponse, tries: int) -> Iterator[Action]:
        if is_block(unexpected):
            yield from self._crawl.block(unexpected.found, unexpected.url)
        elif tries < TRIES:
            yield from self.ask_key(tries + 1)
        else:
            yield from self._give_up(f"the municipality's page gives no key: {unexpected}")

    def _key_failed(self, fetch: Fetch, failure: NoAnswer) -> Iterator[Action]:
        return self._give_up(f"the municipality's page could not be read: {failure.reason}")

    def _give_up(self, why: str) -> Iterator[Action]:
        return self._crawl.stop(without_key(why), "refused")

    def mask(self, message: str) -> str:
        """A message without the key."""
        return without_key(message.replace(self._found.key, "") if self._found else message)

    # --- what is asked for

    def calendars(self, window: Window) -> Iterator[str]:
        days = f"schedule_start={window.first}&schedule_end={window.last}"
        yield f"{self._export.list_address()}?range=individual&{days}"

    def as_fetch(self, fetch: Fetch) -> Fetch:
        """With the key, which a redirect would take along to wherever it leads."""
        headers = self._export.headers()
        if _OVERVIEW not in fetch.url:
            return replace(fetch, headers=headers, follow_redirects=False)
        headers["Content-Type"] = "application/json"
        return replace(fetch, headers=headers, follow_redirects=False, method="POST", body=b'{"usePager":0}')

    def may_fetch(self, url: str) -> bool:
        """The system is another provider than the municipality's page, and the only one asked."""
        return urlsplit(url).netloc == urlsplit(self._export.system).netloc

    def read(self, body: bytes, url: str) -> Page:
        return read_page(body, url, self._human_page)

    def file_address(self, url: str) -> str:
        """The archive keeps the human page with the document's path behind #; the key comes in only here."""
        path = urlsplit(url).fragment
        if not path.startswith("councilservice/"):
            raise ValueError("no path of a document stands behind #")
        return f"{self._export.system}export/auth/{self._export.key}/data/file/{path}"

    # --- answers

    def handle_page(self, page: Page, fetch: Fetch) -> Iterator[Action]:
        self._refused = self._keys.count = 0
        if fetch.key:
            self._entries_read.add(fetch.key[1])
        elif lost := [gap for gap in page.warnings if gap.kind is WarningKind.LIST_INCOMPLETE]:
            self._crawl.skip(Kind.MEETING, Kind.PAPER)
            self._context.report.mark_incomplete(f"a list of meetings is not whole: {lost[0].what}")
        yield from self._crawl.handle_page(page, fetch)

    def emit(self, record: Record, page_of: Key | None) -> Iterator[Action]:
        if isinstance(record, Paper):
            self._told[record.native_id].append(record)
            self._context.report.record_seen(record)
            return
        if isinstance(record, Meeting) and page_of is None:
            self._committees[record.native_id] = record.organization
        elif isinstance(record, Meeting):
            record = record.model_copy(update={"organization": self._committee(record)})
        yield from self._crawl.emit(record, page_of)

    def _committee(self, meeting: Meeting) -> tuple[OrganizationRef, ...]:
        """By the overview: an entry names its groups by number only, staff among them. Where a meeting is asked for
        without one (again, after a failure), as it is held."""
        if meeting.native_id not in self._committees:
            known = self._context.held_meeting(meeting.native_id) or meeting
            self._committees[meeting.native_id] = known.organization
        return self._committees[meeting.native_id]

    def handle_denial(self, denial: AccessDenied, fetch: Fetch) -> Iterator[Action]:
        """An error with status 200 never means that an entry is gone; a log-in page means that the key is no good."""
        key = fetch.key
        if is_block(denial) or denial.status:
            yield from self._crawl.handle_denial(denial, fetch)
        elif denial.kind is DenialKind.LOGIN and fetch.tries < TRIES:
            yield from self._keys.ask_again(fetch)
        elif key and key not in self._crawl.listed and fetch.tries >= TRIES and denial.kind.is_about_object:
            # Kept from a crawl that failed, and in no list any more: the lists say whether it is gone.
            self._context.report.start_list(key[0]).seen.discard(key[1])
        else:
            yield from self._crawl.handle_unexpected(denial, fetch)

    def on_page_failed(self, url: str, why: str) -> Iterator[Action]:
        self._refused += 1
        if self._refused >= MOST_REFUSED or self._keys.count >= TRIES:
            yield from self._give_up(f"{self._refused} pages in a row could not be read: {why}")

    # --- papers, at the end: what all meetings say of them

    def papers(self) -> Iterator[Action]:
        named = self._named_before()
        gone: list[Key] = []
        for number in [*self._told, *(known for known in named if known not in self._told)]:
            held = self._context.held_paper(number)
            paper = whole_paper(map(self._with_committee, self._told[number]), held, self._is_known)
            if paper is None:
                gone.append((Kind.PAPER, number))
            else:
                self._context.report.record_seen(paper)
                yield Emit(paper)
        if are_believed(self._context, gone, len(named), "papers are named by no meeting any more"):
            for kind, number in gone:
                yield Tombstone(kind=kind, native_id=number, reason="no meeting names it any more")
        else:
            self._crawl.skip(Kind.PAPER)

    def _named_before(self) -> list[str]:
        """The numbers of held papers that a meeting named whose entry was read now. A full crawl misses the others
        by itself."""
        if self._knows_all_meetings:
            return []
        held = self._context.held
        return list(dict.fromkeys(number for entry in sorted(self._entries_read) for number in held.papers_of(entry)))

    def _with_committee(self, paper: Paper) -> Paper:
        steps = tuple(
            step.model_copy(update={"organization": self._committees.get(step.meeting or "", step.organization)})
            for step in paper.consultations
        )
        return paper.model_copy(update={"consultations": steps})

    def _is_known(self, meeting: str) -> bool:
        """Whether this crawl knows all that the meeting says; in a full one a meeting in no list says nothing."""
        if (Kind.MEETING, meeting) in self._crawl.lost:
            return False
        return meeting in self._entries_read or self._knows_all_meetings

    @property
    def _knows_all_meetings(self) -> bool:
        return self._context.is_full and not self._context.report.start_list(Kind.MEETING).skipped
