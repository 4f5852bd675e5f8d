"""OParl: JSON with fields of their own for nearly everything."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from council.system import System
from crawlers.oparl.pages import read_page
from crawlers.parsing.page import Page
from tests.spellings.reader import Cannot, Item, Line, Reader

_HOST: Final = "https://rat.erlenbruch.example/oparl"


def _read(**fields: Any) -> Page:
    meeting = {"id": f"{_HOST}/meetings/1", "type": "https://schema.oparl.org/1.1/Meeting", "name": "Rat"}
    whole = {**meeting, "start": "2026-03-05T18:00:00+01:00", **fields}
    return read_page(json.dumps(whole).encode(), f"{_HOST}/meetings/1")


def _line(place: int, line: Line) -> dict[str, Any]:
    said = {"number": line.number, "name": line.title} if isinstance(line, Item) else {"name": line.text}
    return {"id": f"{_HOST}/agendaitems/{place}", "type": "https://schema.oparl.org/1.1/AgendaItem", **said}


def _agenda(lines: Sequence[Line]) -> Page:
    return _read(agendaItem=[_line(place, line) for place, line in enumerate(lines)])


def _file(name: str) -> Page:
    file = {"id": f"{_HOST}/files/1", "type": "https://schema.oparl.org/1.1/File", "accessUrl": f"{_HOST}/1.pdf"}
    return _read(auxiliaryFile=[{**file, "name": name}])


OPARL: Final = Reader(
    name="OParl",
    system=System.OPARL,
    agenda=_agenda,
    day=Cannot("no free text for days: ISO 8601 only"),
    times=Cannot("no free text for times: ISO 8601 only"),
    name_of_meeting=lambda name: _read(name=name),
    committee=Cannot("a committee is an object of its own"),
    native_id=Cannot("every meeting has an id"),
    file=_file,
    answer=lambda body: read_page(body, f"{_HOST}/meetings"),
)
