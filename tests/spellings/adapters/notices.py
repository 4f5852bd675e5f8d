"""Notices on a municipality's own website."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from council.system import System
from crawlers.notices.pages import read_page
from crawlers.parsing.page import Page
from tests.crawlers.notices import invented
from tests.spellings.reader import Heading, Item, Line, Reader

_PUBLIC: Final = (Heading("Öffentlicher Teil"), Item("1", "Eröffnung"))


def _row(line: Line) -> str:
    if isinstance(line, Item):
        return f"<tr><td>{line.number}</td><td>{line.title}</td></tr>"
    return f"<tr><td colspan='2'>{line.text}</td></tr>"


def _notice(
    lines: Sequence[Line] = _PUBLIC, *, title: str = "Einladung zur Sitzung des Rates am 05.03.2026", more: str = ""
) -> Page:
    table = f"<table><tr><th>TOP</th><th>Betreff</th></tr>{''.join(map(_row, lines))}</table>"
    return invented.read(invented.invitation(more + table, title=title), invented.NOTICE)


def _listed(name: str) -> Page:
    """A row of a list of meetings."""
    head = "<tr><th>Datum</th><th>Uhrzeit</th><th>Sitzung</th></tr>"
    rows = f"<tr><td>05.03.2026</td><td>18:00 Uhr</td><td>{name}</td></tr>"
    return invented.read(invented.page(f"<h1>Sitzungstermine</h1><table>{head}{rows}</table>"))


NOTICES: Final = Reader(
    name="notices",
    system=System.NOTICES,
    agenda=_notice,
    day=lambda day: _notice(
        title="Einladung zur Sitzung des Rates", more=f"<p>Datum: {day}</p><p>Beginn: 18:00 Uhr</p>"
    ),
    times=lambda times: _notice(more=f"<p>Datum: 05.03.2026</p><p>Uhrzeit: {times}</p>"),
    name_of_meeting=_listed,
    committee=_listed,
    native_id=_listed,
    file=lambda name: _notice(more=f'<p><a href="/d/31.pdf">{name}</a></p>'),
    answer=lambda body: read_page(body, invented.LIST),
)
