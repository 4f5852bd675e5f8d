"""The export in XML (`selfaction=ws&template=xyz`), where it is enabled: calendars and agendas as named fields.

The fields are those that older clients of it read (ris-systems C.2); no answer of it is saved here. It says of every
item in words whether it is public (`toostLang`): an item without that is left out.

And the one for calendar programs (RFC 5545): day, time, name, place, and the meeting's number.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from bs4 import BeautifulSoup, Tag

from council.model import AgendaItem, Meeting, OrganizationRef
from crawlers.allris3.agenda import shown_result
from crawlers.allris3.urls import Diagnostics, beside, parameters_of
from crawlers.parsing.cancellation import is_cancelled
from crawlers.parsing.dates import BERLIN
from crawlers.parsing.diagnostics import shape
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.heads import location
from crawlers.parsing.html import tidy
from crawlers.parsing.icalendar import moment, read_meetings
from crawlers.parsing.visibility import names_nonpublic_item

CALENDAR: Final = "si010-export"
"""What a calendar's answer is called."""

_KEYS = re.compile(r"<(?:silfdnr|tolfdnr)\b", re.IGNORECASE)
_HTML = re.compile(r"<html\b", re.IGNORECASE)
_EMPTY = re.compile(r"<root>\s*<special\b.*<list(?:\s*/>|>\s*</list>)\s*</root>\s*$", re.IGNORECASE | re.DOTALL)

Fields = dict[str, str]


def is_export(markup: str) -> bool:
    """Whether this is that export: XML with the system's numbers as elements."""
    start = markup[:2000].lstrip("\ufeff \r\n\t").lower()
    return start.startswith("<?xml") and not _HTML.search(start) and bool(_KEYS.search(markup) or _EMPTY.search(markup))


def read_export(markup: str, diagnostics: Diagnostics) -> tuple[str, list[Meeting]]:
    """A calendar, an empty one too, or one meeting with its agenda. Raises UnexpectedResponse for what is neither, or
    cut off."""
    if "<!entity" in markup[:5000].lower():
        raise UnexpectedResponse(
            diagnostics.url, "an export of ALLRIS 3", "XML with entities of its own", "Look at the answer"
        )
    if not re.search(r"</[\w:]+>\s*$", markup):
        raise UnexpectedResponse(diagnostics.url, "an export up to its end", "one that is cut off", "Ask again later")
    if _EMPTY.search(markup) and not _KEYS.search(markup):
        return CALENDAR, []
    tree = BeautifulSoup(markup, "xml")
    records = [_fields(node) for node in tree.find_all(True) if _is_record(node)]
    if any("tolfdnr" in record for record in records):
        return "to010-export", [_meeting_with_agenda(tree, records, diagnostics)]
    meetings = [_meeting(record, diagnostics) for record in records if "silfdnr" in record]
    if not meetings:
        raise UnexpectedResponse(diagnostics.url, "meetings or agenda items", "neither", "Mend the reader")
    return CALENDAR, [meeting for meeting in meetings if meeting is not None]


def _is_record(node: Tag) -> bool:
    """Whether an element is a list of fields."""
    names = {child.name.lower() for child in node.find_all(True, recursive=False)}
    return bool({"silfdnr", "tolfdnr"} & names)


def _fields(node: Tag) -> Fields:
    found: Fields = {}
    for child in node.find_all(True, recursive=False):
        if written := tidy(child.get_text(" ")):
            found.setdefault(child.name.lower(), written)
    return found


def _number(fields: Fields, key: str) -> str | None:
    written = fields.get(key, "")
    return written.lstrip("0") or None if re.fullmatch(r"\d{1,15}", written) else None


def _meeting(fields: Fields, diagnostics: Diagnostics) -> Meeting | None:
    number = _number(fields, "silfdnr")
    if number is None:
        diagnostics.add("meeting", "a meeting whose number is none: left out")
        return None
    name = fields.get("sitext") or fields.get("siname")
    start, end = (_moment(fields, key, f"meeting {number}", diagnostics) for key in ("sisbvcs", "sisevcs"))
    target = beside(diagnostics, "to010", number)
    diagnostics.links.add(target)
    body = fields.get("grname")
    return Meeting(
        native_id=number,
        source_url=target,
        name=name,
        start=start,
        end=end if start and end and end > start else None,
        cancelled=is_cancelled(start, name),
        location=location(fields.get("raname"), fields.get("raort")),
        organization=(OrganizationRef(name=body),) if body else (),
    )


def _moment(fields: Fields, key: str, where: str, diagnostics: Diagnostics) -> dt.datetime | None:
    written = fields.get(key)
    try:
        return moment(written).astimezone(BERLIN) if written else None
    except ValueError as error:
        diagnostics.add(where, f"{key} {shape(written)}: {error}")
        return None


def _meeting_with_agenda(tree: BeautifulSoup, records: list[Fields], diagnostics: Diagnostics) -> Meeting:
    head: Fields = {}
    for node in tree.find_all(True):
        if isinstance(node, Tag) and node.name.lower() in {"special", "head"}:
            head |= _fields(node)
    for record in records:
        if "tolfdnr" not in record:
            head |= record
    given = parameters_of(diagnostics.url).get("SILFDNR", "")
    items = [record for record in records if "tolfdnr" in record]
    number = _number(head, "silfdnr") or (given if given.isdecimal() else None)
    number = number or next((written for item in items if (written := _number(item, "silfdnr"))), None)
    if number is None:
        raise UnexpectedResponse(
            diagnostics.url, "the number of this meeting", "none", "Give the address that was asked for"
        )
    bare = _meeting({**head, "silfdnr": number}, diagnostics)
    agenda: list[AgendaItem] = []
    closed: list[Fields] = []
    for place, fields in enumerate(items):
        item = _item(fields, len(agenda), f"agenda item {place + 1}", diagnostics)
        if item:
            agenda.append(item)
        else:
            closed.append(fields)
    public = {item.paper for item in agenda}
    papers = dict.fromkeys(
        written for item in closed if (written := _number(item, "volfdnr")) and written not in public
    )
    withheld = tuple(written for item in closed if (written := _number(item, "tolfdnr")))
    meeting = bare or Meeting(native_id=number)
    return meeting.model_copy(update={"agenda": tuple(agenda), "withheld": withheld, "withheld_papers": tuple(papers)})


def _item(fields: Fields, order: int, where: str, diagnostics: Diagnostics) -> AgendaItem | None:
    """An item whose own words say that it is public."""
    written = fields.get("toostlang") or ""
    name = fields.get("toptext") or fields.get("totext1") or fields.get("totext") or fields.get("vobetr")
    number = _number(fields, "tolfdnr")
    if written.lower() not in {"öffentlich", "ö"} or (name and names_nonpublic_item(name)) or number is None:
        if not written:
            diagnostics.add(where, "nothing says whether it is public (toostLang): left out")
        return None
    paper = _number(fields, "volfdnr")
    if paper:
        diagnostics.links.add(beside(diagnostics, "vo020", paper))
    parts = [part for key in ("tofnum", "tofunum", "tofuunum") if (part := fields.get(key)) and part != "0"]
    return AgendaItem(
        native_id=number,
        number=".".join(parts) or fields.get("topnr"),
        order=order,
        name=name,
        public=True,
        paper=paper,
        reference=fields.get("voname"),
        result=shown_result(fields.get("totyp")),
    )


_LINKED = re.compile(r"SILFDNR=(\d{1,15})", re.IGNORECASE)
_UID = re.compile(r"(?:si(?:lfdnr)?[_\-=]?)?(\d{1,15})(?:@.*)?", re.IGNORECASE)


def read_ics(markup: str, diagnostics: Diagnostics) -> list[Meeting]:
    """The meetings of the export for calendar programs."""

    def page_of(number: str) -> str:
        return beside(diagnostics, "to010", number)

    return read_meetings(markup, diagnostics, (_LINKED, _UID), page_of)
