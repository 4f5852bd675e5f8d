"""What is decided about German council pages: for each decision its rows, and how what a reader decided is told.

Rows are the truth: a row is written down from knowledge of German and of councils, before any reader is asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from council.model import AgendaItem, File, FileRole, Meeting, files_of
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.page import Page
from tests.spellings.reader import Cannot, Heading, Item, Line, Reader, ReadSpelling
from tests.spellings.rows import badges, days, files, headings, names, refusals, times, titles

Value = str | bool | tuple[str | None, str | None] | None

SHOWN, WITHHELD, LEAKED = "shown", "withheld", "told all the same"
_SECRET: Final = "Verkauf Wiesengrund"
_WORD: Final = "Wiesengrund"
_OPEN: Final = Heading("Öffentlicher Teil")
_CLOSED: Final = Heading("Nichtöffentlicher Teil")
_FIRST, _MARKED_FIRST = Item("1", "Eröffnung"), Item("Ö 1", "Eröffnung")


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing that is decided. `rows` are spellings and what is right; `decided` asks a reader about one of them."""

    name: str
    rows: Mapping[str, Value]
    decided: Callable[[Reader, str], Value | Cannot]


@lru_cache(10_000)
def _page(reader: Reader, lines: tuple[Line, ...]) -> Page | Cannot:
    return reader.agenda if isinstance(reader.agenda, Cannot) else reader.agenda(lines)


def _items(page: Page) -> list[AgendaItem]:
    return [item for record in page.records if isinstance(record, Meeting) for item in record.agenda]


def _secret_item(page: Page) -> AgendaItem | None:
    return next((item for item in _items(page) if _WORD in (item.name or "")), None)


def _is_shown(*lines: Line) -> Callable[[Reader], Value | Cannot]:
    """Whether the item with the secret word is an item of the agenda; what is not must stand nowhere on the page."""

    def decided(reader: Reader) -> Value | Cannot:
        page = _page(reader, lines)
        if isinstance(page, Cannot):
            return page
        if _secret_item(page):
            return SHOWN
        return LEAKED if _WORD in json.dumps(page.as_json(), ensure_ascii=False) else WITHHELD

    return decided


def _number(reader: Reader, badge: str) -> Value | Cannot:
    page = _page(reader, (_OPEN, _FIRST, Item(badge, _SECRET)))
    if isinstance(page, Cannot):
        return page
    item = _secret_item(page)
    return item.number if item else WITHHELD


@lru_cache(10_000)
def _read(read: ReadSpelling, spelling: str) -> Page:
    """The page around that spelling; several concerns look at the same one."""
    return read(spelling)


def _meeting(page: Page) -> Meeting:
    """The meeting of the page: the first, where a list shows others behind it."""
    return next(record for record in page.records if isinstance(record, Meeting))


def _day(reader: Reader, spelling: str) -> Value | Cannot:
    """The day; None where it is not known, and that is said: by a refusal or a warning."""
    if isinstance(reader.day, Cannot):
        return reader.day
    try:
        page = _read(reader.day, spelling)
    except UnexpectedResponse:
        return None
    meetings = [record for record in page.records if isinstance(record, Meeting)]
    start = meetings[0].start if meetings else None
    if start is None:
        return None if page.warnings or not meetings else "unknown, and nothing is said"
    return start.date().isoformat()


def _times(reader: Reader, spelling: str) -> Value | Cannot:
    """Begin and end as HH:MM. Midnight at the begin is a meeting's day without a time."""
    if isinstance(reader.times, Cannot):
        return reader.times
    meeting = _meeting(_read(reader.times, spelling))
    begin = f"{meeting.start:%H:%M}" if meeting.start else None
    return (None if begin == "00:00" else begin, f"{meeting.end:%H:%M}" if meeting.end else None)


def _is_cancelled(reader: Reader, spelling: str) -> Value | Cannot:
    if isinstance(reader.name_of_meeting, Cannot):
        return reader.name_of_meeting
    return _meeting(_read(reader.name_of_meeting, spelling)).cancelled


def _committee(reader: Reader, spelling: str) -> Value | Cannot:
    if isinstance(reader.committee, Cannot):
        return reader.committee
    return ", ".join(ref.name or "" for ref in _meeting(_read(reader.committee, spelling)).organization)


def _same_meeting(reader: Reader, spelling: str) -> Value | Cannot:
    """Whether the meeting keeps its id when the state is said in its name."""
    if isinstance(reader.native_id, Cannot):
        return reader.native_id
    plain = _PLAIN_NAMES[spelling]
    found = _meeting(_read(reader.native_id, spelling)).native_id
    return True if found == _meeting(_read(reader.native_id, plain)).native_id else found


def _only_file(page: Page) -> File | None:
    return next((file for record in page.records if isinstance(record, Meeting) for file in files_of(record)), None)


def _file_is_shown(reader: Reader, spelling: str) -> Value | Cannot:
    if isinstance(reader.file, Cannot):
        return reader.file
    return SHOWN if _only_file(_read(reader.file, spelling)) else WITHHELD


def _role(reader: Reader, spelling: str) -> Value | Cannot:
    if isinstance(reader.file, Cannot):
        return reader.file
    file = _only_file(_read(reader.file, spelling))
    return file.role.value if file else WITHHELD


def _refusal(reader: Reader, spelling: str) -> Value | Cannot:
    """The kind of the refusal; otherwise what the page was taken for."""
    try:
        page = reader.answer(_REFUSALS[spelling].encode())
    except AccessDenied as refusal:
        return refusal.kind.value
    except UnexpectedResponse:
        return "unexpected"
    return f"read as {page.page}"


_PLAIN_NAMES: Final = dict.fromkeys((*names.CANCELLED, *names.RESCHEDULED), "Stadtrat") | {
    said: plain for said, plain in names.HELD.items() if plain
}
_KINDS: Final = {
    "bot_challenge": {**refusals.BOT_CHALLENGE, **refusals.FIREWALL},
    "forbidden": refusals.FORBIDDEN,
    "rate_limited": refusals.RATE_LIMITED,
    "login": refusals.LOGIN,
    "gone": refusals.GONE,
    "error_page": refusals.ERROR_PAGE,
    "session_expired": refusals.SESSION_EXPIRED,
}
_REFUSALS: Final = {name: markup for pages in _KINDS.values() for name, markup in pages.items()}
_NOT_PUBLIC_BADGES: Final = (*badges.NONPUBLIC, *badges.BOTH, *badges.UNKNOWN)
_ENDING: Final = (*headings.NONPUBLIC, *headings.UNKNOWN)

AGENDAS: Final[tuple[Concern, ...]] = (
    Concern(
        "badge under a public heading",
        dict.fromkeys((*badges.PUBLIC, *badges.NUMBERS), SHOWN) | dict.fromkeys(_NOT_PUBLIC_BADGES, WITHHELD),
        lambda reader, badge: _is_shown(_OPEN, _FIRST, Item(badge, _SECRET))(reader),
    ),
    Concern(
        "badge without a heading",
        dict.fromkeys(badges.PUBLIC, SHOWN) | dict.fromkeys(badges.NUMBERS, WITHHELD),
        lambda reader, badge: _is_shown(_MARKED_FIRST, Item(badge, _SECRET))(reader),
    ),
    Concern(
        "badge under a non-public heading",
        dict.fromkeys(("Ö 1", "TOP Ö 4", "(Ö) 3", "3 öffentlich", "öff. 3"), WITHHELD),
        lambda reader, badge: _is_shown(_OPEN, _FIRST, _CLOSED, Item(badge, _SECRET))(reader),
    ),
    Concern("number of an item", {**badges.PUBLIC, **badges.NUMBERS}, _number),
    Concern(
        "heading of the public part",
        dict.fromkeys(headings.PUBLIC, SHOWN),
        lambda reader, said: _is_shown(Heading(said), Item("1", _SECRET))(reader),
    ),
    Concern(
        "heading that ends the public part",
        dict.fromkeys(_ENDING, WITHHELD),
        lambda reader, said: _is_shown(_OPEN, _FIRST, Heading(said), Item("2", _SECRET))(reader),
    ),
    Concern(
        "title of an item",
        dict.fromkeys(titles.PUBLIC, SHOWN) | dict.fromkeys(titles.NONPUBLIC, WITHHELD),
        lambda reader, title: _is_shown(_OPEN, _FIRST, Item("2", title))(reader),
    ),
)
"""What is decided about agendas."""

MEETINGS: Final[tuple[Concern, ...]] = (
    Concern("day", days.ROWS, _day),
    Concern("times", times.ROWS, _times),
    Concern(
        "cancelled or rescheduled",
        dict.fromkeys((*names.CANCELLED, *names.RESCHEDULED), True) | dict.fromkeys(names.HELD, False),
        _is_cancelled,
    ),
    Concern("committee without the state", _PLAIN_NAMES, _committee),
    Concern("same meeting whatever its state", dict.fromkeys(_PLAIN_NAMES, True), _same_meeting),
    Concern(
        "file",
        dict.fromkeys((*files.PUBLIC, *files.ROLES), SHOWN) | dict.fromkeys(files.NONPUBLIC, WITHHELD),
        _file_is_shown,
    ),
    Concern("role of a file", {name: FileRole(role).value for name, role in files.ROLES.items()}, _role),
    Concern("refusal", {name: kind for kind, pages in _KINDS.items() for name in pages}, _refusal),
)
"""What is decided about meetings, their files, and pages that are none."""

CONCERNS: Final[tuple[Concern, ...]] = (*AGENDAS, *MEETINGS)
