"""What ends asking: pages without news, hosts that fail alike, the budget of pages; a session is shared by all."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from council.model import Kind
from crawlers.frontier import queue
from crawlers.frontier.actions import Action, Fetch
from crawlers.frontier.files import REFUSED_LIMIT, SAME_FAILURE_LIMIT, HostFailures
from crawlers.frontier.page_crawl import PageCrawl
from crawlers.frontier.paging import MOST_LIST_PAGES, PAGES_WITHOUT_NEWS, Paging
from crawlers.frontier.policy import Policy
from crawlers.frontier.queue import LISTS_FIRST, PageQueue
from crawlers.frontier.sessions import SessionRenewal
from crawlers.parsing.page import Page
from tests.crawlers.frontier.driving import NOW, OWN, context


def test_a_next_page_that_was_read_already_is_a_fault() -> None:
    paging = Paging(asked={"1", "2"})
    assert "names itself or an earlier page" in (paging.fault_of("2") or "")
    assert paging.fault_of("3") is None


def test_pages_without_news_end_a_list_and_news_begin_anew() -> None:
    paging = Paging()
    paging.page_read({"a"})
    for _ in range(PAGES_WITHOUT_NEWS - 1):
        paging.page_read({"a"})
    assert paging.fault_of("next") is None
    paging.page_read({"a", "b"})
    for _ in range(PAGES_WITHOUT_NEWS):
        paging.page_read({"b"})
    assert "without anything new" in (paging.fault_of("next") or "")


def test_a_list_has_an_end() -> None:
    paging = Paging()
    for number in range(MOST_LIST_PAGES):
        assert paging.fault_of("next") is None
        paging.page_read({str(number)})
    assert str(MOST_LIST_PAGES) in (paging.fault_of("next") or "")


def test_a_host_that_fails_alike_in_a_row_is_left_alone_and_others_are_not() -> None:
    memory: dict[str, Any] = {}
    hosts = HostFailures(memory, NOW)
    told = [hosts.failed("a.example", "HTTP 500") for _ in range(SAME_FAILURE_LIMIT + 5)]
    assert [reason is not None for reason in told].index(True) == SAME_FAILURE_LIMIT - 1
    assert len([reason for reason in told if reason]) == 1
    assert hosts.why_left_alone("a.example") == next(filter(None, told))
    assert hosts.why_left_alone("b.example") is None
    kept = json.loads(json.dumps(memory))
    assert HostFailures(kept, NOW + dt.timedelta(hours=1)).why_left_alone("a.example"), "not again within the day"
    assert HostFailures(kept, NOW + dt.timedelta(hours=21)).why_left_alone("a.example") is None


def test_a_host_that_refuses_is_left_alone_sooner() -> None:
    hosts = HostFailures({}, NOW)
    told = [hosts.failed("a.example", "HTTP 403", is_refused=True) for _ in range(REFUSED_LIMIT)]
    assert told[-1] is not None
    assert hosts.why_left_alone("a.example") == told[-1]


def test_a_file_that_comes_ends_the_row() -> None:
    hosts = HostFailures({}, NOW)
    for _ in range(3):
        for _ in range(SAME_FAILURE_LIMIT - 1):
            assert hosts.failed("a.example", "HTTP 500") is None
        hosts.succeeded()
    assert hosts.why_left_alone("a.example") is None


def test_each_address_and_each_object_once_within_the_budget() -> None:
    pages = PageQueue(None)
    pages.add("one", (Kind.PAPER, "1"))
    assert pages.holds("one", None)
    assert pages.holds("the same by another address", (Kind.PAPER, "1"))
    assert not pages.holds("two", (Kind.PAPER, "2"))
    assert pages.pages == {Kind.PAPER: 1}
    assert not pages.is_full
    pages.urls |= {str(number) for number in range(queue.MOST_PAGES)}
    assert pages.is_full


def test_what_waits_is_handed_over_in_batches_and_in_order() -> None:
    pages = PageQueue(2)
    for name in "abc":
        pages.wait(name)
    assert [pages.next_batch(), pages.next_batch(), pages.next_batch()] == [["a", "b"], ["c"], []]


def test_one_new_session_serves_all_pages_that_wait_for_one() -> None:
    def policy(crawl: PageCrawl) -> Policy:
        return Policy(lambda body, url: Page("page"), lambda url: None, lambda window: ())

    def open_session() -> Iterator[Action]:
        yield Fetch(f"{OWN}start")

    sessions = SessionRenewal(PageCrawl(context(), policy), open_session)
    asked = [*sessions.ask_again(Fetch("a", tries=2, stale=1)), *sessions.ask_again(Fetch("b", tries=1))]
    assert [fetch.url for fetch in asked if isinstance(fetch, Fetch)] == [f"{OWN}start"]
    again = [fetch for fetch in sessions.go_on() if isinstance(fetch, Fetch)]
    assert [(fetch.url, fetch.tries, fetch.stale, fetch.priority) for fetch in again] == [
        ("a", 3, 1, LISTS_FIRST), ("b", 2, 0, LISTS_FIRST),
    ]  # fmt: skip
    assert list(sessions.go_on()) == []
    assert sessions.count == 1
