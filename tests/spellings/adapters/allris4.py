"""ALLRIS 4: pages of Wicket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from council.system import System
from crawlers.allris4.pages import read_page
from crawlers.parsing.page import Page
from tests.crawlers.allris4 import invented
from tests.spellings.reader import Cannot, Heading, Item, Line, Reader

_PUBLIC: Final = (Heading("Öffentlicher Teil"), Item("1", "Eröffnung"))
_HEADS: Final = "".join(f"<th>{words}</th>" for words in ("Datum", "Uhrzeit", "Sitzung", "Gremium"))


def _page(
    lines: Sequence[Line] = _PUBLIC,
    *,
    name: str = "Rat",
    day: str = "05.03.2026",
    clock: str = "18:00",
    files: str = "",
) -> Page:
    rows = [
        invented.item(501 + place, line.number, line.title) if isinstance(line, Item) else invented.heading(line.text)
        for place, line in enumerate(lines)
    ]
    whole = invented.meeting(*rows, name=name, day=day, clock=clock, documents=files)
    return invented.read(whole.replace("Moorrat - 05.03.2031", "Moorrat"))


def _in_calendar(name: str, committee: str = "") -> Page:
    """A row of the calendar."""
    cells = f"<td>05.03.2026</td><td>18:00</td><td><a href='./to010?SILFDNR=7'>{name}</a></td><td>{committee}</td>"
    table = f"<table class='calenderView'><tr>{_HEADS}</tr><tr>{cells}</tr></table>"
    return invented.read(invented.frame("si010", table), f"{invented.HOST}si010?MM=3&YY=2026")


ALLRIS4: Final = Reader(
    name="ALLRIS 4",
    system=System.ALLRIS4,
    agenda=_page,
    day=lambda day: _page(day=day),
    times=lambda times: _page(clock=times),
    name_of_meeting=lambda name: _page(name=name),
    committee=lambda name: _in_calendar("Sitzung", name),
    native_id=Cannot("a row without its meeting's number is left out"),
    file=lambda name: _page(files=invented.document(31, name)),
    answer=lambda body: read_page(body, f"{invented.HOST}si010"),
)
