"""The crawl of an OParl server without a network: what is asked for, when a list is whole, when a filter is trusted."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from urllib.parse import unquote

import pytest

from archive.run import RunMode
from council.model import AgendaItem, Kind, Meeting
from council.municipality import Expectation
from crawlers.frontier.actions import Answer, NoAnswer
from crawlers.frontier.context import CrawlContext
from crawlers.frontier.deletions import tombstone_missing
from crawlers.oparl.spider import OParlCrawl
from crawlers.oparl.urls import ENCODED, RAW, filtered
from tests.crawlers.frontier.driving import NOW, OWN, Driven, context

SCHEMA = "https://schema.oparl.org/1.1/"
LISTS = ("organization", "person", "meeting", "paper")
Json = dict[str, Any]


def thing(kind: str, number: int, **fields: Any) -> Json:
    """An object of OParl's."""
    name = kind[0].lower() + kind[1:]
    return {"id": f"{OWN}{name}/{number}", "type": SCHEMA + kind, "name": f"{kind} {number}"} | fields


class Server:
    """Lists of single pages unless `pages` says more; `answers` go before everything else, by address."""

    def __init__(self, **lists: list[Json]) -> None:
        self.lists = lists
        self.answers: dict[str, Any] = {}
        self.has_filter = False

    def __call__(self, url: str) -> Any:
        if url in self.answers:
            answer = self.answers[url]
            return answer if isinstance(answer, Answer | NoAnswer) else self._json(url, answer)
        if url == OWN:
            return self._json(url, thing("System", 1, oparlVersion=SCHEMA, body=f"{OWN}bodies"))
        if url == f"{OWN}bodies":
            lists = {name: f"{OWN}list/{name}" for name in LISTS}
            return self._json(url, {"data": [thing("Body", 1, **lists)], "links": {}})
        name = url.partition("?")[0].rpartition("/")[2]
        if "modified_since" in url and self.has_filter:
            return self._json(url, {"data": [], "links": {}})
        if name in LISTS:
            return self._json(url, {"data": self.lists.get(name, []), "links": {}})
        found = [raw for objects in self.lists.values() for raw in objects if raw["id"] == url]
        return self._json(url, found[0]) if found else Answer(url, 404, b"")

    def _json(self, url: str, value: Any) -> Answer:
        return Answer(url, 200, json.dumps(value).encode(), "application/json")


def crawl(server: Server, known: CrawlContext) -> Driven:
    return Driven(OParlCrawl(known), server)


def papers(*numbers: int) -> list[Json]:
    return [thing("Paper", number) for number in numbers]


def page(objects: list[Json], following: str | None = None, **fields: Any) -> Json:
    return {"data": objects, "links": {"next": following} if following else {}} | fields


def test_system_body_probe_then_organizations_before_papers() -> None:
    known = context()
    done = crawl(Server(paper=papers(1, 2)), known)
    assert done.asked[:2] == [OWN, f"{OWN}bodies"]
    assert "modified_since=2100" in done.asked[2]
    assert done.asked[3:] == [f"{OWN}list/{name}" for name in LISTS]
    assert len(done.emitted) == 2
    assert all(progress.finished for progress in known.report.lists.values())
    assert known.memory["filter"] is False


def test_a_filter_that_works_is_used_on_every_page_and_its_dates_are_trusted() -> None:
    server = Server(paper=papers(1))
    server.has_filter = True
    known = context(mode=RunMode.INCREMENTAL)
    known.last_success = NOW - dt.timedelta(days=1)
    done = crawl(server, known)
    assert all("2026-11-01T10:00:00+00:00" in unquote(address) for address in done.asked[3:]), (
        "two hours for clocks that differ"
    )
    assert known.trust_dates
    assert known.mode is RunMode.INCREMENTAL


def test_without_a_filter_an_ordinary_crawl_becomes_a_full_one() -> None:
    known = context(mode=RunMode.INCREMENTAL)
    known.last_success = NOW - dt.timedelta(days=1)
    assert not [address for address in crawl(Server(paper=papers(1)), known).asked[3:] if "modified_since" in address]
    assert known.mode is RunMode.FULL


@pytest.mark.parametrize(("writing", "found"), [(ENCODED, "%3A"), (RAW, "10:00")])
def test_the_moment_is_written_in_the_address_whatever_stood_there(writing: str, found: str) -> None:
    since = dt.datetime(2026, 11, 1, 10, tzinfo=dt.UTC)
    address = filtered(f"{OWN}list?page=2&modified_since=2020-01-01", since, writing)
    assert address.count("modified_since=") == 1
    assert "page=2" in address
    assert found in address


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(f"{OWN}list/paper", 500, b""), "status 500"),
        (Answer(f"{OWN}list/paper", 200, b"<html></html>"), "HTML"),
        (NoAnswer("TimeoutError"), "TimeoutError"),
        (page(papers(1), "https://elsewhere.example/list"), "another server"),
        (page(papers(1), f"{OWN}list/paper"), "next"),
        (page(papers(1), total=7, pagination={"totalElements": 7}), "7"),
    ],
    ids=["status", "html", "no answer", "another server", "itself", "fewer than stated"],
)
def test_a_list_that_is_not_whole_misses_nothing(answer: Any, why: str) -> None:
    server = Server(paper=papers(1), meeting=[thing("Meeting", 1)])
    server.answers[f"{OWN}list/paper"] = answer
    known = context(memory={"filter": False})
    crawl(server, known)
    assert not known.report.lists[Kind.PAPER].finished
    assert known.report.lists[Kind.MEETING].finished
    assert why in "; ".join(known.report.incomplete)


def test_fewer_than_the_register_expects_delete_nothing() -> None:
    known = context(memory={"filter": False}, expect=Expectation(papers=3))
    crawl(Server(paper=papers(1, 2)), known)
    gone: list[str] = []
    tombstone_missing(known, lambda ids, reason: gone.extend(ids))
    assert gone == []
    assert "2 papers" in known.report.incomplete[0]


def test_a_meeting_without_agenda_is_asked_for_singly_where_that_brings_one() -> None:
    listed = [thing("Meeting", number) for number in range(6)]
    server = Server(meeting=listed)
    for number in range(6):
        item = thing("AgendaItem", number, public=True)
        server.answers[f"{OWN}meeting/{number}"] = thing("Meeting", number, agendaItem=[item])
    known = context(memory={"filter": False})
    done = crawl(server, known)
    agendas = {record.native_id: len(record.agenda) for record in done.emitted if isinstance(record, Meeting)}
    assert set(agendas.values()) == {1}
    assert len(agendas) == 6
    assert known.memory["meetings_singly"] is True


def test_where_single_meetings_bring_nothing_a_few_are_enough() -> None:
    known = context(memory={"filter": False})
    done = crawl(Server(meeting=[thing("Meeting", number) for number in range(9)]), known)
    assert len([address for address in done.asked if "meeting/" in address]) == 3
    assert known.memory["meetings_singly"] is False


def test_a_single_meeting_that_fails_keeps_the_agenda_that_is_held() -> None:
    server = Server(meeting=[thing("Meeting", 1)])
    server.answers[f"{OWN}meeting/1"] = Answer(f"{OWN}meeting/1", 200, b"<html></html>")
    found = crawl(server, context(memory={"filter": False, "meetings_singly": True}))
    (listed,) = [record for record in found.emitted if isinstance(record, Meeting)]
    held = listed.model_copy(update={"agenda": (AgendaItem(native_id="1", public=True),)})
    known = context([held], memory={"filter": False, "meetings_singly": True})
    done = crawl(server, known)
    assert done.emitted == []
    assert known.report.lists[Kind.MEETING].skipped == 1


def test_no_list_at_all_is_a_failure() -> None:
    server = Server()
    for name in LISTS:
        server.answers[f"{OWN}list/{name}"] = Answer(f"{OWN}list/{name}", 500, b"")
    known = context(memory={"filter": False})
    crawl(server, known)
    assert (known.report.failure or "").startswith("no list could be read")


def test_a_source_that_cannot_be_reached_fails_with_its_reason() -> None:
    server = Server()
    server.answers[OWN] = NoAnswer("DNSLookupError: no such host")
    known = context()
    assert crawl(server, known).asked == [OWN]
    assert known.report.failure == "DNSLookupError: no such host"
