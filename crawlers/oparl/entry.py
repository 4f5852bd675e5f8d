"""The way in: from the address in the register over the System object and its list of bodies to one body.

Source of the rules: OParl 1.1 (dev.oparl.org/spezifikation), chapter 2.5."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from crawlers.frontier.actions import Action, Answer, Fetch, Steps
from crawlers.oparl.body import Body, choose_body
from crawlers.oparl.pages import OParlAnswer
from crawlers.oparl.source import OParlSource
from crawlers.parsing.errors import UnexpectedResponse

MOST_BODY_PAGES: Final = 200


class BodySearch:
    """Looks for the municipality's body, and goes on with `found`."""

    def __init__(self, source: OParlSource, found: Callable[[Body], Iterator[Action]]) -> None:
        self._source, self._found = source, found
        self._context = source.context
        self._bodies: list[Body] = []
        self._pages: set[str] = set()

    def start(self) -> Iterator[Action]:
        """The System object, or whatever the register names."""
        yield self._source.fetch(self._context.municipality.url, Steps(self._read_system, self._source.handle_lost))

    def _read_system(self, fetch: Fetch, answer: Answer) -> Iterator[Action]:
        try:
            read = self._source.read(answer, "system", "body-list", "body")
        except UnexpectedResponse as unexpected:
            yield from self._source.handle_refusal(unexpected)
            return
        if read.system is None:
            yield from self._bodies_of(read, answer)
            return
        self._context.memory["license"] = read.system.license
        if read.system.body:
            yield self._source.fetch(read.system.body, Steps(self._read_bodies, self._source.handle_lost))
        else:
            self._source.fail(f"{answer.url}: the System object names no list of bodies")

    def _read_bodies(self, fetch: Fetch, answer: Answer) -> Iterator[Action]:
        try:
            read = self._source.read(answer, "body-list", "body")
        except UnexpectedResponse as unexpected:
            yield from self._source.handle_refusal(unexpected)
        else:
            yield from self._bodies_of(read, answer)

    def _bodies_of(self, read: OParlAnswer, answer: Answer) -> Iterator[Action]:
        self._pages.add(answer.url)
        known = {body.id for body in self._bodies}
        news = [body for body in read.bodies if body.id not in known]
        self._bodies += news
        # Some servers answer every page of this list with the same bodies (quirks: OWL-IT): no news, no next page.
        more = read.next and news and read.next not in self._pages and len(self._pages) < MOST_BODY_PAGES
        if read.next and more and self._source.is_own(read.next):
            yield self._source.fetch(read.next, Steps(self._read_bodies, self._source.handle_lost))
            return
        body = choose_body(self._bodies, self._context.municipality)
        if isinstance(body, str):
            self._source.fail(body)
        else:
            yield from self._take(body)

    def _take(self, body: Body) -> Iterator[Action]:
        """A body that names another municipality's AGS is taken, since some write it wrongly, but a person should
        look."""
        ags = self._context.municipality.ags
        if body.ags and ags and body.ags != ags:
            self._source.report.warn(f"the body says AGS {body.ags}, the register says {ags}", body.id)
        yield from self._found(body)
