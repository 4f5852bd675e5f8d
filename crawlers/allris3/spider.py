"""Asking ALLRIS 3: the start page says which calendar is released, its export or its months say which meetings there
are, then each meeting's, paper's and committee's own page. Nothing is remembered by the server: there is no session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from council.model import Kind, Meeting, Paper, Record
from crawlers.allris3 import urls
from crawlers.allris3.export import CALENDAR as EXPORTED
from crawlers.allris3.pages import read_page
from crawlers.frontier.actions import Action, Answer, Fetch, Key
from crawlers.frontier.agendas import own_meetings, papers_off_agenda
from crawlers.frontier.conclusions import loses_held
from crawlers.frontier.failed_pages import AGAIN
from crawlers.frontier.page_crawl import PageCrawl
from crawlers.frontier.policy import Loss, Policy, loss_of
from crawlers.frontier.refusals import another_page
from crawlers.frontier.unnumbered import Unnumbered
from crawlers.frontier.window import Window
from crawlers.parsing.errors import AccessDenied, DenialKind, UnexpectedResponse
from crawlers.parsing.page import Page

PROGRAM: Final = "calendar"
"""In the crawl's memory: the address of the released calendar program."""
EXPORT: Final = "export"
"""In the crawl's memory: whether that program gives its calendar in XML."""
CALENDAR, PAPERS, START = "si010", "vo040", "allris.net"
CHOICE: Final = "pa000"
BODY_LISTS: Final = frozenset({"au010", CHOICE, "pa020", "pa021", "fr010"})


def policy(crawl: PageCrawl) -> Policy:
    """How ALLRIS 3 without OParl is asked."""
    asking = _Asking(crawl)
    return Policy(
        read=read_page,
        check=asking.check,
        record_key=urls.object_at,
        calendars=asking.calendars,
        seed_urls=asking.seed_urls,
        should_follow=asking.should_follow,
        loss=asking.loss,
        handle_page=asking.handle_page,
        emit=asking.emit,
        handle_denial=asking.handle_denial,
        handle_unexpected=asking.handle_unexpected,
        recheck_requests=asking.recheck_requests,
        before_tombstones=asking.unnumbered.settle,
        after_tombstones=asking.unnumbered.numbers_come,
    )


class _Asking:
    """What one crawl of ALLRIS 3 knows."""

    def __init__(self, crawl: PageCrawl) -> None:
        self._crawl, self._context, self._memory = crawl, crawl.context, crawl.context.memory
        url = crawl.context.municipality.url
        self._folder = urls.folder_of(url)
        self._is_named = _page(url) == CALENDAR
        """Whether the register names the calendar program itself: some stand in a website, without a start page."""
        self._program: str | None = url.partition("?")[0] if self._is_named else self._memory.get(PROGRAM)
        self._export: bool | None = None if self._context.is_full else self._memory.get(EXPORT)
        self._newest_papers: set[str] = {url for url in self._memory.get(AGAIN, []) if _page(url) == PAPERS}
        self._papers_off_agendas: list[str] = []
        self.unnumbered = Unnumbered(crawl)

    # --- what is asked for

    def seed_urls(self) -> Iterator[str]:
        if not self._is_named or self._context.is_full:
            yield self._folder + urls.START

    def calendars(self, window: Window) -> Iterator[str]:
        """The export of a year at a time; the months where there is none. Whether there is one the first answer tells
        in each full crawl."""
        if self._program is None:
            return
        if self._export is None:
            yield urls.span(self._program, window)
        elif self._export:
            yield from (urls.span(self._program, year) for year in urls.years_of(window))
        else:
            yield from self._months(window)

    def _months(self, window: Window) -> Iterator[str]:
        for year, number in self._crawl.months(window):
            yield urls.month(self._program or "", year, number)

    def should_follow(self, url: str, named_by: Key | None) -> bool:
        """An ordinary crawl looks through the newest papers for those that it does not know."""
        key, page, is_full = urls.object_at(url), _page(url), self._context.is_full
        if key is None:
            is_wanted = is_full or url in self._newest_papers if page == PAPERS else is_full and page in BODY_LISTS
            return is_wanted or urls.is_month_of_body(url)
        if not is_full and named_by is None and key[0] is Kind.PAPER:
            return self._crawl.held(key) is None
        return self._crawl.should_follow(url, named_by)

    def check(self, page: Page, fetch: Fetch, answer: Answer) -> Page:
        """The page that was asked for: an export is none where a month came. For a calendar the choice of councils may
        come, which names each council's own."""
        records = {(record.kind, record.native_id) for record in page.records}
        name = page.page.partition("_")[0].partition("-")[0]
        is_month = bool(self._export and urls.span_of(fetch.url)) and page.page != EXPORTED
        if not is_month and name == CHOICE and _page(fetch.url) == CALENDAR and not urls.is_month_of_body(fetch.url):
            return page
        if is_month or name != _page(fetch.url) or (fetch.key and fetch.key not in records):
            raise another_page(fetch, answer, page)
        return page

    # --- the calendar: which program, and whether in XML

    def handle_page(self, page: Page, fetch: Fetch) -> Iterator[Action]:
        if page.page == START:
            self._newest_papers |= {url for url in page.follow if _page(url) == PAPERS}
            yield from self._choose_program(page)
        elif urls.span_of(fetch.url) and self._export is None:
            self._export = self._memory[EXPORT] = page.page == EXPORTED
            if not self._export:
                yield from self._crawl.ask_calendars()
        self._papers_off_agendas += papers_off_agenda(self._context, own_meetings(page, fetch))
        yield from self._crawl.handle_page(page, fetch)

    def _choose_program(self, start: Page) -> Iterator[Action]:
        named = next((url for url in start.follow if _page(url) == CALENDAR), None)
        if named and named != self._program and not self._is_named:
            self._program = self._memory[PROGRAM] = named
            yield from self._crawl.ask_calendars()
        if self._program is None:
            start_page = self._folder + urls.START
            self._crawl.fail(f"{start_page} names no calendar (si010): write its address into the register")

    # --- refusals and broken pages

    def handle_denial(self, denial: AccessDenied, fetch: Fetch) -> Iterator[Action]:
        key = fetch.key
        if (
            key
            and key in self._crawl.listed
            and denial.kind is DenialKind.FORBIDDEN
            and not loses_held(self._crawl, key)
        ):
            self._crawl.gone[key] = denial.found  # the export names meetings whose agenda is not released
        elif _page(fetch.url) == CALENDAR and denial.kind is DenialKind.FORBIDDEN and not urls.span_of(fetch.url):
            # Another program is released: no other is tried.
            yield from self._crawl.mark_failed(fetch.url, str(denial), again=False)
        else:
            yield from self._crawl.handle_denial(denial, fetch)

    def handle_unexpected(self, unexpected: UnexpectedResponse, fetch: Fetch) -> Iterator[Action]:
        """Instead of an export that cannot be read the months are."""
        window = urls.span_of(fetch.url)
        if window is None:
            yield from self._crawl.handle_unexpected(unexpected, fetch)
            return
        if self._export is not False:  # the months say less: the next crawl asks once more
            self._crawl.failed_pages.unread(fetch.url)
        self._export = bool(self._export)
        self._memory.pop(EXPORT, None)
        for url in self._months(window):
            yield from self._crawl.follow(url)

    def loss(self, url: str) -> Loss:
        """Papers are asked for one by one: their list is no loss."""
        page, key = _page(url), urls.object_at(url)
        if page == PAPERS or (page == START and self._is_named):
            return Loss(is_incomplete=False, what="a list could not be read")
        kinds = loss_of(key).kinds
        is_body = page in BODY_LISTS or (key is not None and key[0] is Kind.ORGANIZATION)
        return Loss((*kinds, Kind.ORGANIZATION, Kind.PERSON) if is_body else kinds)

    # --- papers that are listed no more: only their own pages say that they are gone

    def recheck_requests(self) -> Iterator[Action]:
        papers = [(Kind.PAPER, number) for number in (*self._papers_off_agendas, *self._unlisted_papers())]
        for key in [*papers, *self.unnumbered.numbers_lost()]:
            held = self._crawl.held(key)
            if isinstance(held, Paper | Meeting) and held.source_url:
                yield from self._crawl.follow(held.source_url)

    def _unlisted_papers(self) -> list[str]:
        progress = self._context.report.start_list(Kind.PAPER)
        if not self._context.is_full or progress.skipped:
            return []
        return sorted(set(self._context.held.unseen(Kind.PAPER)[0]) - progress.seen)

    # --- records

    def emit(self, record: Record, page_of: Key | None) -> Iterator[Action]:
        key = (record.kind, record.native_id)
        if isinstance(record, Paper) and page_of != key and not self._context.is_full and self._crawl.held(key):
            return  # its own page says more, and is not asked for
        if isinstance(record, Paper) and key == page_of and key not in self._crawl.listed:
            held = self._context.held_paper(record.native_id)  # only the list of papers shows the day
            record = record.model_copy(update={"date": record.date or (held.date if held else None)})
        if isinstance(record, Meeting):
            record = self.unnumbered.as_listed(record, page_of)
        yield from self._crawl.emit(record, page_of)


def _page(url: str) -> str | None:
    return urls.page_of(url)
