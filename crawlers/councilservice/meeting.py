"""Sessions: a meeting as the overview lists it, or as an entry with its agenda and documents."""

from __future__ import annotations

from council.model import Location, Meeting, OrganizationRef, Record
from crawlers.councilservice.agenda import read_topics
from crawlers.councilservice.files import read_documents
from crawlers.councilservice.organization import committees
from crawlers.councilservice.paper import papers_of
from crawlers.councilservice.urls import entry_address, view_address
from crawlers.parsing.cancellation import is_cancelled
from crawlers.parsing.clocks import at
from crawlers.parsing.diagnostics import WarningKind
from crawlers.parsing.json_fields import Fields


def read_listed(fields: Fields, human_page: str | None) -> Meeting | None:
    """One entry of the overview; None for a series, for a withdrawn one, and without number or day. Those with an
    agenda or documents are to be asked for."""
    if fields.is_set("deactivated"):
        return None
    topics, documents = fields.number("cnt_topics"), fields.number("cnt_documents")
    if fields.is_set("has_recurrence"):
        if topics:
            fields.diagnostics.add(fields.where, "expected a single meeting, found a series with an agenda: left out")
        return None
    meeting = _meeting(fields, human_page)
    if meeting is not None and (topics is None or topics or documents):
        fields.diagnostics.links.add(entry_address(fields.diagnostics.url, meeting.native_id))
    return meeting


def read_entry(fields: Fields, human_page: str | None) -> list[Record]:
    """A session with its public agenda, and the papers it names; nothing where it is not released."""
    if not (fields.is_one("visibility") and fields.is_one("display_contents")):
        found = " and ".join(fields.found(fields.raw.get(key)) for key in ("visibility", "display_contents"))
        fields.diagnostics.add(fields.where, f"expected visibility 1 and display_contents 1, found {found}: left out")
        return []
    bare = None if fields.is_set("deactivated") else _meeting(fields, human_page)
    if bare is None:
        return []
    agenda = read_topics(fields, bare.source_url)
    items, files = agenda.with_files_once(list(read_documents(fields, "documents", bare.source_url)))
    withheld = {"withheld": agenda.closed_items(), "withheld_papers": agenda.closed_papers()}
    meeting = bare.model_copy(update={"agenda": items, "files": files} | withheld)
    return [meeting, *papers_of(meeting)]


def _meeting(fields: Fields, human_page: str | None) -> Meeting | None:
    """What the overview and an entry both say. `entry_id` is another counter and the number of a different session."""
    native, day = fields.ident("id"), fields.day("recurrence_start", "entry_start")
    if native is None or not native.isdecimal() or day is None:
        what = "expected a session with number and day: left out"
        fields.diagnostics.add(fields.where, what, WarningKind.LIST_INCOMPLETE)
        return None
    title, place = fields.line("title"), fields.line("location")
    return Meeting(
        native_id=native,
        source_url=view_address(human_page, native) if human_page else None,
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
