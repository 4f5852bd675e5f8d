"""Asks an OParl server (1.0, 1.1): system, body, lists page by page, single meetings where a list is poor in agendas.

Sources of the rules: OParl 1.1 (dev.oparl.org/spezifikation), chapter 2.5 (lists and filters); the exceptions are
named in `quirks`. Selectors and keys are not touched here: `pages` reads."""

from __future__ import annotations

from collections.abc import Iterator

from council.model import Kind
from crawlers.frontier.actions import Action, Answer, Fetch, NoAnswer
from crawlers.frontier.context import CrawlContext
from crawlers.frontier.files import ORDINARY_FILES, FilePolicy
from crawlers.oparl.body import Body
from crawlers.oparl.entry import BodySearch
from crawlers.oparl.filter_probe import FilterProbe
from crawlers.oparl.lists import BodyLists
from crawlers.oparl.source import OParlSource


class OParlCrawl:
    """The crawl of one body of one OParl system, as a state machine (`crawlers.frontier.actions.Crawl`)."""

    def __init__(self, context: CrawlContext) -> None:
        self._source = OParlSource(context)

    @property
    def files(self) -> FilePolicy:
        """How files are asked for."""
        return ORDINARY_FILES

    @property
    def is_done(self) -> bool:
        """Whether all lists have been read, or cannot be."""
        return self._source.is_done

    def start(self) -> Iterator[Action]:
        """The System object, or whatever the register names."""
        yield from BodySearch(self._source, self._begin).start()

    def handle_answer(self, fetch: Fetch, answer: Answer) -> Iterator[Action]:
        """What a response leads to."""
        assert fetch.steps is not None  # noqa: S101 - `OParlSource.fetch` makes no other
        yield from fetch.steps.answered(fetch, answer)

    def handle_no_answer(self, fetch: Fetch, failure: NoAnswer) -> Iterator[Action]:
        """What follows where none came."""
        assert fetch.steps is not None  # noqa: S101 - `OParlSource.fetch` makes no other
        yield from fetch.steps.failed(fetch, failure)

    def fail(self, why: str) -> None:
        """The crawl cannot do its work: nothing that is held is touched."""
        self._source.fail(why)

    def _begin(self, body: Body) -> Iterator[Action]:
        """The body is known: its lists."""
        missing = [kind.value for kind in (Kind.MEETING, Kind.PAPER) if kind not in body.lists]
        if missing:
            self._source.report.incomplete.append(f"the body names no list of {' and no list of '.join(missing)}")
        if not body.lists:
            self._source.fail(f"the body {body.id} names no lists at all")
            return
        lists = BodyLists(self._source)
        yield from FilterProbe(self._source, lambda: lists.start(body.lists)).start(body.lists.get(Kind.PAPER))
