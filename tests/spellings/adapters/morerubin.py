"""more!rubin: the JSON of api.php, and the tables of the oldest pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from council.system import System
from crawlers.morerubin.pages import read_page
from crawlers.parsing.page import Page
from tests.crawlers.morerubin import invented
from tests.spellings.reader import Cannot, Heading, Item, Line, Reader

_PUBLIC: Final = (Heading("Öffentlicher Teil"), Item("1", "Eröffnung"))


def _line(place: int, line: Line) -> dict[str, Any]:
    if isinstance(line, Item):
        return invented.item(place, line.title, topnummer=line.number)
    return invented.item(place, line.text, topnummer="")


def _json(lines: Sequence[Line] = (), **fields: Any) -> Page:
    items = [_line(place + 1, line) for place, line in enumerate(lines)]
    return invented.read(invented.meeting(*items, **({"titel": "Rat", "datum": "2026-03-05"} | fields)))


def _json_file(name: str) -> Page:
    return _json(documents=[invented.document(3, "2031-SR-7", name, documentType={"id": 99, "name": ""})])


MORERUBIN: Final = Reader(
    name="more!rubin",
    system=System.MORERUBIN,
    agenda=_json,
    day=Cannot("no free text for days: ISO 8601 only"),
    times=Cannot("no free text for times: HH:MM:SS only"),
    name_of_meeting=lambda name: _json(titel=name),
    committee=Cannot("a committee has a code and a name of its own"),
    native_id=Cannot("every meeting has a number"),
    file=_json_file,
    answer=lambda body: read_page(body, invented.CALENDAR),
)


def _row(line: Line) -> str:
    if isinstance(line, Item):
        return invented.old_row(line.number, "", line.title)
    return f"<tr><td colspan='7'>{line.text}</td></tr>"


def _old(
    lines: Sequence[Line] = _PUBLIC, termin: str = "05.03.2026, 18:00 Uhr", name: str = "Rat", more: str = ""
) -> Page:
    whole = invented.old_page("".join(map(_row, lines)), termin, more)
    return read_page(whole.replace("3. Sitzung des Stadtrates Kleinstadt", name).encode(), invented.OLD)


MORERUBIN_OLD: Final = Reader(
    name="more!rubin (old)",
    system=System.MORERUBIN,
    agenda=_old,
    day=lambda day: _old(termin=f"{day}</td></tr><tr><td>Uhrzeit:</td><td>18:00 Uhr"),
    times=lambda times: _old(termin=f"05.03.2026</td></tr><tr><td>Uhrzeit:</td><td>{times}"),
    name_of_meeting=lambda name: _old(name=name),
    committee=Cannot("the committee has a row of its own (Gremien)"),
    native_id=Cannot("every meeting has a number (sid)"),
    file=lambda name: _old(more=invented.pdf_form("sonst", "2011-SR-3", name)),
    answer=lambda body: read_page(body, invented.OLD),
)
