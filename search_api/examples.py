"""An invented answer for the API's description; a test holds it against the model."""

from __future__ import annotations

from typing import Any, Final

SEARCH: Final[dict[str, Any]] = {
    "total": 1,
    "page": 1,
    "limit": 10,
    "next": None,
    "partial": False,
    "took_ms": 2.4,
    "query": {
        "q": "Radweg",
        "written": "Radweg",
        "clauses": [{"text": "Radweg", "occur": "should", "phrase": False, "prefix": False, "alternatives": []}],
        "sort": "relevance",
        "filters": {"municipality": ["lindquell"]},
    },
    "hits": [
        {
            "id": "lindquell:paper:4711",
            "kind": "paper",
            "title": "Radweg Bahnhofstraße",
            "title_highlights": [[0, 6]],
            "reference": "BV/2026/0007",
            "date": "2026-05-04",
            "municipality": {"key": "lindquell", "name": "Lindquell"},
            "paper_type": "Beschlussvorlage",
            "organizations": ["Bauausschuss", "Stadtrat"],
            "result": None,
            "cancelled": False,
            "agenda_state": None,
            "source_id": "https://ris.lindquell.example/oparl/papers/4711",
            "source_url": "https://ris.lindquell.example/papers/4711",
            "url": "/papers/lindquell:paper:4711",
            "passages": [
                {
                    "file": {
                        "id": "lindquell:file:815",
                        "name": "Anlage 2.pdf",
                        "url": "https://ris.lindquell.example/files/815.pdf",
                    },
                    "page": 4,
                    "text": "Der Radweg wird auf 2,50 m verbreitert.",
                    "highlights": [[4, 10]],
                }
            ],
            "more_passages": 3,
            "agenda": [],
        }
    ],
    "facets": {"kind": [{"value": "paper", "label": "paper", "count": 1}]},
}
