"""When something that is held is believed to be gone: every guard against a source's bad day, in one place.

1. A list that was not read to its end, or of which something was skipped, misses nothing.
2. Fewer records than the register expects (`expect:`) delete nothing at all.
3. Many at once that a list misses are believed when a full run most of a day later says the same.
4. Many pages at once that are refused are not believed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import Final

from council.identity import make_id
from council.model import Kind, Tombstone
from crawlers.frontier.actions import Key
from crawlers.frontier.context import CrawlContext

GONE_FREE: Final = 10
GONE_SHARE: Final = 0.05
SHRINKAGE_FREE: Final = 10
SHRINKAGE: Final = 0.05
SHRINKAGE_CONFIRMED_AFTER: Final = dt.timedelta(hours=20)


def is_below_expectation(context: CrawlContext, gone: Collection[Key] = ()) -> bool:
    """Whether a full run listed fewer papers or meetings than the register expects; noted in the report, and once noted
    it holds for all conclusions of the run. `gone` are not counted; where lists are never complete, what is held is."""
    expected, report = context.municipality.expect, context.report
    if expected is None or not context.is_full or report.is_below_expectation:
        return report.is_below_expectation
    for kind, least in ((Kind.PAPER, expected.papers), (Kind.MEETING, expected.meetings)):
        if least is None:
            continue
        there = set(report.start_list(kind).taken)
        there |= set() if context.lists_are_complete else set(context.held.ids(kind))
        count = len(there - {native for of, native in gone if of is kind})
        if count < least:
            report.is_below_expectation = True
            report.mark_incomplete(
                f"the source lists {count} {kind.value}s, the register expects at least {least} (`expect:`): "
                "nothing is deleted; look at the source, or correct the number"
            )
    return report.is_below_expectation


def tombstone_missing(context: CrawlContext, write: Callable[[list[str], str], None]) -> None:
    """In a full run, where lists are complete: what a list read to its end no longer holds is gone, unless
    a guard says no. `write` takes (record ids, reason)."""
    if not context.is_full or is_below_expectation(context) or not context.lists_are_complete:
        return
    for kind, progress in context.report.lists.items():
        if not progress.finished or progress.skipped:
            continue
        unseen, held = context.held.unseen(kind)
        taken = progress.taken  # a record may still be on its way through the pipelines
        missing = [native for native in unseen if native not in taken]
        if _is_shrunk(context, kind, len(missing), held):
            context.report.incomplete.append(
                f"{len(missing)} of {held} held {kind.value}s are no longer listed: that is too many to believe at "
                "once; they stay until a full run a day later says the same"
            )
        elif missing:
            ids = [make_id(context.municipality.key, kind, native) for native in missing]
            write(ids, "no longer in the source's list")


def _is_shrunk(context: CrawlContext, kind: Kind, missing: int, held: int) -> bool:
    """Many, or all there are, vanish only when two full runs, most of a day apart and with no better one between them,
    say so."""
    mark = context.memory.pop(f"shrunk:{kind.value}", None)
    if missing <= max(SHRINKAGE_FREE, SHRINKAGE * held) and (missing < held or not held):
        return False
    now = context.clock()
    if mark and now - dt.datetime.fromisoformat(mark) >= SHRINKAGE_CONFIRMED_AFTER:
        return False
    context.memory[f"shrunk:{kind.value}"] = mark or now.isoformat()
    return True


def are_believed(context: CrawlContext, gone: Collection[Key], of: int, what: str) -> bool:
    """Whether what this crawl found to be gone, of so many that it asked for, may be taken out. `what` says in the
    report what has happened to them: "papers are named by no meeting any more"."""
    if is_below_expectation(context, gone):
        return False
    if len(gone) > max(GONE_FREE, GONE_SHARE * of):
        context.report.mark_incomplete(f"{len(gone)} {what}: too many to believe at once")
        return False
    return True


def add_tombstones(
    context: CrawlContext,
    gone: Mapping[Key, str],
    asked: Mapping[Kind, int],
    would_lose: Callable[[Key], bool],
    is_shown: Callable[[Key], bool],
) -> tuple[list[Tombstone], set[Key]]:
    """Tombstones of objects whose page the source no longer shows, and the objects of which that is not believed.
    `gone` says why, `asked` how many pages of a kind were asked for, `would_lose` whether anything held goes with a
    page, `is_shown` whether another page of this crawl shows the object.

    Objects that were never held lose nothing: pages are linked before they are released."""
    tombstones: list[Tombstone] = []
    disbelieved: set[Key] = set(gone) if is_below_expectation(context, gone) else set()
    for kind in (Kind.PAPER, Kind.MEETING, Kind.ORGANIZATION, Kind.PERSON):
        of_kind = {key: why for key, why in gone.items() if key[0] is kind and key not in disbelieved}
        losing = {key for key in of_kind if would_lose(key)}
        if not are_believed(context, losing, asked.get(kind, 0), f"{kind.value} pages are refused"):
            disbelieved |= of_kind.keys()
            continue
        for key, why in of_kind.items():
            if is_shown(key):
                continue
            context.report.start_list(kind).seen.discard(key[1])
            if key in losing:
                reason = f"the source no longer shows it: {why}"[:300]
                tombstones.append(Tombstone(kind=kind, native_id=key[1], reason=reason))
    return tombstones, disbelieved
