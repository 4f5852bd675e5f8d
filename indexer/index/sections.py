"""What a list of hits goes through, and in what order: entries that hold all words of the question, and others that
hold a part of them. The same for every engine."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from indexer.index import cursor
from indexer.index.conditions import BooleanQuery, ConstantScore, Node
from indexer.index.contract import BadCursor, Match, Sort
from indexer.index.matching import Interpretation

FEW_HITS: Final = 100
"""So many entries that hold all words are enough: those that hold a part are then not listed by themselves."""


ALL_WORDS: Final = "all_words"
"""The name of the condition that a hit holds all words."""


class ListSection(IntEnum):
    """A piece of a list that one order goes through. A place in a list names it, and so says which list it is."""

    ALL = 0
    """A list of entries that hold all words, and of no others."""
    BOTH = 1
    """A list by relevance of all and of part."""
    DATED_ALL = 2
    """The beginning of such a list by date."""
    DATED_PART = 3
    """What comes behind it: those that do not hold all."""

    @property
    def match(self) -> Match:
        """Which list it is a piece of."""
        return Match.ALL if self is ListSection.ALL else Match.SOME


def chosen_match(match: Match, total: int, total_some: int) -> Match:
    """Which list is meant where so many entries hold all words, and so many further ones a part of them."""
    wanted = match is Match.SOME or (match is Match.AUTO and total < FEW_HITS)
    return Match.SOME if wanted and total_some else Match.ALL


def sections(match: Match, sort: Sort) -> tuple[ListSection, ...]:
    """The pieces of a list, in their order."""
    if match is Match.ALL:
        return (ListSection.ALL,)
    return (ListSection.BOTH,) if sort is Sort.RELEVANCE else (ListSection.DATED_ALL, ListSection.DATED_PART)


def ranked(section: ListSection, meant: Interpretation) -> Node:
    """The condition of a section, with what relevance is made of."""
    some = meant.some_words if meant.some_words is not None else meant.all_words
    match section:
        case ListSection.BOTH:
            return BooleanQuery((some,), (ConstantScore(meant.all_words, meant.bonus, ALL_WORDS), *meant.nearness))
        case ListSection.DATED_PART:
            return BooleanQuery((some,), meant.nearness, (meant.all_words,))
        case _:
            return BooleanQuery((meant.all_words,), meant.nearness) if meant.nearness else meant.all_words


def section_of(value: object, sort: Sort) -> ListSection:
    """A section out of a place in a list in this order. Raises BadCursor."""
    if type(value) is int and value in list(ListSection) and value in sections(ListSection(value).match, sort):
        return ListSection(value)
    raise BadCursor(cursor.NOWHERE)
