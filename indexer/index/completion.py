"""Which entries go on from what is being typed: the last word is taken for the beginning of one, those before it whole.

Titles, names of organizations and reference numbers only: what stands in texts alone is never completed."""

from __future__ import annotations

from typing import Final, NamedTuple

from indexer.index.conditions import BooleanQuery, DisMax, MatchNone, Node, Prefix, Term
from indexer.index.language import STOPWORDS, pieces, stem
from indexer.index.reference import beginning_of_key

MOST_TITLED: Final = 60
MOST_ORGANIZED: Final = 30
MOST_NUMBERED: Final = 10
MOST_WORDS: Final = 8
SHORTEST_BEGINNING: Final = 2


class CompletionConditions(NamedTuple):
    """The conditions of the fields of `Completions`, each with how many entries are wanted."""

    titled: tuple[Node, int]
    organized: tuple[Node, int]
    numbered: tuple[Node, int]


def completion_conditions(typed: str) -> CompletionConditions:
    """What to ask an index for. Nothing goes on from more words than MOST_WORDS, or from a single letter."""
    words = pieces(typed)
    titled: Node = MatchNone()
    organized: Node = MatchNone()
    if words and len(words) <= MOST_WORDS and len(words[-1]) >= SHORTEST_BEGINNING:
        *before, last = words
        said = [word for word in before if word not in STOPWORDS]
        titled = BooleanQuery(
            (
                *(DisMax((Term("title", stem(word)), Term("title_parts", stem(word)))) for word in said),
                DisMax((Prefix("title", last), Term("title", stem(last)))),
            )
        )
        organized = BooleanQuery(
            (*(Term("organization_words", word) for word in said), Prefix("organization_words", last))
        )
    key = beginning_of_key(typed)
    numbered = Prefix("reference", key) if key else MatchNone()
    return CompletionConditions((titled, MOST_TITLED), (organized, MOST_ORGANIZED), (numbered, MOST_NUMBERED))
