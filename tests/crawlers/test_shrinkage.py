"""The guard against a source's bad day: when what a list no longer has is believed to be gone."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any, cast

import pytest

from archive.run import RunMode
from council.model import Kind
from crawlers.fetching.spider import CouncilSpider, ListAccount


class Guard:
    """As much of a spider as the guard needs, on a day that a test chooses."""

    def __init__(self) -> None:
        self.memory: dict[str, Any] = {}
        self.now = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)

    def refuses(self, missing: int, held: int, days_later: float = 0) -> bool:
        self.now += dt.timedelta(days=days_later)
        spider = SimpleNamespace(memory=self.memory, archive=SimpleNamespace(clock=lambda: self.now))
        return CouncilSpider._too_many(cast(CouncilSpider, spider), Kind.PAPER, missing, held)


@pytest.mark.parametrize(
    ("missing", "held", "refused"), [(0, 0, False), (0, 5, False), (3, 8, False), (8, 8, True), (1, 1, True),
    (10, 11, False), (11, 100, True), (50, 1000, False), (51, 1000, True)],
)  # fmt: skip
def test_many_or_all_at_once_are_not_believed(missing: int, held: int, refused: bool) -> None:
    assert Guard().refuses(missing, held) is refused


def test_a_day_later_the_same_is_believed() -> None:
    guard = Guard()
    assert guard.refuses(60, 100)
    assert guard.refuses(60, 100, days_later=0.5)
    assert not guard.refuses(60, 100, days_later=0.5)


def test_a_good_run_between_two_bad_days_makes_the_second_a_first() -> None:
    guard = Guard()
    assert guard.refuses(60, 100)
    assert not guard.refuses(3, 100, days_later=7)
    assert guard.refuses(60, 97, days_later=7)


def test_what_a_run_saw_is_not_missing_though_it_is_not_written_yet() -> None:
    swept: list[str] = []
    held = [f"town:paper:{number}" for number in range(4)]
    spider = SimpleNamespace(
        mode=RunMode.FULL,
        LISTS_ARE_COMPLETE=True,
        account=SimpleNamespace(lists={Kind.PAPER: ListAccount(seen={"0", "1", "2"}, older={"2"}, finished=True)}),
        writer=SimpleNamespace(missing=lambda kind: (held, 9), sweep=lambda ids, reason: swept.extend(ids)),
        _too_many=lambda kind, missing, held: False,
    )
    CouncilSpider._sweep(cast(CouncilSpider, spider))
    assert swept == ["town:paper:2", "town:paper:3"]
