"""What two pages of SessionNet show of one thing, put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from council.model import Consultation, Meeting, Membership, Paper, Person, Record, Tombstone
from crawlers.frontier.merging import filled_in
from crawlers.parsing.page import Page
from crawlers.sessionnet.payload import joined


def together(first: Page, second: Page) -> Page:
    """The second page of an object, with what the first one showed of it: a paper with its stations, a meeting with
    its agenda. A second page without anything says that nothing of it is public."""
    if second.page == "dokumente":
        return replace(second, records=tuple(_with_documents(first, second)))
    shown = {(one.kind, one.native_id): one for one in first.records}
    return replace(second, records=tuple(_whole(one, shown.get((one.kind, one.native_id))) for one in second.records))


def _whole(record: Record | Tombstone, before: Record | Tombstone | None) -> Record | Tombstone:
    if isinstance(record, Paper) and isinstance(before, Paper):
        return before.model_copy(update={"consultations": record.consultations})
    if isinstance(record, Meeting) and isinstance(before, Meeting):
        return filled_in(record, before)
    return record


def _with_documents(first: Page, second: Page) -> Iterable[Record]:
    agenda = next(one for one in first.records if isinstance(one, Meeting))
    documents = next(one for one in second.records if isinstance(one, Meeting))
    meeting, papers = joined(agenda, [one for one in first.records if isinstance(one, Paper)], documents)
    return [meeting, *papers]


def with_stations(paper: Paper, more: Iterable[Consultation]) -> Paper:
    """A paper with these stations, too: those it has itself are the newer ones."""
    held = {one.native_id: one for one in (*more, *paper.consultations)}
    return paper.model_copy(update={"consultations": tuple(held[native] for native in sorted(held))})


def with_memberships(person: Person, memberships: Iterable[Membership]) -> Person:
    """A person with these memberships, each once, in an order that does not depend on which page came first."""
    held = sorted(dict.fromkeys(memberships), key=lambda one: (one.organization.native_id or "", str(one.start_date)))
    return person.model_copy(update={"memberships": tuple(held)})
