"""The saved websites of municipalities without a council information system."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from council.model import File, FileRole, Meeting, Paper, files_of
from council.system import System
from crawlers.notices.pages import read_page
from tests.saved_pages import council_words
from tests.saved_pages.comparing import CUT, Declared
from tests.saved_pages.factory import Result, SavedPages

_ROLES = {
    "invitation": {FileRole.INVITATION},
    "minutes": {FileRole.MINUTES, FileRole.MAIN},
    "report": {FileRole.ATTACHMENT, FileRole.MAIN},
}
"""Kinds of documents: of a meeting, and as the main file of a paper where no meeting is named. A meeting has no
property for a report, so that it is an attachment."""

_BY_LAW = "https://www.musterbach.example.test/fileadmin/bekanntmachungen/2026/haushaltssatzung-2026.pdf"


def _ours(result: Result) -> dict[str, Any]:
    """Documents by address, and which of them the result does not have; meetings in the order of their days."""
    asked, page = result.addresses[0], result.page
    records = [one for one in page.records if isinstance(one, Meeting | Paper)]
    files = {str(file.url): (file, record) for record in records for file in files_of(record)}
    wanted = {urljoin(asked, one["url"]): one for one in result.wanted["documents"]}
    found = {url: _document(*files[url], one) for url, one in wanted.items() if url in files}
    found |= {url: _followed(records, one) for url, one in wanted.items() if url in page.follow and url not in files}
    return {
        "documents": found,
        "others": sorted(files.keys() - wanted.keys()),
        "meetings": sorted(council_words.meetings(records), key=_day_and_name),
    }


def _document(file: File, record: Meeting | Paper, wanted: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": file.name,
        "url": file.url,
        "kind": wanted["kind"] if file.role in _ROLES[wanted["kind"]] else file.role.value,
        "published": str(file.date) if file.date else None,
        "meetingDate": _day(record),
        "organization": _committee(record),
    }


def _followed(records: list[Meeting | Paper], wanted: dict[str, Any]) -> dict[str, Any]:
    """An invitation that is a page: it is asked for, and its meeting is there, without a file."""
    said = (wanted["meetingDate"], wanted["organization"])
    there = [one for one in records if isinstance(one, Meeting) and (_day(one), _committee(one)) == said]
    day, committee = said if len(there) == 1 and not there[0].files else (None, None)
    return {"kind": "followed", "published": None, "meetingDate": day, "organization": committee}


def _day(record: Meeting | Paper) -> str | None:
    day = record.start.date() if isinstance(record, Meeting) and record.start else None
    day = record.date if isinstance(record, Paper) else day
    return str(day) if day else None


def _committee(record: Meeting | Paper) -> str | None:
    named = record.organization if isinstance(record, Meeting) else record.originator
    return named[0].name if named else None


def _day_and_name(meeting: dict[str, Any]) -> tuple[str, str]:
    return str(meeting["start"])[:10], str(meeting["name"])


def _theirs(wanted: dict[str, Any], asked: str) -> dict[str, Any]:
    documents = {urljoin(asked, one["url"]): {"published": None} | one for one in wanted["documents"]}
    whole = {url: one | {"url": url} for url, one in documents.items()}
    return wanted | {"documents": whole, "others": [], "meetings": sorted(wanted["meetings"], key=_day_and_name)}


def _moment(start: str) -> str:
    moment = datetime.fromisoformat(start)
    return moment.isoformat() if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Europe/Berlin")).isoformat()


PAGES = SavedPages(
    system=System.NOTICES,
    folders=("website",),
    suffixes=frozenset({".html"}),
    read=read_page,
    guess=lambda name: f"https://www.{name.split('/')[-2]}.example.de/{name.rpartition('/')[2].partition('.')[0]}.html",
    ours=_ours,
    theirs=_theirs,
    page_type=lambda _: "notice-list",
    addresses={
        "website/betteldorf/niederschriften.partial.html": "https://betteldorf.de/niederschriften/",
        "website/musterbach/bekanntmachungen.synthetic.html": (
            "https://www.musterbach.example.test/rathaus/bekanntmachungen/"
        ),
    },
    never=(
        "nichtoeffentlich",
        "nichtöffentlich",
        "Müllabfuhr",
        "02_ogr.pdf",
        "freizeit-tourismus",
        "abfallkalender",
        "suche?q=",
        "impressum",
    ),
    notation=(
        Declared("meetings[].start", "a day alone is midnight in Berlin, as everywhere", _moment),
        Declared("meetings[].cancelled", "null (nothing shown) is False in ours, the model's default", bool),
        Declared("meetings[].documents", "compared in the list of all documents"),
        Declared("meetings[].agendaItems", "none in a list: ours are empty", lambda items: items or []),
        Declared("meetings[].url", "null: a list has no page of a meeting; ours is the report's where there is one"),
        Declared("meetings[].nativeId", "there is none: ours is made of day and committee"),
    ),
    declared=(
        Declared(
            "meetings",
            "some results list documents only; ours makes the meetings they belong to where committee and day are "
            "named, as Musterbach's result does",
            lambda found: found or CUT,
        ),
        Declared(
            "documents.*_berichte_*.name documents.*_berichte_*.url",
            "Berglicht's invitations are pages, not documents: their text may hold the non-public part. Ours follows "
            "and reads them and keeps no file",
        ),
        Declared("documents.*_berichte_*.kind", "followed, see above", lambda _: "followed"),
        Declared(
            "others",
            "Musterbach's result drops the budget by-law; ours keeps it as a paper of type Bekanntmachung",
            lambda _: [_BY_LAW],
            pages="*/musterbach/*",
        ),
        Declared("documents.*.needsRobots documents.*.otherHost", "what may be asked for is decided when it is asked"),
    ),
)
