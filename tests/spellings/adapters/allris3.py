"""ALLRIS 3: pages of both skins, and the two exports of its calendar."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from council.system import System
from crawlers.allris3.pages import read_page
from crawlers.parsing.page import Page
from tests.crawlers.allris3 import invented
from tests.spellings.reader import Cannot, Heading, Item, Line, Reader

_PAGE: Final = "to010.asp?SILFDNR=500"
_CALENDAR: Final = "si010_e.asp?MM=3&YY=2026"
_PUBLIC: Final = (Heading("Öffentlicher Teil"), Item("1", "Eröffnung"))
_CLOCK: Final = Cannot("no free text for days and times: 20260305T170000Z")


def _read(markup: str, address: str = _PAGE) -> Page:
    return invented.read(markup, address, "utf-8" if "�" in markup else "windows-1252")


def _page(lines: Sequence[Line] = _PUBLIC, beside: str = "", **labels: str) -> Page:
    rows = [
        invented.item(line.number, line.title, 11 + place) if isinstance(line, Item) else invented.heading(line.text)
        for place, line in enumerate(lines)
    ]
    return _read(invented.meeting(*rows, beside=beside, **({"Datum": "05.03.2026"} | labels)))


def _responsive(lines: Sequence[Line]) -> Page:
    rows = [
        invented.new_item(line.number, line.title, 11 + place)
        if isinstance(line, Item)
        else f'<tr class="odd"><td colspan="4">{line.text}</td></tr>'
        for place, line in enumerate(lines)
    ]
    return _read(invented.new_meeting(*rows), "to010_r.asp?SILFDNR=500")


def _in_calendar(name: str) -> Page:
    """A row of the calendar without a link."""
    return _read(invented.calendar(invented.day("Do", 5, "18:00", "", name, "", "Aula")), _CALENDAR)


ALLRIS3: Final = Reader(
    name="ALLRIS 3",
    system=System.ALLRIS3,
    agenda=_page,
    day=lambda day: _page(Datum=day),
    times=lambda times: _page(Zeit=times),
    name_of_meeting=_in_calendar,
    committee=lambda name: _page(Gremium=name),
    native_id=_in_calendar,
    file=lambda name: _page(beside=f"<div>{invented.document(7001, name)}</div>"),
    answer=lambda body: read_page(body, invented.HOST + _CALENDAR),
)


_OTHER_SKIN: Final = Cannot("the same labels as in the older skin, which is asked")

ALLRIS3_RESPONSIVE: Final = Reader(
    name="ALLRIS 3 (responsive)",
    system=System.ALLRIS3,
    agenda=_responsive,
    day=_OTHER_SKIN,
    times=_OTHER_SKIN,
    name_of_meeting=_OTHER_SKIN,
    committee=_OTHER_SKIN,
    native_id=_OTHER_SKIN,
    file=_OTHER_SKIN,
    answer=lambda body: read_page(body, f"{invented.HOST}to010_r.asp?SILFDNR=500"),
)


def _xml(fields: str, address: str) -> Page:
    markup = '<?xml version="1.0" encoding="utf-8"?>\n<root><special><nowDate>x</nowDate></special>'
    return invented.read(f"{markup}<list><object>{fields}</object></list></root>", address, "utf-8")


def _xml_name(name: str) -> Page:
    fields = f"<silfdnr>500</silfdnr><sitext>{escape(name)}</sitext><sisbvcs>20260305T170000Z</sisbvcs>"
    return _xml(fields, "si010_e.asp?selfaction=ws&template=xyz")


ALLRIS3_XML: Final = Reader(
    name="ALLRIS 3 (XML)",
    system=System.ALLRIS3,
    agenda=Cannot("a number has fields of its own (tofnum, tofunum), and so has what is public (toostLang)"),
    day=_CLOCK,
    times=_CLOCK,
    name_of_meeting=_xml_name,
    committee=Cannot("the committee has a field of its own (grname)"),
    native_id=Cannot("every meeting has a number"),
    file=Cannot("no files"),
    answer=lambda body: read_page(body, f"{invented.HOST}si010_e.asp?selfaction=ws&template=xyz"),
)


def _ics(name: str) -> Page:
    event = f"UID:501\r\nDTSTART:20260305T170000Z\r\nSUMMARY:{name.replace(',', chr(92) + ',')}\r\n"
    markup = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{event}END:VEVENT\r\nEND:VCALENDAR\r\n"
    return invented.read(markup, "si010_e.asp", "utf-8")


ALLRIS3_ICS: Final = Reader(
    name="ALLRIS 3 (ICS)",
    system=System.ALLRIS3,
    agenda=Cannot("no agenda"),
    day=_CLOCK,
    times=_CLOCK,
    name_of_meeting=_ics,
    committee=Cannot("no committee"),
    native_id=Cannot("an event without its meeting's number is left out"),
    file=Cannot("no files"),
    answer=lambda body: read_page(body, f"{invented.HOST}si010_e.asp?kaldatvon=01.03.2026"),
)
