"""Asks an OParl server (1.0, 1.1): system, body, lists page by page, single meetings where a list is poor in agendas.

Sources of the rules: OParl 1.1 (dev.oparl.org/spezifikation), chapter 2.5 (lists and filters); the exceptions are
named in `quirks`. Selectors and keys are not touched here: `payload` reads."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.held_reader import HeldReader
from archive.run import RunMode
from council.model import Kind, Meeting, Tombstone
from crawlers.fetching.spider import CouncilSpider, ListAccount, said
from crawlers.oparl.payload import Answer, Body, is_empty_filter_answer, read_answer
from crawlers.oparl.values import web_address
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.provider import provider

ORDER = (Kind.ORGANIZATION, Kind.PERSON, Kind.MEETING, Kind.PAPER)
FAR_FUTURE = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
SAFETY_MARGIN = dt.timedelta(hours=2)
"""Incremental runs ask from this long before the last successful one: clocks differ, and exports lag behind."""
PAGES_WITHOUT_NEWS = 3
MOST_PAGES = 20_000
MOST_BODY_PAGES = 200
SINGLE_PROBES = 3
"""So many meetings without an agenda are asked for singly to learn whether that brings one."""


class OParlSpider(CouncilSpider):
    """One body of one OParl system."""

    name = "oparl"

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._bodies: list[Body] = []
        self._body_pages: set[str] = set()
        self._open_lists = 0
        self._pages: Counter[Kind] = Counter()
        self._ids: defaultdict[Kind, set[str]] = defaultdict(set)
        self._seen_pages: set[str] = set()
        self._stale_pages: Counter[Kind] = Counter()
        self._since: dt.datetime | None = None
        self._poor_meetings: list[Meeting] = []
        self._single_asked = 0
        self._single_read = 0
        self._single_brought = 0

    # --- system and body

    def ask_lists(self) -> Iterator[Request]:
        yield self._ask(self.municipality.url, self.read_system)

    def read_system(self, response: Response) -> Iterator[Request]:
        answer = self._answer(response, "system", "body-list", "body")
        if answer is None:
            return
        if answer.system is not None:
            self.memory["license"] = answer.system.license
            if not answer.system.body:
                self.fail(f"{response.url}: the System object names no list of bodies")
                return
            yield self._ask(self.upgraded(answer.system.body), self.read_bodies)
        else:
            yield from self._bodies_of(answer, response)

    def read_bodies(self, response: Response) -> Iterator[Request]:
        answer = self._answer(response, "body-list", "body")
        if answer is not None:
            yield from self._bodies_of(answer, response)

    def _bodies_of(self, answer: Answer, response: Response) -> Iterator[Request]:
        self._body_pages.add(response.url)
        known = {body.id for body in self._bodies}
        news = [body for body in answer.bodies if body.id not in known]
        self._bodies += news
        # Some servers answer every page of this list with the same bodies (quirks: OWL-IT): no news, no next page.
        more = answer.next and news and answer.next not in self._body_pages and len(self._body_pages) < MOST_BODY_PAGES
        if answer.next and more and self._same_provider(answer.next):
            yield self._ask(self.upgraded(answer.next), self.read_bodies)
            return
        body = self._choose()
        if body is not None:
            yield from self._begin(body)

    def _choose(self) -> Body | None:
        found = [body for body in self._bodies if self._is_wanted(body)]
        names = ", ".join(f"{body.name!r} ({body.id})" for body in self._bodies[:40]) or "none"
        if len(found) == 1:
            self._compare_ags(found[0])
            return found[0]
        if not found and self.municipality.body is not None:
            self.fail(f"no body of the system is {self.municipality.body!r}; it has: {names}")
        else:
            self.fail(
                f"the system has {len(self._bodies)} bodies: name one in the register as `body:`; it has: {names}"
            )
        return None

    def _compare_ags(self, body: Body) -> None:
        """A body that names another town's AGS is taken, since some write it wrongly, but a person should look."""
        if body.ags and self.municipality.ags and body.ags != self.municipality.ags:
            self.account.warn(f"the body says AGS {body.ags}, the register says {self.municipality.ags}", body.id)

    def _is_wanted(self, body: Body) -> bool:
        wanted = self.municipality.body
        if wanted is not None:
            return wanted in {body.id, body.name, body.short_name, body.ags}
        if len(self._bodies) == 1:
            return True
        return body.ags is not None and body.ags == self.municipality.ags

    # --- does the filter work?

    def _begin(self, body: Body) -> Iterator[Request]:
        self._lists = body.lists
        missing = [kind.value for kind in (Kind.MEETING, Kind.PAPER) if kind not in self._lists]
        if missing:
            self.account.incomplete.append(f"the body names no list of {' and no list of '.join(missing)}")
        if not self._lists:
            self.fail(f"the body {body.id} names no lists at all")
        elif self.memory.get("filter") is None and Kind.PAPER in self._lists:
            yield self._probe("encoded")
        else:
            yield from self._ask_all_lists()

    def _probe(self, writing: str) -> Request:
        url = self._filtered(self._lists[Kind.PAPER], FAR_FUTURE, writing)
        return self._ask(url, self.read_probe, self.probe_failed, cb_kwargs={"writing": writing})

    def read_probe(self, response: Response, writing: str) -> Iterator[Request]:
        """What the server says to "modified since 2100": nothing, if its filter works (ris-systems A.5, 3)."""
        empty = is_empty_filter_answer(response.status, response.body)
        if not empty and response.status == 200:
            try:
                answer = read_answer(response.body, response.url)
                empty = not answer.records and answer.page == "empty-list"
            except UnexpectedResponse:
                empty = False
        elif not empty and writing == "encoded":  # some refuse %3A (quirks: Wuppertal)
            yield self._probe("raw")
            return
        self.memory["filter"] = writing if empty else False
        yield from self._ask_all_lists()

    def probe_failed(self, failure: Failure) -> Iterator[Request]:
        """No answer to the probe: not proven to work, so it is not used; the next run asks again."""
        self.account.warn("the probe of modified_since got no answer", said(failure))
        yield from self._ask_all_lists()

    def _filtered(self, url: str, since: dt.datetime, writing: str) -> str:
        """The list's address with `modified_since`, whatever its query held before."""
        parts = urlsplit(url)
        query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != "modified_since"]
        text = since.astimezone(dt.UTC).isoformat(timespec="seconds")
        value = quote(text, safe="") if writing == "encoded" else text
        joined = "&".join(filter(None, [urlencode(query), f"modified_since={value}"]))
        return urlunsplit(parts._replace(query=joined))

    # --- the lists

    def _ask_all_lists(self) -> Iterator[Request]:
        works = self.memory.get("filter")
        self.writer.trust_dates = bool(works)
        if self.mode is RunMode.INCREMENTAL and works and self.last_success is not None:
            self._since = self.last_success - SAFETY_MARGIN
        else:
            self.mode = RunMode.FULL
        self._open_lists = len(self._lists)
        for kind, url in self._lists.items():
            self.began(kind)
            yield self._ask_page(kind, self._with_filter(url))

    def _with_filter(self, url: str) -> str:
        """Every page's address carries the filter, also where the server's `next` drops it (quirks: Somacos)."""
        return self._filtered(url, self._since, str(self.memory["filter"])) if self._since else url

    def _ask_page(self, kind: Kind, url: str) -> Request:
        self._seen_pages.add(url)
        return self._ask(
            self.upgraded(url),
            self.read_page,
            self.page_failed,
            cb_kwargs={"kind": kind},
            priority=len(ORDER) - ORDER.index(kind),
        )

    def read_page(self, response: Response, kind: Kind) -> Iterator[Any]:
        account = self.account.lists[kind]
        if self._since and is_empty_filter_answer(response.status, response.body):
            self._ended(kind, finished=True)
            return
        try:
            if response.status != 200:
                raise UnexpectedResponse(
                    response.url, "a list with status 200", f"status {response.status}", "look at the server"
                )
            answer = read_answer(response.body, response.url, _content_type(response))
            if answer.page not in (f"{kind.value}-list", "empty-list"):
                # more!rubin answers unknown addresses with its System and status 200
                raise UnexpectedResponse(
                    response.url, f"a list of {kind.value}s", answer.page, "check the body's addresses"
                )
        except UnexpectedResponse as change:
            self._broken(kind, str(change))
            return
        self._note(answer)
        account.left_out += answer.left_out
        yield from self._take(answer, kind, account)
        if answer.total is not None:
            account.total = max(account.total or 0, answer.total)
        yield from self._next_page(answer, kind)

    def _take(self, answer: Answer, kind: Kind, account: ListAccount) -> Iterator[Any]:
        for record in answer.records:
            if isinstance(record, Tombstone):
                account.seen.discard(record.native_id)
                account.buried.add(record.native_id)
                yield record
                continue
            if record.kind is not kind:
                self.account.warn(f"a {record.kind.value} in the list of {kind.value}s", record.source_id)
            self.saw(record)
            if self.is_too_old(record):
                account.older.add(record.native_id)
            elif isinstance(record, Meeting) and not record.agenda and self._is_address(record.source_id):
                yield from self._poor(record)
            else:
                yield record

    def _next_page(self, answer: Answer, kind: Kind) -> Iterator[Request]:
        self._pages[kind] += 1
        ids = {record.native_id for record in answer.records}
        self._stale_pages[kind] = 0 if ids - self._ids[kind] else self._stale_pages[kind] + 1
        self._ids[kind] |= ids
        following = self._with_filter(answer.next) if answer.next else None
        if answer.cut_off:
            self._broken(kind, f"{answer.warnings[-1]}")
        elif following is None:
            self._ended(kind, finished=True)
        elif following in self._seen_pages:
            self._broken(kind, f"page {answer.next} names itself or an earlier page as the next one")
        elif not self._same_provider(following):
            self._broken(kind, f"the next page is on another server: {following}")
        elif self._stale_pages[kind] >= PAGES_WITHOUT_NEWS:
            self._broken(kind, f"{PAGES_WITHOUT_NEWS} pages in a row without anything new")
        elif self._pages[kind] >= MOST_PAGES:
            self._broken(kind, f"more than {MOST_PAGES} pages")
        else:
            yield self._ask_page(kind, following)

    def page_failed(self, failure: Failure) -> None:
        kind: Kind = failure.request.cb_kwargs["kind"]  # type: ignore[attr-defined]
        self._broken(kind, said(failure))

    def _broken(self, kind: Kind, why: str) -> None:
        self.account.incomplete.append(f"list of {kind.value}s: {why}")
        self._ended(kind, finished=False)

    def _ended(self, kind: Kind, finished: bool) -> None:
        account = self.account.lists[kind]
        account.finished = finished
        if account.left_out:
            self.account.incomplete.append(f"list of {kind.value}s: {account.left_out} objects could not be understood")
        brought = len(account.seen | account.buried)
        if finished and self._since is None and account.total is not None and account.total > brought:
            account.finished = False
            self.account.incomplete.append(
                f"list of {kind.value}s: the source says {account.total}, its pages brought {brought}"
            )
        self._open_lists -= 1
        self._maybe_done()

    def _maybe_done(self) -> None:
        if self._open_lists:
            return
        if all(not account.seen and not account.finished for account in self.account.lists.values()):
            self.fail("no list could be read: " + "; ".join(self.account.incomplete[:3]))
        else:
            self.lists_done()

    # --- meetings whose agenda stands only in the single object

    def _is_address(self, source_id: str | None) -> bool:
        """Whether an id is an address of this provider: a source names ids, not whatever this machine can reach."""
        try:
            address = web_address(source_id, self.municipality.url)
        except ValueError:
            return False
        return address is not None and address == source_id and self._same_provider(address)

    def _poor(self, listed: Meeting) -> Iterator[Any]:
        """A meeting came without an agenda. On some servers (quirks: Magdeburg, SD.NET) the single object has one;
        there the list's version is not written: until the single one comes, papers withheld by it would be shown."""
        singly = self.memory.get("meetings_singly")
        if not singly:
            yield listed
        if singly or (singly is None and self._single_asked < SINGLE_PROBES):
            yield self._ask_single(listed)
        elif singly is None:
            self._poor_meetings.append(listed)

    def _ask_single(self, listed: Meeting) -> Request:
        self._single_asked += 1
        self._open_lists += 1
        url = self.upgraded(listed.source_id or "")
        return self._ask(url, self.read_single, self.single_failed, cb_kwargs={"listed": listed}, priority=5)

    def read_single(self, response: Response, listed: Meeting) -> Iterator[Any]:
        try:
            answer = read_answer(response.body, response.url, _content_type(response))
        except UnexpectedResponse as change:
            yield from self._without_single(listed, "could not be read", str(change))
        else:
            self._note(answer)
            self._single_read += 1
            self._single_brought += any(isinstance(record, Meeting) and record.agenda for record in answer.records)
            yield from answer.records or self._without_single(listed, "brought none", response.url)
        yield from self._single_done()

    def single_failed(self, failure: Failure) -> Iterator[Any]:
        listed: Meeting = failure.request.cb_kwargs["listed"]  # type: ignore[attr-defined]
        yield from self._without_single(listed, "could not be asked for", said(failure))
        yield from self._single_done()

    def _without_single(self, listed: Meeting, why: str, example: str) -> Iterator[Any]:
        """Without the single object the agenda is not known: one that is held stays, and so does what it withholds."""
        self.account.warn(f"a single meeting {why}", example)
        noun = HeldReader(self.archive, self.municipality.key).noun(Kind.MEETING, listed.native_id)
        if not isinstance(noun, Meeting) or not (noun.agenda or noun.withheld):
            yield listed
            return
        account = self.account.lists[Kind.MEETING]
        if not account.left_out:
            self.account.incomplete.append(f"a single meeting {why}: {example}")
        account.left_out += 1

    def _single_done(self) -> Iterator[Request]:
        self._open_lists -= 1
        if self.memory.get("meetings_singly") is None and (self._single_brought or self._single_read >= SINGLE_PROBES):
            self.memory["meetings_singly"] = self._single_brought > 0
            if self._single_brought:
                for listed in self._poor_meetings:
                    yield self._ask_single(listed)
            self._poor_meetings.clear()
        self._maybe_done()

    # --- what all have in common

    def _ask(self, url: str, callback: Any, errback: Any = None, **more: Any) -> Request:
        return Request(
            url, callback=callback, errback=errback or self.lost, meta={"expect": "json"}, dont_filter=True,
            headers={"Accept": "application/json"}, **more,
        )  # fmt: skip

    def lost(self, failure: Failure) -> None:
        """No answer at the very beginning: the source cannot be reached now."""
        self.fail(said(failure))

    def _answer(self, response: Response, *expected: str) -> Answer | None:
        try:
            if response.status != 200:
                raise UnexpectedResponse(
                    response.url, f"{' or '.join(expected)} with status 200", f"status {response.status}",
                    "look whether the address in the register is still right",
                )  # fmt: skip
            answer = read_answer(response.body, response.url, _content_type(response))
            if answer.page not in expected:
                raise UnexpectedResponse(
                    response.url, " or ".join(expected), answer.page, "check the address in the register"
                )
        except UnexpectedResponse as change:
            self.fail(str(change))
            return None
        self._note(answer)
        return answer

    def _note(self, answer: Answer) -> None:
        self.account.withheld += answer.withheld
        for gap in answer.warnings:
            self.account.warn(f"not understood: {gap.what}", gap.where)

    def _same_provider(self, url: str) -> bool:
        """Only pages of the same provider are followed (ris-systems A.5, 7)."""
        return provider(urlsplit(url).hostname or "") == provider(urlsplit(self.municipality.url).hostname or "")


def _content_type(response: Response) -> str | None:
    value = response.headers.get("Content-Type")
    return value.decode("latin-1") if value else None
