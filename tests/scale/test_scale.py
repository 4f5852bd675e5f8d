"""The country in small: nothing lost, never two of one; and that the figures would show it."""

from __future__ import annotations

import pytest

from tests.postgresql import empty_postgresql
from tests.scale.country import GERMANY, SHARES, invent_country, provider_of
from tests.scale.report import findings, gini, table
from tests.scale.simulation import Course, Interval, Trial, run_trial


def test_a_small_country_loses_nothing_when_a_worker_is_killed() -> None:
    trial = Trial(size=200, day=8, workers=3, at_once=4, spread=False, drain_seconds=240)
    course = run_trial(trial, empty_postgresql())
    found = findings(course)
    assert (found.lost, course.left_over) == ([], 0)
    assert (found.two_of_one_municipality, found.two_of_one_provider) == (0, 0)
    assert len(course.due) >= 200
    assert {visit.key for visit in course.visits if visit.end} == {key for key, _ in course.due}
    assert f"| visits due | {len(course.due)} |" in table(trial, course)


def test_the_country_has_large_providers_and_many_that_stand_alone() -> None:
    keys = [entry.key for entry in invent_country(1100, 60)]
    assert len(keys) == len(set(keys)) == 1100
    members = [provider_of(key) for key in keys]
    assert members.count("p0") == round(1100 * SHARES[0] / GERMANY)
    assert sum(key.startswith("own") for key in keys) > 200


def test_the_figures_show_what_must_not_be() -> None:
    course = Course(due=[("p1-0", 1.0), ("p1-1", 1.0), ("own0-0", 1.0)], killed_at=9.0, stopped_at=10.0, seconds=10.0)
    course.visits = [Interval("p1-0", 2.0, 5.0), Interval("p1-1", 4.0, 6.0), Interval("own0-0", 3.0, None)]
    found = findings(course)
    assert (found.two_of_one_provider, found.two_of_one_municipality) == (1, 0)
    assert (found.lost, found.cut_off, found.finished) == (["own0-0"], 1, 2)
    assert found.lateness == {"p1-0": 1.0, "p1-1": 3.0, "own0-0": 2.0}
    course.visits.append(Interval("p1-0", 4.5, 5.0))
    assert findings(course).two_of_one_municipality == 1


@pytest.mark.parametrize(("values", "expected"), [([1, 1, 1, 1], 0.0), ([0, 0, 0, 4], 0.75), ([0, 0], 0.0)])
def test_gini(values: list[float], expected: float) -> None:
    assert gini(values) == pytest.approx(expected)
