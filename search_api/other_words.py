"""Papers that may say in other words what was asked for: a block beside the hits, where words find next to nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from archive.record_reader import HeldRecord
from council.model import Paper
from indexer.index.contract import Clause, Occur, Query, Results, Sort
from indexer.index.folding import fold
from indexer.index.language import STOPWORDS
from search_api.dependencies import Services
from search_api.params import SearchParams

FEW: Final = 5
"""Below so many hits the block is shown: what words find well needs none, and is answered as fast as ever."""

MOST_SHOWN: Final = 3
MOST_COMPARED: Final = 20
MOST_WORDS: Final = 12


def in_other_words(
    services: Services, params: SearchParams, clauses: Sequence[Clause], results: Results, names: Mapping[str, str]
) -> tuple[HeldRecord, ...]:
    """The papers whose titles mean most nearly what was asked for, of several with the same title one. None beside many
    hits, on a later page, with filters, in another order, and none for numbers, phrases, beginnings and exclusions;
    none for nonsense, either: at least half of the words have to stand in some paper."""
    plain = not (params.active or params.after or params.page > 1) and params.order is Sort.RELEVANCE
    if services.similar is None or not plain or results.total >= FEW or results.partial:
        return ()
    words = _words(clauses, names)
    if len(words) < 2 or 2 * sum(services.index.search(Query((w,), limit=1)).total > 0 for w in words) < len(words):
        return ()
    shown: dict[str | None, HeldRecord] = {}
    found = {hit.id for hit in results.hits}
    for record in services.records.records(services.similar.to_question(params.q, MOST_COMPARED)):
        if record.id not in found and isinstance(record.noun, Paper):
            shown.setdefault(record.noun.name, record)
    return tuple(shown.values())[:MOST_SHOWN]


def _words(clauses: Sequence[Clause], names: Mapping[str, str]) -> list[Clause]:
    """The clauses that say what is asked for, without names of municipalities; none where any is not a plain word."""
    if len(clauses) > MOST_WORDS or not all(_is_plain(clause) for clause in clauses):
        return []
    of_places = {fold(word) for name in names.values() for word in name.split()}
    return [clause for clause in clauses if fold(clause.text) not in STOPWORDS | of_places]


def _is_plain(clause: Clause) -> bool:
    special = clause.phrase or clause.prefix or clause.alternatives or clause.occur is not Occur.SHOULD
    return not special and not any(letter.isdigit() for letter in clause.text)
