"""The JSON answer to a question, as models of its own."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from indexer.index.contract import Rewriting
from indexer.index.understanding import UnderstandingKind
from search_api.agenda_state import AgendaState
from search_api.schemas import Answer, MunicipalityRef
from search_api.suggestions import SuggestionKind

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


class UnderstandingBody(Answer):
    """One thing that was made of the question: `typed` is the piece as it was typed, `meant` what was made of it."""

    kind: UnderstandingKind = Field(
        description="`spelling`: `meant` is asked for in place of a typing mistake. `synonym`, `abbreviation`: it is "
        "asked for as well. `part`: a compound, whose parts close together are a find as well. `relaxed`: the word may "
        "be missing. `number`: the number of a paper. `date`, `field`, `place`: what the piece was read as."
    )
    typed: str
    meant: str
    applied: bool = Field(
        description="false: it was not done, because it is switched off by `without`, or because something is found "
        "without that correction"
    )


class QueryBody(Answer):
    """How the question was understood: `written` says the same again, `understood` what was made of it besides."""

    q: str
    written: str
    clauses: list[ClauseBody]
    understood: list[UnderstandingBody]
    did_you_mean: str | None = Field(description="The question with every correction that was not applied.")
    without: list[Rewriting] = Field(description="What was switched off.")
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
    facets: dict[str, list[FacetValue]]


class SuggestionBody(Answer):
    """`text` is what may be typed instead. `url` leads to a search, or, of a title and a number, to the record itself,
    whose municipality is named."""

    kind: SuggestionKind
    text: str
    url: str
    municipality: MunicipalityRef | None


class SuggestAnswer(Answer):
    """What goes on from `q`."""

    q: str
    suggestions: list[SuggestionBody]


SUGGESTIONS: Final[dict[str, Any]] = {
    "q": "radv",
    "suggestions": [
        {"kind": "word", "text": "Radverkehr", "url": "/suche?q=Radverkehr", "municipality": None},
        {
            "kind": "title",
            "text": "Öffnung aller Einbahnstraßen für den Radverkehr",
            "url": "/papers/lindquell:paper:4711",
            "municipality": {"key": "lindquell", "name": "Lindquell"},
        },
    ],
}

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
        "understood": [{"kind": "part", "typed": "Radweg", "meant": "Rad Weg", "applied": True}],
        "did_you_mean": None,
        "without": [],
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
    "facets": {"kind": [{"value": "paper", "label": "paper", "count": 1}]},
}
