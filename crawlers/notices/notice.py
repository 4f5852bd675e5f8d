"""One notice on a page of its own: a meeting with its agenda, or a paper with its documents."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from bs4 import Tag

from council.model import File, FileRole, Meeting
from council.notices import Notices
from crawlers.notices.agenda import part_of, read_agenda
from crawlers.notices.collector import Collector
from crawlers.notices.entries import published_on
from crawlers.notices.links import Document, best_name
from crawlers.notices.listing import role_of
from crawlers.notices.meeting import meeting_details_in, place_in, without_published
from crawlers.notices.title import ROLES, NoticeKind, Title, meeting_id, read_title
from crawlers.notices.urls import is_document, link_address
from crawlers.parsing.agendas import Agenda
from crawlers.parsing.dates import find_days
from crawlers.parsing.documents import without_size
from crawlers.parsing.lines import Line, lines_of
from crawlers.parsing.visibility import Section, section_of_heading, sections_named

_AGENDA_BEGINS = re.compile(r"\W*(?:(?:vorläufige|folgende)\s+)?tagesordnung\b.{0,40}", re.IGNORECASE)
_OF_THE_PUBLIC = re.compile(r"einladung|bekanntmachung|tagesordnung|niederschrift|protokoll", re.IGNORECASE)
"""Names of documents that are the public part's where they do not say otherwise."""
_ANOTHER_NOTICE = re.compile(
    r"ausschreibung|satzung|bekanntmachung|amtsblatt|wahl|stellen|protokoll|niederschrift|download|archiv|kontakt"
    r"|sitzung des|bebauungsplan",
    re.IGNORECASE,
)
_LONGEST_TEXT = 200_000
_BOLD = 7


def read_notice(root: Tag, title: Title, collector: Collector, description: Notices) -> None:
    """Read a page with one notice into the collector. Nothing where the notice itself is about a non-public sitting."""
    if title.nonpublic:
        return
    lines = _below_title(lines_of(root), title)
    if title.kind is NoticeKind.INVITATION:
        title = _completed(title, without_published(lines, published_on(root)), description)
        title = replace(title, day=title.day or _day_of_event(title, collector))
    if title.kind is NoticeKind.INVITATION and title.day is not None:
        _read_meeting(title, lines, root.select("a[href]"), collector, description, is_page=True)
        return
    if title.kind is NoticeKind.INVITATION:
        collector.diagnostics.add(
            title.text, "expected the day of the meeting, found none: kept as a paper without its agenda"
        )
    _read_paper(root, title, lines, collector, description)


def _day_of_event(title: Title, collector: Collector) -> dt.date | None:
    """The day of the one meeting of this committee that the page tells to machines."""
    meetings = [record for record in collector.records.values() if isinstance(record, Meeting)]
    names = [meeting.organization[0].name if meeting.organization else None for meeting in meetings]
    start = meetings[0].start if len(meetings) == 1 else None
    return start.date() if start and title.committee and names == [title.committee.name] else None


def read_sections(root: Tag, collector: Collector, description: Notices) -> int:
    """Read the meetings that headings on one page announce, each with what stands below it; how many there were."""
    count = 0
    for title, lines in sections_of(lines_of(root), description):
        if title.nonpublic:
            addresses = (link_address(link, collector.url) for line in lines for link in line.links)
            collector.withheld.update(collector.id_of(address) for address in addresses if address)
        else:
            links = [link for line in lines for link in line.links]
            whole = _completed(title, lines, description)
            _read_meeting(whole, lines, links, collector, description, is_page=False)
        count += 1
    return count


def sections_of(lines: list[Line], description: Notices) -> list[tuple[Title, list[Line]]]:
    """The headings that announce a meeting, with the lines below each, down to the next heading of its rank."""
    found: list[tuple[Title, list[Line]]] = []
    level = 0
    for line in lines:
        if line.level and not line.is_link and (title := _announced(line, description)):
            found.append((title, []))
            level = line.level
        elif level and 0 < line.level <= level and line.level < _BOLD and _ends_section(line, level, found[-1][1]):
            level = 0
        elif level:
            found[-1][1].append(line)
    return found


def _ends_section(line: Line, level: int, section: list[Line]) -> bool:
    """Whether a heading belongs no more to the meeting above. Behind an agenda one of the same rank may be that of its
    non-public part, in whatever words: only what is surely another notice ends the section."""
    if part_of(line) is not None:
        return False
    return line.level < level or not announces_agenda(section) or bool(_ANOTHER_NOTICE.search(line.text))


def _announced(line: Line, description: Notices) -> Title | None:
    title = read_title(line.text, description)
    meeting = title.kind is NoticeKind.INVITATION and title.committee is not None and title.day is not None
    return title if meeting and len(line.text) < 300 else None


def above_agenda(lines: list[Line]) -> list[Line]:
    """The lines before the agenda begins; all of them where there is none."""
    for at, line in enumerate(lines):
        if (section_of_heading(line.text) and not find_days(line.text)) or _AGENDA_BEGINS.fullmatch(line.text):
            return lines[:at]
    return lines


def announces_agenda(lines: list[Line]) -> bool:
    """Whether there is an agenda with a heading of a part, or one that is called so and has numbered items."""
    parts = any(part_of(line) for line in lines)
    return parts or any(_AGENDA_BEGINS.fullmatch(line.text) and not line.is_link for line in lines)


def _below_title(lines: list[Line], title: Title) -> list[Line]:
    """The lines without the title: "Öffentliche Sitzung des Stadtrates" is no heading of its agenda's public part."""
    return [line for line in lines if not (line.level and (without_size(line.text) or line.text) == title.text)]


def _completed(title: Title, lines: list[Line], description: Notices) -> Title:
    """A title with what only the text says: the day, the time, the committee."""
    found = meeting_details_in(above_agenda(lines), description.place)
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


def _read_meeting(
    title: Title, lines: list[Line], links: list[Tag], collector: Collector, description: Notices, *, is_page: bool
) -> None:
    native = meeting_id(title, collector.id_of(collector.url))
    agenda, needs_proof = read_agenda(lines, native, collector, description, is_called_public=title.public)
    if title.committee is None:
        collector.diagnostics.add(title.text, "expected the name of the committee, found none: left unknown")
    collector.meeting(
        title,
        collector.url,
        files=tuple(_files(links, title, collector, description, agenda, needs_proof=needs_proof)),
        agenda=tuple(agenda.items),
        location=meeting_details_in(above_agenda(lines), description.place).location or place_in(title.text),
        withheld=tuple(agenda.withheld_items),
        withheld_papers=tuple(agenda.withheld_papers),
        is_page=is_page,
    )


def _read_paper(root: Tag, title: Title, lines: list[Line], collector: Collector, description: Notices) -> None:
    """A notice that announces no meeting. Its text is kept where no document stands by it and all is public."""
    files = list(_files(root.select("a[href]"), title, collector, description, None))
    written = "\n".join(line.text for line in lines)
    if files and title.kind is not NoticeKind.REPORT:
        files[0] = files[0].model_copy(update={"role": FileRole.MAIN})
    elif title.kind is NoticeKind.INVITATION:
        pass
    elif Section.NONPUBLIC not in sections_named(written):
        page = collector.file(title.text, collector.url, FileRole.MAIN, None)
        if page and len(written) > len(title.text) + 80:
            files.insert(0, page.model_copy(update={"text": written[:_LONGEST_TEXT], "media_type": "text/html"}))
    else:
        collector.diagnostics.add(collector.url, "the text speaks of a non-public part: it is not kept")
    if title.of_a_meeting:
        role = ROLES.get(title.kind, FileRole.ATTACHMENT)
        own = tuple(f.model_copy(update={"role": role}) if f.role is FileRole.MAIN else f for f in files)
        collector.meeting(title, collector.url, files=own)
        return
    collector.paper(title, collector.url, files=tuple(files), date=published_on(root), is_page=True)


def _files(
    links: list[Tag],
    title: Title,
    collector: Collector,
    description: Notices,
    agenda: Agenda | None,
    *,
    needs_proof: bool = False,
) -> Iterator[File]:
    """The documents on the page. `needs_proof`: only those whose names say what they are."""
    fallback = ROLES.get(title.kind, FileRole.ATTACHMENT) if agenda is not None else FileRole.ATTACHMENT
    on_items = {file.native_id for item in agenda.items for file in item.files} if agenda is not None else set()
    for link in links:
        address = link_address(link, collector.url)
        if address is None or not is_document(link, address, description):
            continue
        name = best_name(link) or title.text
        if agenda is not None and _is_another_sitting_s(name, title, description):
            continue
        if collector.id_of(address) in collector.withheld | on_items:
            continue
        if needs_proof and not _says_public(f"{name} {address}"):
            collector.diagnostics.add(
                collector.url, "a document beside a non-public part without proof that it is public: left out"
            )
            collector.withheld.add(collector.id_of(address))
            continue
        role = role_of(name, Document(name, address), fallback if name == title.text else FileRole.ATTACHMENT)
        if file := collector.file(name, address, role, None):
            yield file


def _says_public(name: str) -> bool:
    return bool(_OF_THE_PUBLIC.search(name)) or Section.PUBLIC in sections_named(name)


def _is_another_sitting_s(name: str, title: Title, description: Notices) -> bool:
    """Whether a document's name says that it is of a sitting on another day."""
    own = read_title(name, description)
    return own.day is not None and own.day != title.day and own.kind not in (NoticeKind.NOTICE, NoticeKind.GAZETTE)
