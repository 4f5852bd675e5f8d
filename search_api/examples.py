"""Questions and ids that find something here: for the first page, the help and the page about the API."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from archive.file_reader import FileReader
from archive.record_reader import RecordReader
from council.model import Kind
from indexer.index.contract import Filter, Hit, IndexFault, IndexReader, Query, Sort
from indexer.index.query import parse

MAX_TITLES = 40
"""Examples are made of the titles of so many of the newest papers."""

MAX_TRIES = 12
"""So many questions of a form are asked until one finds something."""

WORD = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]{7,}\b")
PHRASE = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]+ (?:[a-zäöüß]{2,} ){1,2}[A-ZÄÖÜ][a-zäöüß]{3,}\b")


@dataclass(frozen=True, slots=True)
class Examples:
    """Questions, each of which finds something, and ids of records and of a file with text; empty or None where
    nothing here makes one."""

    words: tuple[str, ...] = ()
    """Single words, for the first page."""
    several_words: str | None = None
    phrase: str | None = None
    without: tuple[str, str] | None = None
    """Two words: the first without the second finds something."""
    either: str | None = None
    both: str | None = None
    beginning: str | None = None
    reference: str | None = None
    paper_id: str | None = None
    meeting_id: str | None = None
    organization_id: str | None = None
    file_id: str | None = None


def load_examples(index: IndexReader, records: RecordReader, files: FileReader) -> Examples:
    """Examples out of the index; none where it does not answer. Raises ArchiveUnavailable."""
    try:
        papers = _newest(index, Kind.PAPER, MAX_TITLES)
        return _examples(index, records, files, papers) if papers else Examples()
    except IndexFault:
        return Examples()


def _examples(index: IndexReader, records: RecordReader, files: FileReader, papers: Sequence[Hit]) -> Examples:
    def first(questions: Iterable[str]) -> str | None:
        return next((question for question in islice(questions, MAX_TRIES) if _finds(index, question)), None)

    titles = [hit.title for hit in papers]
    words = _subjects(titles)
    apart = list(islice(combinations(words, 2), MAX_TRIES))
    together = [pair for title in titles for pair in combinations(dict.fromkeys(WORD.findall(title)), 2)]
    meetings = _newest(index, Kind.MEETING, 1)
    texts = files.texts(hit.id for hit in papers)
    return Examples(
        words=tuple(islice((word for word in words[:MAX_TRIES] if _finds(index, word)), 3)),
        several_words=first(" ".join(pair) for pair in together),
        phrase=first(f'"{phrase}"' for title in titles for phrase in PHRASE.findall(title)),
        without=next((pair for pair in apart if _finds(index, " -".join(pair))), None),
        either=first(" ODER ".join(pair) for pair in apart),
        both=first(" UND ".join(pair) for pair in together),
        beginning=first(f"{word[:-2]}*" for word in words),
        reference=first(hit.reference for hit in papers if hit.reference),
        paper_id=papers[0].id,
        meeting_id=meetings[0].id if meetings else None,
        organization_id=next((ids[0] for ids in records.ids([Kind.ORGANIZATION])), None),
        file_id=next((text.file_id for hit in papers for text in texts.get(hit.id, ())), None),
    )


def _newest(index: IndexReader, kind: Kind, limit: int) -> tuple[Hit, ...]:
    return index.search(Query(filter=Filter(kind=(kind.value,)), sort=Sort.NEWEST, limit=limit)).hits


def _finds(index: IndexReader, question: str) -> bool:
    return index.search(Query(clauses=parse(question), limit=1)).total > 0


def _subjects(titles: Sequence[str]) -> list[str]:
    """The first noun of every title, which mostly says what it is about: the most frequent first, those of the newest
    titles first among equals."""
    counts = Counter(words[0] for title in titles if (words := WORD.findall(title)))
    return [word for word, _ in counts.most_common()]
