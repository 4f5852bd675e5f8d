"""The way into a SessionNet: its start page, which opens a session and says by its address which system it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crawlers.frontier.actions import Action, Answer, Fetch, NoAnswer, Steps
from crawlers.frontier.calendars import CalendarChoice
from crawlers.frontier.failed_pages import AGAIN
from crawlers.frontier.page_crawl import TRIES, PageCrawl
from crawlers.frontier.queue import LISTS_FIRST
from crawlers.frontier.refusals import is_block, is_gone
from crawlers.frontier.sessions import SessionRenewal
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.sessionnet import urls
from crawlers.sessionnet.urls import MeetingList, page_name

MOST_SESSIONS: Final = 50


class Entrance:
    """How one crawl gets in, and what it learns there: `extension` ("php", "asp"; None in SessionNet 6), `choice` of
    the list of meetings, and the lists of the `newest` documents. Before a refusal is believed a page is asked for
    in a new session: what an old one refuses is not gone."""

    def __init__(self, crawl: PageCrawl) -> None:
        self._crawl, self._memory = crawl, crawl.context.memory
        url = crawl.context.municipality.url
        self.base = urls.base_of(url)
        self.extension = urls.extension_of(url)
        self.tenant = urls.tenant_of(url)
        self.choice = CalendarChoice(self._memory, "way", self._memory.get("way"))
        self.newest: tuple[str, ...] = ()
        self._entrances = urls.entrances(self.base, self.extension)
        self._sessions = SessionRenewal(crawl, self._renew)

    @property
    def meeting_list(self) -> MeetingList | None:
        """By which page the meetings are found."""
        return MeetingList(self.choice.value) if self.choice.value else None

    def enter(self) -> Iterator[Action]:
        """Ask for the start page."""
        yield self._ask(1)

    def _ask(self, tries: int) -> Fetch:
        steps = Steps(self._entered, self._not_answered)
        return self._crawl.send(Fetch(self._entrances[0], tries=tries, steps=steps))

    def _entered(self, fetch: Fetch, answer: Answer) -> Iterator[Action]:
        if answer.status == 200 and urls.is_application(answer.body):
            self.extension = None
            self.choice.choose(MeetingList.API.value)
            yield from self._begin()
            return
        try:
            page = self._crawl.read(fetch, answer)
        except UnexpectedResponse as unexpected:
            yield from self._not_entered(unexpected, TRIES if is_gone(answer) else fetch.tries)
            return
        found = (urls.extension_of(url) for url in (answer.url, *page.follow))
        self.extension = next((extension for extension in found if extension), None)
        if self.meeting_list is MeetingList.API:
            self.choice.value = None
        if not self.tenant:  # with several bodies it is everybody's
            self.newest = tuple(url for url in page.follow if page_name(url) == "do0040")
        yield from self._begin()

    def _begin(self) -> Iterator[Action]:
        """What an older system had lost and is asked for again, the newer one would say to be gone."""
        again = [url for url in self._memory.pop(AGAIN, []) if urls.is_of(url, self.extension)]
        if again:
            self._memory[AGAIN] = again
        yield from self._crawl.begin()

    def _not_entered(self, unexpected: UnexpectedResponse, tries: int) -> Iterator[Action]:
        if is_block(unexpected):
            yield from self._crawl.block(unexpected.found, unexpected.url)
        elif tries < TRIES:
            yield self._ask(tries + 1)
        elif len(self._entrances) > 1:
            del self._entrances[0]
            yield self._ask(1)
        elif self.extension and self.meeting_list is not MeetingList.API:  # few servers have no start page
            yield from self._begin()
        else:
            self._crawl.fail(str(unexpected))

    def _not_answered(self, fetch: Fetch, failure: NoAnswer) -> Iterator[Action]:
        self._crawl.fail(failure.reason)
        return iter(())

    # --- sessions that are over

    def handle_unexpected(self, unexpected: UnexpectedResponse, fetch: Fetch) -> Iterator[Action]:
        """The last try is made in a new session."""
        if fetch.tries != TRIES - 1 or self.meeting_list is MeetingList.API:
            yield from self._crawl.handle_unexpected(unexpected, fetch)
        elif self._sessions.count < MOST_SESSIONS:
            yield from self._sessions.ask_again(fetch)
        else:
            yield from self._crawl.mark_failed(fetch.url, str(unexpected))

    def _renew(self) -> Iterator[Action]:
        steps = Steps(lambda fetch, answer: self._sessions.go_on(), lambda fetch, failure: self._sessions.go_on())
        yield self._crawl.send(Fetch(self._entrances[0], LISTS_FIRST + 1, steps=steps))
