"""The towns as the register, the runs and the archive tell of them: how fresh, how much, how complete, counted."""

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
from search_api.cache import Remembered
from search_api.offering_texts import OFFERING_TEXTS, OfferingText

PATIENCE = dt.timedelta(days=3)
"""So long after its last successful visit should have been repeated, a town's data is called old."""

SETTLED = ("text", "no_text", "unreadable")
WAITING = ("pending", "not_fetched:wanted")


class Caution(StrEnum):
    """What a person should know before relying on a town's hits."""

    NEVER = "never"
    """It was never visited successfully."""
    OLD = "old"
    INCOMPLETE = "incomplete"
    """The source lists more than is held."""
    BLOCKED = "blocked"
    """The source keeps programs out: what is held stays as it was."""


@dataclass(frozen=True, slots=True)
class FileAccount:
    """Every file accounted for: what became of it. `by` are the archive's own words."""

    total: int
    with_text: int
    without_text: int
    unreadable: int
    waiting: int
    not_fetched: int
    by: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ListedHeld:
    """One kind in the last full complete run: how many the source listed and how many were held then."""

    kind: str
    listed: int
    held: int


@dataclass(frozen=True, slots=True)
class TownState:
    """One town of the register. `held` is what may be shown, and a search finds, by kind; `not_shown` what is held
    beyond that. `complete` is said from counts only: None means that nobody has counted."""

    entry: Municipality
    last_run: Run | None
    last_success: Run | None
    held: Mapping[str, int]
    not_shown: Mapping[str, int]
    files: FileAccount
    counted: tuple[ListedHeld, ...]
    counted_at: dt.datetime | None
    complete: bool | None
    warnings: tuple[Caution, ...]

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
class Visits:
    """What the visits to a town allow to conclude. `complete_at`: when the last complete one ended; `current`: the town
    is visited, lets programs in, and was visited lately."""

    offering: Offering
    complete_at: dt.datetime | None
    current: bool


@dataclass(frozen=True, slots=True)
class _Runs:
    last: Mapping[str, Run]
    complete: Mapping[str, Run]
    full: Mapping[str, Run]


class TownBoard:
    """All towns, put together from parts that are kept in memory for a while; counting files takes longest."""

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
        self._runs = Remembered(lambda: _Runs(runs.last(), runs.last_complete(), runs.last_full()), seconds)
        self._held = Remembered(statistics.records, seconds)
        self._files = Remembered(statistics.files, seconds * 5)

    def names(self) -> dict[str, str]:
        """Names by key; a town that is not in the register any more is not in it."""
        return {entry.key: entry.name for entry in self._register()}

    def towns(self) -> list[TownState]:
        """All towns of the register, by name."""
        runs, held, files, now = self._runs(), self._held(), self._files(), self._clock()
        states = [_state(entry, runs, held, files, now) for entry in self._register()]
        return sorted(states, key=lambda town: (town.name.casefold(), town.key))

    def warned(self, keys: Iterable[str] | None = None) -> dict[str, tuple[Caution, ...]]:
        """Towns whose hits a person should take with care, by key; cheap enough for every page of results."""
        runs, now, wanted = self._runs(), self._clock(), None if keys is None else set(keys)
        found = {}
        for entry in self._register():
            if wanted is None or entry.key in wanted:
                warnings = _warnings(entry, runs, now)
                if warnings:
                    found[entry.key] = warnings
        return found

    def visits(self, keys: Iterable[str]) -> dict[str, Visits]:
        """What the visits to these towns allow to conclude, by key; cheap, too."""
        runs, now, wanted = self._runs(), self._clock(), set(keys)
        return {entry.key: _visits(entry, runs, now) for entry in self._register() if entry.key in wanted}

    def totals(self) -> tuple[int, int, int, dt.datetime | None]:
        """(towns of which something is held, papers, meetings, newest successful visit)."""
        runs = self._runs()
        held = {town: _shown(counts) for town, counts in self._held().items()}
        filled = [town for town, counts in held.items() if counts.get("paper") or counts.get("meeting")]
        visits = [run.finished_at for run in runs.complete.values() if run.finished_at]
        papers, meetings = (sum(counts.get(kind, 0) for counts in held.values()) for kind in ("paper", "meeting"))
        return len(filled), papers, meetings, max(visits, default=None)


def read_with(towns: Iterable[TownState]) -> dict[str, TownState]:
    """By key of towns that are not visited by themselves: the parent that is visited, and on whose server they are."""
    by_key = {town.key: town for town in towns}
    found = {}
    for key, town in by_key.items():
        parent = by_key.get(town.entry.parent or "")
        visited_alone = town.entry.enabled or town.held
        if parent and parent.entry.enabled and not visited_alone and _one_server(parent.entry, town.entry):
            found[key] = parent
    return found


def _one_server(one: Municipality, other: Municipality) -> bool:
    return host_of(one.url) == host_of(other.url)


def rhythm(schedule: Schedule) -> dt.timedelta:
    """About how long a town waits for its next visit; of a cron line a day, a week or a month."""
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
) -> TownState:
    full = runs.full.get(entry.key)
    complete, success = _complete(full), runs.complete.get(entry.key)
    return TownState(
        entry=entry,
        last_run=runs.last.get(entry.key),
        last_success=success,
        held=_shown(held.get(entry.key, {})),
        not_shown={k: count.not_shown for k, count in held.get(entry.key, {}).items() if count.not_shown},
        files=account(files.get(entry.key, {})),
        counted=_counted(full.counts) if full else (),
        counted_at=full.finished_at if full else None,
        complete=complete,
        warnings=_warnings(entry, runs, now),
    )


def _shown(counts: Mapping[str, HeldCount]) -> dict[str, int]:
    return {kind: count.visible for kind, count in counts.items() if count.visible}


def account(by: Mapping[str, int]) -> FileAccount:
    """The archive's words for files, put together."""
    text, no_text, unreadable = (by.get(word, 0) for word in SETTLED)
    waiting = sum(by.get(word, 0) for word in WAITING)
    total = sum(by.values())
    return FileAccount(
        total, text, no_text, unreadable, waiting, total - text - no_text - unreadable - waiting, dict(by)
    )


def _counted(counts: Mapping[str, KindCount]) -> tuple[ListedHeld, ...]:
    return tuple(
        ListedHeld(kind, count.listed, count.held) for kind, count in sorted(counts.items()) if count.listed is not None
    )


def _complete(full: Run | None) -> bool | None:
    counted = _counted(full.counts) if full else ()
    return all(one.held >= one.listed for one in counted) if counted else None


def _visits(entry: Municipality, runs: _Runs, now: dt.datetime) -> Visits:
    success, warnings = runs.complete.get(entry.key), _warnings(entry, runs, now)
    stale = {Caution.NEVER, Caution.OLD, Caution.BLOCKED} & set(warnings)
    return Visits(OFFERINGS[entry.system], success.finished_at if success else None, entry.enabled and not stale)


def _warnings(entry: Municipality, runs: _Runs, now: dt.datetime) -> tuple[Caution, ...]:
    if not entry.enabled:
        return ()
    success, last = runs.complete.get(entry.key), runs.last.get(entry.key)
    blocked = (Caution.BLOCKED,) if last and last.outcome is Outcome.BLOCKED else ()
    if success is None or success.finished_at is None:
        return (*blocked, Caution.NEVER)
    old = (Caution.OLD,) if now - success.finished_at > rhythm(entry.schedule) + PATIENCE else ()
    incomplete = (Caution.INCOMPLETE,) if _complete(runs.full.get(entry.key)) is False else ()
    return (*blocked, *old, *incomplete)
