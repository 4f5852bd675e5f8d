"""The crawl of a system that shows pages: calendars year by year, then the objects' own pages, then the conclusions.

A state machine: answers in, actions out, no network. Two phases. First the lists (calendars, lists of papers and
committees), which say what there is; then each object's own page, which says all of it. What a list shows of a record
is kept until its own page has come and is filled in there. What differs between products is in a `Policy`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from council.model import Kind, Meeting, Record, Tombstone
from crawlers.frontier.actions import Action, Answer, Emit, Fetch, Key, NoAnswer, Stop
from crawlers.frontier.calendars import BackFill
from crawlers.frontier.conclusions import conclusions
from crawlers.frontier.context import CrawlContext
from crawlers.frontier.failed_pages import FailedPages
from crawlers.frontier.files import FilePolicy
from crawlers.frontier.policy import FOUND_BY_LISTS, Loss, Policy, is_on_ordinary_way, loss_of
from crawlers.frontier.queue import MOST_PAGES, PageQueue, priority_of
from crawlers.frontier.refusals import is_block
from crawlers.frontier.window import Window, around, newest_years, without_far_months
from crawlers.parsing.access import refuse_status
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.page import Page
from crawlers.parsing.provider import is_same_provider

TRIES: Final = 3
"""Maximum requests for a page whose response fails validation: half of it, an error page with status 200."""
PAGES_WITHOUT_NEWS: Final = 3


class PageCrawl:
    """The machine. Policies may read its attributes and call its methods.

    `listed` are records that so far only lists or others' pages showed; `detailed` those whose own page was read;
    `gone` those whose page the source refuses, and why; `lost` those whose page could not be read."""

    def __init__(self, context: CrawlContext, make_policy: Callable[[PageCrawl], Policy]) -> None:
        self.context = context
        self.report = context.report
        self.held = context.held.get
        self.is_done = False
        self.listed: dict[Key, Record] = {}
        self.detailed: set[Key] = set()
        self.gone: dict[Key, str] = {}
        self.lost: set[Key] = set()
        self.failed_pages = FailedPages(context.memory, context.started)
        newest = newest_years if context.is_full else around
        self.calendar = BackFill(context.window or newest(context.today, context.municipality.since))
        self._open = 0
        self._in_lists = True
        self._lists_read = 0
        self.policy = policy = make_policy(self)
        self.queue = PageQueue(policy.batch)
        self._should_follow = policy.should_follow or self.should_follow
        self._may_fetch = policy.may_fetch or (lambda url: is_same_provider(url, context.municipality.url))
        self._handle_page = policy.handle_page or self.handle_page
        self._emit = policy.emit or self.emit
        self._handle_denial = policy.handle_denial or self.handle_denial
        self._handle_unexpected = policy.handle_unexpected or self.handle_unexpected

    @property
    def files(self) -> FilePolicy:
        """How files are asked for."""
        return self.policy.files

    # --- events

    def start(self) -> Iterator[Action]:
        """The way in, or at once the lists."""
        yield from (self.policy.enter or self.begin)()

    def handle_answer(self, fetch: Fetch, answer: Answer) -> Iterator[Action]:
        """What came for a request: a page's records, and the pages it names."""
        if fetch.steps is not None:
            yield from fetch.steps.answered(fetch, answer)
        else:
            try:
                page = self.read(fetch, answer)
            except AccessDenied as denial:
                yield from self._handle_denial(denial, fetch)
            except UnexpectedResponse as unexpected:
                yield from self._handle_unexpected(unexpected, fetch)
            else:
                yield from self._handle_page(page, fetch)
        yield from self._closed()

    def handle_no_answer(self, fetch: Fetch, failure: NoAnswer) -> Iterator[Action]:
        """No answer at all, or robots.txt forbids the address."""
        if fetch.steps is not None:
            yield from fetch.steps.failed(fetch, failure)
        else:
            yield from self.mark_failed(fetch.url, failure.reason, again=not failure.is_final)
        yield from self._closed()

    def fail(self, why: str) -> None:
        """The crawl cannot do its work: say why, and end without touching what is held."""
        self.report.failure = self.report.failure or why
        self.is_done = True
        self.policy.on_failure()

    def block(self, why: str, url: str) -> Iterator[Action]:
        """Programs are kept out: stop at once, and change nothing."""
        self.report.blocked = self.report.blocked or f"{why} ({url})"
        yield from self.stop(f"the source keeps programs out: {why} ({url})", "blocked")

    def stop(self, why: str, reason: str) -> Iterator[Action]:
        """Fail, and send nothing more."""
        self.queue.clear()
        self.fail(why)
        yield Stop(reason)

    # --- requests

    def fetch(self, url: str, priority: int | None = None, **more: Any) -> Fetch:
        """A request for a page; counted until its answer has been handled. The priority is that of its kind."""
        self._open += 1
        key = self.policy.record_key(url)
        first = priority_of(key) if priority is None else priority
        return self.policy.as_fetch(Fetch(url, first, key=key, subject=key[0].value if key else "list", **more))

    def send(self, fetch: Fetch) -> Fetch:
        """A request of the policy's own, with steps; counted as well."""
        self._open += 1
        return fetch

    def follow(self, url: str, stale: int = 0) -> Iterator[Action]:
        """Ask for an address unless it, or its object, was asked for already: at once for a list, and for an object
        when the lists have come."""
        key = self.policy.record_key(url)
        if self.queue.holds(url, key) or not self.may_fetch(url):
            return
        self.queue.add(url, key)
        if key is not None and key[0] in self.report.lists:
            self.report.start_list(key[0]).seen.add(key[1])
        if key is not None and self._is_left_alone(url, key):
            return
        self.failed_pages.asked(self.policy.page_to_retry(url))
        if key is None:
            yield self.fetch(url, stale=stale)
        elif self._in_lists:
            self.queue.wait(url)
        else:
            yield self.fetch(url, stale=stale)

    def _is_left_alone(self, url: str, key: Key) -> bool:
        """Whether an ordinary crawl does not ask for an object's page since it failed lately: what is concluded is what
        would be if it failed once more. A meeting to come is asked for: pages are linked before they are released."""
        page = self.policy.page_to_retry(url)
        if self.context.is_full or not self.failed_pages.is_resting(page):
            return False
        if self.failed_pages.was_unread(page):
            self._lose(page, key)
            return True
        shown = self.listed.get(key)
        is_to_come = isinstance(shown, Meeting) and shown.start and shown.start.date() >= self.context.today
        return not is_to_come

    def may_fetch(self, url: str) -> bool:
        """Whether an address is on a server that may be asked, and within the budget."""
        if self.queue.is_full:
            self.report.mark_incomplete(f"more than {MOST_PAGES} pages")
            return False
        return self._may_fetch(url)

    def should_follow(self, url: str, named_by: Key | None) -> bool:
        """An ordinary crawl takes the listed meetings and papers and the papers of meetings: from there on every way
        leads through all years."""
        return self.context.is_full or is_on_ordinary_way(self.policy.record_key(url), named_by)

    # --- first phase: lists

    def begin(self) -> Iterator[Action]:
        """The way in is open: what failed in the crawl before, the seeds, and the newest calendars."""
        for kind in (Kind.MEETING, Kind.PAPER):
            self.report.start_list(kind)
        self._open += 1  # until all of these are on their way
        for url in [*self.failed_pages.due(), *self.policy.seed_urls()]:
            yield from self.follow(url)
        yield from self.ask_calendars()
        yield from self._closed()

    def ask_calendars(self, window: Window | None = None) -> Iterator[Action]:
        """The calendars of a time; of the present window once more where another calendar was chosen."""
        self.calendar.move(window or self.calendar.window)
        for url in self.policy.calendars(self.calendar.window):
            yield from self.follow(url)

    def months(self, window: Window) -> Iterator[tuple[int, int]]:
        """The (year, month) that a calendar of single months is asked for, the newest first."""
        near = window if self.context.is_full else without_far_months(window, self.context.today)
        return near.months()

    def _older_calendars(self) -> Iterator[Action]:
        while self.context.is_full and not self._open:
            before = self.calendar.older(self.context.municipality.since)
            if before is None:
                return
            yield from self.ask_calendars(before)

    # --- an answer

    def read(self, fetch: Fetch, answer: Answer) -> Page:
        """The page, by the policy. Raises UnexpectedResponse, AccessDenied."""
        refuse_status(answer.status, answer.body, answer.url, "a page")
        return self.policy.check(self.policy.read(answer.body, answer.url), fetch, answer)

    def handle_page(self, page: Page, fetch: Fetch) -> Iterator[Action]:
        """The records of a page, and what it names."""
        self.report.add_warnings(page.warnings)
        news = False
        for record in page.records:
            if isinstance(record, Tombstone):
                yield record
                continue
            news = news or (record.kind, record.native_id) not in self.listed
            yield from self._emit(record, fetch.key)
        stale = fetch.stale
        if fetch.key is None:
            self._lists_read += 1
            stale = 0 if news else stale + 1
        for url in page.follow:
            if not self._should_follow(url, fetch.key):
                continue
            if fetch.key is None and self.policy.record_key(url) is None and stale >= PAGES_WITHOUT_NEWS:
                self.report.mark_incomplete(f"{PAGES_WITHOUT_NEWS} lists in a row without anything new: {url}")
                self.skip(*FOUND_BY_LISTS)
                continue
            yield from self.follow(url, stale if fetch.key is None else 0)

    def emit(self, record: Record, page_of: Key | None) -> Iterator[Action]:
        """Write a record that its own page shows (`page_of` is whose page it is), with what lists showed of it; keep
        any other until its own page has come."""
        key = (record.kind, record.native_id)
        if isinstance(record, Meeting):
            self.calendar.meeting_found()
        self.report.record_seen(record)
        if self.context.is_too_old(record):
            self.report.start_list(record.kind).older.add(record.native_id)
            return
        shown = self.listed.pop(key, None)
        merged = record if shown is None else self.policy.merge(record, shown)
        if key == page_of:
            self.detailed.add(key)
            yield Emit(merged)
        elif key not in self.detailed:
            self.listed[key] = merged if shown is None else self.policy.merge(shown, record)

    # --- refusals and broken pages

    def handle_denial(self, denial: AccessDenied, fetch: Fetch) -> Iterator[Action]:
        """The source says that it does not serve a page. Of an object that is believed at once where its status says
        so; words may be those of an ill server, and are believed when they come again."""
        if is_block(denial):
            yield from self.block(denial.found, denial.url)
        elif fetch.key is not None and denial.kind.is_about_object and (fetch.tries >= TRIES or denial.status):
            self.gone[fetch.key] = denial.found
            self.failed_pages.refused(self.policy.page_to_retry(fetch.url), fetch.key)
        else:
            yield from self._handle_unexpected(denial, fetch)

    def handle_unexpected(self, unexpected: UnexpectedResponse, fetch: Fetch) -> Iterator[Action]:
        """A response that is not what it should be: asked for again a few times."""
        if fetch.tries < TRIES:
            yield self.fetch(fetch.url, 0, stale=fetch.stale, tries=fetch.tries + 1)
        else:
            yield from self.mark_failed(fetch.url, str(unexpected))

    def mark_failed(self, url: str, why: str, again: bool = True) -> Iterator[Action]:
        """A page could not be read: what it holds stays as it is, and it is asked for again in the next crawl."""
        if self.report.blocked:
            return
        url = self.policy.page_to_retry(url)
        loss = self._lose(url, self.policy.record_key(url))
        if again and loss.is_asked_again:
            self.failed_pages.unread(url)
        why = self.files.mask(why)
        self.report.warn(f"{loss.what}: {why.removeprefix(url).lstrip(': ')[:200]}", url)
        yield from self.policy.on_page_failed(url, why)

    def _lose(self, url: str, key: Key | None) -> Loss:
        """A page that is not read: what may not be missed without it."""
        loss = self.policy.loss(url) if self.policy.loss else loss_of(key)
        if key is not None:
            self.lost.add(key)
        self.skip(*loss.kinds)
        if loss.is_incomplete:
            self.report.mark_incomplete("pages could not be read")
        return loss

    def skip(self, *kinds: Kind) -> None:
        """What a list would have named is not known: of these kinds nothing may be missed in this crawl."""
        for kind in kinds:
            self.report.start_list(kind).skipped += 1

    # --- second phase: the objects' own pages, and the end

    def _closed(self) -> Iterator[Action]:
        self._open -= 1  # only now: actions are taken one by one, and other answers may come in between
        yield from self._go_on()

    def _go_on(self) -> list[Action] | Iterator[Action]:
        """What comes when nothing is under way any more; all at once, so that nothing gets in between."""
        if self._open or self.report.failure or self.is_done:
            return []
        if self._in_lists and (older := list(self._older_calendars())):
            return older
        if self._in_lists and not self._lists_read:
            why = [f"{what}: {where}" for what, where in self.report.examples.items()]
            self.fail("no list could be read: " + "; ".join(why[:3]))
            return []
        self._in_lists = False
        asked: list[Action] = [self.fetch(url) for url in self.queue.next_batch()]
        return asked or list(self.policy.recheck_requests()) or self._conclude()

    def _conclude(self) -> Iterator[Action]:
        yield from conclusions(self)
        self.is_done = True
