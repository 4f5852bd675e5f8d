"""SessionNet: pages of layout 6, and the JSON of SessionNet 6."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from council.model import Meeting
from council.system import System
from crawlers.parsing.page import Page
from crawlers.sessionnet.api import joined
from crawlers.sessionnet.pages import read_page
from tests.crawlers.sessionnet import invented
from tests.spellings.reader import Cannot, Heading, Item, Line, Reader

_API: Final = f"{invented.BASE}api/v1/"
_HEAD: Final = {"siname": "Rat", "sidat": "05.03.2026", "yytime": "18:00 Uhr"}
_PUBLIC: Final = (Heading("Öffentlicher Teil"), Item("1", "Eröffnung"))


def _page(lines: Sequence[Line] = _PUBLIC, top: str = "", **cells: str) -> Page:
    rows = [
        invented.item6(line.number, line.title) if isinstance(line, Item) else invented.heading6(line.text)
        for line in lines
    ]
    whole = invented.agenda6(*rows, top=invented.head(**(_HEAD | cells)) + top, h1="")
    return invented.read(whole, invented.url("si0057", "__ksinr=7001"))


def _in_calendar(name: str) -> Page:
    """A row of the calendar without a link."""
    return invented.calendar6(invented.day6(5, invented.listed(name, 0, "", "18:00 Uhr", "Rathaus")))


SESSIONNET: Final = Reader(
    name="SessionNet",
    system=System.SESSIONNET,
    agenda=_page,
    day=lambda day: _page(sidat=day),
    times=lambda times: _page(yytime=times),
    name_of_meeting=lambda name: _page(siname=name),
    committee=_in_calendar,
    native_id=_in_calendar,
    file=lambda name: _page(top=invented.documents(invented.document(31, name))),
    answer=lambda body: read_page(body, invented.url("si0040")),
)


def _json(value: Any, path: str) -> Page:
    return read_page(json.dumps(value).encode(), _API + path)


def _json_agenda(lines: Sequence[Line]) -> Page:
    rows = [
        {"toNr": place + 1, "oSt": 1, "sort": place, "voNr": 0}
        | ({"nummer": line.number, "text": line.title} if isinstance(line, Item) else {"text": line.text})
        for place, line in enumerate(lines)
    ]
    return _json(rows, "sitzungen/7/tagesordnung")


def _json_meeting(**fields: Any) -> Page:
    return _json([{"siNr": 7, "name": "Rat", "dat": "2026-03-05", "sb": "18:00", **fields}], "sitzungen")


def _json_file(name: str) -> Page:
    """The two answers that make the meeting with its documents."""
    agenda = _json_agenda(_PUBLIC[1:])
    ref = "/bi/api/v1/dokumente/31/datei"
    document = {"toNr": 0, "doNr": 31, "name": name, "ref": ref, "freigabeDatum": "2026-02-20"}
    documents = _json([document], "sitzungen/7/tagesordnung/dokumente")
    (meeting,), (files,) = ([one for one in page.records if isinstance(one, Meeting)] for page in (agenda, documents))
    whole, _ = joined(meeting, [], files)
    return replace(agenda, records=(whole,), warnings=documents.warnings)


SESSIONNET_JSON: Final = Reader(
    name="SessionNet 6 (JSON)",
    system=System.SESSIONNET,
    agenda=_json_agenda,
    day=Cannot("no free text for days: ISO 8601 only"),
    times=Cannot("begin and end have fields of their own: HH:MM"),
    name_of_meeting=lambda name: _json_meeting(name=name),
    committee=Cannot("a committee has a number and a name of its own"),
    native_id=Cannot("every meeting has a number"),
    file=_json_file,
    answer=lambda body: read_page(body, f"{_API}sitzungen"),
)
