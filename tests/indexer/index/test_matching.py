"""The matching rule, as a tree, without any engine."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pytest

from indexer.index.compounds import Vocabulary
from indexer.index.conditions import (
    BooleanQuery,
    ConstantScore,
    ConstantScoreTerm,
    DisMax,
    MatchAll,
    MatchNone,
    Node,
    Phrase,
    Prefix,
    Term,
    is_unscored,
)
from indexer.index.contract import Clause, Occur, Rewriting
from indexer.index.folding import fold
from indexer.index.lexicon import NoLexicon
from indexer.index.matching import interpret, minimum_should_match
from indexer.index.query import parse
from indexer.index.understanding import UnderstandingKind


class Words(NoLexicon):
    """A lexicon of a few words, of an index that finds something or, as it is, nothing. `asked` counts its answers."""

    def __init__(
        self,
        counts: Mapping[str, int],
        similar: Mapping[str, Mapping[str, int]] | None = None,
        *,
        finds: bool = False,
        idf: Mapping[str, float] | None = None,
    ) -> None:
        self._counts = counts
        self._similar = similar or {}
        self._finds = finds
        self.asked = 0
        self._idf = idf or {}

    def counts(self, words: Collection[str]) -> Mapping[str, int]:
        return {word: self._counts[word] for word in words if word in self._counts}

    def similar(self, word: str) -> Mapping[str, int]:
        self.asked += 1
        return self._similar.get(word, {})

    def finds(self, condition: Node) -> bool:
        self.asked += 1
        return self._finds

    def idf(self, stems: Collection[str]) -> Mapping[str, float]:
        return self._idf


def read(typed: str, words: Words | None = None) -> Node:
    """The condition that an entry answers at all."""
    meant = interpret(parse(typed), Vocabulary(), words or Words({}))
    return meant.some_words or meant.all_words


def leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, DisMax):
        for inner in node.nodes:
            yield from leaves(inner)
    elif isinstance(node, BooleanQuery):
        for inner in (*node.must, *node.should, *node.must_not):
            yield from leaves(inner)
    elif isinstance(node, ConstantScore):
        yield from leaves(node.node)
    else:
        yield node


def tokens(node: Node) -> set[str]:
    return {leaf.token for leaf in leaves(node) if isinstance(leaf, Term)}


@pytest.mark.parametrize(("count", "least"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 2), (5, 3), (6, 3), (9, 5)])
def test_how_many_words_must_be_held(count: int, least: int) -> None:
    assert minimum_should_match(count) == least
    meant = interpret(parse(" ".join(f"wort{chr(97 + n)}" for n in range(count))), Vocabulary(), Words({}))
    if count:
        assert isinstance(meant.all_words, BooleanQuery)
        assert len(meant.all_words.must) == count
    if count == least:
        assert meant.some_words is None
    else:
        assert isinstance(meant.some_words, BooleanQuery)
        assert (len(meant.some_words.should), meant.some_words.minimum_should_match) == (count, least)


@pytest.mark.parametrize(
    ("weights", "must", "least"),
    [
        ((1, 1, 1), [], 2),
        ((9, 1, 1), [{"worta"}], 1),
        ((2, 1, 1), [], 2),
        ((5, 4, 1, 1, 1), [{"worta", "wortb"}], 3),
        ((1, 4, 1, 5, 1, 1), [{"wortb", "wortd"}], 3),
        ((9, 1, 1, 1, 1), [{"worta"}], 2),
    ],
)
def test_the_rarest_words_cannot_all_be_missing(weights: tuple[int, ...], must: list[set[str]], least: int) -> None:
    words = [f"wort{chr(97 + n)}" for n in range(len(weights))]
    idf = {word: float(weight) for word, weight in zip(words, weights, strict=True)}
    group = read(" ".join(words), Words({}, idf=idf))
    assert isinstance(group, BooleanQuery)
    assert [tokens(node) for node in group.must] == must
    assert group.minimum_should_match == least


def test_nothing_asked_is_everything_and_junk_is_nothing() -> None:
    assert interpret((), Vocabulary(), Words({})).all_words == MatchAll()
    assert interpret((Clause("?!"),), Vocabulary(), Words({})).all_words == MatchNone()


def test_stopwords_do_not_count_unless_alone() -> None:
    assert tokens(read("was ist mit der turnhallex")) == {"turnhallex"}
    assert "die" in tokens(read("die"))
    assert any(isinstance(leaf, Phrase) and leaf.tokens == ("die", "link") for leaf in leaves(read('"die Linke"')))


def test_a_reference_must_be_held_and_words_beside_it_only_help() -> None:
    group = read("Vorlage Nr. 2022/0815")
    assert isinstance(group, BooleanQuery)
    assert group.minimum_should_match == 0
    assert any(
        isinstance(leaf, ConstantScoreTerm) and leaf.token == "=2022/815"
        for must in group.must
        for leaf in leaves(must)
    )


def test_a_compound_is_held_by_all_of_its_parts_together_never_by_one() -> None:
    node = read("Kindergarten")
    assert {"kind", "gart"}.isdisjoint({leaf.token for leaf in _alone(node) if isinstance(leaf, Term)})
    assert any(isinstance(leaf, Phrase) and len(leaf.tokens) == 2 for leaf in leaves(node))


def _alone(node: Node) -> Iterator[Node]:
    """Leaves that hold an entry by themselves."""
    if isinstance(node, DisMax):
        for inner in node.nodes:
            yield from _alone(inner)
    elif isinstance(node, BooleanQuery):
        if len(node.must) == 1 and not node.should:
            yield from _alone(node.must[0])
        elif not node.must and len(node.should) == 1:
            yield from _alone(node.should[0])
    else:
        yield node


def test_a_compound_the_vocabulary_does_not_know_is_split_by_the_words_of_the_index() -> None:
    node = read("xylophonquartett", Words({"xylophon": 4, "quartett": 9}))
    assert any(isinstance(leaf, Phrase) and leaf.tokens == ("xylophon", "quartett") for leaf in leaves(node))
    rare = read("xylophonquartett", Words({"xylophon": 1, "quartett": 9}))
    assert not any(isinstance(leaf, Phrase) for leaf in leaves(rare))


LINDEN = {"lidnen": {"linden": 9}}


def spellings(typed: str, words: Words, *without: Rewriting) -> list[tuple[str, str, bool]]:
    understood = interpret(parse(typed), Vocabulary(), words, frozenset(without)).understood
    return [(one.typed, one.meant, one.applied) for one in understood if one.kind is UnderstandingKind.SPELLING]


def test_a_typing_mistake_is_corrected_only_where_nothing_is_found_otherwise() -> None:
    nothing, something = Words({}, LINDEN), Words({}, LINDEN, finds=True)
    assert "lind" in tokens(read("lidnen", nothing))
    assert spellings("Lidnen", nothing) == [("Lidnen", "Linden", True)]
    assert "lind" not in tokens(read("lidnen", something))
    assert spellings("Lidnen", something) == [("Lidnen", "Linden", False)]
    assert spellings("Lidnen", nothing, Rewriting.SPELLING) == [("Lidnen", "Linden", False)]
    assert spellings('"Lidnen"', nothing) == spellings("-Lidnen", nothing) == spellings("Lidn*", nothing) == []


def test_several_mistakes_are_corrected_together() -> None:
    words = Words({}, {**LINDEN, "allse": {"allee": 4}})
    assert spellings("Lidnen ODER Allse", words) == [("Lidnen", "Linden", True), ("Allse", "Allee", True)]


@pytest.mark.parametrize(
    ("typed", "counts", "similar", "meant"),
    [
        ("Spielpaltz", {"spielpaltz": 2}, {"spielplatz": 20}, ["Spielplatz"]),
        ("Spielpaltz", {"spielpaltz": 2}, {"spielplatz": 19}, []),
        ("Spielpaltz", {"spielpaltz": 21}, {"spielplatz": 5000}, []),
        ("Bäckern", {"backern": 1}, {"backer": 500, "backerx": 400}, []),
        ("Räume", {"raume": 1}, {"baume": 500}, []),
        ("Radwges", {}, {"radweges": 8, "radwges": 3}, ["Radweges"]),
    ],
)
def test_which_words_may_be_mistakes(
    typed: str, counts: dict[str, int], similar: dict[str, int], meant: list[str]
) -> None:
    words = Words(counts, {fold(typed): similar}, finds=True)
    assert [found for _, found, _ in spellings(typed, words)] == meant


def test_a_word_that_occurs_is_corrected_only_where_not_even_a_part_of_the_words_is_found() -> None:
    class FindsSome(Words):
        def finds(self, condition: Node) -> bool:
            return isinstance(condition, BooleanQuery) and not condition.must_not and len(condition.must) != 3

    similar = {"spielpaltz": {"spielplatz": 90}, "lidnen": {"linden": 9}}
    assert spellings("Spielpaltz Lidnen Hof", FindsSome({"spielpaltz": 2}, similar)) == [
        ("Spielpaltz", "Spielplatz", False),
        ("Lidnen", "Linden", True),
    ]
    assert spellings("Spielpaltz Lidnen Hof", Words({"spielpaltz": 2}, similar)) == [
        ("Spielpaltz", "Spielplatz", True),
        ("Lidnen", "Linden", True),
    ]


def test_looking_for_mistakes_has_a_bound() -> None:
    words = Words({})
    read(" ".join(f"fehler{letter}x" for letter in "abcdefghijklmnopqrstuvwxyz"), words)
    assert words.asked <= 8


def test_what_is_switched_off_is_told_and_not_done() -> None:
    vocabulary = Vocabulary()
    for typed, off, kind, token in (
        ("Kita", Rewriting.SYNONYMS, UnderstandingKind.SYNONYM, "kindertagesstatt"),
        ("Kindergarten", Rewriting.PARTS, UnderstandingKind.PART, "gart"),
    ):
        meant = interpret(parse(typed), vocabulary, Words({}))
        assert any(token in str(leaf) for leaf in leaves(meant.all_words))
        assert {one.applied for one in meant.understood if one.kind is kind} == {True}
        without = interpret(parse(typed), vocabulary, Words({}), frozenset({off}))
        assert not any(f"'{token}'" in str(leaf) for leaf in leaves(without.all_words))
        assert {one.applied for one in without.understood if one.kind is kind} == {False}


def test_synonyms_are_asked_for_but_not_inside_quotes() -> None:
    assert "oberburgermeist" in tokens(read("OB"))
    assert "oberburgermeist" not in tokens(read('"OB"'))


def test_excluded_is_the_very_word() -> None:
    node = read("halle -kita")
    assert isinstance(node, BooleanQuery)
    assert {leaf.token for leaf in leaves(node.must_not[0]) if isinstance(leaf, Term)} == {"kita"}
    assert {leaf.field for leaf in leaves(node.must_not[0]) if isinstance(leaf, Term)} == {"title", "context", "body"}


def test_only_exclusions_mean_all_the_others() -> None:
    node = read("-kita")
    assert isinstance(node, BooleanQuery)
    assert node.must == (MatchAll(),)
    assert is_unscored(node)


def test_what_is_unscored() -> None:
    assert is_unscored(read("rad*"))
    assert not is_unscored(read("rad* weg"))
    assert not is_unscored(read("weg"))
    assert is_unscored(MatchAll())


def test_begin_is_folded() -> None:
    assert next(leaf for leaf in leaves(read("Grünfl*")) if isinstance(leaf, Prefix)).begin == "grunfl"


def test_a_clause_made_by_hand_needs_no_parser() -> None:
    clauses = (Clause("Hort", Occur.MUST), Clause("Kita", alternatives=("Krippe",)))
    node = interpret(clauses, Vocabulary(), Words({})).all_words
    assert {"hort", "kita", "kripp"} <= tokens(node)
