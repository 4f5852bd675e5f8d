"""The way into a SessionNet: its start page, which opens a session and says what it is, and sessions that are over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.held_reader import HeldReader
from council.model import Kind
from crawlers.fetching.page_spider import GONE, LISTS_FIRST, TRIES, PageSpider
from crawlers.fetching.spider import said
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.sessionnet import ways
from crawlers.sessionnet.addresses import page_name
from crawlers.sessionnet.ways import Way

WAY: Final = "way"
"""In the spider's memory: by which page the meetings are found."""
MOST_SESSIONS: Final = 50


class InSession(PageSpider):
    """A spider that has a session before it asks for anything, and a new one before it believes a refusal."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._base = ways.base_of(self.municipality.url)
        self._extension = ways.extension_of(self.municipality.url)
        self._tenant = ways.tenant_of(self.municipality.url)
        self._entrances = ways.entrances(self._base, self._extension)
        self._way: Way | None = Way(self.memory[WAY]) if WAY in self.memory else None
        self._newest: tuple[str, ...] = ()
        self._sessions = 0

    # --- the way in

    def ask_lists(self) -> Iterator[Request]:
        yield self._enter(1)

    def _enter(self, tries: int) -> Request:
        return self.request(
            self._entrances[0], callback=self.entered, errback=self.entered_in_vain, cb_kwargs={"tries": tries}
        )

    def entered(self, response: Response, tries: int) -> Iterator[Request]:
        """The start page: it opens a session, and says by its address whether this is php, asp or SessionNet 6."""
        if response.status == 200 and ways.is_application(response.body):
            self._way, self._extension = Way.API, None
            self.memory[WAY] = Way.API.value
            yield from self._begin()
            return
        try:
            page = self._page(response)
        except UnexpectedResponse as change:
            yield from self._not_entered(change, TRIES if response.status in GONE else tries)
            return
        found = (ways.extension_of(one) for one in (response.url, *page.follow))
        self._extension = next((one for one in found if one), None)
        self._way = None if self._way is Way.API else self._way
        if not self._tenant:  # with several bodies it is everybody's
            self._newest = tuple(one for one in page.follow if page_name(one) == "do0040")
        yield from self._begin()

    def _begin(self) -> Iterator[Request]:
        """What an older system had lost and is asked for again, the newer one would say to be gone."""
        if again := [url for url in self.memory.pop("again", []) if ways.is_of(url, self._extension)]:
            self.memory["again"] = again
        yield from super().ask_lists()

    def _not_entered(self, change: UnexpectedResponse, tries: int) -> Iterator[Request]:
        if isinstance(change, AccessDenied) and change.is_gate:
            self.block(change.found.removeprefix("gate:").strip(), change.url)
        elif tries < TRIES:
            yield self._enter(tries + 1)
        elif len(self._entrances) > 1:
            del self._entrances[0]
            yield self._enter(1)
        elif self._extension and self._way is not Way.API:  # few servers have no start page
            yield from self._begin()
        else:
            self.fail(str(change))

    def entered_in_vain(self, failure: Failure) -> None:
        """No answer at all, or robots.txt forbids the address."""
        self.fail(said(failure))

    def fail(self, why: str) -> None:
        """Systems are replaced by newer ones: after a failure the next visit looks anew."""
        super().fail(why)
        self.memory.pop(WAY, None)

    # --- sessions that are over

    def _not_that_page(self, change: UnexpectedResponse, asked: str, stale: int, tries: int) -> Iterator[Request]:
        """The last try is made in a new session: what an old one refuses is not gone."""
        if tries != TRIES - 1 or self._way is Way.API:
            yield from super()._not_that_page(change, asked, stale, tries)
        elif self._sessions < MOST_SESSIONS:
            self._sessions += 1
            self._open += 1
            yield self.request(
                self._entrances[0], callback=self.renewed, errback=self.renewed_in_vain, priority=LISTS_FIRST + 1,
                cb_kwargs={"asked": asked, "stale": stale, "tries": TRIES},
            )  # fmt: skip
        else:
            self._lose(asked, str(change))

    def renewed(self, _: Response, asked: str, stale: int, tries: int) -> Iterator[Request]:
        """A new session is open: once more."""
        yield self._ask(asked, LISTS_FIRST, stale, tries)
        self._open -= 1

    def renewed_in_vain(self, failure: Failure) -> Iterator[Request]:
        """Without a new session, then."""
        again = failure.request.cb_kwargs  # type: ignore[attr-defined]
        yield self._ask(again["asked"], LISTS_FIRST, again["stale"], again["tries"])
        self._open -= 1

    # --- what is held

    def _held_ids(self, kind: Kind) -> Iterator[str]:
        yield from HeldReader(self.archive, self.municipality.key).native_ids(kind)
