"""Answers of councilservice of an invented Kleinstadt an der Pfütze, with an operator's key that must not leak."""

from __future__ import annotations

import json
from typing import Any

from council.model import Meeting, Paper
from crawlers.councilservice.pages import read_page
from crawlers.parsing.page import Page

KEY = "deadbeef-01234567-89abcdef-feedc0de"
SYSTEM = "https://kleinstadt.mein-intra.net/"
LIST = f"{SYSTEM}councilservice/session/fetch-overview/mine/0/by-docs/0?range=individual&schedule_start=2031-01-01"
ENTRY = f"{SYSTEM}councilservice/entry/fetch/id/7001"
HUMAN_PAGE = "https://www.kleinstadt.example.test/ris.html"


def document(number: int, name: str = "BV 7_2031 Türanstrich.pdf", **fields: Any) -> dict[str, Any]:
    """A document of a topic."""
    path, stored = f"councilservice/9/0/{number}/", f"datei_{number}.pdf"
    return {
        "id": number,
        "namespace": "documents-topic",
        "description": name,
        "field_1": 4,
        "field_2": 1,
        "path": path,
        "filename": stored,
        "filename_original": name,
        "position": 0,
        "size": 4711,
        "is_deleted": 0,
        "paths": {"data": f"{SYSTEM}export/auth/{KEY}/data/file/{path}{stored}"},
        "link": f"{path}{stored}",
        "session_id": 7001,
        **fields,
    }


def topic(
    place: int, label: Any = "Bericht über die Pfütze", *documents: dict[str, Any], **fields: Any
) -> dict[str, Any]:
    """A visible topic."""
    return {
        "id": 100 + place,
        "session_id": 7001,
        "position": place,
        "label": label,
        "custom_numeration": str(place),
        "numeration": str(place),
        "visibility": 1,
        "description": None,
        "documents-topic": list(documents),
        "children": [],
        **fields,
    }


def entry(*topics: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A session with its agenda."""
    return {
        "id": 7001,
        "entry_id": 7003,
        "title": "Sitzung des Stadtrates",
        "recurrence_start": "2031-03-20",
        "has_recurrence": 0,
        "deactivated": 0,
        "entry_start_time": "18:30",
        "location": "Ratssaal",
        "visibility": 1,
        "display_contents": 1,
        "edited": "2031-03-02 09:00:00",
        "topics": list(topics),
        "documents": [],
        "groups": [31, 39],
        **fields,
    }


def listed(number: int = 7001, **fields: Any) -> dict[str, Any]:
    """A session as the overview lists it."""
    return {
        "id": number,
        "recurrence_start": "2031-03-20",
        "has_recurrence": 0,
        "deactivated": 0,
        "title": "Sitzung des Stadtrates",
        "location": "",
        "entry_start_time": "18:30:00",
        "cnt_topics": 3,
        "cnt_documents": 0,
        "groups": [{"group_id": 31, "group_name": "Stadtrat (Kleinstadt)"}],
        **fields,
    }


def read(data: dict[str, Any], url: str = ENTRY, human_page: str | None = HUMAN_PAGE) -> Page:
    """Read an answer with status OK."""
    page = read_page(json.dumps({"status": "OK", "data": data}).encode(), url, human_page)
    assert KEY not in json.dumps(page.as_json())
    return page


def read_topics(*topics: dict[str, Any], **fields: Any) -> tuple[Meeting, list[Paper], Page]:
    """Read a session with these topics."""
    page = read({"entry": entry(*topics, **fields)})
    (found,) = meetings_of(page)
    return found, [record for record in page.records if isinstance(record, Paper)], page


def read_list(*entries: Any, **fields: Any) -> Page:
    """Read an overview."""
    return read({"entries": list(entries), "count": len(entries), "filteredCount": len(entries), **fields}, LIST)


def meetings_of(page: Page) -> list[Meeting]:
    """The meetings of a page."""
    return [record for record in page.records if isinstance(record, Meeting)]
