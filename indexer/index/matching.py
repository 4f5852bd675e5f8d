"""When an entry answers a question: clauses become a tree of conditions that every engine translates one to one.

The rule, the same for every engine:

1. Phrases, reference numbers and words joined by UND must be held, excluded ones must not.
2. Of the plain words and begins all must be held, but of three or more one half may be missing
   (3: 2, 4: 2, 5: 3, 6: 3). Stopwords never count, unless there is nothing else.
3. A word is held by the same stem, by a compound it is a part of, by what it abbreviates, or, when it is a compound,
   by all of its own parts close together; a word that occurs nowhere, by the words at edit distance 1.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Protocol, TypeAlias

from indexer.index.compounds import Vocabulary
from indexer.index.contract import Clause, Occur
from indexer.index.fields import BOOSTS
from indexer.index.language import STOPWORDS, pieces, stem
from indexer.index.reference import is_reference, keys_asked
from indexer.index.synonyms import synonyms_of

WHOLE_FIELDS: Final = ("title", "context", "body")
PART_FIELDS: Final = ("title_parts", "parts")
TIE_BREAKER: Final = 0.3
SPLIT_WEIGHT: Final = 0.5
SPLIT_SLOP: Final = 8
SHORTEST_HALF: Final = 4
RAREST_HALF: Final = 3
SYNONYM_WEIGHT: Final = 0.7
TYPO_WEIGHT: Final = 0.7
REFERENCE_BOOST: Final = 40.0
PREFIX_SCORE: Final = 3.0
NEAR_BOOST: Final = 0.2
NEAR_SLOP: Final = 8
SHORTEST_TYPO: Final = 5
MOST_CORRECTIONS: Final = 3


@dataclass(frozen=True, slots=True)
class Term:
    """The field holds the token; scored by BM25 times boost."""

    field: str
    token: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class ConstantScoreTerm:
    """The field holds the token; the score is the boost itself."""

    field: str
    token: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """The field holds the tokens in this order, with at most `slop` moves between them."""

    field: str
    tokens: tuple[str, ...]
    slop: int = 0
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """The field holds a token that begins so; the score is the boost itself."""

    field: str
    begin: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class DisMax:
    """At least one matches; the score is the best one's, plus a share of the others', times boost."""

    nodes: tuple[Node, ...]
    boost: float = 1.0
    tie_breaker: float = TIE_BREAKER


@dataclass(frozen=True, slots=True)
class BooleanQuery:
    """All of `must`, none of `must_not`, at least so many of `should`; the score is the sum, times boost."""

    must: tuple[Node, ...] = ()
    should: tuple[Node, ...] = ()
    must_not: tuple[Node, ...] = ()
    minimum_should_match: int = 0
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Every entry matches; no score."""


@dataclass(frozen=True, slots=True)
class MatchNone:
    """No entry matches."""


Node: TypeAlias = Term | ConstantScoreTerm | Phrase | Prefix | DisMax | BooleanQuery | MatchAll | MatchNone


class Lexicon(Protocol):
    """What an engine knows of the words in its index. Words are folded and unstemmed."""

    def counts(self, words: Collection[str]) -> Mapping[str, int]:
        """How many entries hold each word; those that none holds may be left out. Asked once a question."""
        ...

    def similar(self, word: str) -> Sequence[str]:
        """Words that are one letter more, less, other or swapped away, the most frequent first."""
        ...


def tree(clauses: Iterable[Clause], vocabulary: Vocabulary, lexicon: Lexicon) -> Node:
    """The condition a question's clauses stand for."""
    return _Matcher(vocabulary, lexicon).tree(tuple(clauses))


def minimum_should_match(count: int) -> int:
    """How many of so many plain words an entry must hold."""
    return count if count <= 2 else count - count // 2


class _Matcher:
    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self._vocabulary = vocabulary
        self._lexicon = lexicon
        self._counts: Mapping[str, int] = {}

    def tree(self, clauses: tuple[Clause, ...]) -> Node:
        meant = _without_stopwords([clause for clause in clauses if pieces(clause.text)])
        if not meant:
            return MatchAll() if not clauses else MatchNone()
        excluded = [clause for clause in meant if clause.occur is Occur.MUST_NOT]
        wanted = [clause for clause in meant if clause.occur is not Occur.MUST_NOT]
        doubtful = frozenset(self.doubtful(wanted))
        self._counts = self._lexicon.counts(doubtful) if doubtful else {}
        must = [self.clause(clause) for clause in wanted if _is_firm(clause)]
        should = [self.clause(clause) for clause in wanted if not _is_firm(clause)]
        least = minimum_should_match(len(should)) if not any(is_reference(clause.text) for clause in wanted) else 0
        near = self.nearness(wanted)
        if not wanted:
            must = [MatchAll()]
        if near:
            must, should, least = [BooleanQuery(tuple(must), tuple(should), (), least)], list(near), 0
        return BooleanQuery(tuple(must), tuple(should), tuple(self.excluded(clause) for clause in excluded), least)

    def doubtful(self, wanted: Iterable[Clause]) -> Iterator[str]:
        """Words of which it must be known whether the index has them: possible typing mistakes, halves of others."""
        for clause in wanted:
            plain = [] if clause.phrase or clause.prefix else [clause.text]
            for text in plain + [text for text in clause.alternatives if len(text.split()) == 1]:
                folded = pieces(text)
                if len(folded) == 1 and folded[0].isalpha():
                    yield folded[0]
                whole = "".join(folded)
                if not self._vocabulary.split(whole):
                    yield from (form for left, right in _cuts(whole) for form in (*_forms(left), right))

    def clause(self, clause: Clause) -> Node:
        """The condition one clause stands for."""
        nodes = [self.text(clause.text, clause.phrase, clause.prefix)]
        nodes += [self.alternative(text) for text in clause.alternatives]
        return _dis_max(nodes)

    def alternative(self, text: str) -> Node:
        """An alternative is a text: with a blank in it it is a phrase, with a `*` behind it the begin of a word."""
        phrase = len(text.split()) > 1 and not is_reference(text)
        return self.text(text.rstrip("*"), phrase=phrase, prefix=text.endswith("*"))

    def text(self, text: str, phrase: bool, prefix: bool) -> Node:
        folded = pieces(text)
        if not folded:
            return MatchNone()
        if phrase:
            return _phrase(folded)
        if is_reference(text):
            return _reference(text, folded)
        if prefix:
            return self.begin(folded)
        return self.word(text, folded)

    def begin(self, folded: tuple[str, ...]) -> Node:
        *before, last = folded
        begin = Prefix("words", last, PREFIX_SCORE)
        return BooleanQuery((_phrase(tuple(before)), begin)) if before else begin

    def word(self, text: str, folded: tuple[str, ...]) -> Node:
        whole = "".join(folded)
        nodes = [_stem_in_all(stem(whole))]
        if len(folded) > 1:
            nodes.append(_phrase(folded))
        if whole.isdigit():
            nodes += [ConstantScoreTerm("reference", key, weight * REFERENCE_BOOST) for key, weight in keys_asked(text)]
        nodes += self.split(whole)
        nodes += [_scaled(_phrase(pieces(other)), SYNONYM_WEIGHT) for other in synonyms_of(whole)]
        nodes += self.corrections(folded, whole)
        return _dis_max(nodes)

    def split(self, whole: str) -> list[Node]:
        """A compound is also held by all of its parts close together, never by one of them."""
        parts = self._vocabulary.split(whole) or self.halves(whole)
        if len(parts) < 2:
            return []
        stems = tuple(stem(part) for part in parts)
        nodes: list[Node] = [Phrase(field, stems, SPLIT_SLOP, BOOSTS[field]) for field in WHOLE_FIELDS]
        nodes.append(BooleanQuery(tuple(_stem_in(("title", "title_parts"), token) for token in stems)))
        return [DisMax(tuple(nodes), SPLIT_WEIGHT)]

    def halves(self, whole: str) -> tuple[str, ...]:
        """Two words of this index that make up a word, for compounds the vocabulary has not learned."""
        found = []
        for left, right in _cuts(whole):
            rarest = min(max(map(self.count, _forms(left))), self.count(right))
            if rarest >= RAREST_HALF:
                found.append((rarest, (left, right)))
        return max(found)[1] if found else ()

    def count(self, word: str) -> int:
        return self._counts.get(word, 0)

    def corrections(self, folded: tuple[str, ...], whole: str) -> list[Node]:
        if len(folded) > 1 or len(whole) < SHORTEST_TYPO or not whole.isalpha() or self.count(whole):
            return []
        return [
            _scaled(_stem_in_all(stem(word)), TYPO_WEIGHT) for word in self._lexicon.similar(whole)[:MOST_CORRECTIONS]
        ]

    def nearness(self, wanted: list[Clause]) -> tuple[Node, ...]:
        """A reward for entries in which neighbours of the question stand close together; holding it is never needed."""
        plain = [stem("".join(pieces(c.text))) for c in wanted if not (c.phrase or c.prefix or c.alternatives)]
        return tuple(
            Phrase(field, pair, NEAR_SLOP, BOOSTS[field] * NEAR_BOOST)
            for pair in pairwise(plain)
            for field in ("title", "body")
        )

    def excluded(self, clause: Clause) -> Node:
        """What must not be held: the very word, phrase or begin, without anything that is only like it."""
        folded = pieces(clause.text)
        nodes = [Prefix("words", folded[-1])] if clause.prefix and len(folded) == 1 else [_phrase(folded)]
        return _dis_max(nodes + [_phrase(pieces(text)) for text in clause.alternatives if pieces(text)])


def _cuts(whole: str) -> list[tuple[str, str]]:
    """Every way to cut a word in two halves that are long enough."""
    if not whole.isalpha():
        return []
    return [(whole[:cut], whole[cut:]) for cut in range(SHORTEST_HALF, len(whole) - SHORTEST_HALF + 1)]


def _forms(left: str) -> list[str]:
    """A left half as it is, and without what links it to the right one."""
    forms = [left, *(left[: -len(link)] for link in ("s", "n", "en", "es") if left.endswith(link))]
    return [form for form in forms if len(form) >= SHORTEST_HALF - 1]


def _is_firm(clause: Clause) -> bool:
    return clause.occur is Occur.MUST or clause.phrase or is_reference(clause.text)


def _without_stopwords(clauses: list[Clause]) -> list[Clause]:
    plain = [c for c in clauses if c.occur is Occur.SHOULD and not c.phrase and not c.prefix and not c.alternatives]
    idle = [c for c in plain if pieces(c.text)[0] in STOPWORDS and len(pieces(c.text)) == 1]
    wanted = [c for c in clauses if c.occur is not Occur.MUST_NOT]
    return clauses if len(idle) == len(wanted) else [c for c in clauses if c not in idle]


def _stem_in(fields: tuple[str, ...], token: str) -> Node:
    return DisMax(tuple(Term(field, token, BOOSTS[field]) for field in fields), tie_breaker=TIE_BREAKER)


def _stem_in_all(token: str) -> Node:
    return _stem_in((*WHOLE_FIELDS, *PART_FIELDS), token)


def _phrase(folded: tuple[str, ...]) -> Node:
    stems = tuple(stem(word) for word in folded)
    if len(stems) == 1:
        return DisMax(tuple(Term(field, stems[0], BOOSTS[field]) for field in WHOLE_FIELDS))
    return DisMax(tuple(Phrase(field, stems, 0, BOOSTS[field]) for field in WHOLE_FIELDS))


def _reference(text: str, folded: tuple[str, ...]) -> Node:
    keys = tuple(ConstantScoreTerm("reference", key, weight * REFERENCE_BOOST) for key, weight in keys_asked(text))
    return DisMax((*keys, _phrase(folded)))


def _dis_max(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else DisMax(tuple(nodes))


def _scaled(node: Node, weight: float) -> Node:
    if isinstance(node, DisMax):
        return DisMax(node.nodes, node.boost * weight, node.tie_breaker)
    return DisMax((node,), weight)


def is_unscored(node: Node) -> bool:
    """Whether all entries that hold the condition get the same score, so that only ties decide their order."""
    if isinstance(node, MatchAll | MatchNone | Prefix):
        return True
    if isinstance(node, BooleanQuery):
        return node.minimum_should_match == len(node.should) and all(
            is_unscored(inner) for inner in (*node.must, *node.should)
        )
    return False
