"""The cases beside the repository that are about asking politely: what their expectations say, by our own server."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest

from tests.crawlers.fetching.crawled import crawled
from tests.crawlers.fetching.test_retry import GONE, Busy
from tests.crawlers.fetching.test_robots import visit

CASES = Path(__file__).parents[4] / "shared" / "cases"

pytestmark = pytest.mark.shared


def expected(name: str) -> str:
    """What a case expects."""
    path = CASES / f"{name}.expected.txt"
    if not path.exists():
        pytest.skip(f"{path} is not laid beside the repository")
    return path.read_text(encoding="utf-8")


def test_a_group_of_another_robot_is_not_ours(tmp_path: Path) -> None:
    assert "named 'crawler' is not ours, * forbids /intern/ only" in expected("41-robots-ua-substring")
    _, times = visit(tmp_path, "User-agent: crawler\nDisallow: /\n\nUser-agent: *\nDisallow: /intern/\n")
    assert "/oparl/system" in [path for _, path in times]


def test_the_next_try_comes_as_late_as_the_date_says(tmp_path: Path) -> None:
    assert "8 s ahead the next try comes 8 s later" in expected("42-retry-after-date")
    with Busy(8, 503, GONE) as server:
        crawled(tmp_path, f"{server.base}/oparl/system")
    first, second = server.times
    assert 6.9 < second - first < 40  # a date has whole seconds


def test_a_crawl_delay_is_kept(tmp_path: Path) -> None:
    assert "Crawl-delay: 3 of robots.txt is kept" in expected("46-crawl-delay")
    began = time.monotonic()
    _, times = visit(tmp_path, "User-agent: *\nCrawl-delay: 3\n")
    assert time.monotonic() - began >= 5.8
    assert all(later - sooner >= 2.9 for (sooner, _), (later, _) in pairwise(times))
