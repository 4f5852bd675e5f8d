"""A list of notices: its meetings, its papers, and the pages to ask next."""

from __future__ import annotations

import re
from dataclasses import replace

from bs4 import Tag

from council.model import File, FileRole
from council.notices import Notices
from crawlers.notices import quirks
from crawlers.notices.collector import Collector
from crawlers.notices.entries import Entry, entries_in
from crawlers.notices.links import Document
from crawlers.notices.meeting import DAY_OF_SITTING, PUBLISHED, location_of
from crawlers.notices.title import ROLES, Committee, NoticeKind, Title, committee_in, read_title
from crawlers.notices.urls import file_name, is_never_asked
from crawlers.parsing.clocks import Place, times_in
from crawlers.parsing.dates import FoundDay, find_days
from crawlers.parsing.documents import role_by_name, without_size
from crawlers.parsing.visibility import Section, section_of_heading

_RESOLVED = re.compile(r"beschl(?:uss|üsse|uesse)(?!vorlage)", re.IGNORECASE)
_SAYS_ATTACHMENT = re.compile(r"bericht|unterrichtung|vorlage", re.IGNORECASE)
_CALENDAR = re.compile(r"sitzung|tagesordnung|einladung", re.IGNORECASE)
_TIME_BEHIND = re.compile(r"[\s,|–-]*(?:um\s+|ab\s+)?\d{1,2}(?:[:.]\d{2})?\s*(?:uhr|(?:-|–|bis)\s*\d)", re.IGNORECASE)
_IS_WHEN = re.compile(r"\d\s*Uhr|findet|statt\b|tag[,s]?\s|mittwoch|\bam\s", re.IGNORECASE)
_ISSUE_ONLY = re.compile(
    r"(?:(?:ausgabe|nr\.?|nummer|heft|jahrgang|kw|vom|und|sonderausgabe|januar|februar|märz|april|mai|juni|juli|august|september"
    r"|oktober|november|dezember)|[\d\s./,|_–-])+",
    re.IGNORECASE,
)


def read_entries(root: Tag, collector: Collector, description: Notices) -> int:
    """Read the entries of a list into the collector; how many notices there were, the non-public ones included."""
    return collect_entries(entries_in(root, collector.url, description), collector, description)


def collect_entries(entries: list[Entry], collector: Collector, description: Notices) -> int:
    """Take entries, those of a page or a feed, into the collector; how many of them were notices."""
    found = [
        (entry, title)
        for entry in entries
        if not description.matches(description.ignore, entry.title)
        for title in [_titled(entry, description)]
        if _is_notice(entry, title, description)
    ]
    for entry, title in found:
        if title.nonpublic:
            addresses = [document.url for document in entry.documents] + ([entry.detail] if entry.detail else [])
            collector.withheld.update(collector.id_of(address) for address in addresses)
        collector.withheld.update(collector.id_of(document.url) for document in entry.documents if document.nonpublic)
    for entry, title in found:
        if not title.nonpublic:
            _collect(entry, title, collector)
    return len(found)


def _titled(entry: Entry, description: Notices) -> Title:
    """The title of an entry, with what its row, its column and the headings above it say."""
    near = _committee_near(entry, description)
    leads_nowhere = not entry.documents and entry.detail is None
    title = read_title(entry.row if leads_nowhere and entry.row else entry.title, description, near)
    if _is_under_nonpublic(entry, description):
        return replace(title, nonpublic=True)
    if not title.nonpublic and (above := _sitting_above(entry, title, description)):
        entry.is_part = True
        return above
    if title.kind is NoticeKind.INVITATION and title.day is None and entry.teaser:
        return _dated_by_teaser(title, entry)
    if title.kind is NoticeKind.NOTICE and entry.teaser and _is_card_of_meeting(entry, title):
        return _dated_by_teaser(replace(title, kind=NoticeKind.INVITATION), replace(entry, published=None))
    if title.kind is NoticeKind.NOTICE and title.committee is None and _is_bare_issue(entry, description):
        years = [heading for heading in entry.near if re.fullmatch(r"(?:Jahr(?:gang)? )?20\d\d", heading)]
        year = f" {years[0]}" if years and not re.search(r"20\d\d", title.text) else ""
        return replace(title, kind=NoticeKind.GAZETTE, text=f"{title.text}{year}")
    return _of_its_day(title, near, entry, description)


def _is_under_nonpublic(entry: Entry, description: Notices) -> bool:
    """Whether what stands around an entry says that it is not public: its row, its headings, a word beside its link."""
    if entry.nonpublic or (entry.row and read_title(entry.row, description).nonpublic):
        return True
    return any(
        section_of_heading(heading) is Section.NONPUBLIC or read_title(heading, description).nonpublic
        for heading in entry.near
    )


def _sitting_above(entry: Entry, title: Title, description: Notices) -> Title | None:
    """The meeting that the nearest heading with a day announces, where the entry itself names no other day."""
    if title.day is not None:
        return None
    for heading in entry.near:
        above = read_title(heading, description)
        if above.announces and above.committee is not None:
            own = _kind_in(entry.title)
            return replace(above, kind=own or NoticeKind.INVITATION)
        if above.day is not None or above.committee is not None:
            return None
    return None


def _is_card_of_meeting(entry: Entry, title: Title) -> bool:
    """Whether an entry is a committee, with one day and a time below it."""
    bare = title.committee is not None and entry.title.strip(" :") == title.committee.name and title.day is None
    rest = entry.teaser or ""
    return bare and len(find_days(rest, in_names=True)) == 1 and times_in(rest, Place.PROSE).begin is not None


def _dated_by_teaser(title: Title, entry: Entry) -> Title:
    """A title without a day, with the day of the sitting that the words below it say."""
    rest = (entry.teaser or "").replace(entry.title, " ", 1)
    days = [
        found_day.day
        for found_day in find_days(rest, in_names=True)
        if found_day.day and (found_day.day != entry.published or _is_a_sittings(rest, found_day))
    ]
    if not days or not _IS_WHEN.search(rest):
        return title
    times = times_in(rest, Place.PROSE)
    return replace(title, day=days[0], start=title.start or times.begin, end=title.end or times.end)


def _is_a_sittings(text: str, found_day: FoundDay) -> bool:
    """Whether a day is that of a sitting and not of its publication: "am 12.11.2026", "12.11.2026 18:00–20:00 Uhr"."""
    before, behind = text[: found_day.start][-40:], text[found_day.end :][:40]
    if PUBLISHED.search(before):
        return False
    return bool(DAY_OF_SITTING.search(before) or _TIME_BEHIND.match(behind))


def _is_bare_issue(entry: Entry, description: Notices) -> bool:
    """Whether an entry is "Ausgabe 3" or "September" below a heading that names the gazette."""
    if not _ISSUE_ONLY.fullmatch(without_size(entry.title) or entry.title):
        return False
    return any(
        len(heading) < 80 and read_title(heading, description).kind is NoticeKind.GAZETTE for heading in entry.near
    )


def _of_its_day(title: Title, near: Committee | None, entry: Entry, description: Notices) -> Title:
    """An entry that is but a day, or whose documents or headings say what it is about on that day."""
    if title.kind is not NoticeKind.NOTICE or title.day is None:
        return title
    if _is_only_a_day(entry.title):
        label = next((words for words in (entry.label, *entry.near) if words and _kind_in(words)), None)
        name = near.name if near else ""
        if label and not find_days(label, in_names=True):
            return _of_label(label, name, entry, description, near)
    kinds = [_kind_in(f"{document.name or ''} {document.label or ''}") for document in entry.documents]
    kind = next((kind for kind in kinds if kind), None)
    if kind is None and (title.committee or near) and any(_CALENDAR.search(heading) for heading in entry.near[:2]):
        kind = NoticeKind.INVITATION
    return replace(title, kind=kind, committee=title.committee or near) if kind and (title.committee or near) else title


def _of_label(label: str, committee: str, entry: Entry, description: Notices, near: Committee | None) -> Title:
    """An entry that is but a day, under the head of its column."""
    title = replace(read_title(f"{label} {committee} {entry.title}", description, near), committee=near)
    return replace(title, committee=near, text=f"{label} {committee} {entry.title}")


def _committee_near(entry: Entry, description: Notices) -> Committee | None:
    for heading in entry.near:
        if (
            len(heading) < 150
            and not find_days(heading, in_names=True)
            and (found := committee_in(heading, description.place))
        ):
            return found
    return None


def _kind_in(words: str) -> NoticeKind | None:
    for way, kind in (
        (r"niederschrift|protokoll", NoticeKind.MINUTES),
        (r"unterrichtung|bericht", NoticeKind.REPORT),
        (r"einladung|tagesordnung", NoticeKind.INVITATION),
    ):
        if re.search(way, words, re.IGNORECASE):
            return kind
    return None


def _is_only_a_day(title: str) -> bool:
    days = find_days(title, in_names=True)
    return len(days) == 1 and not re.search(r"\w", title[: days[0].start] + title[days[0].end :])


def _is_notice(entry: Entry, title: Title, description: Notices) -> bool:
    committee = title.committee.name if title.committee else None
    is_dated = title.day is not None or entry.published is not None
    if not re.search(r"\w", entry.title) or quirks.is_of_members(entry.title, committee, is_dated=is_dated):
        return False
    if entry.detail and is_never_asked(entry.detail) and not entry.documents:
        return False
    if description.item or entry.sure:
        return bool(entry.detail or entry.documents)
    if not (entry.detail or entry.documents):
        return title.of_a_meeting and title.kind is NoticeKind.INVITATION
    dated = title.day is not None or title.issue is not None
    invites = title.kind is NoticeKind.INVITATION and title.committee is not None and entry.detail is not None
    return title.nonpublic or invites or (dated and title.kind is not NoticeKind.NOTICE)


def _collect(entry: Entry, title: Title, collector: Collector) -> None:
    """One public entry into the collector."""
    address = entry.detail or (entry.documents[0].url if entry.documents else collector.url)
    if collector.id_of(address) in collector.withheld:
        return
    if title.impossible_day:
        collector.diagnostics.add(
            entry.title[:300], "expected a day of the calendar, found one that does not exist: left unknown"
        )
    of_a_meeting = title.of_a_meeting or title.announces
    if title.kind in quirks.DAY_IS_ITS_OWN and _is_only_a_day(entry.title):
        of_a_meeting = False
    files = _files(entry, title, collector, of_a_meeting=of_a_meeting)
    if of_a_meeting:
        place = location_of(entry.place) if entry.place else None
        is_page = entry.detail is not None and not entry.is_part
        collector.meeting(title, address, files=tuple(files), location=place, is_page=is_page)
    elif title.kind is NoticeKind.INVITATION and entry.detail is not None and not entry.documents:
        pass  # Its own page says which day, and is asked for.
    elif files or not entry.documents:
        _paper(entry, title, address, files, collector)
    if title.kind is NoticeKind.INVITATION and not of_a_meeting and entry.detail is None:
        collector.diagnostics.add(entry.title[:300], "expected the day of the meeting, found none: kept as a paper")
    collector.follow(entry.detail)


def _files(entry: Entry, title: Title, collector: Collector, *, of_a_meeting: bool) -> list[File]:
    """The documents of an entry, and the page it leads to where that itself is minutes or a report."""
    unnamed = _is_only_a_day(entry.title) and title.text == entry.title
    unsaid = entry.is_part and _kind_in(entry.title) is None
    role = ROLES.get(title.kind, FileRole.ATTACHMENT) if of_a_meeting else FileRole.ATTACHMENT
    fallback = FileRole.ATTACHMENT if unnamed or unsaid else role
    files = [file for document in entry.documents if (file := _file(document, entry, title, collector, fallback))]
    is_said_by_document = any(
        _kind_in(f"{document.name or ''} {document.label or ''}") is title.kind for document in entry.documents
    )
    if (
        entry.detail
        and title.kind in (NoticeKind.MINUTES, NoticeKind.REPORT, NoticeKind.RESOLUTIONS)
        and not is_said_by_document
    ):
        page = collector.file(_name_of(entry), entry.detail, fallback, entry.published)
        files += [page] if page else []
    return files


def _paper(entry: Entry, title: Title, address: str, files: list[File], collector: Collector) -> None:
    main = [file.model_copy(update={"role": FileRole.MAIN}) if not at else file for at, file in enumerate(files)]
    renamed = title.text != entry.title and _is_only_a_day(entry.title)
    name = title.text if renamed else None
    collector.paper(
        title, address, name=name, files=tuple(main), date=entry.published, is_page=entry.detail is not None
    )


def _name_of(entry: Entry) -> str:
    """What a document is called that has no name of its own: like its entry."""
    return without_size(entry.title) or entry.title


def _file(document: Document, entry: Entry, title: Title, collector: Collector, fallback: FileRole) -> File | None:
    is_told = document.label and (len(entry.documents) > 1 or _kind_in(document.label))
    name = document.name or (document.label if is_told else None) or _name_of(entry)
    return collector.file(name, document.url, role_of(name, document, fallback), entry.published)


def role_of(name: str, document: Document, fallback: FileRole) -> FileRole:
    """What a document is to its meeting: by its name, its column, its file's name; else what its entry is."""
    for words in (name, document.label, file_name(document.url), document.url):
        role = role_by_name(words)
        if role in {None, FileRole.INVITATION} and _RESOLVED.search(words or ""):
            return FileRole.RESOLUTION  # "Bekanntmachung der Beschlüsse"
        if role := role or (FileRole.ATTACHMENT if _SAYS_ATTACHMENT.search(words or "") else None):
            return role
    return fallback
