"""The whole archive as analysed documents in memory, so that an engine can be measured without the analysis."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archive.record_reader import RecordReader
from indexer.entry import SEARCHED, compose_entries
from indexer.index.analysis import Analysis, Values
from indexer.index.compounds import Vocabulary
from indexer.index.contract import Entry
from ratslupe.installation import Installation


@dataclass(slots=True)
class Ready:
    """Documents, and what it took to make them: reading and composing entries, turning them into tokens."""

    documents: list[Values] = field(default_factory=list)
    characters: int = 0
    composing: float = 0.0
    analysing: float = 0.0


def read_ready(installation: Installation) -> Ready:
    """Compose and analyse everything that is searched, as the indexer does."""
    ready, archive = Ready(), installation.archive()
    analysis = Analysis(Vocabulary(), lambda _: None)
    try:
        began = time.perf_counter()
        for ids in RecordReader(archive).ids(SEARCHED):
            entries = compose_entries(archive, ids)
            composed = time.perf_counter()
            ready.composing += composed - began
            ready.documents += _analysed(analysis, entries)
            began = time.perf_counter()
            ready.analysing += began - composed
            ready.characters += sum(len(text) for entry in entries for text in entry.texts)
        ready.documents += analysis.rest()
        ready.analysing += time.perf_counter() - began
    finally:
        archive.close()
    return ready


def _analysed(analysis: Analysis, entries: Sequence[Entry]) -> Iterator[Values]:
    for entry in entries:
        yield from analysis.put(entry)
