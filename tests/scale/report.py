"""What a trial says: the figures, and the rules that must hold."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.scale.country import provider_of
from tests.scale.simulation import REAL_DAY, Course, Interval, Trial


@dataclass(frozen=True, slots=True)
class Findings:
    """`lateness` is in seconds of the clock, by municipality: the mean time from due to begun."""

    finished: int
    finished_in_time: int
    """Before the schedule was stopped."""
    lost: list[str]
    two_of_one_municipality: int
    two_of_one_provider: int
    lateness: dict[str, float]
    every_wait: list[float]
    waits_alone: list[float]
    """The same of municipalities that stand alone at their provider: what the queue itself costs."""
    cut_off: int


def findings(course: Course) -> Findings:
    """Count."""
    waits = _waits(course)
    every = [wait for some in waits.values() for wait in some]
    return Findings(
        finished=sum(visit.end is not None for visit in course.visits),
        finished_in_time=sum(v.end is not None and v.end <= course.stopped_at for v in course.visits),
        lost=_lost(course),
        two_of_one_municipality=_overlaps(course, lambda key: key),
        two_of_one_provider=_overlaps(course, provider_of),
        lateness={key: statistics.mean(some) for key, some in waits.items() if some},
        every_wait=every,
        waits_alone=[wait for key, some in waits.items() if key.startswith("own") for wait in some],
        cut_off=sum(visit.end is None for visit in course.visits),
    )


def table(trial: Trial, course: Course) -> str:
    """The findings as a table in Markdown."""
    found, factor = findings(course), REAL_DAY / trial.day
    providers = len({provider_of(key) for key, _ in course.due})
    rows = [
        ("municipalities, providers", f"{trial.size}, {providers}"),
        ("workers, crawls at once of each", f"{trial.workers} (one of them killed), {trial.at_once}"),
        ("a day takes here", f"{trial.day:g} s; everything due {'spread over it' if trial.spread else 'at once'}"),
        ("visits due", str(len(course.due))),
        ("visits finished", f"{found.finished}, {found.finished_in_time / course.seconds * trial.day:.0f} a day"),
        ("visits cut off by the kill, lost for good", f"{found.cut_off}, {len(found.lost) + course.left_over}"),
        ("two of one municipality at once", str(found.two_of_one_municipality)),
        ("two of one provider at once", str(found.two_of_one_provider)),
        ("from due to begun, in real time: p50, p95, longest", _hours(found.every_wait, factor)),
        ("the same, mean of each municipality", _hours(list(found.lateness.values()), factor)),
        ("Gini of that", f"{gini(found.lateness.values()):.2f}"),
        ("from due to begun, alone at their provider, by the clock: p50, p95, longest", _millis(found.waits_alone)),
        ("most that waited at once", str(course.deepest)),
        ("scheduler: planning all, memory, processor", f"{course.plan_seconds:.1f} s, {course.plan_megabytes:.0f} MB, "
         f"{course.schedule_cpu_seconds / course.seconds:.0%} of a core"),
    ]  # fmt: skip
    return "\n".join(["| what | |", "|---|---|", *(f"| {what} | {value} |" for what, value in rows)])


def gini(values: Iterable[float]) -> float:
    """0: all alike; near 1: one has it all."""
    ordered = sorted(values)
    total = sum(ordered)
    if not total:
        return 0.0
    weighted = sum(rank * value for rank, value in enumerate(ordered, 1))
    return 2 * weighted / (len(ordered) * total) - (len(ordered) + 1) / len(ordered)


def _lost(course: Course) -> list[str]:
    """Those that were due and not visited to the end since (one that was being visited then counts as visited)."""
    ended: dict[str, float] = {}
    for visit in course.visits:
        if visit.end is not None:
            ended[visit.key] = max(visit.end, ended.get(visit.key, 0.0))
    return sorted({key for key, at in course.due if ended.get(key, 0.0) < at})


def _overlaps(course: Course, of: Callable[[str], str]) -> int:
    """How many visits began while another of the same was going on. A visit that was cut off ended with its worker."""
    groups: dict[str, list[Interval]] = defaultdict(list)
    for visit in course.visits:
        groups[of(visit.key)].append(visit)
    count = 0
    for visits in groups.values():
        until = 0.0
        for visit in sorted(visits, key=lambda visit: visit.begin):
            count += visit.begin < until
            until = max(until, visit.end if visit.end is not None else course.killed_at)
    return count


def _waits(course: Course) -> dict[str, list[float]]:
    """By municipality, how long each begun visit had been due; dues that found one waiting add nothing."""
    begins: dict[str, list[float]] = defaultdict(list)
    for visit in course.visits:
        begins[visit.key].append(visit.begin)
    dues: dict[str, list[float]] = defaultdict(list)
    for key, at in course.due:
        dues[key].append(at)
    waits: dict[str, list[float]] = {}
    for key, ats in dues.items():
        since, waits[key] = 0.0, []
        for begin in sorted(begins[key]):
            served = [at for at in ats if since <= at <= begin]
            waits[key] += [begin - served[0]] if served else []
            since = begin
    return waits


def _hours(values: Sequence[float], factor: float) -> str:
    return ", ".join(f"{value * factor / 3600:.2f} h" for value in _three(values))


def _millis(values: Sequence[float]) -> str:
    return ", ".join(f"{value * 1000:.0f} ms" for value in _three(values))


def _three(values: Sequence[float]) -> tuple[float, float, float]:
    ordered = sorted(values) or [0.0]
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)], ordered[-1]
