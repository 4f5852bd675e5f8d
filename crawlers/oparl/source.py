"""One OParl server in a crawl: how it is asked for JSON, which answers are accepted, and how the crawl ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from crawlers.frontier.actions import Action, Answer, Fetch, NoAnswer, Steps, Stop
from crawlers.frontier.context import CrawlContext
from crawlers.frontier.refusals import is_block
from crawlers.oparl.pages import OParlAnswer, read_answer
from crawlers.parsing.access import refuse_status
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.provider import is_same_provider

_LOOK: Final = "look whether the address in the register is still right"


class OParlSource:
    """One OParl server in one crawl. `is_done`: nothing more is to be asked for but files."""

    def __init__(self, context: CrawlContext) -> None:
        self.context = context
        self.report = context.report
        self.is_done = False

    def fetch(self, url: str, steps: Steps, **more: Any) -> Fetch:
        """A request for JSON."""
        return Fetch(url, steps=steps, headers={"Accept": "application/json"}, expect="json", **more)

    def read(self, answer: Answer, *expected: str) -> OParlAnswer:
        """The answer, read. Raises UnexpectedResponse where it is none of these pages."""
        wanted = " or ".join(expected)
        refuse_status(answer.status, answer.body, answer.url, wanted)
        read = read_answer(answer.body, answer.url, answer.content_type)
        if read.page not in expected:
            raise UnexpectedResponse(answer.url, wanted, read.page, _LOOK)
        self.note(read)
        return read

    def note(self, read: OParlAnswer) -> None:
        """Put into the report what was withheld and what was not understood."""
        self.report.withheld += read.withheld
        self.report.add_warnings(read.warnings)

    def is_own(self, url: str) -> bool:
        """Only pages of the same provider are followed (ris-systems A.5, 7)."""
        return is_same_provider(url, self.context.municipality.url)

    def fail(self, why: str) -> None:
        """The crawl cannot do its work: nothing that is held is touched."""
        self.report.failure = self.report.failure or why
        self.is_done = True

    def handle_refusal(self, unexpected: UnexpectedResponse) -> Iterator[Action]:
        """Nothing can be done. An access check ends the crawl wherever it answers."""
        if is_block(unexpected):
            self.report.blocked = self.report.blocked or f"{unexpected.found} ({unexpected.url})"
            self.fail(f"the source keeps programs out: {self.report.blocked}")
            yield Stop("blocked")
        else:
            self.fail(str(unexpected))

    def handle_lost(self, fetch: Fetch, failure: NoAnswer) -> Iterator[Action]:
        """No answer on the way in: the source cannot be reached now."""
        self.fail(failure.reason)
        return iter(())
