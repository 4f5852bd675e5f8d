"""The tree of conditions that a question becomes: what every engine translates one to one, under Lucene's names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

TIE_BREAKER: Final = 0.3


@dataclass(frozen=True, slots=True)
class Term:
    """The field has the token; scored by BM25 times boost."""

    field: str
    token: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class ConstantScoreTerm:
    """The field has the token; the score is the boost itself."""

    field: str
    token: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class ConstantScore:
    """What the condition says; the score is the boost itself. By its `name` an engine may tell which hits match it."""

    node: Node
    boost: float = 1.0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """The field has the tokens in this order, with at most `slop` moves between them."""

    field: str
    tokens: tuple[str, ...]
    slop: int = 0
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """The field has a token that begins so; the score is the boost itself."""

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


Node: TypeAlias = (
    Term | ConstantScoreTerm | ConstantScore | Phrase | Prefix | DisMax | BooleanQuery | MatchAll | MatchNone
)


def is_unscored(node: Node) -> bool:
    """Whether all entries that match get the same score, so that only ties decide their order."""
    if isinstance(node, MatchAll | MatchNone | Prefix | ConstantScoreTerm):
        return True
    if isinstance(node, BooleanQuery):
        return node.minimum_should_match == len(node.should) and all(
            is_unscored(inner) for inner in (*node.must, *node.should)
        )
    return False
