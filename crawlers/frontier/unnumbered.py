"""Meetings that a calendar shows without a number, and the same ones under the number that they have elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from council.model import Kind, Meeting, Tombstone
from crawlers.frontier.actions import Action, Key
from crawlers.frontier.page_crawl import PageCrawl
from crawlers.frontier.policy import nothing
from crawlers.parsing.unnumbered import are_same, is_placeholder


class Unnumbered:
    """What one crawl has seen of them. A meeting that is not listed by number may be there without, which is how most
    are cancelled."""

    def __init__(self, crawl: PageCrawl) -> None:
        self._crawl, self._context = crawl, crawl.context
        self._shown: dict[str, Meeting] = {}
        self._numbered: list[Meeting] = []
        self._in_calendars: list[Meeting] = []

    def as_listed(self, meeting: Meeting, page_of: Key | None) -> Meeting:
        """A meeting that a page shows, as the calendar shows it. Some pages of meetings bear no name."""
        key = (Kind.MEETING, meeting.native_id)
        if is_placeholder(meeting.native_id):
            self._shown[meeting.native_id] = meeting
            return meeting
        listed = self._crawl.listed.get(key)
        held = self._crawl.held(key) if key == page_of and listed is None else None
        known = next(
            (
                meeting_shown.name
                for meeting_shown in (meeting, listed, held)
                if isinstance(meeting_shown, Meeting) and meeting_shown.name
            ),
            None,
        )
        named = meeting.model_copy(update={"name": known})
        self._numbered.append(named.model_copy(update={"agenda": (), "files": ()}))
        self._in_calendars += [self._numbered[-1]] if page_of is None else []
        same = [shown for shown in self._shown.values() if key == page_of and not listed and are_same(shown, named)]
        if len(same) == 1:
            self._drop(same[0])
            cancelled = meeting.cancelled or same[0].cancelled
            return meeting.model_copy(update={"name": meeting.name or same[0].name, "cancelled": cancelled})
        if isinstance(held, Meeting) and meeting.name is None:
            return named.model_copy(update={"cancelled": meeting.cancelled or held.cancelled})
        return meeting

    def numbers_lost(self) -> Iterator[Key]:
        """Meetings that had a number, and stand in the calendar without one now."""
        for _, held in self._pairs():
            yield Kind.MEETING, held.native_id

    def settle(self) -> Iterator[Action]:
        """Before anything is concluded. A meeting that lost its number and its page stays what it was, without its
        agenda. What one calendar shows without a number, and another of the same crawl with one, is one meeting."""
        for shown, held in list(self._pairs()):
            key = (Kind.MEETING, held.native_id)
            if self._crawl.gone.pop(key, None):
                bare = {"agenda": (), "files": (), "cancelled": shown.cancelled, "name": shown.name}
                self._crawl.listed[key] = held.model_copy(update=bare)
            if key in self._crawl.listed or key in self._crawl.lost:
                self._drop(shown)
        for shown in list(self._shown.values()):
            if any(are_same(shown, numbered) for numbered in self._in_calendars):
                self._drop(shown)
        return nothing()

    def numbers_come(self) -> Iterator[Tombstone]:
        """The record without a number goes when the number has come: nothing is cancelled by that."""
        seen = self._context.report.start_list(Kind.MEETING).seen
        for held in self._context.held.all(Kind.MEETING):
            if isinstance(held, Meeting) and is_placeholder(held.native_id) and held.native_id not in seen:
                same = next((numbered for numbered in self._numbered if are_same(numbered, held)), None)
                if same:
                    reason = f"it has its number now: meeting {same.native_id}"
                    yield Tombstone(kind=Kind.MEETING, native_id=held.native_id, reason=reason)

    def _drop(self, shown: Meeting) -> None:
        """It is held under its number."""
        self._shown.pop(shown.native_id, None)
        self._crawl.listed.pop((Kind.MEETING, shown.native_id), None)
        self._context.report.start_list(Kind.MEETING).seen.discard(shown.native_id)

    def _pairs(self) -> Iterator[tuple[Meeting, Meeting]]:
        """What the calendar shows without a number, and the same meeting as it is held with one."""
        for held in self._context.held.all(Kind.MEETING) if self._shown else ():
            key = (Kind.MEETING, held.native_id)
            if not isinstance(held, Meeting) or is_placeholder(held.native_id):
                continue
            if key not in self._crawl.listed and key not in self._crawl.detailed:
                yield from ((shown, held) for shown in list(self._shown.values()) if are_same(shown, held))
