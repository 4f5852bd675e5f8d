"""Whether a server's filter `modified_since` works (OParl 1.1, 2.5.5): asked once, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from crawlers.frontier.actions import Action, Answer, Fetch, NoAnswer, Steps
from crawlers.oparl.pages import is_empty_filter_answer, read_answer
from crawlers.oparl.source import OParlSource
from crawlers.oparl.urls import ENCODED, FAR_FUTURE, RAW, filtered
from crawlers.parsing.errors import UnexpectedResponse


class FilterProbe:
    """`memory["filter"]` is how the filter is to be written, False where it does not work, and missing where that is
    not known. `known` goes on with the crawl."""

    def __init__(self, source: OParlSource, known: Callable[[], Iterator[Action]]) -> None:
        self._source, self._known = source, known
        self._memory = source.context.memory

    def start(self, papers: str | None) -> Iterator[Action]:
        """Ask, where it is not known; `papers` is the address of the list to try it on."""
        if self._memory.get("filter") is None and papers is not None:
            yield self._ask(papers, ENCODED)
        else:
            yield from self._known()

    def _ask(self, papers: str, writing: str) -> Fetch:
        url = filtered(papers, FAR_FUTURE, writing)
        return self._source.fetch(url, Steps(partial(self._read, papers, writing), self._handle_no_answer))

    def _read(self, papers: str, writing: str, fetch: Fetch, answer: Answer) -> Iterator[Action]:
        """What the server says to "modified since 2100": nothing, if its filter works (ris-systems A.5, 3)."""
        empty = is_empty_filter_answer(answer.status, answer.body)
        if not empty and answer.status == 200:
            try:
                read = read_answer(answer.body, answer.url)
                empty = not read.records and read.page == "empty-list"
            except UnexpectedResponse:
                empty = False
        elif not empty and writing == ENCODED:
            yield self._ask(papers, RAW)
            return
        self._memory["filter"] = writing if empty else False
        yield from self._known()

    def _handle_no_answer(self, fetch: Fetch, failure: NoAnswer) -> Iterator[Action]:
        """Not proven to work, so it is not used; the next crawl asks again."""
        self._source.report.warn("the probe of modified_since got no answer", failure.reason)
        yield from self._known()
