"""Reading one answer of a more!rubin system: bytes → council nouns. Pure: asks for nothing, keeps nothing.

Three interfaces: the JSON of api.php (new; `webservice-mobile/webservice.php` answers the same calendar), pages that
hold that JSON (older), and plain HTML tables (oldest). Older pages hold it for their own display, in a script
`window.components["MeetingPage__…"] = {props: {"passed-meeting": {…}}}` (ris.eibenstock.de, September 2026), or in an
attribute `vue-passed-meeting` of the element with `component="MeetingPage"` (reported of older ones). What an answer
is, its structure says; the address only where that leaves it open.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final, NoReturn

from bs4 import BeautifulSoup

from council.model import OrganizationRef, Record, Tombstone
from crawlers.morerubin import quirks
from crawlers.morerubin.calendar import is_old_calendar, read_calendar, read_old_calendar
from crawlers.morerubin.meeting import is_old_meeting, read_meeting_with_agenda, read_old_meeting
from crawlers.morerubin.organization import read_body, read_committee, read_members
from crawlers.morerubin.paper import read_paper
from crawlers.morerubin.urls import parameter
from crawlers.parsing import access
from crawlers.parsing.denial_phrases import Phrase
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.errors import DenialKind, UnexpectedResponse, looks_like_html
from crawlers.parsing.html import decoded, parsed, text
from crawlers.parsing.json_fields import Fields
from crawlers.parsing.json_values import found, many, parsed_json
from crawlers.parsing.page import Page
from crawlers.parsing.silence import refuse_silent, says_empty

_WRAPPERS = ("data", "result", "meeting", "submission", "committee", "organization")
_COMMITTEE_KEYS = frozenset({"Kuerzel", "Bezeichnung", "Koerperschaftsnummer"})
_PAPER_KEYS = frozenset({"consultations", "erstellungsdatum", "vorlage_dokument_groesse"})
_LISTS = ("bodies", "committees", "organizations", "submissions")
MEND = "The answer's structure is not known: mend the reader"
_AGAIN = "Ask again later; if it stays so, look at the address in a browser"
Found = tuple[str, list[Record | Tombstone]]


_OLD_LISTS: Final = frozenset({"sitzungskalender"})


def read_page(body: bytes, url: str) -> Page:
    """Read one answer. `url` is where it came from, after redirects. Raises UnexpectedResponse when it is none of this
    system's, AccessDenied when it is an error, a log-in or a bot challenge; what is wrong inside is in
    `Page.not_understood`."""
    diagnostics = Diagnostics(url)
    name, records = _read_markup(body, diagnostics) if looks_like_html(body) else read_json(body, diagnostics)
    found = Page(
        page=name, records=tuple(records), follow=tuple(diagnostics.links), warnings=tuple(diagnostics.warnings)
    )
    return refuse_silent(found, url, _OLD_LISTS, lambda: _is_empty_list(parsed(body, url)))


def _is_empty_list(page: BeautifulSoup) -> bool:
    """Whether an old calendar proves that it is empty: by its words, or by days without a meeting. Lists in JSON do it
    by `[]`."""
    shown = (text(table) or "" for table in page.select("table.table_sk"))
    return says_empty(text(page.body)) or any(any(map(str.isdigit, words)) for words in shown)


def _read_markup(body: bytes, diagnostics: Diagnostics) -> Found:
    """A page: the data it holds for its own display; else its tables; else what it says instead."""
    page = parsed(body, diagnostics.url)
    components = embedded_data(page, diagnostics.url)
    if components:
        return _read_components(components, diagnostics)
    if is_old_meeting(page):
        return "sitzungen_top", list(read_old_meeting(page, diagnostics))
    if not is_old_calendar(page):
        refuse_page(page, decoded(body), diagnostics.url)
    return "sitzungskalender", list(read_old_calendar(page, diagnostics))


def _read_components(components: list[tuple[str, dict[str, Any]]], diagnostics: Diagnostics) -> Found:
    """Every component of a page; a page of which none is understood is none of ours."""
    names, records = [], list[Record | Tombstone]()
    for _, props in components:
        for key, value in props.items():
            inner = unwrapped(value)
            if isinstance(inner, dict | list) and inner and (read := read_value(inner, diagnostics, key)):
                names.append(read[0])
                records.extend(read[1])
    if not names:
        shown = ", ".join(component for component, _ in components)[:80]
        raise UnexpectedResponse(diagnostics.url, "a page that holds a meeting or a calendar", f"only {shown}", MEND)
    return names[0], list({(record.kind, record.native_id): record for record in reversed(records)}.values())[::-1]


_COMPONENT = re.compile(r"components\s*(?:\[\s*[\"'](?P<name>\w+)[\"']\s*\]|\.(?P<word>\w+))\s*=\s*\{")
_PROPS = re.compile(r"[\"']?\bprops[\"']?\s*:\s*(?=\{)")
_SUFFIX = re.compile(r"__\w+$")
_DECODER = json.JSONDecoder(strict=False)


def embedded_data(page: BeautifulSoup, url: str) -> list[tuple[str, dict[str, Any]]]:
    """(component, its props) in the page's order. Raises UnexpectedResponse where props are cut off or no JSON."""
    found: list[tuple[str, dict[str, Any]]] = []
    for script in page.find_all("script"):
        code = script.string or script.get_text()
        starts = list(_COMPONENT.finditer(code))
        for place, start in enumerate(starts):
            end = starts[place + 1].start() if place + 1 < len(starts) else len(code)
            name = _SUFFIX.sub("", start["name"] or start["word"])
            if props := _props(code[start.end() : end], name, url):
                found.append((name, props))
    return found or _in_attributes(page, url)


def _props(code: str, name: str, url: str) -> dict[str, Any] | None:
    start = _PROPS.search(code)
    return _decoded(code[start.end() :], name, url) if start else None


def _decoded(code: str, name: str, url: str) -> dict[str, Any]:
    try:
        value, _ = _DECODER.raw_decode(code)
    except (ValueError, RecursionError) as error:
        advice = "The page is cut off or written another way: ask again, then mend the reader"
        raise UnexpectedResponse(url, f"JSON as props of {name}", str(error)[:80], advice) from None
    return value if isinstance(value, dict) else {}


def _in_attributes(page: BeautifulSoup, url: str) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for element in page.select("[component]"):
        if code := quirks.props_in_attributes(element.attrs):
            component = _SUFFIX.sub("", str(element["component"]))
            found.append((component, _decoded(code, component, url)))
    return found


_EXPECTED: Final = "a page of more!rubin"
_SHELL = re.compile(r"/components/index-[\w-]+\.js")


def refuse_page(page: BeautifulSoup, markup: str, url: str) -> NoReturn:
    """Raises for a page that held nothing of a council: what it is instead."""
    if _SHELL.search(markup.lower()) and page.select_one("div#app"):
        advice = "The page draws itself from api.php, and any unknown path answers so: ask api.php"
        raise UnexpectedResponse(url, "a page with data", "the empty frame of the newer interface", advice)
    access.refuse(page, markup, url, _EXPECTED, _PHRASES)


# --- the JSON of api.php, and of pages that hold it


def read_json(body: bytes, diagnostics: Diagnostics) -> Found:
    value = parsed_json(body, diagnostics.url, "an answer of api.php in JSON")
    refuse_answer(value, diagnostics.url)
    read = read_value(unwrapped(value), diagnostics)
    if read is None:
        raise UnexpectedResponse(diagnostics.url, "bodies, a calendar, a meeting or a paper", found(value), MEND)
    return read


def unwrapped(value: Any) -> Any:
    """What stands inside `{"data": …}` and the like, where nothing else of an answer stands beside it."""
    for _ in range(3):
        if not isinstance(value, dict) or _is_meeting(value) or "meetings" in value:
            return value
        key = next((name for name in _WRAPPERS if isinstance(value.get(name), dict | list)), None)
        if key is None or _COMMITTEE_KEYS & value.keys() or _PAPER_KEYS & value.keys():
            return value
        value = value[key]
    return value


def _is_meeting(value: dict[str, Any]) -> bool:
    return "agenda_items" in value or ("datum" in value and bool({"nummer", "nummer_si"} & value.keys()))


def read_value(value: Any, diagnostics: Diagnostics, key: str = "") -> Found | None:
    if isinstance(value, list):
        return _read_list(value, diagnostics, key)
    if not isinstance(value, dict):
        return None
    if _is_meeting(value):
        return "meeting", _meeting(value, diagnostics)
    if len(_COMMITTEE_KEYS & value.keys()) >= 2 or (_COMMITTEE_KEYS & value.keys() and "members" in value):
        return "committee", _committee(value, diagnostics)
    if _PAPER_KEYS & value.keys():
        return "submission", _paper(value, diagnostics)
    if "meetings" in value and value["meetings"] is not None:
        return "calendar", list(read_calendar(_by_day(value["meetings"]), diagnostics))
    name = next((name for name in _LISTS if isinstance(value.get(name), list)), None)
    return _read_list(value[name], diagnostics, name) if name else None


def _by_day(value: Any) -> list[Any]:
    """The entries of a calendar, as a list or as lists by their days."""
    if isinstance(value, dict) and value and all(isinstance(entries, list) for entries in value.values()):
        return [entry for entries in value.values() for entry in entries]
    return many(value)


def _meeting(value: dict[str, Any], diagnostics: Diagnostics) -> list[Record | Tombstone]:
    """A meeting's answer has its agenda; without that it is none, and what is held of the agenda stays."""
    if not isinstance(value.get("agenda_items"), list | dict):
        raise UnexpectedResponse(
            diagnostics.url, "a meeting with agenda_items", found(value.get("agenda_items")), _AGAIN
        )
    return list(read_meeting_with_agenda(Fields(value, "meeting", diagnostics)))


def _committee(value: dict[str, Any], diagnostics: Diagnostics) -> list[Record | Tombstone]:
    fields = Fields(value, "committee", diagnostics)
    committee = read_committee(fields)
    if committee is None:
        return []
    ref = OrganizationRef(native_id=committee.native_id, name=committee.name)
    meetings = read_calendar(many(value.get("meetings")), diagnostics)
    return [committee, *read_members(fields, ref), *meetings]


def _paper(value: dict[str, Any], diagnostics: Diagnostics) -> list[Record | Tombstone]:
    paper = read_paper(Fields(value, "submission", diagnostics))
    return [paper] if paper else []


def _read_list(value: list[Any], diagnostics: Diagnostics, key: str) -> Found | None:
    """A bare list: by what its first object is; of mere ids and names the address says what they are of."""
    first = next((entry for entry in value if isinstance(entry, dict)), None)
    if first is None:
        return None
    members = [
        Fields(entry, f"{key or 'list'}[{place}]", diagnostics)
        for place, entry in enumerate(value)
        if isinstance(entry, dict)
    ]
    if "agenda_items" in first:
        return "meeting", [record for member in members for record in _meeting(member.raw, diagnostics)]
    if _is_meeting(first):
        return "calendar", list(read_calendar(value, diagnostics))
    if _PAPER_KEYS & first.keys():
        return "submissions", [paper for member in members if (paper := read_paper(member))]
    if _COMMITTEE_KEYS & first.keys() or key in {"committees", "organizations"}:
        return "committees", [committee for member in members if (committee := read_committee(member))]
    if not {"id", "name"} <= first.keys():
        return None
    asked = f"{parameter(diagnostics.url, 'id')} {parameter(diagnostics.url, 'action')}".lower()
    if key != "bodies" and ("committee" in asked or "gremi" in asked):
        return "committees", [committee for member in members if (committee := read_committee(member))]
    return "bodies", [read for member in members if (read := read_body(member))]


_PHRASES: Final = (Phrase(DenialKind.GONE, None, (r"unbekannte sitzung",)),)


def refuse_answer(value: Any, url: str) -> None:
    """Raises for JSON that is only about an error, and for an OParl answer."""
    if not isinstance(value, dict):
        return
    kind = value.get("type")
    if quirks.is_of_oparl(kind):
        advice = "Read it as system oparl, or ask api.php"
        raise UnexpectedResponse(url, "an answer of api.php", f"an OParl object: {found(kind)}", advice)
    is_error = isinstance(kind, str) and kind.rstrip("/").rpartition("/")[2].lower() == "error"
    names = ("ErrorCode", "errorCode", "error", "errors", "exception")
    named = next((name for name in names if value.get(name)), None)
    is_bare = set(value) <= {"message", "status", "success", "code", "data"} and not value.get("data")
    says_no = is_bare and (value.get("message") or value.get("success") is False)
    if is_error or named or says_no:
        message = (
            value.get("message") or value.get("ErrorMessage") or (value.get(named) if named else value.get("status"))
        )
        raise access.denied_by_message(message, found(message), url, "an answer of api.php", _PHRASES)
