"""The lists of a body, page by page; of meetings whose agenda stands only in the single object, that one too."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from archive.run import RunMode
from council.model import Kind, Meeting, Tombstone
from crawlers.frontier.actions import Action, Answer, Emit, Fetch, NoAnswer, Steps
from crawlers.frontier.paging import Paging
from crawlers.frontier.refusals import is_challenge
from crawlers.oparl.pages import OParlAnswer, is_empty_filter_answer
from crawlers.oparl.singles import SingleMeetings
from crawlers.oparl.source import OParlSource
from crawlers.oparl.urls import SAFETY_MARGIN, filtered
from crawlers.parsing.errors import UnexpectedResponse

ORDER: Final = (Kind.ORGANIZATION, Kind.PERSON, Kind.MEETING, Kind.PAPER)


class BodyLists:
    """Reads all lists; when the last page and the last single meeting have come, the source is done."""

    def __init__(self, source: OParlSource) -> None:
        self._source, self._context, self._report = source, source.context, source.report
        self._open = 0
        self._pages: defaultdict[Kind, Paging] = defaultdict(Paging)
        self._since: dt.datetime | None = None
        self._singles = SingleMeetings(source, self._opened, self._closed)

    def start(self, lists: Mapping[Kind, str]) -> Iterator[Action]:
        """The first page of each; what changed alone where the filter works and an earlier crawl read all lists."""
        works = self._context.memory.get("filter")
        self._context.trust_dates = bool(works)
        if not self._context.is_full and works and self._context.last_success is not None:
            self._since = self._context.last_success - SAFETY_MARGIN
        else:
            self._context.mode = RunMode.FULL
        self._open = len(lists)
        for kind, url in lists.items():
            self._report.start_list(kind)
            yield self._ask_page(kind, self._with_filter(url))

    def _with_filter(self, url: str) -> str:
        """Every page's address carries the filter, also where the server's `next` drops it (quirks: Somacos)."""
        return filtered(url, self._since, str(self._context.memory["filter"])) if self._since else url

    def _ask_page(self, kind: Kind, url: str) -> Fetch:
        self._pages[kind].asked.add(url)
        steps = Steps(partial(self._read_page, kind), partial(self._handle_no_answer, kind))
        return self._source.fetch(url, steps, subject=f"{kind.value} list", priority=len(ORDER) - ORDER.index(kind))

    def _read_page(self, kind: Kind, fetch: Fetch, answer: Answer) -> Iterator[Action]:
        if self._since and is_empty_filter_answer(answer.status, answer.body):
            self._ended(kind, finished=True)
            return
        try:
            # more!rubin answers unknown addresses with its System and status 200
            read = self._source.read(answer, f"{kind.value}-list", "empty-list")
        except UnexpectedResponse as unexpected:
            if is_challenge(unexpected):  # some servers forbid a single list
                yield from self._source.handle_refusal(unexpected)
            self._broken(kind, str(unexpected))
            return
        progress = self._report.start_list(kind)
        progress.skipped += read.skipped
        yield from self._emit_records(read, kind)
        if read.total is not None:
            progress.total = max(progress.total or 0, read.total)
        yield from self._next_page(read, kind)

    def _emit_records(self, read: OParlAnswer, kind: Kind) -> Iterator[Action]:
        progress = self._report.start_list(kind)
        for record in read.records:
            if isinstance(record, Tombstone):
                progress.seen.discard(record.native_id)
                progress.tombstones.add(record.native_id)
                yield record
                continue
            if record.kind is not kind:
                self._report.warn(f"a {record.kind.value} in the list of {kind.value}s", record.source_id)
            self._report.record_seen(record)
            if self._context.is_too_old(record):
                progress.older.add(record.native_id)
            elif isinstance(record, Meeting) and not record.agenda:
                yield from self._singles.handle_listed(record)
            else:
                yield Emit(record)

    def _next_page(self, read: OParlAnswer, kind: Kind) -> Iterator[Action]:
        self._pages[kind].page_read({record.native_id for record in read.records})
        following = self._with_filter(read.next) if read.next else None
        if read.cut_off:
            self._broken(kind, f"{read.warnings[-1]}")
        elif following is None:
            self._ended(kind, finished=True)
        elif not self._source.is_own(following):
            self._broken(kind, f"the next page is on another server: {following}")
        elif fault := self._pages[kind].fault_of(following):
            self._broken(kind, fault)
        else:
            yield self._ask_page(kind, following)

    def _handle_no_answer(self, kind: Kind, fetch: Fetch, failure: NoAnswer) -> Iterator[Action]:
        self._broken(kind, failure.reason)
        return iter(())

    def _broken(self, kind: Kind, why: str) -> None:
        self._report.incomplete.append(f"list of {kind.value}s: {why}")
        self._ended(kind, finished=False)

    def _ended(self, kind: Kind, finished: bool) -> None:
        progress = self._report.lists[kind]
        progress.finished = finished
        if progress.skipped:
            self._report.incomplete.append(f"list of {kind.value}s: {progress.skipped} objects could not be understood")
        brought = len(progress.seen | progress.tombstones)
        if finished and self._since is None and progress.total is not None and progress.total > brought:
            progress.finished = False
            self._report.incomplete.append(
                f"list of {kind.value}s: the source says {progress.total}, its pages brought {brought}"
            )
        self._closed()

    def _opened(self) -> None:
        self._open += 1

    def _closed(self) -> None:
        self._open -= 1
        if self._open:
            return
        if all(not progress.seen and not progress.finished for progress in self._report.lists.values()):
            self._source.fail("no list could be read: " + "; ".join(self._report.incomplete[:3]))
        else:
            self._source.is_done = True
