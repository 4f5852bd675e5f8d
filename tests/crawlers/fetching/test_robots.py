"""Whose rules of a robots.txt are ours, and that a crawl obeys them."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest

from archive.run import Run
from crawlers.parsing.robots import LARGEST, read_robots_txt
from tests.crawlers.fetching.crawled import crawled
from townhall.server.loopback import Answer, Asked, LoopbackServer

ALL_SHUT = "User-agent: *\nDisallow: /\n"
ALL_OPEN = "User-agent: *\nDisallow:\n"
URL = "https://ris.example/oparl/papers?page=2"


@pytest.mark.parametrize(
    ("text", "allowed", "named"),
    [
        (ALL_SHUT, False, False),
        (ALL_OPEN, True, False),
        ("", True, False),
        # ours, in every spelling of the field and of the token
        (ALL_SHUT + "User-agent: ratslupe\nDisallow: /x\n", True, True),
        (ALL_SHUT + "USER-AGENT : RATSLUPE\nDisallow: /x\n", True, True),
        (ALL_SHUT + "User-agent: Ratslupe/1.0\nDisallow:\n", True, True),
        (ALL_SHUT + "User-agent: Ratslupe*   # welcome\nDisallow:\n", True, True),
        (ALL_SHUT + "User-agent: somebot\nUser-agent: ratslupe\nDisallow: /x\n", True, True),
        (ALL_SHUT + "User-agent: ratslupe\n\nSitemap: https://a.example/s.xml\nUser-agent: b\nAllow: /\n", True, True),
        (ALL_SHUT + "User-agent: ratslupe\n", True, True),
        (ALL_OPEN + "User-agent: ratslupe\nDisallow: /\n", False, True),
        (ALL_OPEN + "User-agent: ratslupe\nDisallow: /x\nUser-agent: ratslupe\nDisallow: /oparl/\n", False, True),
        # somebody else's: a part of our User-Agent, a beginning of our name, our name as a part
        *[
            (f"User-agent: {other}\nDisallow: /\n{ALL_OPEN}", True, False)
            for other in ("crawler", "rats", "rat", "lupe", "slupe", "ratslupe.example", "ratslupe-bot", "myratslupe",
                          "https://ratslupe.example/crawler", "+https", "0.1.0", "*bot", "Mozilla/5.0 (ratslupe)")
        ],
        *[
            (f"{ALL_SHUT}User-agent: {other}\nDisallow:\n", False, False)
            for other in ("crawler", "rats", "ratslupe.example", "ratslupebot", "*ratslupe", "")
        ],
        ("User-agent: other\nDisallow: /\n", True, False),
        ("\ufeffUser-agent: *\r\nDisallow: /oparl/papers?page=*\r\n", False, False),
        ("User-agent: *\rDisallow: /\r", False, False),
        ("Disallow: /\n", True, False),
        ("<!DOCTYPE html><title>Disallow: /</title>", True, False),
        ("User-agent: *\nDisallow: /\nAllow: /oparl/\n", True, False),
        ("User-agent: *\nDisallow: /*.pdf$\n", True, False),
    ],
)  # fmt: skip
def test_whose_rules_are_ours(text: str, allowed: bool, named: bool) -> None:
    rules = read_robots_txt(text.encode())
    assert (rules.allows(URL), rules.named) == (allowed, named)


def test_no_more_is_read_than_the_rfc_asks_for() -> None:
    assert read_robots_txt(b"#" * LARGEST + b"\n" + ALL_SHUT.encode()).allows(URL)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("User-agent: *\nCrawl-delay: 3\n", 3),
        ("User-agent: *\ncrawl-delay:0.5\n", 0.5),
        ("User-agent: *\nCrawl-delay: 3\nUser-agent: ratslupe\nDisallow: /x\n", None),
        ("User-agent: ratslupe\nCrawl-delay: 7\nUser-agent: *\nCrawl-delay: 3\n", 7),
        ("User-agent: crawler\nCrawl-delay: 30\n", None),
        ("User-agent: *\nCrawl-delay: 0\n", None),
        ("User-agent: *\nCrawl-delay: -3\n", None),
        ("User-agent: *\nCrawl-delay: nan\n", None),
        ("User-agent: *\nCrawl-delay: inf\n", None),
        ("User-agent: *\nCrawl-delay: slow\n", None),
    ],
)
def test_the_delay_that_is_asked_of_us(text: str, seconds: float | None) -> None:
    assert read_robots_txt(text.encode()).crawl_delay == seconds


class Robots(LoopbackServer):
    """A robots.txt, and a first page that leads to nothing."""

    def __init__(self, robots: str) -> None:
        super().__init__()
        self._robots = robots
        self.times: list[tuple[float, str]] = []

    def kind_of(self, path: str) -> str:
        return "robots" if path == "/robots.txt" else "page"

    def answer(self, asked: Asked) -> Answer:
        self.times.append((time.monotonic(), asked.path))
        if asked.path == "/robots.txt":
            return Answer(200, self._robots.encode(), "text/plain")
        return Answer(503, b"", "text/plain")


def visit(home: Path, robots: str) -> tuple[Run, list[tuple[float, str]]]:
    with Robots(robots) as server:
        run = crawled(home, f"{server.base}/oparl/system", politeness={"delay_seconds": 0, "parallel": 4})
    return run, server.times


def test_a_crawl_keeps_the_delay_that_robots_txt_asks_for(tmp_path: Path) -> None:
    run, times = visit(tmp_path, "User-agent: *\nCrawl-delay: 3\n")
    assert [path for _, path in times] == ["/robots.txt", "/oparl/system", "/oparl/system"]
    gaps = [later - sooner for (sooner, _), (later, _) in pairwise(times)]
    assert all(gap >= 2.9 for gap in gaps), gaps
    assert not any("robots.txt" in warning.what for warning in run.warnings)


def test_a_group_of_another_robot_shuts_nobody_else_out(tmp_path: Path) -> None:
    _, times = visit(tmp_path, f"User-agent: crawler\nDisallow: /\n{ALL_OPEN}")
    assert "/oparl/system" in [path for _, path in times]


def test_a_group_of_another_robot_opens_nothing_for_us(tmp_path: Path) -> None:
    run, times = visit(tmp_path, f"{ALL_SHUT}User-agent: ratslupe.example\nDisallow:\n")
    assert [path for _, path in times] == ["/robots.txt"]
    assert "forbids this address" in (run.detail or "")
