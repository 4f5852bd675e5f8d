"""Asks an OParl server (1.0, 1.1): system, body, lists page by page, single meetings where a list is poor in agendas.

Sources of the rules: OParl 1.1 (dev.oparl.org/spezifikation), chapter 2.5 (lists and filters); the exceptions are
named in `quirks`. Selectors and keys are not touched here: `payload` reads."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

from archive.run import RunMode
from council.model import Kind, Meeting, Tombstone
from crawlers.frontier.actions import Action, Answer, Emit, Fetch, NoAnswer, Steps, Stop
from crawlers.frontier.context import CrawlContext
from crawlers.frontier.files import ORDINARY_FILES, FilePolicy
from crawlers.frontier.paging import Paging
from crawlers.frontier.refusals import is_block, is_challenge
from crawlers.oparl.body import Body, choose_body
from crawlers.oparl.pages import OParlAnswer, is_empty_filter_answer, read_answer
from crawlers.oparl.singles import SingleMeetings
from crawlers.oparl.urls import ENCODED, FAR_FUTURE, RAW, SAFETY_MARGIN, filtered
from crawlers.oparl.values import web_address
from crawlers.parsing.access import refuse_status
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.provider import provider

ORDER: Final = (Kind.ORGANIZATION, Kind.PERSON, Kind.MEETING, Kind.PAPER)
MOST_BODY_PAGES: Final = 200
_LOOK: Final = "look whether the address in the register is still right"


class OParlCrawl:
    """The crawl of one body of one OParl system, as a state machine (`crawlers.frontier.actions.Crawl`)."""

    def __init__(self, context: CrawlContext) -> None:
        self._context = context
        self._report = context.report
        self.is_done = False
        self._bodies: list[Body] = []
        self._body_pages: set[str] = set()
        self._lists: dict[Kind, str] = {}
        self._open = 0
        self._pages: defaultdict[Kind, Paging] = defaultdict(Paging)
        self._since: dt.datetime | None = None
        self._singles = SingleMeetings(context.memory)

    @property
    def files(self) -> FilePolicy:
        """How files are asked for."""
        return ORDINARY_FILES

    # --- events

    def start(self) -> Iterator[Action]:
        """The System object, or whatever the register names."""
        yield self._fetch(self._context.municipality.url, Steps(self._read_system, self._lost))

    def handle_answer(self, fetch: Fetch, answer: Answer) -> Iterator[Action]:
        """What a response leads to."""
        assert fetch.steps is not None  # noqa: S101 - `_fetch` makes no other
        yield from fetch.steps.answered(fetch, answer)

    def handle_no_answer(self, fetch: Fetch, failure: NoAnswer) -> Iterator[Action]:
        """What follows where none came."""
        assert fetch.steps is not None  # noqa: S101 - `_fetch` makes no other
        yield from fetch.steps.failed(fetch, failure)

    def fail(self, why: str) -> None:
        """The crawl cannot do its work: nothing that is held is touched."""
        self._report.failure = self._report.failure or why
        self.is_done = True

    def _lost(self, fetch: Fetch, failure: NoAnswer) -> Iterator[Action]:
        """No answer at the very beginning: the source cannot be reached now."""
        self.fail(failure.reason)
        return iter(())

    def _refused(self, unexpected: UnexpectedResponse) -> Iterator[Action]:
        """At the very beginning: nothing can be done. An access check ends the crawl wherever it answers."""
        if is_block(unexpected):
            self._report.blocked = self._report.blocked or f"{unexpected.found} ({unexpected.url})"
            self.fail(f"the source keeps programs out: {self._report.blocked}")
            yield Stop("blocked")
        else:
            self.fail(str(unexpected))

    def _fetch(self, url: str, steps: Steps, **more: Any) -> Fetch:
        return Fetch(url, steps=steps, headers={"Accept": "application/json"}, expect="json", **more)

    # --- system and body

    def _read_system(self, fetch: Fetch, response: Answer) -> Iterator[Action]:
        try:
            answer = self._answer(response, "system", "body-list", "body")
        except UnexpectedResponse as unexpected:
            yield from self._refused(unexpected)
            return
        if answer.system is None:
            yield from self._bodies_of(answer, response)
            return
        self._context.memory["license"] = answer.system.license
        if answer.system.body:
            yield self._fetch(answer.system.body, Steps(self._read_bodies, self._lost))
        else:
            self.fail(f"{response.url}: the System object names no list of bodies")

    def _read_bodies(self, fetch: Fetch, response: Answer) -> Iterator[Action]:
        try:
            answer = self._answer(response, "body-list", "body")
        except UnexpectedResponse as unexpected:
            yield from self._refused(unexpected)
        else:
            yield from self._bodies_of(answer, response)

    def _bodies_of(self, answer: OParlAnswer, response: Answer) -> Iterator[Action]:
        self._body_pages.add(response.url)
        known = {body.id for body in self._bodies}
        news = [body for body in answer.bodies if body.id not in known]
        self._bodies += news
        # Some servers answer every page of this list with the same bodies (quirks: OWL-IT): no news, no next page.
        more = answer.next and news and answer.next not in self._body_pages and len(self._body_pages) < MOST_BODY_PAGES
        if answer.next and more and self._is_of_provider(answer.next):
            yield self._fetch(answer.next, Steps(self._read_bodies, self._lost))
            return
        body = choose_body(self._bodies, self._context.municipality)
        if isinstance(body, str):
            self.fail(body)
        else:
            yield from self._begin(body)

    def _begin(self, body: Body) -> Iterator[Action]:
        """A body that names another municipality's AGS is taken, since some write it wrongly, but a person should
        look."""
        ags = self._context.municipality.ags
        if body.ags and ags and body.ags != ags:
            self._report.warn(f"the body says AGS {body.ags}, the register says {ags}", body.id)
        self._lists = body.lists
        missing = [kind.value for kind in (Kind.MEETING, Kind.PAPER) if kind not in self._lists]
        if missing:
            self._report.incomplete.append(f"the body names no list of {' and no list of '.join(missing)}")
        if not self._lists:
            self.fail(f"the body {body.id} names no lists at all")
        elif self._context.memory.get("filter") is None and Kind.PAPER in self._lists:
            yield self._probe(ENCODED)
        else:
            yield from self._ask_all_lists()

    # --- does the filter work?

    def _probe(self, writing: str) -> Fetch:
        url = filtered(self._lists[Kind.PAPER], FAR_FUTURE, writing)
        return self._fetch(url, Steps(partial(self._read_probe, writing), self._probe_failed))

    def _read_probe(self, writing: str, fetch: Fetch, response: Answer) -> Iterator[Action]:
        """What the server says to "modified since 2100": nothing, if its filter works (ris-systems A.5, 3)."""
        empty = is_empty_filter_answer(response.status, response.body)
        if not empty and response.status == 200:
            try:
                answer = read_answer(response.body, response.url)
                empty = not answer.records and answer.page == "empty-list"
            except UnexpectedResponse:
                empty = False
        elif not empty and writing == ENCODED:
            yield self._probe(RAW)
            return
        self._context.memory["filter"] = writing if empty else False
        yield from self._ask_all_lists()

    def _probe_failed(self, fetch: Fetch, failure: NoAnswer) -> Iterator[Action]:
        """No answer to the probe: not proven to work, so it is not used; the next crawl asks again."""
        self._report.warn("the probe of modified_since got no answer", failure.reason)
        yield from self._ask_all_lists()

    # --- the lists

    def _ask_all_lists(self) -> Iterator[Action]:
        works = self._context.memory.get("filter")
        self._context.trust_dates = bool(works)
        if not self._context.is_full and works and self._context.last_success is not None:
            self._since = self._context.last_success - SAFETY_MARGIN
        else:
            self._context.mode = RunMode.FULL
        self._open = len(self._lists)
        for kind, url in self._lists.items():
            self._report.start_list(kind)
            yield self._ask_page(kind, self._with_filter(url))

    def _with_filter(self, url: str) -> str:
        """Every page's address carries the filter, also where the server's `next` drops it (quirks: Somacos)."""
        return filtered(url, self._since, str(self._context.memory["filter"])) if self._since else url

    def _ask_page(self, kind: Kind, url: str) -> Fetch:
        self._pages[kind].asked.add(url)
        steps = Steps(partial(self._read_page, kind), partial(self._page_failed, kind))
        return self._fetch(url, steps, subject=f"{kind.value} list", priority=len(ORDER) - ORDER.index(kind))

    def _read_page(self, kind: Kind, fetch: Fetch, response: Answer) -> Iterator[Action]:
        if self._since and is_empty_filter_answer(response.status, response.body):
            self._ended(kind, finished=True)
            return
        try:
            # more!rubin answers unknown addresses with its System and status 200
            answer = self._answer(response, f"{kind.value}-list", "empty-list")
        except UnexpectedResponse as unexpected:
            if is_challenge(unexpected):  # some servers forbid a single list
                yield from self._refused(unexpected)
            self._broken(kind, str(unexpected))
            return
        self._report.start_list(kind).skipped += answer.skipped
        yield from self._take(answer, kind)
        progress = self._report.start_list(kind)
        if answer.total is not None:
            progress.total = max(progress.total or 0, answer.total)
        yield from self._next_page(answer, kind)

    def _take(self, answer: OParlAnswer, kind: Kind) -> Iterator[Action]:
        progress = self._report.start_list(kind)
        for record in answer.records:
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
            elif isinstance(record, Meeting) and not record.agenda and self._is_address(record.source_id):
                yield from self._without_agenda(record)
            else:
                yield Emit(record)

    def _next_page(self, answer: OParlAnswer, kind: Kind) -> Iterator[Action]:
        self._pages[kind].page_read({record.native_id for record in answer.records})
        following = self._with_filter(answer.next) if answer.next else None
        if answer.cut_off:
            self._broken(kind, f"{answer.warnings[-1]}")
        elif following is None:
            self._ended(kind, finished=True)
        elif not self._is_of_provider(following):
            self._broken(kind, f"the next page is on another server: {following}")
        elif fault := self._pages[kind].fault_of(following):
            self._broken(kind, fault)
        else:
            yield self._ask_page(kind, following)

    def _page_failed(self, kind: Kind, fetch: Fetch, failure: NoAnswer) -> Iterator[Action]:
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

    def _closed(self) -> None:
        self._open -= 1
        if self._open:
            return
        if all(not progress.seen and not progress.finished for progress in self._report.lists.values()):
            self.fail("no list could be read: " + "; ".join(self._report.incomplete[:3]))
        else:
            self.is_done = True

    # --- meetings whose agenda stands only in the single object

    def _is_address(self, source_id: str | None) -> bool:
        """Whether an id is an address of this provider: a source names ids, not whatever this machine can reach."""
        try:
            address = web_address(source_id, self._context.municipality.url)
        except ValueError:
            return False
        return address is not None and address == source_id and self._is_of_provider(address)

    def _without_agenda(self, listed: Meeting) -> Iterator[Action]:
        """Where single objects have agendas, the list's version is not written: until the single one comes, papers
        withheld by it would be shown."""
        if not self._singles.bring_agendas:
            yield Emit(listed)
        if self._singles.is_asked_for(listed):
            yield self._ask_single(listed)

    def _ask_single(self, listed: Meeting) -> Fetch:
        self._open += 1
        steps = Steps(partial(self._read_single, listed), partial(self._single_failed, listed))
        key = (Kind.MEETING, listed.native_id)
        return self._fetch(listed.source_id or "", steps, key=key, subject=Kind.MEETING.value, priority=5)

    def _read_single(self, listed: Meeting, fetch: Fetch, response: Answer) -> Iterator[Action]:
        try:
            answer = read_answer(response.body, response.url, response.content_type)
        except UnexpectedResponse as unexpected:
            if is_challenge(unexpected):
                yield from self._refused(unexpected)
            yield from self._without_single(listed, "could not be read", str(unexpected))
        else:
            self._note(answer)
            self._singles.read(
                has_agenda=any(isinstance(record, Meeting) and record.agenda for record in answer.records)
            )
            for record in answer.records:
                yield record if isinstance(record, Tombstone) else Emit(record)
            if not answer.records:
                yield from self._without_single(listed, "brought none", response.url)
        yield from self._single_closed()

    def _single_failed(self, listed: Meeting, fetch: Fetch, failure: NoAnswer) -> Iterator[Action]:
        yield from self._without_single(listed, "could not be asked for", failure.reason)
        yield from self._single_closed()

    def _without_single(self, listed: Meeting, why: str, example: str) -> Iterator[Action]:
        """Without the single object the agenda is not known: one that is held stays, and so does what it withholds."""
        self._report.warn(f"a single meeting {why}", example)
        held = self._context.held_meeting(listed.native_id)
        if held is None or not (held.agenda or held.withheld):
            yield Emit(listed)
            return
        progress = self._report.lists[Kind.MEETING]
        if not progress.skipped:
            self._report.incomplete.append(f"a single meeting {why}: {example}")
        progress.skipped += 1

    def _single_closed(self) -> Iterator[Action]:
        for listed in self._singles.learned():
            yield self._ask_single(listed)
        self._closed()

    # --- what all have in common

    def _answer(self, response: Answer, *expected: str) -> OParlAnswer:
        """The answer, read. Raises UnexpectedResponse where it is none of these."""
        wanted = " or ".join(expected)
        refuse_status(response.status, response.body, response.url, wanted)
        answer = read_answer(response.body, response.url, response.content_type)
        if answer.page not in expected:
            raise UnexpectedResponse(response.url, wanted, answer.page, _LOOK)
        self._note(answer)
        return answer

    def _note(self, answer: OParlAnswer) -> None:
        self._report.withheld += answer.withheld
        for gap in answer.warnings:
            self._report.warn(f"not understood: {gap.what}", gap.where)

    def _is_of_provider(self, url: str) -> bool:
        """Only pages of the same provider are followed (ris-systems A.5, 7)."""
        own = self._context.municipality.url
        return provider(urlsplit(url).hostname or "") == provider(urlsplit(own).hostname or "")
