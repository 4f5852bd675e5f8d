"""The JSON answer to a question, as models of its own."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from search_api.agenda_state import AgendaState
from search_api.schemas import Answer, MunicipalityRef, SimilarPaperBody

Offsets = Annotated[list[int], Field(min_length=2, max_length=2)]


class FileRef(Answer):
    """`url` is where the source keeps the file; null where it names none that can be linked."""

    id: str
    name: str | None
    url: str | None


class PassageBody(Answer):
    """`highlights` are [begin, end) offsets into `text`, in Unicode characters. `page` is null for files without.
    `url` is our page of the file's text, at the passage and with the words marked; `text_url` the text as JSON."""

    file: FileRef
    page: int | None
    text: str
    highlights: list[Offsets]
    url: str
    text_url: str


class AgendaLineBody(Answer):
    """An item of a meeting's agenda that holds words of the question."""

    number: str | None
    name: str
    highlights: list[Offsets]


class HitBody(Answer):
    """One paper or meeting. `source_id` and `source_url` are the source's own; `url` is our page."""

    id: str = Field(examples=["lindquell:paper:4711"])
    kind: Literal["paper", "meeting"]
    title: str
    title_highlights: list[Offsets]
    reference: str | None
    date: dt.date | None
    municipality: MunicipalityRef
    paper_type: str | None
    organizations: list[str]
    result: str | None = Field(description="The last result that the paper itself tells.")
    cancelled: bool
    agenda_state: AgendaState | None = Field(
        description="Of a meeting, how it is with its public agenda; null for papers. See `/meetings/{id}`."
    )
    source_id: str | None
    source_url: str | None
    url: str
    passages: list[PassageBody]
    more_passages: int = Field(
        description="At how many further places the words stand; of long files a page counts as one."
    )
    agenda: list[AgendaLineBody]


class FacetValue(Answer):
    """How many hits there are with this value, with every filter but the facet's own."""

    value: str
    label: str
    count: int


class ClauseBody(Answer):
    """One piece of the question, as it was understood."""

    text: str
    occur: Literal["must", "should", "must_not"]
    phrase: bool
    prefix: bool
    alternatives: list[str]


class QueryBody(Answer):
    """How the question was understood: `written` says the same again."""

    q: str
    written: str
    clauses: list[ClauseBody]
    sort: Literal["relevance", "newest", "oldest"]
    filters: dict[str, list[str]]


class SearchAnswer(Answer):
    """`total` is exact. `next` goes into `after` for the next page. `partial`: a part of the index did not answer, so
    that `total` may be too low."""

    total: int
    page: int | None = Field(description="null where `after` was given")
    limit: int
    next: str | None
    partial: bool
    took_ms: float
    query: QueryBody
    hits: list[HitBody]
    similar: list[SimilarPaperBody] = Field(
        description="Papers that may say the same in other words, and are no hits: at most 3, where words find fewer "
        "than 5 hits; none where the extra `meaning` is not installed."
    )
    facets: dict[str, list[FacetValue]]


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
                    "url": "/files/lindquell:file:815/text?q=Radweg&page=4#seite-4",
                    "text_url": "/api/v1/files/lindquell:file:815/text",
                }
            ],
            "more_passages": 3,
            "agenda": [],
        }
    ],
    "similar": [],
    "facets": {"kind": [{"value": "paper", "label": "paper", "count": 1}]},
}
