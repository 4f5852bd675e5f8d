"""Reading one answer of councilservice: bytes → council nouns. Pure: asks for nothing, keeps nothing, shows no key.

The municipality's page with the export; the overview of a time's meetings; one entry with its agenda.
"""

from __future__ import annotations

from typing import Any, Final, NoReturn

from bs4 import BeautifulSoup

from council.model import Meeting, Record
from crawlers.councilservice.meeting import read_entry, read_listed
from crawlers.councilservice.urls import human_page_of, read_export, without_key
from crawlers.parsing.access import denied_by_message, refuse
from crawlers.parsing.diagnostics import Diagnostics, WarningKind
from crawlers.parsing.errors import DenialKind, UnexpectedResponse, looks_like_html
from crawlers.parsing.html import decoded, parsed
from crawlers.parsing.json_fields import Fields
from crawlers.parsing.json_values import found, parsed_json
from crawlers.parsing.page import Page

_MEND: Final = "The answer's structure has changed: mend the reader"
_WAIT = "Leave the source alone for today; verwaltungsportal.de bans clients for hours that ask too quickly"
_KEY_AGAIN = "Read the key from the municipality's page again; look at the page where that does not help"
_ADVICE: Final = {kind: _WAIT if kind.keeps_out else _KEY_AGAIN for kind in DenialKind}


def read_page(body: bytes, url: str, human_page: str | None = None) -> Page:
    """Read one answer. `human_page` is the municipality's page that shows the system; where it is not given, `url`
    counts as that unless it is the system's own. Raises UnexpectedResponse for anything that is none of
    councilservice's, AccessDenied for an error, a log-in or a bot challenge."""
    diagnostics = Diagnostics(without_key(url), mask=without_key)
    if looks_like_html(body):
        name, records = _read_markup(body, diagnostics)
    else:
        name, records = _read_answer(body, diagnostics, human_page_of(human_page or url))
    gaps = tuple(diagnostics.warnings)
    return Page(page=name, records=tuple(records), follow=tuple(diagnostics.links), warnings=gaps)


def _read_markup(body: bytes, diagnostics: Diagnostics) -> tuple[str, list[Record]]:
    """The municipality's page: it holds no meetings, but says which system to ask."""
    page = parsed(body, diagnostics.url)
    export = read_export(page, diagnostics.url)
    if export is None:
        _refuse_page(page, decoded(body), diagnostics.url)
    diagnostics.links.add(without_key(export.list_address()))
    return "export", []


def _read_answer(body: bytes, diagnostics: Diagnostics, human_page: str | None) -> tuple[str, list[Record]]:
    value = parsed_json(body, diagnostics.url, "an answer in JSON")
    _refuse_answer(value, diagnostics.url)
    data = value.get("data")
    if isinstance(data, dict) and isinstance(data.get("entries"), list):
        return "overview", list(_read_overview(data, diagnostics, human_page))
    if isinstance(data, dict) and isinstance(data.get("entry"), dict):
        return "entry", _read_entry(data["entry"], diagnostics, human_page)
    raise UnexpectedResponse(diagnostics.url, "data with entries or entry", _shown(data), _MEND)


def _read_overview(data: dict[str, object], diagnostics: Diagnostics, human_page: str | None) -> list[Meeting]:
    """The listed meetings. A list that holds fewer than it counts is incomplete: nothing may be deleted on it."""
    fields = Fields(data, "overview", diagnostics)
    entries = list(fields.objects("entries"))
    if entries and not any({"recurrence_start", "id"} <= entry.raw.keys() for entry in entries):
        raise UnexpectedResponse(diagnostics.url, "entries with id and recurrence_start", _shown(entries[0].raw), _MEND)
    counted = fields.number("filteredCount", "count")
    if counted is not None and counted > len(entries):
        what = f"expected {counted} entries, found {len(entries)}: the list is incomplete"
        diagnostics.add("overview count", what, WarningKind.LIST_INCOMPLETE)
    return [meeting for entry in entries if (meeting := read_listed(entry, human_page))]


def _read_entry(entry: dict[str, object], diagnostics: Diagnostics, human_page: str | None) -> list[Record]:
    if not isinstance(entry.get("topics"), list):
        raise UnexpectedResponse(diagnostics.url, "an entry with topics", _shown(entry.get("topics")), _MEND)
    return read_entry(Fields(entry, f"entry {_shown(entry.get('id'))}", diagnostics), human_page)


def _shown(raw: object) -> str:
    """A value as a message shows it, without the key."""
    return found(raw, without_key)


def _refuse_page(page: BeautifulSoup, markup: str, url: str) -> NoReturn:
    """Raises for a page that shows no councilservice: an access check, a log-in (the system's answer to a wrong key),
    an error, or another page."""
    refuse(page, markup, url, "a page that shows councilservice", advice=_ADVICE)


def _refuse_answer(value: Any, url: str) -> None:
    """Raises AccessDenied for anything but status OK; UnexpectedResponse where there is no status at all."""
    if not isinstance(value, dict) or "status" not in value:
        raise UnexpectedResponse(url, "an answer with status and data", _shown(value), "Mend the reader")
    if value["status"] != "OK":
        message = value.get("message") or value["status"]
        no_such_thing = DenialKind.FORBIDDEN
        raise denied_by_message(message, _shown(message), url, "status OK", advice=_ADVICE, otherwise=no_such_thing)
