"""Asking a municipality's website: its lists of notices, then each notice's own page.

Lists are never complete: notices drop out of them and stay where they are. What a crawl no longer sees is asked for at
its own address, and is gone only where that says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from council.model import File, Kind, Meeting, Paper, Record, Tombstone
from council.notices import DEFAULT
from crawlers.frontier.actions import Action, Answer, Emit, Fetch, Key, NoAnswer, Steps
from crawlers.frontier.deletions import are_believed
from crawlers.frontier.merging import filled_in
from crawlers.frontier.page_crawl import TRIES, PageCrawl
from crawlers.frontier.policy import Policy
from crawlers.frontier.refusals import another_page, is_gone
from crawlers.frontier.window import LOOK_BACK, Window
from crawlers.notices.collector import MeetingPages
from crawlers.notices.pages import NOTICE, NoticesPage, read_page
from crawlers.notices.urls import native_id, stable, year_in
from crawlers.parsing.diagnostics import ParseWarning
from crawlers.parsing.errors import UnexpectedResponse, looks_like_html
from crawlers.parsing.page import Page

MOST_RECHECKS: Final = 50
"""So many addresses of what it did not see an ordinary crawl asks for, the newest first."""
DOCUMENT: Final = "document"
PAGES, ELSEWHERE, ENDS = "pages", "elsewhere", "pages end"
"""In the crawl's memory: which files are on which meeting's page; ids of notices whose page shows no such paper;
whether the site's pages end as pages do."""


def policy(crawl: PageCrawl) -> Policy:
    """How one website is asked. A notice's page has the key of a paper: what it shows is known when it has come."""
    asking = _Asking(crawl)
    return Policy(
        read=asking.read,
        check=asking.check,
        record_key=asking.record_key,
        calendars=asking.lists,
        enter=asking.enter,
        should_follow=lambda url, named_by: url not in asking.unwanted,
        merge=merge,
        fill_from_archive=asking.fill_from_archive,
        handle_page=asking.handle_page,
        recheck_requests=asking.recheck_requests,
        would_lose=lambda key: True,  # one of several pages of a meeting, which is held under the meeting's own id
        before_tombstones=asking.before_tombstones,
        is_tombstone_written=asking.is_tombstone_written,
        after_tombstones=asking.after_tombstones,
        is_emitted=asking.is_emitted,
        at_end=asking.at_end,
    )


def merge(record: Record, other: Record) -> Record:
    """What two pages show of one record. Meetings are put together at the end, in an order that does not depend on
    which page came first."""
    if isinstance(record, Meeting):
        return record
    if isinstance(record, Paper) and isinstance(other, Paper) and record.source_url:
        files = tuple(file for file in other.files if file.native_id != record.native_id)
        other = other.model_copy(update={"files": files})
    return filled_in(record, other)


class _Asking:
    """What one crawl of a website knows. `unwanted` are addresses that an ordinary crawl does not ask for."""

    def __init__(self, crawl: PageCrawl) -> None:
        self._crawl, self._context, self._memory = crawl, crawl.context, crawl.context.memory
        municipality = crawl.context.municipality
        description = municipality.notices or DEFAULT
        self._description = description.model_copy(update={"place": description.place or municipality.name})
        self._first = tuple(dict.fromkeys(map(stable, (municipality.url, *(description.lists or ())))))
        self._lists = set(self._first)
        self._meeting_pages = MeetingPages(self._memory.get(PAGES, {}))
        self._elsewhere: set[str] = set(self._memory.get(ELSEWHERE, []))
        self.unwanted: set[str] = set()
        self._unseen: list[Meeting] = []
        self._looked_at = 0
        self._has_rechecked = False
        self._held: dict[Key, Paper | Meeting] = {}
        self._known: dict[str, Paper | Meeting | None] = {}
        self._pages: dict[str, str] = {}

    # --- what is asked for

    def enter(self) -> Iterator[Action]:
        for kind in (Kind.PAPER, Kind.MEETING):
            held = (record for record in self._context.held.all(kind) if isinstance(record, Paper | Meeting))
            self._held |= {(record.kind, record.native_id): record for record in held}
        self._known = dict.fromkeys(self._meeting_pages.pages())
        self._known |= {record.source_url: record for record in self._held.values() if record.source_url}
        yield from self._crawl.begin()

    def lists(self, window: Window) -> Iterator[str]:
        """The lists, once: they know no years that can be asked for."""
        return (url for url in self._first if url not in self._crawl.queue.urls)

    def record_key(self, url: str) -> Key | None:
        return None if url in self._lists else (Kind.PAPER, native_id(url, url))

    def read(self, body: bytes, url: str) -> Page:
        is_page = not body or looks_like_html(body)
        return read_page(body, url, self._description) if is_page else Page(DOCUMENT)

    def check(self, page: Page, fetch: Fetch, answer: Answer) -> Page:
        is_list = fetch.key is None
        if not isinstance(page, NoticesPage):
            if is_list:
                raise another_page(fetch, answer, page)
            advice = "a document at an address that does not say so: write `document` into the entry"
            return Page(DOCUMENT, warnings=(ParseWarning(fetch.url, advice),))
        if not page.ends and (ENDS in self._memory or fetch.tries < TRIES):
            raise UnexpectedResponse(answer.url, "a whole page", "one that is cut off", "Ask again later")
        if page.ends:
            self._memory[ENDS] = True
        is_elsewhere = native_id(answer.url, answer.url) != native_id(fetch.url, fetch.url)
        if is_elsewhere and not is_list and page.page != NOTICE:  # sent to the start page: no proof of anything
            return Page(page.page)
        return page

    def fill_from_archive(self, record: Record) -> Record:
        whole = self._meeting_pages.whole(record.native_id) if isinstance(record, Meeting) else None
        if whole is None:
            return record
        held = self._held.get((record.kind, record.native_id))
        return self._meeting_pages.with_held(whole, held) if isinstance(held, Meeting) else whole

    # --- what a page says about others

    def handle_page(self, page: Page, fetch: Fetch) -> Iterator[Action]:
        if isinstance(page, NoticesPage):
            self._note(page, fetch)
        yield from self._crawl.handle_page(page, fetch)

    def _note(self, page: NoticesPage, fetch: Fetch) -> None:
        key = fetch.key
        is_own_page = page.page == NOTICE and key is not None
        for record in page.records:
            if isinstance(record, Meeting):
                self._meeting_pages.note(record, fetch.url, is_own_page=is_own_page)
        if key is not None and is_own_page:
            self._meeting_pages.read.add(fetch.url)
            if key in {(record.kind, record.native_id) for record in page.records}:
                self._elsewhere.discard(key[1])
            else:  # "Öffentliche Bekanntmachung" in the list, a meeting on its page: the meeting wins
                self._elsewhere.add(key[1])
                self._crawl.listed.pop(key, None)
            return
        self._lists.update(url for url in (page.after, *page.years) if url)
        if not self._context.is_full:
            self.unwanted.update(self._not_worth_it(page))

    def _not_worth_it(self, page: NoticesPage) -> Iterator[str]:
        """What an ordinary crawl does not ask for: years that are over, the next page behind one without news, and
        pages of what is held and past."""
        yield from (url for url in page.years if (year_in(url) or 0) < (self._context.today - LOOK_BACK).year)
        named = [record for record in page.records if isinstance(record, Paper | Meeting)]
        if page.after and all(self._is_held_already(record) for record in named):
            yield page.after
        by_page = {record.source_url: record for record in named}
        for url in page.follow:
            if url in self._known and not self._is_of_now(by_page.get(url) or self._known[url]):
                yield url

    def _is_held_already(self, record: Paper | Meeting) -> bool:
        return (record.kind, record.native_id) in self._held or record.native_id in self._elsewhere

    def _is_of_now(self, record: Paper | Meeting | None) -> bool:
        return self._context.is_full or _day_of(record) >= self._context.today - LOOK_BACK

    # --- what was not seen

    def recheck_requests(self) -> Iterator[Action]:
        """The own addresses of what this crawl should have seen and did not."""
        if self._has_rechecked:
            return
        self._has_rechecked = True
        lost = self._crawl.lost
        doubted = [record for key, record in self._held.items() if key not in lost and self._is_of_now(record)]
        doubted.sort(key=lambda record: (_day_of(record), record.native_id), reverse=True)
        left = None if self._context.is_full else MOST_RECHECKS
        for record in doubted:
            for action in self._rechecks_of(record):
                if left == 0:
                    return
                left = None if left is None else left - 1
                yield action

    def _rechecks_of(self, record: Paper | Meeting) -> Iterator[Action]:
        key = (record.kind, record.native_id)
        is_seen = key in self._crawl.listed or key in self._crawl.detailed
        if isinstance(record, Paper):
            if not is_seen and record.source_url:
                yield from self._crawl.follow(record.source_url)
            elif not is_seen:
                yield from (look for file in record.files[:1] for look in self._look_at(file, key))
            return
        if not is_seen:
            self._unseen.append(record)
            yield from self._crawl.follow(record.source_url) if record.source_url else ()
        for file in self._meeting_pages.kept(record, self._meeting_pages.whole(record.native_id)):
            page = self._meeting_pages.unread_page_of(file)
            yield from self._crawl.follow(page) if page else self._look_at(file, None)

    def _look_at(self, file: File, paper: Key | None) -> Iterator[Action]:
        """Ask whether a document is there, not for its bytes. No answer: nothing is known, and what is held stays."""

        def answered(fetch: Fetch, answer: Answer) -> Iterator[Action]:
            if is_gone(answer) and paper is not None:
                self._crawl.gone[paper] = f"HTTP {answer.status}"
            elif is_gone(answer):
                self._meeting_pages.gone_files.add(file.native_id)
            return iter(())

        def failed(fetch: Fetch, failure: NoAnswer) -> Iterator[Action]:
            return iter(())

        if file.url and self._crawl.may_fetch(file.url):
            self._looked_at += 1
            self._crawl.queue.pages[Kind.PAPER] += 1
            yield self._crawl.send(Fetch(file.url, method="HEAD", steps=Steps(answered, failed)))

    # --- the end

    def before_tombstones(self) -> Iterator[Action]:
        self._context.report.start_list(Kind.PAPER).seen -= self._elsewhere
        gone = [(Kind.FILE, native) for native in self._meeting_pages.gone_files]
        if not are_believed(self._context, gone, self._looked_at, "documents are refused"):
            self._meeting_pages.gone_files.clear()
        self._pages = {native_id(url, url): url for url in self._crawl.queue.urls}
        return iter(())

    def is_tombstone_written(self, tombstone: Tombstone) -> bool:
        """A page that is gone says nothing more of its meeting; only what is held is taken out."""
        self._meeting_pages.read.add(self._pages.get(tombstone.native_id, ""))
        return (tombstone.kind, tombstone.native_id) in self._held

    def after_tombstones(self) -> Iterator[Action]:
        if self._context.report.is_below_expectation:
            return
        for key in [key for key in self._held if key[0] is Kind.PAPER and key[1] in self._elsewhere]:
            yield Tombstone(kind=Kind.PAPER, native_id=key[1], reason="its own page shows something else")
        for meeting in self._unseen:
            if (meeting.kind, meeting.native_id) not in self._crawl.listed and self._meeting_pages.left_of(
                meeting
            ) is None:
                yield Tombstone(kind=Kind.MEETING, native_id=meeting.native_id, reason="no page shows it any more")

    def is_emitted(self, record: Record) -> bool:
        """A paper that is held has its own page, which was not asked for in this crawl."""
        is_known = record.native_id in self._elsewhere or (record.kind, record.native_id) in self._held
        return not (isinstance(record, Paper) and record.source_url and is_known)

    def at_end(self) -> Iterator[Action]:
        for meeting in self._unseen:
            left = (
                self._meeting_pages.left_of(meeting)
                if (meeting.kind, meeting.native_id) not in self._crawl.listed
                else meeting
            )
            if left is not None and left != meeting:
                yield Emit(left)
        self._memory[PAGES] = self._meeting_pages.shown()
        self._memory[ELSEWHERE] = sorted(self._elsewhere)


def _day_of(record: Paper | Meeting | None) -> dt.date:
    """The day that says whether something is of now; a far one where none is known, so that it is looked at."""
    if isinstance(record, Meeting):
        return record.start.date() if record.start else dt.date.max
    return record.date if record is not None and record.date else dt.date.max
