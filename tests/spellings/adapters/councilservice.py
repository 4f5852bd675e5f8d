"""councilservice: JSON in which titles and labels are free text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from council.system import System
from crawlers.councilservice.pages import read_page
from crawlers.parsing.page import Page
from tests.crawlers.councilservice import invented
from tests.spellings.reader import Cannot, Item, Line, Reader


def _topic(place: int, line: Line) -> dict[str, Any]:
    if isinstance(line, Item):
        return invented.topic(place, line.title, custom_numeration=line.number, numeration=line.number)
    return invented.topic(place, line.text, custom_numeration="", numeration="")


def _read(lines: Sequence[Line] = (), **fields: Any) -> Page:
    topics = [_topic(place + 1, line) for place, line in enumerate(lines)]
    meeting = {"title": "Rat", "recurrence_start": "2026-03-05", "entry_start_time": "18:00", **fields}
    return invented.read({"entry": invented.entry(*topics, **meeting)})


def _file(name: str) -> Page:
    held = invented.document(31, name, description=name, field_1=99, namespace="documents")
    return _read(documents=[held])


COUNCILSERVICE: Final = Reader(
    name="councilservice",
    system=System.COUNCILSERVICE,
    agenda=_read,
    day=Cannot("no free text for days: ISO 8601 only"),
    times=Cannot("no free text for times: HH:MM only"),
    name_of_meeting=lambda name: _read(title=name),
    committee=Cannot("the committees are groups of the answer: none is made of a title"),
    native_id=Cannot("every meeting has a number"),
    file=_file,
    answer=lambda body: read_page(body, invented.LIST),
)
