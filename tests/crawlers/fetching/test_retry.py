"""How long a server asks to be left alone, and what a crawl makes of it."""

from __future__ import annotations

import time
from email.utils import formatdate
from pathlib import Path

import pytest
from scrapy.http import Response

from archive.run import Outcome
from crawlers.fetching.retry import LONGEST_PAUSE, asked_to_wait, pause
from tests.crawlers.fetching.crawled import crawled
from townhall.server.loopback import Answer, Asked, LoopbackServer

GONE = Answer(404, b"", "text/plain")
NOW = "Mon, 30 Nov 2026 12:00:00 GMT"


def answer(**headers: str) -> Response:
    return Response("https://ris.example/", status=503, headers={k.replace("_", "-"): v for k, v in headers.items()})


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("8", 8),
        (" 120 ", 120),
        ("0", 0),
        ("Mon, 30 Nov 2026 12:00:08 GMT", 8),
        ("Monday, 30-Nov-26 12:00:08 GMT", 8),
        ("Mon Nov 30 12:00:08 2026", 8),
        ("Mon, 30 Nov 2026 15:00:00 GMT", 10_800),
        ("Mon, 30 Nov 2026 11:59:00 GMT", 0),
        ("99999999999999999999", 999_999_999_999),
        ("-5", 0),
        ("soon", 0),
        ("²", 0),
        ("", 0),
    ],
)
def test_how_long_a_server_asks_to_be_left_alone(value: str, seconds: float) -> None:
    assert asked_to_wait(answer(Retry_After=value, Date=NOW)) == seconds


def test_a_date_is_by_the_servers_clock_and_by_ours_where_it_tells_none() -> None:
    ahead = formatdate(time.time() + 60, usegmt=True)
    assert 50 < asked_to_wait(answer(Retry_After=ahead)) <= 60
    assert 50 < pause(answer(Retry_After=ahead), 1) <= 60


def test_a_wait_of_hours_is_no_pause() -> None:
    assert pause(answer(Retry_After="Mon, 30 Nov 2026 15:00:00 GMT", Date=NOW), 1) == LONGEST_PAUSE


class Busy(LoopbackServer):
    """Answers nothing but robots.txt at first; from then on as `later` says. Knows when it was asked for the source."""

    def __init__(self, retry_after: float, status: int, later: Answer) -> None:
        super().__init__()
        self._asked_seconds, self._busy_status = retry_after, status
        self._later = later
        self.times: list[float] = []

    def kind_of(self, path: str) -> str:
        return "robots" if path == "/robots.txt" else "page"

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            return Answer(404, b"", "text/plain")
        self.times.append(time.time())
        until = formatdate(time.time() + self._asked_seconds, usegmt=True)
        first = Answer(self._busy_status, b"", "text/plain", {"Retry-After": until})
        return first if len(self.times) == 1 else self._later


def test_the_next_try_comes_when_the_date_has_come(tmp_path: Path) -> None:
    with Busy(5, 503, GONE) as server:
        crawled(tmp_path, f"{server.base}/oparl/system")
    first, second = server.times
    assert 3 < second - first < 30


@pytest.mark.parametrize("status", [429, 503])
def test_a_source_that_asks_for_hours_is_left_alone_for_the_day(tmp_path: Path, status: int) -> None:
    with Busy(3 * 3600, status, GONE) as server:
        run = crawled(tmp_path, f"{server.base}/oparl/system")
    assert len(server.times) == 1
    assert run.outcome is Outcome.BLOCKED
    assert f"(HTTP {status}, Retry-After)" in (run.detail or "")
    assert "127.0.0.1 asks to be left alone for 3:00:0" in (run.detail or "").replace("2:59:5", "3:00:0")
    assert run.seconds < 60
