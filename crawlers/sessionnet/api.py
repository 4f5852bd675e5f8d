"""SessionNet 6: the public JSON under `api/v1/` (ris-systems B.7). What an answer is, the keys of its objects say.

An agenda and its documents come in two answers, neither of which names its meeting: the address does. `joined` puts
the two together.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from math import inf
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from council.model import (
    AgendaItem,
    Consultation,
    File,
    FileRole,
    Location,
    Meeting,
    Organization,
    OrganizationRef,
    Paper,
    Record,
)
from crawlers.parsing.access import denied_by_message
from crawlers.parsing.badges import read_badge
from crawlers.parsing.cancellation import is_cancelled
from crawlers.parsing.clocks import moments, times_in
from crawlers.parsing.dates import reported_day
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.documents import role_by_name
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import tidy
from crawlers.parsing.json_values import found, parsed_json
from crawlers.parsing.verdicts import AgendaSections, Evidence, Visibility
from crawlers.parsing.visibility import names_nonpublic_file
from crawlers.sessionnet import quirks
from crawlers.sessionnet.agenda import consultation_id
from crawlers.sessionnet.urls import is_own

_API = re.compile(r"^(.*/api/v\d+/)", re.IGNORECASE)


def _number(row: dict[str, Any], key: str) -> str | None:
    """A number above nought; 0 is how the system says that there is none."""
    held = row.get(key)
    text = str(held).strip() if isinstance(held, int | str) and not isinstance(held, bool) else ""
    return str(int(text)) if text.isascii() and text.isdecimal() and len(text) <= 15 and int(text) > 0 else None


def _text(row: dict[str, Any], *keys: str) -> str | None:
    """The first of these keys' values that is a text with something in it, in one line."""
    return next((words for key in keys if isinstance(row.get(key), str) and (words := tidy(row[key]))), None)


def _day(row: dict[str, Any], key: str, where: str, diagnostics: Diagnostics) -> dt.date | None:
    """The day in a value: "2026-03-05"; one that does not exist is noted."""
    return reported_day((_text(row, key) or "")[:10], f"{where} {key}", diagnostics)


def api_base(url: str) -> str:
    """Where the JSON lies: "https://…/api/v1/"."""
    parts = urlsplit(url)
    found = _API.match(parts.path)
    return parts._replace(path=found[1] if found else "/api/v1/", query="", fragment="").geturl()


def app_base(url: str) -> str:
    """Where a person opens it: the folder above the JSON."""
    return re.sub(r"api/v\d+/$", "", api_base(url), flags=re.IGNORECASE)


_PUBLIC: Final = 1
_MEETING = re.compile(r"^(.*/)sitzungen/0*([1-9]\d{0,14})(?:/|$)", re.IGNORECASE)
_LISTS: Final = ("items", "data", "value", "results", "sitzungen", "tagesordnung", "dokumente", "gremien")
_MAIN = re.compile(r"\S*(?:vorlage|antrag|anfrage|mitteilung)\b", re.IGNORECASE)
_AGAIN: Final = "Ask again later; if it stays so, look at the address in a browser"

Found = tuple[str, list[Record]]


def read_json(body: bytes, diagnostics: Diagnostics) -> Found:
    """The page's name and its records. Raises UnexpectedResponse, and AccessDenied where the answer is an error."""
    value = parsed_json(body, diagnostics.url, "an answer of api/v1 in JSON")
    rows = _rows(value, diagnostics)
    keys = set().union(*(row.keys() for row in rows)) if rows else set()
    path = urlsplit(diagnostics.url).path.lower().rstrip("/")
    if "doNr" in keys or (not rows and path.endswith("/dokumente")):
        return "dokumente", list(_documents(rows, diagnostics))
    if "toNr" in keys or (not rows and path.endswith("/tagesordnung")):
        return "tagesordnung", _agenda(rows, diagnostics)
    if "siNr" in keys or (not rows and path.endswith("/sitzungen")):
        read = [
            meeting for place, row in enumerate(rows) if (meeting := _meeting(row, f"sitzungen[{place}]", diagnostics))
        ]
        return "sitzungen", list({meeting.native_id: meeting for meeting in read}.values())
    if {"grNr", "name"} <= keys or (not rows and path.endswith("/gremien")):
        return "gremien", list(_committees(rows, diagnostics))
    raise UnexpectedResponse(diagnostics.url, "meetings, an agenda, documents or committees", _kind(value), _AGAIN)


def _rows(value: Any, diagnostics: Diagnostics) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        if ("status" in value and ("error" in value or "title" in value)) or "message" in value:
            words = str(value.get("message") or value.get("title") or value.get("error"))[:70]
            raise denied_by_message(words, repr(words), diagnostics.url, "an answer of api/v1")
        inner = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        value = inner if inner is not None else [value]
    if not isinstance(value, list):
        raise UnexpectedResponse(diagnostics.url, "a list", _kind(value), _AGAIN)
    for place, row in enumerate(value):
        if not isinstance(row, dict):
            diagnostics.add(f"[{place}]", f"expected an object, found {_kind(row)}: left out")
    return [row for row in value if isinstance(row, dict)]


def _kind(value: Any) -> str:
    """What a value is, for a message: never what it says, which may be of an item that is not public."""
    if isinstance(value, dict | list):
        return found(value)
    return "none" if value is None else {str: "a text", bool: "a yes or no"}.get(type(value), "a number")


def _meeting(row: dict[str, Any], where: str, diagnostics: Diagnostics) -> Meeting | None:
    native = _number(row, "siNr")
    if native is None:
        diagnostics.add(where, "expected a meeting with a number (siNr): left out")
        return None
    start, end = _moments(row, where, diagnostics)
    name = _text(row, "name")
    if _text(row, "freigabeDatum"):
        diagnostics.links.add(f"{api_base(diagnostics.url)}sitzungen/{native}/tagesordnung")
        diagnostics.links.add(f"{api_base(diagnostics.url)}sitzungen/{native}/tagesordnung/dokumente")
    committee = _number(row, "grNr")
    place = _text(row, "raum", "ort")
    return Meeting(
        native_id=native,
        source_url=f"{app_base(diagnostics.url)}sitzungen/{native}",
        name=name,
        start=start,
        end=end,
        cancelled=is_cancelled(start, name) or bool(row.get("abgesagt")),
        location=Location(description=place) if place else None,
        organization=(OrganizationRef(native_id=committee, name=_text(row, "grName")),) if committee else (),
    )


def _moments(
    row: dict[str, Any], where: str, diagnostics: Diagnostics
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """By the local day and clock; where they are not there, by the instants."""
    day = _day(row, "dat", where, diagnostics)
    begin, end = times_in(_text(row, "sb")), times_in(_text(row, "se"))
    if begin.is_impossible or end.is_impossible:
        diagnostics.add(where, "a time that does not exist")
    if day and begin.begin:
        return moments(day, begin.begin, end.begin)
    start = quirks.instant(_text(row, "beginn")) or moments(day, None, None)[0]
    if start is None:
        diagnostics.add(where, "expected a day (dat) or an instant (beginn)")
    return start, quirks.instant(_text(row, "ende"))


def _meeting_number(diagnostics: Diagnostics) -> str:
    found = _MEETING.match(urlsplit(diagnostics.url).path)
    if found is None:
        advice = "Give the address the answer came from: …/api/v1/sitzungen/<siNr>/tagesordnung"
        raise UnexpectedResponse(diagnostics.url, "the meeting's number (siNr) in the address", "none", advice)
    return found[2]


def _agenda(rows: list[dict[str, Any]], diagnostics: Diagnostics) -> list[Record]:
    """The meeting with its public items, and the papers they deal with. Only `oSt` 1 is public."""
    native = _meeting_number(diagnostics)
    items: list[AgendaItem] = []
    papers: dict[str, Paper] = {}
    closed: dict[str, None] = {}
    closed_papers: dict[str, None] = {}
    committees: dict[str, None] = {}
    sections = AgendaSections()
    for place, row in enumerate(sorted(rows, key=_sort)):
        where = f"tagesordnung[{place}]"
        item, paper = _number(row, "toNr"), _number(row, "voNr")
        committee = _number(row, "grNr")
        if item is None or not _is_public(row, sections, where, diagnostics):
            closed |= {item: None} if item else {}
            closed_papers |= {paper: None} if paper else {}
            continue
        committees |= {committee: None} if committee else {}
        items.append(_item(row, item, paper, native, len(items)))
        if paper:
            papers.setdefault(paper, _paper(row, paper, native, item, committee))
    left = tuple(paper for paper in closed_papers if paper not in papers)
    diagnostics.links.add(f"{api_base(diagnostics.url)}sitzungen/{native}/tagesordnung/dokumente")
    meeting = Meeting(
        native_id=native,
        source_url=f"{app_base(diagnostics.url)}sitzungen/{native}",
        organization=tuple(OrganizationRef(native_id=committee) for committee in committees),
        agenda=tuple(items),
        withheld=(*closed, *(consultation_id(paper, native) for paper in left)),
        withheld_papers=left,
    )
    return [meeting, *papers.values()]


def _sort(row: dict[str, Any]) -> float:
    """The item's place; behind all others where it has none."""
    held = row.get("sort")
    return held if isinstance(held, int) and not isinstance(held, bool) else inf


def _is_public(row: dict[str, Any], sections: AgendaSections, where: str, diagnostics: Diagnostics) -> bool:
    state = row.get("oSt")
    if type(state) is not int:
        diagnostics.add(where, f"expected oSt as a number (1 public), found {_kind(state)}: left out")
        return False
    evidence = Evidence(
        badge=read_badge(_text(row, "nummer")),
        titles=(_text(row, "textLang", "text"),),
        declared=Visibility.PUBLIC if state == _PUBLIC else Visibility.NONPUBLIC,
    )
    return sections.proves_public(evidence, where, diagnostics)


def _item(row: dict[str, Any], native: str, paper: str | None, meeting: str, order: int) -> AgendaItem:
    return AgendaItem(
        native_id=native,
        number=read_badge(_text(row, "nummer")).number,
        order=order,
        name=_text(row, "textLang", "text"),
        public=True,
        consultation=consultation_id(paper, meeting) if paper else None,
        paper=paper,
        reference=_text(row, "voName", "voNummer"),
        result=_text(row, "beschluss"),
        resolution_text=_vote(row),
    )


def _vote(row: dict[str, Any]) -> str | None:
    """The vote's counts, where there are any."""
    held = row.get("abstimmungErgebnis")
    if not isinstance(held, dict):
        return None
    words = (("ja", "Ja"), ("nein", "Nein"), ("enthaltung", "Enthaltung"), ("befangen", "Befangen"))
    counts = [f"{word}: {held[key]}" for key, word in words if type(held.get(key)) is int]
    return f"Abstimmung: {', '.join(counts)}" if counts else None


def _paper(row: dict[str, Any], native: str, meeting: str, item: str, committee: str | None) -> Paper:
    consultation = Consultation(
        native_id=consultation_id(native, meeting),
        meeting=meeting,
        agenda_item=item,
        organization=(OrganizationRef(native_id=committee),) if committee else (),
        result=_text(row, "beschluss"),
    )
    return Paper(
        native_id=native,
        name=_text(row, "textLang", "text"),
        reference=_text(row, "voName", "voNummer"),
        consultations=(consultation,),
    )


def _documents(rows: list[dict[str, Any]], diagnostics: Diagnostics) -> Iterable[Meeting]:
    """The documents of a meeting's items, on items that hold nothing else. Only a released one (`freigabeDatum`)
    counts; whether its item is public says the agenda, with which it is to be joined."""
    native = _meeting_number(diagnostics)
    own: dict[str, File] = {}
    by_item: dict[str, dict[str, File]] = {}
    for place, row in enumerate(rows):
        file = _file(row, f"dokumente[{place}]", diagnostics)
        if file is None:
            continue
        item = _number(row, "toNr")
        (by_item.setdefault(item, {}) if item else own).setdefault(file.native_id, file)
    agenda = tuple(AgendaItem(native_id=item, files=tuple(files.values())) for item, files in by_item.items())
    yield Meeting(native_id=native, agenda=agenda, files=tuple(own.values()))


def _file(row: dict[str, Any], where: str, diagnostics: Diagnostics) -> File | None:
    native, name = _number(row, "doNr"), _text(row, "name")
    if native is None:
        diagnostics.add(where, "expected a document with a number (doNr): left out")
        return None
    if not _text(row, "freigabeDatum"):
        diagnostics.add(where, f"document {native} has no day of release: left out")
        return None
    state = row.get("oSt")
    if (name and names_nonpublic_file(name)) or (state is not None and state != _PUBLIC):
        return None
    url = urljoin(diagnostics.url, str(row.get("ref") or f"{api_base(diagnostics.url)}dokumente/{native}/datei"))
    if not is_own(url, diagnostics.url):
        diagnostics.add(where, "an address on another host: left out")
        return None
    role = role_by_name(name) or (FileRole.MAIN if _MAIN.match(name or "") else FileRole.ATTACHMENT)
    return File(native_id=native, name=name, role=role, url=url, date=_day(row, "freigabeDatum", where, diagnostics))


def _committees(rows: list[dict[str, Any]], diagnostics: Diagnostics) -> Iterable[Organization]:
    for place, row in enumerate(rows):
        native, name = _number(row, "grNr"), _text(row, "name")
        if native is None or name is None:
            diagnostics.add(f"gremien[{place}]", "expected a committee with number and name: left out")
            continue
        yield Organization(native_id=native, name=name, short_name=_text(row, "kurz", "kuerzel", "kurzname"))


def _without(files: tuple[File, ...], closed: set[str]) -> tuple[File, ...]:
    return tuple(file for file in files if file.native_id not in closed)


def joined(agenda: Meeting, papers: Iterable[Paper], documents: Meeting) -> tuple[Meeting, list[Paper]]:
    """A meeting and its papers with their documents, but for those of items that are not in the public agenda: they
    are left out wherever else they stand."""
    public = {item.native_id for item in agenda.agenda}
    closed = {file.native_id for item in documents.agenda if item.native_id not in public for file in item.files}
    files = {item.native_id: _without(item.files, closed) for item in documents.agenda}
    items = tuple(item.model_copy(update={"files": files.get(item.native_id, ())}) for item in agenda.agenda)
    of_paper = {item.paper: item.files for item in reversed(items) if item.paper}
    meeting = agenda.model_copy(update={"agenda": items, "files": _without(documents.files, closed)})
    return meeting, [paper.model_copy(update={"files": of_paper.get(paper.native_id, ())}) for paper in papers]
