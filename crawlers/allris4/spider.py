"""Asking ALLRIS 4: calendars by month or the list of meetings, then each meeting's, paper's and committee's page.

Who opens a session a request is shut out ("Zu viele Zugriffe aus Ihrem Netzwerk"), and a session knows its newest pages
only: so nothing is asked side by side, and a second request goes out before other pages come in between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from council.model import Kind, Meeting, Organization, Record
from crawlers.allris4 import urls
from crawlers.allris4.pages import read_page
from crawlers.frontier.actions import Action, Answer, Fetch, Key
from crawlers.frontier.agendas import own_meetings, papers_off_agenda
from crawlers.frontier.calendars import CalendarChoice
from crawlers.frontier.merging import filled_in
from crawlers.frontier.page_crawl import TRIES, PageCrawl
from crawlers.frontier.policy import Loss, Policy, loss_of
from crawlers.frontier.queue import LISTS_FIRST
from crawlers.frontier.refusals import require_page
from crawlers.frontier.window import Window
from crawlers.parsing.diagnostics import WarningKind
from crawlers.parsing.errors import AccessDenied, DenialKind, UnexpectedResponse
from crawlers.parsing.page import Page

CALENDAR, LIST, COMMITTEES, COMMITTEE = "si010", "si018", "gr010", "gr020"
_OWN_PAGES: Final = {"to010": Kind.MEETING, "vo020": Kind.PAPER, COMMITTEE: Kind.ORGANIZATION}


def policy(crawl: PageCrawl) -> Policy:
    """How ALLRIS 4 without OParl is asked."""
    asking = _Asking(crawl)
    return Policy(
        read=read_page,
        check=check,
        record_key=record_key,
        calendars=asking.calendars,
        seed_urls=asking.seed_urls,
        should_follow=asking.should_follow,
        as_fetch=as_fetch,
        loss=loss,
        page_to_retry=urls.without_state,
        on_page_failed=asking.on_page_failed,
        handle_page=asking.handle_page,
        emit=asking.emit,
        handle_denial=asking.handle_denial,
        handle_unexpected=asking.handle_unexpected,
    )


def record_key(url: str) -> Key | None:
    """Whose own page an address is."""
    page = urls.page_name(url) or ""
    number = urls.number_in(url, page) if page in _OWN_PAGES else None
    return (_OWN_PAGES[page], number) if number else None


def check(page: Page, fetch: Fetch, answer: Answer) -> Page:
    """The page that was asked for; a second request brings its list."""
    require_page(page, fetch, answer, {urls.page_name(fetch.url)}, fetch.key)
    if any(gap.kind is WarningKind.LIST_LOADED_LATER for gap in page.warnings) and urls.is_stateful(fetch.url):
        found = "the page without it"
        raise UnexpectedResponse(answer.url, "the list of a page", found, "The session has expired")
    return replace(page, warnings=tuple(gap for gap in page.warnings if gap.kind is not WarningKind.LIST_LOADED_LATER))


def as_fetch(fetch: Fetch) -> Fetch:
    """A second request is made as the page itself would, at once; its redirects lead to the page without its list."""
    if not urls.is_stateful(fetch.url):
        return fetch
    headers = urls.ajax_headers(fetch.url)
    return replace(fetch, priority=LISTS_FIRST + 1, headers=headers, follow_redirects=False)


def loss(url: str) -> Loss:
    """Without the list of committees they are those that meet; some servers do not show it."""
    page, members = urls.page_name(url), (Kind.ORGANIZATION, Kind.PERSON)
    if page == COMMITTEES:
        return Loss(members, is_incomplete=False, is_asked_again=False, what="the list of committees could not be read")
    return Loss(members) if page == COMMITTEE else loss_of(record_key(url))


class _Asking:
    """What one crawl of ALLRIS 4 knows."""

    def __init__(self, crawl: PageCrawl) -> None:
        self._crawl, self._context = crawl, crawl.context
        self._base = urls.base_of(crawl.context.municipality.url)
        memory, name = crawl.context.memory, "way"
        known = memory.get(name)
        self._calendar = CalendarChoice(memory, name, known if known == CALENDAR or not self._context.is_full else None)
        self._renewed: Counter[str] = Counter()

    # --- what is asked for

    def seed_urls(self) -> Iterator[str]:
        if self._context.is_full:
            yield urls.committees_list(self._base)

    def calendars(self, window: Window) -> Iterator[str]:
        """The months; this one alone as long as it is not known whether there is a calendar. Where there is none, the
        list, and in a full crawl the meetings that are held: it shows the newest only."""
        today = self._context.today
        if self._calendar.value == LIST:
            yield urls.meetings_list(self._base)
            yield from self._held_meetings() if self._context.is_full else ()
        elif self._calendar.value is None:
            yield urls.month_of(self._base, today.year, today.month)
        else:
            for year, month in self._crawl.months(window):
                yield urls.month_of(self._base, year, month)

    def should_follow(self, url: str, named_by: Key | None) -> bool:
        page = urls.page_name(url)
        if urls.is_stateful(url):
            return page in (CALENDAR, COMMITTEES)
        if page == LIST:  # a committee's: that of all has pages that cannot be asked for
            return self._calendar.value == LIST and self._context.is_full
        return record_key(url) is not None and self._crawl.should_follow(url, named_by)

    def _held_meetings(self) -> Iterator[str]:
        for meeting in self._context.held.all(Kind.MEETING):
            if isinstance(meeting, Meeting) and meeting.source_url:
                yield urls.stable(self._base, "to010", meeting.native_id)

    def _lists_of_committees(self) -> Iterator[str]:
        for native_id in self._context.held.ids(Kind.ORGANIZATION):
            if native_id.isdecimal():
                yield urls.meetings_of(self._base, native_id)

    # --- an answer

    def handle_page(self, page: Page, fetch: Fetch) -> Iterator[Action]:
        if self._calendar.value is None and page.page == CALENDAR:
            self._calendar.choose(CALENDAR)
            yield from self._crawl.ask_calendars()
        if fetch.key and fetch.key[0] is Kind.PAPER and not page.records:
            self._crawl.gone[fetch.key] = "its status does not say that it is public"
        more = list(self._papers_off_agenda(page, fetch))
        yield from self._crawl.handle_page(page, fetch)
        if fetch.url == urls.meetings_list(self._base) and any(
            gap.kind is WarningKind.LIST_PAGED for gap in page.warnings
        ):
            more += self._lists_of_committees()
        for url in more:
            yield from self._crawl.follow(url)

    def _papers_off_agenda(self, page: Page, fetch: Fetch) -> Iterator[str]:
        """Their own pages say whether they are still there."""
        for paper in papers_off_agenda(self._context, own_meetings(page, fetch)):
            yield urls.stable(self._base, "vo020", paper)

    def emit(self, record: Record, page_of: Key | None) -> Iterator[Action]:
        """What kind of committee it is only their list says."""
        if isinstance(record, Organization) and self._context.report.start_list(Kind.ORGANIZATION).skipped:
            record = filled_in(record, self._crawl.held((record.kind, record.native_id)) or record)
        yield from self._crawl.emit(record, page_of)

    # --- what did not come, and what is refused

    def handle_denial(self, denial: AccessDenied, fetch: Fetch) -> Iterator[Action]:
        if urls.page_name(fetch.url) == CALENDAR and denial.kind is DenialKind.FORBIDDEN:
            if self._calendar.value is None:
                self._calendar.choose(LIST)
                yield from self._crawl.ask_calendars()
                return
            self._calendar.forget()
        yield from self._crawl.handle_denial(denial, fetch)

    def handle_unexpected(self, unexpected: UnexpectedResponse, fetch: Fetch) -> Iterator[Action]:
        """A second request that is not answered needs its page anew, in whichever session there is now."""
        page = urls.without_state(fetch.url)
        if page == fetch.url:
            yield from self._crawl.handle_unexpected(unexpected, fetch)
            return
        self._renewed[page] += 1
        if self._renewed[page] < TRIES:
            self._crawl.queue.forget(fetch.url)  # a new session counts its pages from the beginning
            yield self._crawl.fetch(page, LISTS_FIRST + 1)
        else:
            yield from self._crawl.mark_failed(page, str(unexpected))

    def on_page_failed(self, url: str, why: str) -> Iterator[Action]:
        if urls.page_name(url) == CALENDAR and self._calendar.value is None:
            self._crawl.fail(f"whether there is a calendar could not be seen: {why}")
        return iter(())
