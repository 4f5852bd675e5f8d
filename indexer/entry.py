"""What one hit is: composes the entry of a paper or a meeting from its nouns and texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from archive.archive import Archive
from archive.file_reader import FileReader, FileText
from archive.record_reader import HeldRecord, RecordReader
from council.identity import make_id
from council.model import Kind, Location, Meeting, Organization, OrganizationRef, Paper, files_of
from indexer.index.contract import PAGE_BREAK, Entry

BERLIN = ZoneInfo("Europe/Berlin")
SEARCHED = (Kind.PAPER, Kind.MEETING)
"""The kinds a hit can be."""
_WORD = re.compile(r"\w+")
UNTITLED = {Kind.PAPER: "Vorlage ohne Titel", Kind.MEETING: "Sitzung ohne Titel"}


def compose_entries(archive: Archive, ids: Sequence[str]) -> list[Entry]:
    """The entries of those records that may be searched, in the order of the ids."""
    reader = RecordReader(archive)
    records = [record for record in reader.records(ids) if isinstance(record.noun, Paper | Meeting)]
    texts = FileReader(archive).texts(record.id for record in records)
    names = organization_names(reader, records)
    return [compose(record, texts.get(record.id, []), names) for record in records]


def compose(record: HeldRecord, texts: Sequence[FileText], names: Mapping[str, str]) -> Entry:
    """One entry. `names` are organizations' names by their ids."""
    noun = record.noun
    assert isinstance(noun, Paper | Meeting)  # noqa: S101 - the caller chose these
    by_file = {text.file_id: text for text in texts}
    ordered = [make_id(record.municipality, Kind.FILE, file.native_id) for file in files_of(noun)]
    bodies = tuple(PAGE_BREAK.join(by_file[i].pages) for i in dict.fromkeys(ordered) if i in by_file)
    file_names = tuple(dict.fromkeys(name for file in files_of(noun) if (name := file.name or file.file_name)))
    organizations = tuple(dict.fromkeys(_names(record.municipality, _organizations(noun), names)))
    if isinstance(noun, Paper):
        reference, date, paper_type = noun.reference, noun.date, noun.paper_type
    else:
        reference, paper_type = None, None
        date = noun.start.astimezone(BERLIN).date() if noun.start else None
    return Entry(
        id=record.id,
        kind=noun.kind.value,
        municipality=record.municipality,
        title=noun.name or UNTITLED[noun.kind],
        reference=reference,
        date=date,
        paper_type=paper_type,
        organizations=organizations,
        originators=tuple(dict.fromkeys(_names(record.municipality, _originators(noun), names))),
        file_names=file_names,
        context=tuple(_agenda_words(noun)) if isinstance(noun, Meeting) else (),
        texts=bodies,
        source_id=noun.source_id,
        source_url=noun.source_url or noun.source_id,
    )


def organization_names(reader: RecordReader, records: Iterable[HeldRecord]) -> dict[str, str]:
    """The names of all organizations that the records refer to, by id."""
    wanted = {
        make_id(record.municipality, Kind.ORGANIZATION, ref.native_id)
        for record in records
        if isinstance(record.noun, Paper | Meeting)
        for ref in (*_organizations(record.noun), *_originators(record.noun))
        if ref.native_id
    }
    return {
        held.id: held.noun.name
        for held in reader.records(sorted(wanted))
        if isinstance(held.noun, Organization) and held.noun.name
    }


def _organizations(noun: Paper | Meeting) -> tuple[OrganizationRef, ...]:
    if isinstance(noun, Paper):
        return tuple(ref for consultation in noun.consultations for ref in consultation.organization)
    return noun.organization


def _originators(noun: Paper | Meeting) -> tuple[OrganizationRef, ...]:
    """Who brought it in: a faction, an office, another council."""
    return noun.originator if isinstance(noun, Paper) else ()


def _names(municipality: str, refs: Iterable[OrganizationRef], names: Mapping[str, str]) -> Iterable[str]:
    for ref in refs:
        known = names.get(make_id(municipality, Kind.ORGANIZATION, ref.native_id)) if ref.native_id else None
        if name := known or ref.name:
            yield name


def _agenda_words(meeting: Meeting) -> Iterable[str]:
    for item in meeting.agenda:
        yield from (word for word in (item.name, item.reference, item.result, item.resolution_text) if word)
    if meeting.location is not None:
        yield from _place(meeting.location)


def _place(location: Location) -> Iterable[str]:
    """Where it is held: the place, and what the room adds to it. Some sources say the room in both, and a word that is
    said twice would count twice."""
    if location.description:
        yield location.description
    said = set(_WORD.findall((location.description or "").casefold()))
    added = [word for word in (location.room or "").split() if not said.issuperset(_WORD.findall(word.casefold()))]
    if added:
        yield " ".join(added)
