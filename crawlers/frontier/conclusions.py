"""The end of a crawl of pages: what is gone, what only lists have shown, and what the next crawl is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from council.model import Kind, Meeting, Person, Record, Tombstone
from crawlers.frontier.actions import Action, Emit, Key
from crawlers.frontier.deletions import add_tombstones
from crawlers.frontier.merging import filled_in

if TYPE_CHECKING:
    from crawlers.frontier.page_crawl import PageCrawl

FULL_THROUGH: Final = "full_through"
"""In a crawl's memory: when a full crawl last came to its end, though pages may have been missing."""


def conclusions(crawl: PageCrawl) -> Iterator[Action]:
    """Everything that has been asked for has come, or will not."""
    policy, context = crawl.policy, crawl.context
    yield from policy.before_tombstones()
    yield from _tombstones(crawl)
    yield from policy.after_tombstones()
    yield from _only_listed(crawl)
    yield from policy.at_end()
    crawl.failed_pages.remember(crawl.lost)  # only now: a crawl that failed or was blocked has not asked for them
    for progress in context.report.lists.values():
        progress.finished = not progress.skipped
    if context.is_full:
        context.memory[FULL_THROUGH] = context.clock().isoformat()


def _tombstones(crawl: PageCrawl) -> Iterator[Tombstone]:
    def is_shown(key: Key) -> bool:
        return key in crawl.listed or key in crawl.detailed

    would_lose = crawl.policy.would_lose or (lambda key: loses_held(crawl, key))
    tombstones, disbelieved = add_tombstones(crawl.context, crawl.gone, crawl.queue.pages, would_lose, is_shown)
    crawl.lost |= disbelieved
    yield from filter(crawl.policy.is_tombstone_written, tombstones)


def _only_listed(crawl: PageCrawl) -> Iterator[Action]:
    """What only a list shows is all there is, unless its own page failed. Then what is held stays."""
    for key, record in crawl.listed.items():
        if crawl.policy.is_emitted(record) and (key not in crawl.lost or crawl.held(key) is None):
            yield Emit(_completed(crawl, record))


def loses_held(crawl: PageCrawl, key: Key) -> bool:
    """Whether anything that is held goes with an object's own page. A list may still show the rest of it."""
    held = crawl.held(key)
    if key in crawl.listed:
        return isinstance(held, Meeting) and bool(held.agenda or held.files)
    return held is not None


def _completed(crawl: PageCrawl, record: Record) -> Record:
    if isinstance(record, Person):
        return _with_held_seats(crawl, record)
    return crawl.policy.fill_from_archive(record) if crawl.policy.fill_from_archive else record


def _with_held_seats(crawl: PageCrawl, person: Person) -> Record:
    """Of a person each committee's page shows one seat: where not all of them were read, those that are held stay."""
    is_partly = not crawl.context.is_full or crawl.report.start_list(Kind.PERSON).skipped
    held = crawl.held((person.kind, person.native_id)) if is_partly else None
    if not isinstance(held, Person):
        return person
    unread = tuple(
        seat
        for seat in held.memberships
        if (Kind.ORGANIZATION, seat.organization.native_id or "") not in crawl.detailed
    )
    return filled_in(person, held.model_copy(update={"memberships": unread}))
