"""Reading one answer of councilservice: bytes → council nouns. Pure: asks for nothing, keeps nothing, shows no key.

The municipality's page with the export; the overview of a time's meetings; one entry with its agenda.
"""

from __future__ import annotations

from typing import Final

from council.model import Meeting, Record
from crawlers.councilservice.export import human_page_of, read_export, without_key
from crawlers.councilservice.fields import Fields, found
from crawlers.councilservice.notes import Notes
from crawlers.councilservice.refusals import refuse_answer, refuse_page
from crawlers.councilservice.session import read_entry, read_listed
from crawlers.json_values import parsed_json
from crawlers.markup import decoded, parsed
from crawlers.page import Page
from crawlers.reading import PageChanged, looks_like_html

INCOMPLETE: Final = "overview count"
"""Where a note stands of a list that holds fewer meetings than it counts."""
_MEND: Final = "The answer's structure has changed: mend the reader"


def read_page(body: bytes, url: str, human_page: str | None = None) -> Page:
    """Read one answer. `human_page` is the municipality's page that shows the system; where it is not given, `url`
    counts as that unless it is the system's own. Raises PageChanged for anything that is none of councilservice's,
    SourceSaysNo for an error, a log-in or a gate."""
    page = human_page_of(human_page or url)
    notes = Notes(without_key(url), human_page=page)
    if looks_like_html(body):
        name, records = _read_markup(body, notes)
    else:
        name, records = _read_answer(body, notes)
    gaps = tuple(notes.not_understood)
    return Page(page=name, records=tuple(records), follow=tuple(notes.follow), not_understood=gaps)


def _read_markup(body: bytes, notes: Notes) -> tuple[str, list[Record]]:
    """The municipality's page: it holds no meetings, but says which system to ask."""
    page = parsed(body, notes.url)
    export = read_export(page, notes.url)
    if export is None:
        refuse_page(page, decoded(body), notes.url)
    notes.ask(without_key(export.list_address()))
    return "export", []


def _read_answer(body: bytes, notes: Notes) -> tuple[str, list[Record]]:
    value = parsed_json(body, notes.url, "an answer in JSON")
    refuse_answer(value, notes.url)
    data = value.get("data")
    if isinstance(data, dict) and isinstance(data.get("entries"), list):
        return "overview", list(_read_overview(data, notes))
    if isinstance(data, dict) and isinstance(data.get("entry"), dict):
        return "entry", _read_entry(data["entry"], notes)
    raise PageChanged(notes.url, "data with entries or entry", found(data), _MEND)


def _read_overview(data: dict[str, object], notes: Notes) -> list[Meeting]:
    """The listed meetings. A list that holds fewer than it counts is incomplete: nothing may be deleted on it."""
    fields = Fields(data, "overview", notes)
    entries = list(fields.objects("entries"))
    if entries and not any("recurrence_start" in one.raw and "id" in one.raw for one in entries):
        raise PageChanged(notes.url, "entries with id and recurrence_start", found(entries[0].raw), _MEND)
    counted = fields.number("filteredCount", "count")
    if counted is not None and counted > len(entries):
        notes.say(INCOMPLETE, f"expected {counted} entries, found {len(entries)}: the list is incomplete")
    return [meeting for one in entries if (meeting := read_listed(one))]


def _read_entry(entry: dict[str, object], notes: Notes) -> list[Record]:
    if not isinstance(entry.get("topics"), list):
        raise PageChanged(notes.url, "an entry with topics", found(entry.get("topics")), _MEND)
    return read_entry(Fields(entry, f"entry {found(entry.get('id'))}", notes))
