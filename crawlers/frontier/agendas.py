"""Papers that have left a public agenda: withdrawn, moved to its part that is not public, or to another meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from council.model import Kind, Meeting
from crawlers.frontier.actions import Fetch, Key
from crawlers.frontier.context import CrawlContext
from crawlers.parsing.page import Page


def own_meetings(page: Page, fetch: Fetch) -> list[Meeting]:
    """The meeting whose own page was read, with its agenda; of a list none."""
    return [
        record
        for record in page.records
        if isinstance(record, Meeting) and (record.kind, record.native_id) == fetch.key
    ]


def papers_off_agenda(context: CrawlContext, meetings: Iterable[Meeting]) -> Iterator[str]:
    """Native ids of the papers that the agendas as they are held name and those that were read do not: each once, in
    the order of the agendas."""
    for meeting in meetings:
        held = context.held_meeting(meeting.native_id)
        now = {item.paper for item in meeting.agenda}
        yield from dict.fromkeys(
            item.paper for item in (held.agenda if held else ()) if item.paper and item.paper not in now
        )


class PapersWithoutPage:
    """For products that show papers in agendas alone: a paper that left one is looked for in the other meetings, years
    ago as they may be, that dealt with it; if none of them names it any more it has been withdrawn. Only in an ordinary
    crawl: a full one reads all meetings."""

    def __init__(self, context: CrawlContext, address: Callable[[Meeting], str]) -> None:
        self._context, self._address = context, address
        self._meetings: dict[str, set[Key]] = {}

    def other_meetings(self, meetings: Iterable[Meeting]) -> Iterator[str]:
        """The addresses of the other meetings that are to be asked for, when these have been read."""
        if self._context.is_full:
            return
        for paper in papers_off_agenda(self._context, meetings):
            for other in self._context.held.meetings_with(paper):
                self._meetings.setdefault(paper, set()).add((Kind.MEETING, other.native_id))
                yield self._address(other)

    def gone(self, read: set[Key]) -> dict[Key, str]:
        """The papers of which all these meetings were read, and why they are gone. One that a meeting still names is
        among the records that the crawl has seen, and stays."""
        return {
            (Kind.PAPER, paper): "no agenda names it any more"
            for paper, meetings in self._meetings.items()
            if meetings <= read
        }
