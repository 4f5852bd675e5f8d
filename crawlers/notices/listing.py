"""A list of notices: its meetings, its papers, and the pages to ask next."""

from __future__ import annotations

import re
from dataclasses import replace

from bs4 import Tag

from council.model import File, FileRole
from crawlers.notices.addresses import file_name
from crawlers.notices.committee import Committee, committee_in
from crawlers.notices.days import days_in
from crawlers.notices.description import Description
from crawlers.notices.entries import Document, Entry, entries_in
from crawlers.notices.harvest import Harvest
from crawlers.notices.title import ROLES, Says, Title, read_title, without_size

_ROLE_WORDS: tuple[tuple[re.Pattern[str], FileRole], ...] = (
    (re.compile(r"niederschrift|protokoll", re.I), FileRole.MINUTES),
    (re.compile(r"beschl(?:uss|üsse|uesse)(?!vorlage)", re.I), FileRole.RESOLUTION),
    (re.compile(r"einladung|tagesordnung|bekanntmachung|\bladung", re.I), FileRole.INVITATION),
    (re.compile(r"bericht|unterrichtung|vorlage|anlage", re.I), FileRole.ATTACHMENT),
)
_CALENDAR = re.compile(r"sitzung|tagesordnung|einladung", re.IGNORECASE)
_EMPTY = re.compile(
    r"\bkeine?\s+(?:\w+\s+){0,4}?(?:bekanntmachungen|einträge|meldungen|beiträge|nachrichten|sitzungen|artikel"
    r"|ergebnisse|dokumente|datensätze|termine|ausschreibungen)\b"
    r".{0,60}(?:vorhanden|gefunden|verfügbar|vor|veröffentlicht|an|\.|$)",
    re.IGNORECASE,
)


def says_empty(text: str) -> bool:
    """Whether a list says in its own words that nothing is in it: "Derzeit liegen keine Bekanntmachungen vor"."""
    return len(text) < 3000 and bool(_EMPTY.search(re.sub(r"\b(?:liegen|sind|gibt es|wurden)\s+", "", text)))


def read_entries(root: Tag, harvest: Harvest, description: Description) -> int:
    """Read the entries of a list into the harvest; how many notices there were, the non-public ones included."""
    return take_entries(entries_in(root, harvest.url, description), harvest, description)


def take_entries(entries: list[Entry], harvest: Harvest, description: Description) -> int:
    """Take entries, those of a page or a feed, into the harvest; how many of them were notices."""
    found = [
        (entry, title)
        for entry in entries
        if not description.names(description.ignore, entry.title)
        for title in [_titled(entry, description)]
        if _is_notice(entry, title, description)
    ]
    for entry, title in found:
        if title.nonpublic:
            addresses = [document.url for document in entry.documents] + ([entry.detail] if entry.detail else [])
            harvest.withheld.update(harvest.id_of(address) for address in addresses)
    for entry, title in found:
        if not title.nonpublic:
            _take(entry, title, harvest)
    return len(found)


def _titled(entry: Entry, description: Description) -> Title:
    """The title of an entry, with the committee and the kind that its column and the headings above it say."""
    near = _committee_near(entry, description)
    title = read_title(entry.title, description, near)
    if title.says is not Says.NOTICE or title.day is None:
        return title
    if _is_only_a_day(entry.title):
        label = next((said for said in (entry.label, *entry.near) if said and _says_kind(said)), None)
        name = near.name if near else ""
        if label and not days_in(label):
            return _of_label(label, name, entry, description, near)
    kinds = [_says_kind(f"{document.name or ''} {document.label or ''}") for document in entry.documents]
    says = next((kind for kind in kinds if kind), None)
    if says is None and (title.committee or near) and any(_CALENDAR.search(said) for said in entry.near[:2]):
        says = Says.INVITATION
    return replace(title, says=says, committee=title.committee or near) if says and (title.committee or near) else title


def _of_label(label: str, committee: str, entry: Entry, description: Description, near: Committee | None) -> Title:
    """An entry that is but a day, under the head of its column. A report's day is its own (Berglicht)."""
    title = replace(read_title(f"{label} {committee} {entry.title}", description, near), committee=near)
    return replace(title, committee=near, text=f"{label} {committee} {entry.title}")


def _committee_near(entry: Entry, description: Description) -> Committee | None:
    for said in entry.near:
        if len(said) < 150 and not days_in(said) and (found := committee_in(said, description.place)):
            return found
    return None


def _says_kind(said: str) -> Says | None:
    for way, says in (
        (r"niederschrift|protokoll", Says.MINUTES),
        (r"unterrichtung|bericht", Says.REPORT),
        (r"einladung|tagesordnung", Says.INVITATION),
    ):
        if re.search(way, said, re.IGNORECASE):
            return says
    return None


def _is_only_a_day(title: str) -> bool:
    days = days_in(title)
    return len(days) == 1 and not re.search(r"\w", title[: days[0].start] + title[days[0].end :])


def _is_only_a_committee(entry: Entry, title: Title) -> bool:
    """A committee without any day: the list of its members, or its own page (Berglicht 2026)."""
    bare = title.committee is not None and entry.title.strip(" :") == title.committee.name
    return bare and title.day is None and entry.published is None


def _is_notice(entry: Entry, title: Title, description: Description) -> bool:
    if not re.search(r"\w", entry.title) or _is_only_a_committee(entry, title):
        return False
    if description.item or entry.sure:
        return bool(entry.detail or entry.documents)
    if not (entry.detail or entry.documents):
        return title.of_a_meeting and title.says is Says.INVITATION
    dated = title.day is not None or title.issue is not None
    return title.nonpublic or (dated and title.says is not Says.NOTICE)


def _take(entry: Entry, title: Title, harvest: Harvest) -> None:
    """One public entry into the harvest."""
    address = entry.detail or (entry.documents[0].url if entry.documents else harvest.url)
    if harvest.id_of(address) in harvest.withheld:
        return
    if title.impossible_day:
        harvest.say(entry.title, "expected a day of the calendar, found one that does not exist: left unknown")
    of_a_meeting = title.of_a_meeting or title.announces
    if title.says is Says.REPORT and _is_only_a_day(entry.title):
        of_a_meeting = False
    unnamed = _is_only_a_day(entry.title) and title.text == entry.title
    fallback = ROLES.get(title.says, FileRole.ATTACHMENT) if of_a_meeting and not unnamed else FileRole.ATTACHMENT
    files = [file for one in entry.documents if (file := _file(one, entry, title, harvest, fallback))]
    if entry.detail and title.says in (Says.MINUTES, Says.REPORT, Says.RESOLUTIONS):
        page = harvest.file(_name_of(entry), entry.detail, fallback, entry.published)
        files += [page] if page else []
    if of_a_meeting:
        harvest.meeting(title, address, files=tuple(files), is_page=entry.detail is not None)
    elif files or not entry.documents:
        _paper(entry, title, address, files, harvest)
    if title.says is Says.INVITATION and not of_a_meeting and entry.detail is None:
        harvest.say(entry.title, "expected the day of the meeting, found none: kept as a paper")
    harvest.ask(entry.detail)


def _paper(entry: Entry, title: Title, address: str, files: list[File], harvest: Harvest) -> None:
    main = [file.model_copy(update={"role": FileRole.MAIN}) if not at else file for at, file in enumerate(files)]
    name = title.text if title.text != entry.title and _is_only_a_day(entry.title) else None
    harvest.paper(title, address, name=name, files=tuple(main), date=entry.published, is_page=entry.detail is not None)


def _name_of(entry: Entry) -> str:
    """What a document is called that has no name of its own: like its entry."""
    return without_size(entry.title) or entry.title


def _file(one: Document, entry: Entry, title: Title, harvest: Harvest, fallback: FileRole) -> File | None:
    name = one.name or (one.label if one.label and len(entry.documents) > 1 else None) or _name_of(entry)
    return harvest.file(name, one.url, role_of(name, one, fallback), entry.published)


def role_of(name: str, one: Document, fallback: FileRole) -> FileRole:
    """What a document is to its meeting: by its name, its column, its file's name; else what its entry is."""
    for said in (name, one.label, file_name(one.url), one.url):
        for words, role in _ROLE_WORDS:
            if said and words.search(said):
                return role
    return fallback
