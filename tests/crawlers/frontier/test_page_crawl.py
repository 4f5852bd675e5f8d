"""The machine that crawls systems of pages: what it asks for, in which order, and what it concludes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from archive.run import RunMode
from council.model import AgendaItem, Kind, Meeting, Membership, Organization, OrganizationRef, Paper, Person, Record
from council.municipality import Expectation
from crawlers.frontier.actions import Answer, Fetch, Key, NoAnswer
from crawlers.frontier.conclusions import FULL_THROUGH
from crawlers.frontier.context import CrawlContext
from crawlers.frontier.failed_pages import AGAIN, FAILURES
from crawlers.frontier.page_crawl import TRIES, PageCrawl
from crawlers.frontier.policy import Policy
from crawlers.frontier.window import Window
from crawlers.parsing.errors import AccessDenied, DenialKind, UnexpectedResponse
from crawlers.parsing.page import Page
from tests.crawlers.frontier.driving import NOW, OWN, Driven, context

NOUNS: dict[str, type[Record]] = {"meeting": Meeting, "paper": Paper, "organization": Organization, "person": Person}


def url(name: str, number: object = "") -> str:
    return f"{OWN}{name}" + (f"?id={number}" if number != "" else "")


def page_of(*records: Record, follow: tuple[str, ...] = ()) -> bytes:
    """A page as the invented product answers."""
    nouns = [[record.kind.value, record.model_dump(mode="json")] for record in records]
    return json.dumps({"records": nouns, "follow": follow}).encode()


def read(body: bytes, address: str) -> Page:
    if body == b"challenge":
        raise AccessDenied(address, "a page", "an access check (a captcha)", "wait", DenialKind.BOT_CHALLENGE)
    if body == b"refused":
        raise AccessDenied(address, "a page", "no access", "wait", DenialKind.FORBIDDEN)
    if not body.startswith(b"{"):
        raise UnexpectedResponse(address, "a page", "another", "look")
    found: dict[str, Any] = json.loads(body)
    records = tuple(NOUNS[kind].model_validate(noun) for kind, noun in found["records"])
    return Page("page", records, tuple(found["follow"]))


def record_key(address: str) -> Key | None:
    parts = urlsplit(address)
    name, number = parts.path.strip("/"), dict(parse_qsl(parts.query)).get("id")
    return (Kind(name), number) if name in NOUNS and number else None


def calendars(window: Window) -> Iterator[str]:
    return (url("calendar", year) for year in window.years())


def a_crawl(known: CrawlContext, **more: Any) -> PageCrawl:
    return PageCrawl(known, lambda crawl: replace(Policy(read, record_key, calendars), **more))


def drive(
    known: CrawlContext, pages: dict[str, bytes | NoAnswer], status: dict[str, int] | None = None, **more: Any
) -> Driven:
    """The crawl of a source with these pages; empty calendars of all other years."""

    def answer(address: str) -> Any:
        if address not in pages and "calendar" in address:
            return Answer(address, 200, page_of())
        body = pages.get(address, b"")
        if isinstance(body, NoAnswer):
            return body
        code = (status or {}).get(address, 200 if address in pages else 404)
        return Answer(address, code, body)

    return Driven(a_crawl(known, **more), answer)


def meeting(number: int, *papers: int, year: int = 2026, **more: Any) -> Meeting:
    items = tuple(
        AgendaItem(native_id=f"{number}-{at}", order=at, public=True, paper=str(paper))
        for at, paper in enumerate(papers)
    )
    return Meeting(native_id=str(number), start=dt.datetime(year, 5, 4, 18, tzinfo=dt.UTC), agenda=items, **more)


def paper(number: int) -> Paper:
    return Paper(native_id=str(number), name=f"Vorlage {number}")


def source(count: int = 3) -> dict[str, bytes | NoAnswer]:
    """Meetings of this year, each with a paper of its own number."""
    listed = [meeting(number).model_copy(update={"agenda": ()}) for number in range(count)]
    links = tuple(url("meeting", number) for number in range(count))
    pages: dict[str, bytes | NoAnswer] = {url("calendar", 2026): page_of(*listed, follow=links)}
    for number in range(count):
        pages[url("meeting", number)] = page_of(meeting(number, number), follow=(url("paper", number),))
        pages[url("paper", number)] = page_of(paper(number))
    return pages


# --- order


def test_lists_come_first_then_meetings_then_papers_and_each_page_once() -> None:
    known = context()
    done = drive(known, source(), seed_urls=lambda: (url("committees"), url("committees")))
    lists = [address for address in done.asked if record_key(address) is None]
    assert done.asked[: len(lists)] == lists
    assert [address for address in done.asked if "meeting" in address] == [
        url("meeting", number) for number in range(3)
    ]
    assert [address for address in done.asked if "paper" in address] == [url("paper", number) for number in range(3)]
    assert done.asked.index(url("meeting", 2)) < done.asked.index(url("paper", 0))
    assert lists.count(url("committees")) == TRIES, "only since it answers 404"
    assert len(set(done.asked)) == len(done.asked) - (TRIES - 1)


def test_the_order_is_the_same_each_time() -> None:
    assert drive(context(), source(40)).asked == drive(context(), source(40)).asked


def test_a_full_crawl_goes_back_until_two_years_are_quiet() -> None:
    pages: dict[str, bytes | NoAnswer] = {url("calendar", 2022): page_of(meeting(1, year=2022))}
    asked = drive(context(), pages | {url("calendar", 2024): page_of(meeting(2, year=2024))}).asked
    years = [int(address.rpartition("=")[2]) for address in asked if "calendar" in address]
    assert years == [2027, 2026, 2025, 2024, 2023, 2022, 2021, 2020]


def test_an_ordinary_crawl_looks_around_today_only() -> None:
    asked = drive(context(mode=RunMode.INCREMENTAL), source()).asked
    assert [address for address in asked if "calendar" in address] == [url("calendar", 2027), url("calendar", 2026)]


def test_another_server_is_not_asked() -> None:
    pages = source(1) | {url("calendar", 2026): page_of(meeting(1), follow=("https://elsewhere.example/paper?id=1",))}
    assert not [address for address in drive(context(), pages).asked if "elsewhere" in address]


def test_objects_can_be_handed_over_one_by_one() -> None:
    known = context()
    crawl = a_crawl(known, batch=1)
    first = list(crawl.start())
    while len(first) > 1 or (isinstance(first[0], Fetch) and first[0].key is None):
        fetch = first.pop(0)
        assert isinstance(fetch, Fetch)
        body = source()[url("calendar", 2026)] if fetch.url == url("calendar", 2026) else page_of()
        assert isinstance(body, bytes)
        first += crawl.handle_answer(fetch, Answer(fetch.url, 200, body))
    assert [fetch.url for fetch in first if isinstance(fetch, Fetch)] == [url("meeting", 0)]


# --- records


def test_what_a_list_shows_is_filled_into_the_objects_own_page() -> None:
    pages = source(1)
    pages[url("calendar", 2026)] = page_of(meeting(0, name="Stadtrat"), follow=(url("meeting", 0),))
    (held,) = [record for record in drive(context(), pages).emitted if isinstance(record, Meeting)]
    assert (held.name, len(held.agenda)) == ("Stadtrat", 1)


def test_what_only_a_list_shows_is_written_at_the_end() -> None:
    pages: dict[str, bytes | NoAnswer] = {url("calendar", 2026): page_of(meeting(7))}
    assert [record.native_id for record in drive(context(), pages).emitted] == ["7"]


def test_what_is_older_than_wanted_is_seen_and_not_taken() -> None:
    known = context(since=dt.date(2026, 6, 1))
    done = drive(known, {url("calendar", 2026): page_of(meeting(7))})
    assert done.emitted == []
    assert known.report.start_list(Kind.MEETING).older == {"7"}


def test_a_person_keeps_the_seats_of_committees_that_were_not_read() -> None:
    def seat(of: str) -> Membership:
        return Membership(organization=OrganizationRef(native_id=of))

    held = Person(native_id="5", name="Erika", memberships=(seat("1"), seat("2")))
    pages = source(1)
    pages[url("meeting", 0)] = page_of(meeting(0), Person(native_id="5", name="Erika", memberships=(seat("3"),)))
    for mode, seats in ((RunMode.INCREMENTAL, ["1", "2", "3"]), (RunMode.FULL, ["3"])):
        (person,) = [record for record in drive(context([held], mode), pages).emitted if isinstance(record, Person)]
        assert [seat.organization.native_id for seat in person.memberships] == seats


# --- failures


def test_a_page_that_is_not_what_it_should_be_is_asked_for_again_and_keeps_what_is_held() -> None:
    known = context([meeting(1, 5)])
    done = drive(known, source() | {url("meeting", 1): b"half"})
    assert done.asked.count(url("meeting", 1)) == TRIES
    assert "1" not in {record.native_id for record in done.emitted if isinstance(record, Meeting)}
    assert known.report.incomplete == ["pages could not be read"]
    assert known.memory[AGAIN] == [url("meeting", 1)]
    assert {kind for kind, progress in known.report.lists.items() if not progress.finished} == {
        Kind.PAPER, Kind.ORGANIZATION, Kind.PERSON,
    }  # fmt: skip
    again = drive(context(memory=known.memory, mode=RunMode.INCREMENTAL), {url("meeting", 1): page_of(meeting(1))})
    assert url("meeting", 1) in again.asked
    assert AGAIN not in known.memory


def test_no_answer_is_remembered_unless_a_rule_of_ours_forbids_the_address() -> None:
    for final in (False, True):
        known = context()
        drive(known, source() | {url("meeting", 1): NoAnswer("robots.txt forbids it", is_final=final)})
        assert known.memory.get(AGAIN) == (None if final else [url("meeting", 1)])
        assert known.report.incomplete == ["pages could not be read"]


def test_a_page_that_the_source_refuses_is_left_alone_for_days_that_grow() -> None:
    memory: dict[str, Any] = {}
    asked = []
    for day in range(140):
        mode = RunMode.INCREMENTAL if day else RunMode.FULL
        known = context([meeting(1, 1)], mode=mode, memory=memory, now=NOW + dt.timedelta(days=day))
        done = drive(known, source(), {url("paper", 1): 404})
        asked += [day] * (url("paper", 1) in done.asked)
        assert url("paper", 2) in done.asked
        assert (done.tombstones, known.report.incomplete) == ([], [])
    assert asked == [0, 7, 37, 127]
    assert url("paper", 1) in drive(context(memory=memory), source(), {url("paper", 1): 404}).asked, "a full crawl"
    drive(context(memory=memory), source())
    assert FAILURES not in memory


def test_a_page_that_cannot_be_read_again_and_again_is_left_alone_for_days_that_grow() -> None:
    memory: dict[str, Any] = {}
    asked = []
    for day in range(140):
        mode = RunMode.INCREMENTAL if day else RunMode.FULL
        known = context([meeting(1, 5), paper(5)], mode=mode, memory=memory, now=NOW + dt.timedelta(days=day))
        done = drive(known, source() | {url("meeting", 1): NoAnswer("timeout")})
        asked += [day] * (url("meeting", 1) in done.asked)
        assert memory[AGAIN] == [url("meeting", 1)]
        assert "1" not in {record.native_id for record in done.emitted if isinstance(record, Meeting)}
        assert (done.tombstones, known.report.incomplete) == ([], ["pages could not be read"])
    assert asked == [0, 1, 2, 4, 11, 41, 131]


def test_a_meeting_to_come_is_asked_for_though_its_page_is_not_released() -> None:
    coming = meeting(7).model_copy(update={"start": NOW + dt.timedelta(days=9)})
    pages: dict[str, bytes | NoAnswer] = {url("calendar", 2026): page_of(coming, follow=(url("meeting", 7),))}
    memory: dict[str, Any] = {}
    for day in range(12):
        known = context(mode=RunMode.INCREMENTAL, memory=memory, now=NOW + dt.timedelta(days=day))
        assert (url("meeting", 7) in drive(known, pages, {url("meeting", 7): 404}).asked) is (day < 10)


def test_a_refusal_that_is_not_believed_is_asked_about_again() -> None:
    known = context([paper(1)], expect=Expectation(papers=3))
    drive(known, source(), {url("paper", 1): 410})
    assert FAILURES not in known.memory


def test_a_list_that_fails_lets_nothing_be_missed() -> None:
    known = context()
    drive(known, source() | {url("calendar", 2025): b"half"})
    assert not any(progress.finished for progress in known.report.lists.values())


def test_without_any_list_the_crawl_fails_and_forgets_nothing() -> None:
    known = context(memory={AGAIN: [url("meeting", 9)]})
    done = drive(known, {}, calendars=lambda window: [url("none")])
    assert known.report.failure is not None
    assert known.report.failure.startswith("no list could be read")
    assert known.memory == {AGAIN: [url("meeting", 9)]}
    assert (done.emitted, done.tombstones) == ([], [])


@pytest.mark.parametrize("where", ["calendar", "meeting"])
@pytest.mark.parametrize("how", ["status", "page"])
def test_a_bot_challenge_stops_at_once_and_changes_nothing(where: str, how: str) -> None:
    known = context([meeting(1, 5), paper(5)])
    address = url(where, 2026 if where == "calendar" else 0)
    pages = source() | {address: b"challenge"}
    done = drive(known, pages, {address: 403 if how == "status" else 200})
    assert done.stopped == "blocked"
    assert known.report.blocked
    assert done.asked[-1] == address
    assert (done.emitted, done.tombstones) == ([], [])
    assert FULL_THROUGH not in known.memory


def test_a_page_that_is_gone_takes_what_is_held_away() -> None:
    known = context([paper(1), paper(9)])
    done = drive(known, source(), {url("paper", 1): 410})
    assert [(tombstone.kind, tombstone.native_id) for tombstone in done.tombstones] == [(Kind.PAPER, "1")]
    assert done.asked.count(url("paper", 1)) == 1


def test_words_are_believed_when_they_are_said_again() -> None:
    known = context([paper(1)])
    done = drive(known, source() | {url("paper", 1): b"refused"})
    assert done.asked.count(url("paper", 1)) == TRIES
    assert [tombstone.native_id for tombstone in done.tombstones] == ["1"]


def test_below_the_minimum_of_the_register_a_page_that_is_gone_takes_nothing_away() -> None:
    known = context([paper(1)], expect=Expectation(papers=3))
    done = drive(known, source(), {url("paper", 1): 410})
    assert done.tombstones == []
    assert "2 papers" in known.report.incomplete[0]
    assert drive(context([paper(1)], expect=Expectation(papers=2)), source(), {url("paper", 1): 410}).tombstones


def test_lists_without_news_are_followed_a_few_times_only() -> None:
    pages: dict[str, bytes | NoAnswer] = {url("list", at): page_of(follow=(url("list", at + 1),)) for at in range(100)}
    known = context()
    done = drive(known, pages, seed_urls=lambda: [url("list", 0)])
    assert len([address for address in done.asked if "list" in address]) == 3
    assert "without anything new" in known.report.incomplete[0]


# --- hooks


def test_what_a_policy_checks_again_comes_before_the_conclusions() -> None:
    crawls: list[PageCrawl] = []

    def make(crawl: PageCrawl) -> Policy:
        crawls.append(crawl)
        return Policy(read, record_key, calendars, recheck_requests=lambda: crawl.follow(url("paper", 77)))

    pages = source(1)
    answer: Callable[[str], Answer] = lambda url: Answer(url, 200, pages.get(url, page_of()))  # type: ignore[arg-type]  # noqa: E731
    done = Driven(PageCrawl(context(), make), answer)
    assert done.asked[-1] == url("paper", 77)
    assert done.asked.count(url("paper", 77)) == 1
    assert crawls[0].is_done
