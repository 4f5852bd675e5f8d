"""Asking a more!rubin system: bodies, calendars a year or a month at a time, and every meeting's own answer.

Papers have no address of their own that is known: they come with the meetings that deal with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from council.model import Consultation, Kind, Paper, Record
from crawlers.frontier.actions import Action, Answer, Fetch, Key, NoAnswer, Steps
from crawlers.frontier.agendas import PapersWithoutPage, own_meetings
from crawlers.frontier.calendars import CalendarChoice
from crawlers.frontier.merging import filled_in, with_consultations
from crawlers.frontier.page_crawl import PageCrawl
from crawlers.frontier.policy import Policy
from crawlers.frontier.refusals import is_block, is_gone, require_page
from crawlers.frontier.window import Window
from crawlers.morerubin import urls
from crawlers.morerubin.pages import read_page
from crawlers.morerubin.paper import is_from_agendas
from crawlers.morerubin.urls import Interface
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.page import Page


def policy(crawl: PageCrawl) -> Policy:
    """How a more!rubin system is asked, whichever of its interfaces it has."""
    asking = _Asking(crawl)
    return Policy(
        read=read_page,
        check=check,
        record_key=record_key,
        calendars=asking.calendars,
        seed_urls=asking.seed_urls,
        enter=asking.enter,
        merge=merge,
        fill_from_archive=asking.fill_from_archive,
        handle_page=asking.handle_page,
        before_tombstones=asking.before_tombstones,
        on_failure=asking.interface.forget,  # systems are replaced by newer ones
    )


def record_key(url: str) -> Key | None:
    """Whose own answer an address asks for."""
    number = urls.meeting_at(url)
    return (Kind.MEETING, number) if number else None


def check(page: Page, fetch: Fetch, answer: Answer) -> Page:
    """An answer of another kind than was asked for is none, whatever it holds."""
    return require_page(page, fetch, answer, urls.pages_at(answer.url), record_key(answer.url))


def merge(record: Record, other: Record) -> Record:
    """What two answers show of one record: of a paper each agenda shows a consultation."""
    both = filled_in(record, other)
    if isinstance(both, Paper) and isinstance(other, Paper):
        return with_agendas(both, other.consultations)
    return both


def with_agendas(paper: Paper, consultations: Iterable[Consultation]) -> Paper:
    """The paper with consultations that other agendas show; one whose list is there keeps that."""
    return with_consultations(paper, consultations) if is_from_agendas(paper) else paper


class _Asking:
    """What one crawl of a more!rubin system knows. `interface`: asked for once, the newest first."""

    def __init__(self, crawl: PageCrawl) -> None:
        self._crawl, self._context = crawl, crawl.context
        url, memory = crawl.context.municipality.url, crawl.context.memory
        self._base = urls.system_base(url)
        self.interface = CalendarChoice(memory, "interface", memory.get("interface") or urls.named_by(url))
        self._papers = PapersWithoutPage(self._context, lambda held: urls.meeting(self._base, self._known, held))

    @property
    def _known(self) -> Interface:
        return Interface(self.interface.value or Interface.API)

    # --- which interface it is

    def enter(self) -> Iterator[Action]:
        if self.interface.value is None:
            yield self._probe(Interface.API)
        else:
            yield from self._crawl.begin()

    def _probe(self, interface: Interface) -> Fetch:
        url = urls.sign_of(self._base, interface, self._context.today)

        def answered(fetch: Fetch, answer: Answer) -> Iterator[Action]:
            return self._probed(fetch, answer, interface)

        return self._crawl.send(Fetch(url, steps=Steps(answered, self._probe_failed)))

    def _probed(self, fetch: Fetch, answer: Answer, interface: Interface) -> Iterator[Action]:
        """An interface that is not there is 404; anything else that is wrong is no proof of another one."""
        if is_gone(answer) and (older := urls.older_than(interface)) is not None:
            yield self._probe(older)
            return
        try:
            self._crawl.read(fetch, answer)
        except UnexpectedResponse as unexpected:
            if is_block(unexpected):
                yield from self._crawl.block(unexpected.found, unexpected.url)
            else:
                self._crawl.fail(str(unexpected))
        else:
            self.interface.choose(interface.value)
            yield from self._crawl.begin()

    def _probe_failed(self, fetch: Fetch, failure: NoAnswer) -> Iterator[Action]:
        self._crawl.fail(failure.reason)
        return iter(())

    # --- what is asked for

    def seed_urls(self) -> Iterator[str]:
        if self._context.is_full and self._known is Interface.API:
            yield urls.bodies(self._base)

    def calendars(self, window: Window) -> Iterator[str]:
        return urls.calendars(self._base, self._known, window)

    # --- papers, which are known from agendas alone

    def fill_from_archive(self, record: Record) -> Record:
        """A paper with its consultations in meetings that this crawl did not ask for, or could not read."""
        held = self._context.held_paper(record.native_id) if isinstance(record, Paper) else None
        if not isinstance(record, Paper) or held is None:
            return record
        unread = [consultation for consultation in held.consultations if self._was_not_read(consultation.meeting)]
        return with_agendas(record, unread)

    def _was_not_read(self, meeting: str | None) -> bool:
        key = (Kind.MEETING, meeting or "")
        return key not in self._crawl.detailed and (not self._context.is_full or key in self._crawl.lost)

    def handle_page(self, page: Page, fetch: Fetch) -> Iterator[Action]:
        others = list(self._papers.other_meetings(own_meetings(page, fetch)))
        yield from self._crawl.handle_page(page, fetch)
        for url in others:
            yield from self._crawl.follow(url)

    def before_tombstones(self) -> Iterator[Action]:
        self._crawl.gone |= self._papers.gone(self._crawl.detailed)
        return iter(())
