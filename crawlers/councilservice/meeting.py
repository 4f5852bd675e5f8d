"""Sessions: a meeting as the overview lists it, or as an entry with its agenda and documents."""

from __future__ import annotations

from council.model import Location, Meeting, OrganizationRef, Record
from crawlers.councilservice.agenda import read_topics
from crawlers.councilservice.fields import Fields, found
from crawlers.councilservice.files import read_documents
from crawlers.councilservice.organization import committees
from crawlers.councilservice.paper import papers_of
from crawlers.councilservice.urls import entry_address, view_address
from crawlers.parsing.cancellation import is_cancelled
from crawlers.parsing.clocks import at
from crawlers.parsing.diagnostics import WarningKind


def read_listed(fields: Fields) -> Meeting | None:
    """One entry of the overview; None for a series, for a withdrawn one, and without number or day. Those with an
    agenda or documents are to be asked for."""
    if not fields.is_zero("deactivated"):
        return None
    topics, documents = fields.number("cnt_topics"), fields.number("cnt_documents")
    if not fields.is_zero("has_recurrence"):
        if topics:
            fields.diagnostics.add(fields.where, "expected a single meeting, found a series with an agenda: left out")
        return None
    meeting = _meeting(fields)
    if meeting is not None and (topics is None or topics or documents):
        fields.diagnostics.links.add(entry_address(fields.diagnostics.url, meeting.native_id))
    return meeting


def read_entry(fields: Fields) -> list[Record]:
    """A session with its public agenda, and the papers it names; nothing where it is not released."""
    if not (fields.is_one("visibility") and fields.is_one("display_contents")):
        said = f"{found(fields.raw.get('visibility'))} and {found(fields.raw.get('display_contents'))}"
        fields.diagnostics.add(fields.where, f"expected visibility 1 and display_contents 1, found {said}: left out")
        return []
    bare = _meeting(fields) if fields.is_zero("deactivated") else None
    if bare is None:
        return []
    agenda = read_topics(fields, bare.native_id)
    items, files = agenda.with_files_once(list(read_documents(fields, "documents", bare.native_id)))
    withheld = {"withheld": agenda.closed_items(), "withheld_papers": agenda.closed_papers()}
    meeting = bare.model_copy(update={"agenda": items, "files": files} | withheld)
    return [meeting, *papers_of(meeting)]


def _meeting(fields: Fields) -> Meeting | None:
    """What the overview and an entry both say. `entry_id` is another counter and the number of a different session."""
    native, day = fields.ident("id"), fields.day("recurrence_start", "entry_start")
    if native is None or not native.isdecimal() or day is None:
        what = "expected a session with number and day: left out"
        fields.diagnostics.add(fields.where, what, WarningKind.LIST_INCOMPLETE)
        return None
    title, place, page = fields.line("title"), fields.line("location"), fields.diagnostics.human_page
    return Meeting(
        native_id=native,
        source_url=view_address(page, native) if page else None,
        name=title,
        start=at(day, fields.clock("entry_start_time")),
        cancelled=is_cancelled(day, title or ""),  # there is no flag for it
        location=Location(description=place) if place else None,
        organization=_organization(fields, title or ""),
        modified=fields.moment("edited"),
    )


def _organization(fields: Fields, title: str) -> tuple[OrganizationRef, ...]:
    """An entry names its groups only by number, staff among them: only a single one is known to be the committee."""
    groups = fields.raw.get("groups")
    if isinstance(groups, list) and groups and not isinstance(groups[0], dict):
        return (OrganizationRef(native_id=str(groups[0])),) if len(groups) == 1 else ()
    return committees(fields, title)
