"""The municipalities by register, runs and archive: how fresh, how much, how complete, counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from archive.run import KindCount, Outcome, Run
from archive.run_reader import RunReader
from archive.statistics import HeldCount, Statistics
from council.address import host_of
from council.municipality import Municipality
from council.offering import OFFERINGS, Offering
from council.schedule import Schedule
from search_api.cache import StaleWhileRevalidateCache
from search_api.offering_texts import OFFERING_TEXTS, OfferingText

OVERDUE_AFTER = dt.timedelta(days=3)
"""So long after its last successful visit should have been repeated, a municipality's data is called old."""

SETTLED = ("text", "no_text", "unreadable")
WAITING = ("pending", "not_fetched:wanted")


class DataWarning(StrEnum):
    """What a person should know before relying on a municipality's hits."""

    NEVER = "never"
    """It was never visited successfully."""
    OLD = "old"
    INCOMPLETE = "incomplete"
    """The source lists more than is held."""
    BLOCKED = "blocked"
    """The source keeps programs out: what is held stays as it was."""


@dataclass(frozen=True, slots=True)
class FileCounts:
    """Every file accounted for: what became of it. `by` has the archive's own states."""

    total: int
    with_text: int
    without_text: int
    unreadable: int
    waiting: int
    not_fetched: int
    by: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ListedCount:
    """One kind in the last full complete run: how many the source listed and how many were held then."""

    kind: str
    listed: int
    held: int


@dataclass(frozen=True, slots=True)
class MunicipalityState:
    """One municipality of the register. `held` is what may be shown, and a search finds, by kind; `not_shown` what is
    held beyond that. `complete` follows from counts only: None means that nothing was counted."""

    entry: Municipality
    last_run: Run | None
    last_success: Run | None
    held: Mapping[str, int]
    not_shown: Mapping[str, int]
    files: FileCounts
    counted: tuple[ListedCount, ...]
    counted_at: dt.datetime | None
    complete: bool | None
    warnings: tuple[DataWarning, ...]

    @property
    def key(self) -> str:
        return self.entry.key

    @property
    def name(self) -> str:
        return self.entry.name

    @property
    def offering(self) -> OfferingText:
        """What its system offers, in words."""
        return OFFERING_TEXTS[self.entry.system]

    @property
    def visited_at(self) -> dt.datetime | None:
        """When it was last visited successfully."""
        return self.last_success.finished_at if self.last_success else None


@dataclass(frozen=True, slots=True)
class VisitSummary:
    """What the visits to a municipality allow to conclude. `complete_at`: when the last complete one ended; `current`:
    it is visited, lets programs in, and was visited lately."""

    offering: Offering
    complete_at: dt.datetime | None
    current: bool


@dataclass(frozen=True, slots=True)
class _Runs:
    last: Mapping[str, Run]
    complete: Mapping[str, Run]
    full: Mapping[str, Run]


class MunicipalityOverview:
    """All municipalities, put together from parts that are kept in memory for a while; counting files takes longest."""

    def __init__(
        self,
        register: Callable[[], Iterable[Municipality]],
        runs: RunReader,
        statistics: Statistics,
        clock: Callable[[], dt.datetime],
        seconds: float,
    ) -> None:
        self._register = register
        self._clock = clock
        self._runs = StaleWhileRevalidateCache(
            lambda: _Runs(runs.last(), runs.last_complete(), runs.last_full()), seconds
        )
        self._held = StaleWhileRevalidateCache(statistics.records, seconds)
        self._files = StaleWhileRevalidateCache(statistics.files, seconds * 5)

    def names(self) -> dict[str, str]:
        """Names by key; a municipality that is not in the register any more is not in it."""
        return {entry.key: entry.name for entry in self._register()}

    def is_held(self, key: str) -> bool:
        """Whether records of a municipality are held, in the register or not any more."""
        return key in self._held()

    def states(self) -> list[MunicipalityState]:
        """All municipalities of the register, by name."""
        runs, held, files, now = self._runs(), self._held(), self._files(), self._clock()
        states = [_state(entry, runs, held, files, now) for entry in self._register()]
        return sorted(states, key=lambda state: (state.name.casefold(), state.key))

    def warnings(self, keys: Iterable[str] | None = None) -> dict[str, tuple[DataWarning, ...]]:
        """The warnings of municipalities that have any, by key; cheap enough for every page of results."""
        runs, now, wanted = self._runs(), self._clock(), None if keys is None else set(keys)
        entries = (entry for entry in self._register() if wanted is None or entry.key in wanted)
        return {entry.key: warnings for entry in entries if (warnings := _warnings(entry, runs, now))}

    def visits(self, keys: Iterable[str]) -> dict[str, VisitSummary]:
        """What the visits to these municipalities allow to conclude, by key; cheap, too."""
        runs, now, wanted = self._runs(), self._clock(), set(keys)
        return {entry.key: _visit_summary(entry, runs, now) for entry in self._register() if entry.key in wanted}

    def totals(self) -> tuple[int, int, int, dt.datetime | None]:
        """(municipalities of which something is held, papers, meetings, newest successful visit)."""
        runs = self._runs()
        held = {municipality: _shown(counts) for municipality, counts in self._held().items()}
        filled = [municipality for municipality, counts in held.items() if counts.get("paper") or counts.get("meeting")]
        visits = [run.finished_at for run in runs.complete.values() if run.finished_at]
        papers, meetings = (sum(counts.get(kind, 0) for counts in held.values()) for kind in ("paper", "meeting"))
        return len(filled), papers, meetings, max(visits, default=None)


def read_with_parent(states: Iterable[MunicipalityState]) -> dict[str, MunicipalityState]:
    """The municipalities that are read with their parent, since they are on its server and not visited by themselves:
    their parent, by their own key."""
    by_key = {state.key: state for state in states}
    parents = {}
    for key, state in by_key.items():
        parent = by_key.get(state.entry.parent or "")
        visited_alone = state.entry.enabled or state.held
        if parent and parent.entry.enabled and not visited_alone and _same_server(parent.entry, state.entry):
            parents[key] = parent
    return parents


def _same_server(parent: Municipality, child: Municipality) -> bool:
    return host_of(parent.url) == host_of(child.url)


def expected_interval(schedule: Schedule) -> dt.timedelta:
    """About how long a municipality waits for its next visit; of a cron line a day, a week or a month."""
    if schedule.every is not None:
        return schedule.every
    _, _, day_of_month, month, weekday = (schedule.cron or "* * * * *").split()
    if (day_of_month, month) != ("*", "*"):
        return dt.timedelta(days=31)
    return dt.timedelta(days=1 if weekday == "*" else 7)


def _state(
    entry: Municipality,
    runs: _Runs,
    held: Mapping[str, Mapping[str, HeldCount]],
    files: Mapping[str, Mapping[str, int]],
    now: dt.datetime,
) -> MunicipalityState:
    full = runs.full.get(entry.key)
    complete, success = _complete(full), runs.complete.get(entry.key)
    return MunicipalityState(
        entry=entry,
        last_run=runs.last.get(entry.key),
        last_success=success,
        held=_shown(held.get(entry.key, {})),
        not_shown={k: count.not_shown for k, count in held.get(entry.key, {}).items() if count.not_shown},
        files=file_counts(files.get(entry.key, {})),
        counted=_counted(full.counts) if full else (),
        counted_at=full.finished_at if full else None,
        complete=complete,
        warnings=_warnings(entry, runs, now),
    )


def _shown(counts: Mapping[str, HeldCount]) -> dict[str, int]:
    return {kind: count.visible for kind, count in counts.items() if count.visible}


def file_counts(by: Mapping[str, int]) -> FileCounts:
    """The archive's counts of files by state, put together."""
    text, no_text, unreadable = (by.get(word, 0) for word in SETTLED)
    waiting = sum(by.get(word, 0) for word in WAITING)
    total = sum(by.values())
    return FileCounts(
        total, text, no_text, unreadable, waiting, total - text - no_text - unreadable - waiting, dict(by)
    )


def _counted(counts: Mapping[str, KindCount]) -> tuple[ListedCount, ...]:
    return tuple(
        ListedCount(kind, count.listed, count.held)
        for kind, count in sorted(counts.items())
        if count.listed is not None
    )


def _complete(full: Run | None) -> bool | None:
    counted = _counted(full.counts) if full else ()
    return all(count.held >= count.listed for count in counted) if counted else None


def _visit_summary(entry: Municipality, runs: _Runs, now: dt.datetime) -> VisitSummary:
    success, warnings = runs.complete.get(entry.key), _warnings(entry, runs, now)
    stale = {DataWarning.NEVER, DataWarning.OLD, DataWarning.BLOCKED} & set(warnings)
    return VisitSummary(OFFERINGS[entry.system], success.finished_at if success else None, entry.enabled and not stale)


def _warnings(entry: Municipality, runs: _Runs, now: dt.datetime) -> tuple[DataWarning, ...]:
    if not entry.enabled:
        return ()
    success, last = runs.complete.get(entry.key), runs.last.get(entry.key)
    blocked = (DataWarning.BLOCKED,) if last and last.outcome is Outcome.BLOCKED else ()
    if success is None or success.finished_at is None:
        return (*blocked, DataWarning.NEVER)
    old = (DataWarning.OLD,) if now - success.finished_at > expected_interval(entry.schedule) + OVERDUE_AFTER else ()
    incomplete = (DataWarning.INCOMPLETE,) if _complete(runs.full.get(entry.key)) is False else ()
    return (*blocked, *old, *incomplete)
