"""One notice on a page of its own: a meeting with its agenda, or a paper with its documents."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from bs4 import Tag

from council.model import File, FileRole
from crawlers.german import heading_of_part
from crawlers.markup import text
from crawlers.notices.addresses import is_document, link_address
from crawlers.notices.agenda import Agenda, part_of, read_agenda
from crawlers.notices.circumstances import circumstances_in
from crawlers.notices.days import days_in
from crawlers.notices.description import Description
from crawlers.notices.entries import Document
from crawlers.notices.entries import best_name as name_of_link
from crawlers.notices.harvest import Harvest
from crawlers.notices.lines import Line, lines_of
from crawlers.notices.listing import role_of
from crawlers.notices.title import ROLES, Says, Title, meeting_id

_AGENDA_BEGINS = re.compile(r"\W*(?:(?:vorläufige|folgende)\s+)?tagesordnung\b.{0,40}", re.IGNORECASE)
_NAMED_PUBLIC = re.compile(
    r"einladung|bekanntmachung|tagesordnung|niederschrift|protokoll|(?<!nicht)(?<!nicht[\s_-])(?:ö|oe)ffentlich",
    re.IGNORECASE,
)
_NONPUBLIC = re.compile(r"nicht[\s_–-]*(?:ö|oe)ffentlich", re.IGNORECASE)
_PUBLISHED = "time, .date, .datum, .published, .entry-date, .news-list-date, .createdate"
_LONGEST_TEXT = 200_000


def read_notice(root: Tag, title: Title, harvest: Harvest, description: Description) -> None:
    """Read a page with one notice into the harvest. Nothing where the notice itself is about a non-public sitting."""
    if title.nonpublic:
        return
    lines = lines_of(root)
    if title.says is Says.INVITATION:
        title = _completed(title, lines, description)
    if title.says is Says.INVITATION and title.day is not None:
        _read_meeting(root, title, lines, harvest, description)
        return
    if title.says is Says.INVITATION:
        harvest.say(title.text, "expected the day of the meeting, found none: kept as a paper without its agenda")
    _read_paper(root, title, lines, harvest, description)


def above_agenda(lines: list[Line]) -> list[Line]:
    """The lines before the agenda begins; all of them where there is none."""
    for at, line in enumerate(lines):
        if (heading_of_part(line.text) and not days_in(line.text)) or _AGENDA_BEGINS.fullmatch(line.text):
            return lines[:at] or lines[:1]
    return lines


def announces_agenda(lines: list[Line]) -> bool:
    """Whether there is an agenda with a heading of a part, or one that is called so and has numbered items."""
    parts = any(part_of(line) for line in lines)
    called = any(_AGENDA_BEGINS.fullmatch(line.text) for line in lines)
    return parts or called


def _completed(title: Title, lines: list[Line], description: Description) -> Title:
    """A title with what only the text says: the day, the time, the committee."""
    found = circumstances_in(above_agenda(lines), description.place)
    day = title.day or found.day
    same_day = title.day is None or found.day is None or title.day == found.day
    return replace(
        title,
        day=day,
        committee=title.committee or found.committee,
        start=title.start or (found.start if same_day else None),
        end=title.end or (found.end if same_day else None),
        cancelled=title.cancelled or found.cancelled,
    )


def _read_meeting(root: Tag, title: Title, lines: list[Line], harvest: Harvest, description: Description) -> None:
    native = meeting_id(title, harvest.id_of(harvest.url))
    agenda = read_agenda(lines, native, harvest, description, said_public=title.public)
    if title.committee is None:
        harvest.say(title.text, "expected the name of the committee, found none: left unknown")
    harvest.meeting(
        title,
        harvest.url,
        files=tuple(_files(root, title, harvest, description, agenda)),
        agenda=tuple(agenda.items),
        location=circumstances_in(above_agenda(lines), description.place).location,
        withheld=tuple(agenda.withheld),
        is_page=True,
    )


def _read_paper(root: Tag, title: Title, lines: list[Line], harvest: Harvest, description: Description) -> None:
    """A notice that announces no meeting. Its text is kept where no document stands by it and all is public."""
    files = list(_files(root, title, harvest, description, None))
    written = "\n".join(line.text for line in lines)
    if files and title.says is not Says.REPORT:
        files[0] = files[0].model_copy(update={"role": FileRole.MAIN})
    elif len(written) > len(title.text) + 80 and title.says is not Says.INVITATION and not _NONPUBLIC.search(written):
        if page := harvest.file(title.text, harvest.url, FileRole.MAIN, None):
            files.insert(0, page.model_copy(update={"text": written[:_LONGEST_TEXT], "media_type": "text/html"}))
    elif _NONPUBLIC.search(written) and title.says is not Says.INVITATION:
        harvest.say(title.text, "the text speaks of a non-public part: it is not kept")
    if title.of_a_meeting:
        role = ROLES.get(title.says, FileRole.ATTACHMENT)
        own = tuple(f.model_copy(update={"role": role}) if f.role is FileRole.MAIN else f for f in files)
        harvest.meeting(title, harvest.url, files=own)
        return
    harvest.paper(title, harvest.url, files=tuple(files), date=_published(root), is_page=True)


def _published(root: Tag) -> dt.date | None:
    for node in root.select(_PUBLISHED):
        for said in days_in(f"{node.get('datetime') or ''} {text(node) or ''}"):
            if said.day:
                return said.day
    return None


def _files(
    root: Tag, title: Title, harvest: Harvest, description: Description, agenda: Agenda | None
) -> Iterator[File]:
    """The documents on the page. Beside an agenda with a non-public part only those whose names say what they are."""
    fallback = ROLES.get(title.says, FileRole.ATTACHMENT) if agenda is not None else FileRole.ATTACHMENT
    on_items = {file.native_id for item in agenda.items for file in item.files} if agenda is not None else set()
    careful = agenda is not None and (agenda.mentions_nonpublic or agenda.has_unknown_heading or bool(agenda.withheld))
    for link in root.select("a[href]"):
        address = link_address(link, harvest.url)
        if address is None or not is_document(link, address, description):
            continue
        name = name_of_link(link) or title.text
        if harvest.id_of(address) in harvest.withheld | on_items:
            continue
        if careful and not _NAMED_PUBLIC.search(f"{name} {address}"):
            harvest.say(name, "a document beside a non-public part without proof that it is public: left out")
            harvest.withheld.add(harvest.id_of(address))
            continue
        if file := harvest.file(name, address, role_of(name, Document(name, address), fallback), None):
            yield file
