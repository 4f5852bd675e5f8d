"""When data is called old, how files add up, and how values are remembered."""

from __future__ import annotations

import datetime as dt
import itertools
import threading

import pytest

from council.schedule import Schedule
from search_api.cache import StaleWhileRevalidateCache
from search_api.municipalities import expected_interval, file_counts


@pytest.mark.parametrize(
    ("schedule", "days"),
    [
        ({"every": "6h"}, 0.25),
        ({"cron": "15 3 * * *"}, 1),
        ({"cron": "15 3 * * mon"}, 7),
        ({"cron": "15 3 1 * *"}, 31),
    ],
)
def test_how_long_a_town_waits_for_its_next_visit(schedule: dict[str, str], days: float) -> None:
    assert expected_interval(Schedule.model_validate(schedule)) == dt.timedelta(days=days)


def test_every_file_is_accounted_for() -> None:
    by = {"text": 5, "no_text": 2, "unreadable": 1, "pending": 3, "not_fetched:wanted": 4, "not_fetched:failed": 6}
    files = file_counts(by)
    assert (files.total, files.with_text, files.without_text, files.unreadable) == (21, 5, 2, 1)
    assert (files.waiting, files.not_fetched) == (7, 6)


def test_a_value_is_kept_for_its_time() -> None:
    loads = itertools.count(1)
    value = StaleWhileRevalidateCache(lambda: next(loads), 60)
    assert (value(), value()) == (1, 1)
    fresh = StaleWhileRevalidateCache(lambda: next(loads), 0)
    assert (fresh(), fresh()) == (2, 3)


@pytest.mark.parametrize(("cost", "kept"), [(0.001, 1.0), (0.1, 20.0), (9.0, 60.0)])
def test_what_was_got_quickly_is_not_kept_for_long(monkeypatch: pytest.MonkeyPatch, cost: float, kept: float) -> None:
    now = [0.0]
    monkeypatch.setattr("search_api.cache.time.monotonic", lambda: now[0])

    def load() -> float:
        now[0] += cost
        return now[0]

    value = StaleWhileRevalidateCache(load, 60)
    first = value()
    now[0] = first + kept - 0.01
    assert value() == first
    now[0] = first + kept + 0.01
    assert value() > first


def test_nobody_waits_while_an_old_value_is_renewed() -> None:
    going, go = threading.Event(), threading.Event()
    answers = iter([1, 2])

    def load() -> int:
        value = next(answers)
        if value == 2:
            going.set()
            assert go.wait(5)
        return value

    value = StaleWhileRevalidateCache(load, 0)
    assert value() == 1
    renewing = threading.Thread(target=value)
    renewing.start()
    assert going.wait(5)
    assert value() == 1, "the old one, at once"
    go.set()
    renewing.join()


def test_a_failed_renewal_is_tried_again() -> None:
    answers = itertools.count()

    def load() -> int:
        answer = next(answers)
        if answer == 0:
            raise RuntimeError("away")
        return answer

    value = StaleWhileRevalidateCache(load, 60)
    with pytest.raises(RuntimeError):
        value()
    assert value() == 1
