"""When an entry answers a question: clauses become a tree of conditions that every engine translates one to one, and
the surface patterns by which the same is marked in texts.

The rule, the same for every engine:

1. Phrases, reference numbers and words joined by UND must match, excluded ones must not.
2. An entry holds all words when all plain words and beginnings match. Of three or more a part is enough, to be counted
   apart: one half of them (3: 2, 4: 2, 5: 3, 6: 3), and one at least of the rarest, those that by the sum of inverse
   document frequencies say more than all the others. Stopwords never count, unless there is nothing else.
3. A word matches the same stem, a compound it is a part of, its variants (synonyms, also of its parts, shortened and
   spelled out), or, when it is a compound, all of its own parts close together or linked otherwise.
4. Where no entry holds all words, words that occur nowhere match the words at edit distance 1, too; where nothing is
   found at all, also rare words those that are much more frequent. Otherwise these are suggested only.

What a word matches is decided once, as patterns; the conditions are derived from the patterns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, TypeAlias

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
)
from indexer.index.contract import Clause, Occur, Rewriting
from indexer.index.fields import BEGINNINGS, BOOSTS
from indexer.index.language import STOPWORDS, compound_token, pieces, stem
from indexer.index.lexicon import Lexicon
from indexer.index.patterns import (
    BeginningPattern,
    CompoundPattern,
    LeavesPattern,
    Pattern,
    Patterns,
    PhrasePattern,
    ReferencePattern,
    WordPattern,
    stems_of,
)
from indexer.index.places import NO_NAMES, AskedWord, FoundPlace, MunicipalityNames, find_places, is_introducing
from indexer.index.reference import is_reference, keys_asked
from indexer.index.understanding import Understanding, UnderstandingKind, parts_as_typed, respelled
from indexer.index.variants import MOST_IN_QUESTION, Variant, variants_of

WHOLE_FIELDS: Final = ("title", "context", "body")
PART_FIELDS: Final = ("title_parts", "parts")
SPLIT_WEIGHT: Final = 0.5
SPLIT_SLOP: Final = 8
LEAVES_WEIGHT: Final = 0.9
SHORTEST_HALF: Final = 4
RAREST_HALF: Final = 3
TYPO_WEIGHT: Final = 0.7
REFERENCE_BOOST: Final = 40.0
PREFIX_SCORE: Final = 3.0
NEAR_BOOST: Final = 0.2
NEAR_SLOP: Final = 8
NAME_SCORE: Final = 1.0
PLACE_SCORE: Final = 12.0
SHORTEST_TYPO: Final = 5
MOST_CORRECTIONS: Final = 3
"""Words that are taken for what was meant by one."""
MOST_DOUBTED: Final = 6
"""Words of a question that are looked at for typing mistakes."""
MOST_OF_A_TYPO: Final = 20
"""A word that more entries hold is no typing mistake."""
LEAST_MEANT: Final = 5
"""What is meant by a word that occurs is held by so many entries at least."""
LEAST_RATIO: Final = 10
"""A word so many times rarer than a similar one may be a typing mistake for it."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a question means: which entries hold `all_words`, and which hold all or a part of them (`some_words`; None
    where a part is not enough); by what they match. In a list of both, whoever holds all words has a `bonus`. In every
    list it is rewarded that words stand near each other. `understood` is what is told of it."""

    all_words: Node
    some_words: Node | None
    patterns: Patterns
    understood: tuple[Understanding, ...] = ()
    bonus: float = 0.0
    nearness: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class _Form:
    """What one clause, or one alternative of it, means. `whole` is its condition with compounds as wholes: to take one
    apart is a guess, as to take it for a typing mistake is."""

    condition: Node
    patterns: tuple[Pattern, ...]
    whole: Node
    understood: tuple[Understanding, ...] = ()


_InWords: TypeAlias = WordPattern | BeginningPattern | PhrasePattern | CompoundPattern | LeavesPattern
"""Patterns of words in an entry's fields; a reference number is matched by its keys."""


def interpret(
    clauses: Iterable[Clause],
    vocabulary: Vocabulary,
    lexicon: Lexicon,
    without: frozenset[Rewriting] = frozenset(),
    names: MunicipalityNames = NO_NAMES,
) -> Interpretation:
    """What a question's clauses stand for in an index with these words, where municipalities have these names."""
    return _Matcher(vocabulary, lexicon, without, names).interpret(tuple(clauses))


def patterns_of(
    clauses: Iterable[Clause], vocabulary: Vocabulary, lexicon: Lexicon, without: frozenset[Rewriting] = frozenset()
) -> Patterns:
    """The patterns that `interpret` finds, for whoever marks a text and searches nothing: places and how rare words are
    do not matter to them, and are not asked for."""
    return _Matcher(vocabulary, lexicon, without, NO_NAMES).patterns(tuple(clauses))


def minimum_should_match(count: int) -> int:
    """How many of so many plain words must match."""
    return count if count <= 2 else count - count // 2


class _Matcher:
    def __init__(
        self, vocabulary: Vocabulary, lexicon: Lexicon, without: frozenset[Rewriting], names: MunicipalityNames
    ) -> None:
        self._vocabulary = vocabulary
        self._lexicon = lexicon
        self._without = without
        self._names = names
        self._counts: Mapping[str, int] = {}
        self._following: Mapping[int, str] = {}
        self._exchanges_left = 0
        self._spellings: Mapping[str, Sequence[str]] = {}
        """Words of the question, with what may be meant by them if they are typing mistakes."""
        self._corrected: frozenset[str] = frozenset()
        """Those that are taken for typing mistakes."""

    def interpret(self, clauses: tuple[Clause, ...]) -> Interpretation:
        meant, wanted, forms = self.read(clauses)
        places = self.places(clauses, wanted, forms)
        told = [*(told for form in forms for told in form.understood), *_told(places)]
        understood = tuple(dict.fromkeys(told))
        found = self.found(forms)
        if not meant:
            return Interpretation(MatchNone() if clauses else MatchAll(), None, found, understood)
        all_words, some_words, bonus = self.conditions(meant, wanted, forms, places)
        rewards = (*self.nearness(wanted), *_lifted(places))
        return Interpretation(all_words, some_words, found, understood, bonus, rewards)

    def patterns(self, clauses: tuple[Clause, ...]) -> Patterns:
        _, _, forms = self.read(clauses)
        return self.found(forms)

    def read(self, clauses: tuple[Clause, ...]) -> tuple[list[Clause], list[Clause], list[_Form]]:
        """The clauses that mean something, those of them that are wanted, and what each of these stands for."""
        meant = _without_stopwords([clause for clause in clauses if pieces(clause.text)])
        wanted = [clause for clause in meant if clause.occur is not Occur.MUST_NOT]
        doubtful = frozenset(self.doubtful(wanted))
        self._counts = self._lexicon.counts(doubtful) if doubtful else {}
        self._following = {number: _one_word(clause) for number, (_, clause) in enumerate(pairwise(wanted))}
        self._spellings = self.spellings(wanted)
        forms = self.forms(wanted)
        if self._spellings and Rewriting.SPELLING not in self._without:
            self._corrected = self.corrected(meant, wanted, forms)
            forms = self.forms(wanted) if self._corrected else forms
        return meant, wanted, forms

    def found(self, forms: Iterable[_Form]) -> Patterns:
        return Patterns(tuple(pattern for form in forms for pattern in form.patterns), self._vocabulary)

    def forms(self, wanted: list[Clause]) -> list[_Form]:
        self._exchanges_left = MOST_IN_QUESTION
        return [self.clause(number, clause) for number, clause in enumerate(wanted)]

    def corrected(self, meant: list[Clause], wanted: list[Clause], forms: list[_Form]) -> frozenset[str]:
        """The words that are taken for typing mistakes, from what the clauses mean without that."""
        excluded = tuple(self.excluded(clause) for clause in meant if clause.occur is Occur.MUST_NOT)
        if self._lexicon.finds(BooleanQuery(tuple(form.whole for form in forms), (), excluded)):
            return frozenset()
        unknown = frozenset(word for word in self._spellings if not self.count(word))
        if unknown == self._spellings.keys():
            return unknown
        all_words, some_words, _ = self.conditions(meant, wanted, forms)
        found = self._lexicon.finds(some_words or all_words)
        return unknown if found else frozenset(self._spellings)

    def places(self, clauses: tuple[Clause, ...], wanted: list[Clause], forms: list[_Form]) -> list[FoundPlace]:
        """The places among the plain words of the question."""

        def has_rest(numbers: tuple[int, ...], municipalities: tuple[str, ...]) -> bool:
            rest = [form.condition for number, form in enumerate(forms) if number not in numbers]
            there = _of_municipalities(municipalities)
            return not rest or self._lexicon.finds(BooleanQuery((there, _dis_max(rest))))

        words = list(self.asked_words(clauses, wanted))
        found = find_places(words, self._names, self._lexicon.spread, self._lexicon.shares, has_rest)
        if Rewriting.PLACES in self._without:
            return [replace(place, applied=False) for place in found]
        return found

    def asked_words(self, clauses: tuple[Clause, ...], wanted: list[Clause]) -> Iterator[AskedWord]:
        """The plain words that may be places, as they are meant."""
        numbers = {id(clause): number for number, clause in enumerate(wanted)}
        before, follows = "", False
        for clause in clauses:
            folded = pieces(clause.text)
            plain = clause.occur is Occur.SHOULD and not (clause.phrase or clause.prefix or clause.alternatives)
            number = numbers.get(id(clause))
            whole = "".join(folded)
            if plain and number is not None and whole.isalpha() and not is_reference(clause.text):
                word = next(iter(self._spellings[whole]), whole) if whole in self._corrected else whole
                yield AskedWord(number, clause.text, word, is_introducing(before), follows)
                follows = True
            else:
                follows = False
            before = whole if plain else ""

    def conditions(
        self, meant: list[Clause], wanted: list[Clause], forms: list[_Form], places: Sequence[FoundPlace] = ()
    ) -> tuple[Node, Node | None, float]:
        """See Interpretation: `all_words`, `some_words`, `bonus`. All words: beside others the name of a municipality
        need not stand in its papers; a part of them: nor need that of a village or street."""
        plain = [number for number, clause in enumerate(wanted) if not _is_firm(clause)]
        must = tuple(form.condition for number, form in enumerate(forms) if number not in plain)
        should = _within_places(forms, [place for place in places if place.by_name])
        excluded = tuple(self.excluded(clause) for clause in meant if clause.occur is Occur.MUST_NOT)
        if any(is_reference(clause.text) for clause in wanted):  # beside a number words only help
            return BooleanQuery(must, tuple(should[number] for number in plain), excluded), None, 0.0
        held = tuple(should[number] for number in plain)
        all_words = BooleanQuery((*must, *held) if wanted else (MatchAll(),), (), excluded)
        if minimum_should_match(len(plain)) == len(plain):
            return all_words, None, 0.0
        weights = self.weights([forms[number] for number in plain])
        bonus = sum(1 + weight / 2 for weight in weights)
        near_enough = _within_places(forms, places)
        some_words = self.some_words(must, [near_enough[number] for number in plain], weights, excluded)
        return all_words, some_words, bonus

    def some_words(
        self, must: tuple[Node, ...], plain: list[Node], weights: list[float], excluded: tuple[Node, ...]
    ) -> Node:
        """What an entry must hold that may lack some of the plain words: so many of them, and one at least of the
        rarest, which together say more than the others; a single one that does must be held."""
        minimum = minimum_should_match(len(plain))
        by_rarity = sorted(range(len(plain)), key=lambda number: -weights[number])
        rarest: list[int] = []
        while sum(weights[number] for number in rarest) <= sum(weights) / 2:
            rarest.append(by_rarity[len(rarest)])
        if len(rarest) == 1:
            needed = plain.pop(rarest[0])
            return BooleanQuery((*must, needed), tuple(plain), excluded, minimum - 1)
        if minimum + len(rarest) <= len(plain):  # else whoever holds so many holds one of the rarest, too
            one = BooleanQuery((), tuple(plain[number] for number in rarest), (), 1)
            must = (*must, ConstantScore(one, 0.0))
        return BooleanQuery(must, tuple(plain), excluded, minimum)

    def weights(self, forms: list[_Form]) -> list[float]:
        """How much each of these says of an entry that holds it: as much as the least of its patterns, and a pattern of
        several words as much as they do together. A beginning says as much as the least of the words."""
        tokens = [[some for pattern in form.patterns if (some := _tokens(pattern))] for form in forms]
        idf = self._lexicon.idf({token for patterns in tokens for some in patterns for token in some})
        found = [[sum(idf.get(token, 1.0) for token in some) for some in patterns] for patterns in tokens]
        least = min((min(weights) for weights in found if weights), default=1.0)
        return [min(weights, default=least) for weights in found]

    def doubtful(self, wanted: Iterable[Clause]) -> Iterator[str]:
        """Words of which it must be known whether the index has them: possible typing mistakes, halves of others."""
        for text in _single_words(wanted):
            folded = pieces(text)
            if len(folded) == 1 and folded[0].isalpha():
                yield folded[0]
            whole = "".join(folded)
            if not self._vocabulary.split(whole):
                yield from (form for left, right in _cuts(whole) for form in (*_forms(left), right))

    def clause(self, number: int, clause: Clause) -> _Form:
        """What one clause stands for."""
        forms = [self.text(number, clause.text, clause.phrase, clause.prefix)]
        forms += [self.alternative(number, text) for text in clause.alternatives]
        patterns = tuple(pattern for form in forms for pattern in form.patterns)
        understood = tuple(one for form in forms for one in form.understood)
        whole = _dis_max([form.whole for form in forms])
        return _Form(_dis_max([form.condition for form in forms]), patterns, whole, understood)

    def alternative(self, number: int, text: str) -> _Form:
        """An alternative is a text: with a blank in it it is a phrase, with a `*` behind it the begin of a word."""
        phrase = len(text.split()) > 1 and not is_reference(text)
        return self.text(number, text.rstrip("*"), phrase=phrase, prefix=text.endswith("*"))

    def text(self, number: int, text: str, phrase: bool, prefix: bool) -> _Form:
        folded = pieces(text)
        if not folded:
            return _plain_form(MatchNone())
        if phrase:
            exactly = _exactly(number, folded)
            return _plain_form(_condition(exactly), exactly)
        if is_reference(text):
            patterns, understood = [_exactly(number, folded)], [Understanding(UnderstandingKind.NUMBER, text, text)]
            self.add_variants(number, text, folded, patterns, understood)
            condition = DisMax((*_keys(text), *map(_condition, patterns)))
            return _Form(condition, (ReferencePattern(number, text), *patterns), condition, tuple(understood))
        if prefix:
            return self.begin(number, folded)
        return self.word(number, text, folded)

    def begin(self, number: int, folded: tuple[str, ...]) -> _Form:
        *before, last = folded
        begin = BeginningPattern(number, last)
        if not before:
            return _plain_form(_condition(begin), begin)
        phrase = _exactly(number, tuple(before))
        return _plain_form(BooleanQuery((_condition(phrase), _condition(begin))), phrase, begin)

    def word(self, number: int, text: str, folded: tuple[str, ...]) -> _Form:
        whole = "".join(folded)
        patterns: list[_InWords] = [WordPattern(number, stem(whole))]
        understood: list[Understanding] = []
        if len(folded) > 1:
            patterns.append(_exactly(number, folded))
        if parts := self.parts(whole):
            if on := Rewriting.PARTS not in self._without:
                leaves = (leaf for part in parts for leaf in self._vocabulary.leaves(part))
                patterns.append(CompoundPattern(number, tuple(map(stem, parts)), SPLIT_SLOP, SPLIT_WEIGHT))
                patterns.append(LeavesPattern(number, compound_token(leaves), LEAVES_WEIGHT))
            minor = self.count(whole) > MOST_OF_A_TYPO
            understood.append(Understanding(UnderstandingKind.PART, text, parts_as_typed(text, parts), on, minor))
        self.add_variants(number, text, folded, patterns, understood)
        spellings = self._spellings.get(whole, ())
        for word in spellings if (on := whole in self._corrected) else spellings[:1]:
            if on:
                patterns.append(WordPattern(number, stem(word), TYPO_WEIGHT))
            understood.append(Understanding(UnderstandingKind.SPELLING, text, respelled(text, word), on))
        keys = _keys(text) if whole.isdigit() else []
        as_whole = [_condition(pattern) for pattern in patterns if not isinstance(pattern, CompoundPattern)]
        condition = _dis_max([*map(_condition, patterns), *keys])
        return _Form(condition, tuple(patterns), _dis_max([*as_whole, *keys]), tuple(understood))

    def parts(self, whole: str) -> tuple[str, ...]:
        """The parts of a compound, which also matches all of them close together, never one of them."""
        parts = self._vocabulary.split(whole) or (self.halves(whole) if not self.count(whole) else ())
        return parts if len(parts) > 1 else ()

    def add_variants(
        self, number: int, text: str, folded: tuple[str, ...], patterns: list[_InWords], told: list[Understanding]
    ) -> None:
        """Other ways to write a word."""
        for variant in variants_of(text, folded, self._following.get(number, ""), self._vocabulary):
            if variant.leaves:
                self._exchanges_left -= 1
            if not variant.leaves or self._exchanges_left >= 0:
                on = variant.kind is UnderstandingKind.NUMBER or Rewriting.SYNONYMS not in self._without
                patterns += _of_variant(number, variant) if on else ()
                if variant.text:
                    told.append(Understanding(variant.kind, text, variant.text, on, minor=bool(variant.leaves)))

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

    def spellings(self, wanted: list[Clause]) -> dict[str, Sequence[str]]:
        """Words of the question that may be typing mistakes, those that occur nowhere first, with what may be meant."""
        words = dict.fromkeys(folded[0] for text in _single_words(wanted) if len(folded := pieces(text)) == 1)
        doubted = [w for w in words if len(w) >= SHORTEST_TYPO and w.isalpha() and self.count(w) <= MOST_OF_A_TYPO]
        doubted.sort(key=lambda word: self.count(word) > 0)
        found = {word: self.meant_by(word) for word in doubted[:MOST_DOUBTED]}
        return {word: meant for word, meant in found.items() if meant}

    def meant_by(self, word: str) -> Sequence[str]:
        """What a word may be a typing mistake for, the most frequent first: no form of itself, of several forms one."""
        own, similar = self.count(word), self._lexicon.similar(word)
        least = max(LEAST_MEANT, LEAST_RATIO * own) if own else max(similar.values(), default=0) / LEAST_RATIO
        found = {stem(word): word}
        for other, count in similar.items():
            if count >= least and not (own and _is_other_form(word, other)):
                found.setdefault(stem(other), other)
        return list(found.values())[1 : MOST_CORRECTIONS + 1]

    def nearness(self, wanted: list[Clause]) -> tuple[Node, ...]:
        """A reward for entries in which neighbours of the question stand close together; holding it is never needed."""
        plain = [stem("".join(pieces(c.text))) for c in wanted if not (c.phrase or c.prefix or c.alternatives)]
        return tuple(
            Phrase(field, pair, NEAR_SLOP, BOOSTS[field] * NEAR_BOOST)
            for pair in pairwise(plain)
            for field in ("title", "body")
        )

    def excluded(self, clause: Clause) -> Node:
        """What must not match: the very word, phrase or beginning, without anything that is only like it."""
        folded = pieces(clause.text)
        nodes = [_beginning(folded[-1])] if clause.prefix and len(folded) == 1 else [_condition(_exactly(0, folded))]
        texts = (pieces(text) for text in clause.alternatives)
        return _dis_max([*nodes, *(_condition(_exactly(0, folded)) for folded in texts if folded)])


def _plain_form(condition: Node, *patterns: Pattern) -> _Form:
    """A form without guesses, of which there is nothing to tell."""
    return _Form(condition, patterns, condition)


def _single_words(wanted: Iterable[Clause]) -> Iterator[str]:
    """What was typed of single words, also as alternatives; no phrases, no beginnings."""
    for clause in wanted:
        if not (clause.phrase or clause.prefix):
            yield clause.text
        yield from (text for text in clause.alternatives if len(text.split()) == 1 and not text.endswith("*"))


def _is_other_form(word: str, other: str) -> bool:
    """Whether a word that exists differs from another as forms and names do, rather than mistakes: in its first letter
    or at its end."""
    return word[0] != other[0] or word[:-1] in (other, other[:-1]) or word == other[:-1]


def _of_municipalities(keys: Iterable[str], score: float = 0.0) -> Node:
    return _dis_max([ConstantScoreTerm("municipality", key, score) for key in keys])


def _within_places(forms: Sequence[_Form], places: Iterable[FoundPlace]) -> list[Node]:
    """The conditions of the forms, with those of a place beside other words fulfilled by all papers of its
    municipality, whether they say it or not."""
    found = [form.condition for form in forms]
    for place in places:
        if place.applied and len(place.numbers) < len(found):
            for number in place.numbers:
                found[number] = DisMax((found[number], _of_municipalities(place.municipalities, NAME_SCORE)))
    return found


def _lifted(places: Iterable[FoundPlace]) -> tuple[Node, ...]:
    """A reward for papers of the places' municipalities."""
    return tuple(_of_municipalities(place.municipalities, PLACE_SCORE) for place in places if place.applied)


def _told(places: Iterable[FoundPlace]) -> Iterator[Understanding]:
    for place in places:
        for key in place.municipalities:
            yield Understanding(UnderstandingKind.PLACE, place.typed, key, place.applied, municipality=key)


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


def _exactly(number: int, folded: tuple[str, ...], weight: float = 1.0) -> _InWords:
    """The very words: nothing that they are parts of, nothing that is only like them."""
    stems = tuple(stem(word) for word in folded)
    if len(stems) == 1:
        return WordPattern(number, stems[0], weight, in_compounds=False)
    return PhrasePattern(number, stems, weight)


def _of_variant(number: int, variant: Variant) -> Iterator[_InWords]:
    """By what a variant matches."""
    stems = tuple(map(stem, variant.words))
    if len(stems) == 1:
        yield WordPattern(number, stems[0], variant.weight)
    elif variant.leaves:
        yield CompoundPattern(number, stems, SPLIT_SLOP, variant.weight * SPLIT_WEIGHT)
        yield LeavesPattern(number, compound_token(variant.leaves), variant.weight)
    else:
        yield PhrasePattern(number, stems, variant.weight)


def _tokens(pattern: Pattern) -> tuple[str, ...]:
    """The tokens that an entry needs all of to match; () where it goes by letters or by a number."""
    return (pattern.token,) if isinstance(pattern, LeavesPattern) else stems_of(pattern)


def _one_word(clause: Clause) -> str:
    """The folded word of a clause that is one word; nothing of any other."""
    folded = pieces(clause.text)
    return folded[0] if len(folded) == 1 and folded[0].isalpha() and not clause.prefix else ""


def _condition(pattern: _InWords) -> Node:
    """The condition of one pattern. The weight of a pattern is its boost."""
    match pattern:
        case WordPattern():
            fields = (*WHOLE_FIELDS, *PART_FIELDS) if pattern.in_compounds else WHOLE_FIELDS
            return _stem_in(fields, pattern.stem, pattern.weight)
        case BeginningPattern():
            return _beginning(pattern.beginning, PREFIX_SCORE)
        case PhrasePattern():
            return DisMax(_phrases(pattern.stems, 0), pattern.weight)
        case CompoundPattern():
            in_title = BooleanQuery(tuple(_stem_in(("title", "title_parts"), token) for token in pattern.stems))
            return DisMax((*_phrases(pattern.stems, pattern.slop), in_title), pattern.weight)
        case LeavesPattern():
            return _stem_in(PART_FIELDS, pattern.token, pattern.weight)


def _beginning(folded: str, score: float = 1.0) -> Node:
    if len(folded) in BEGINNINGS:
        return ConstantScoreTerm("beginnings", folded, score)
    return Prefix("words", folded, score)


def _stem_in(fields: tuple[str, ...], token: str, boost: float = 1.0) -> Node:
    return DisMax(tuple(Term(field, token, BOOSTS[field]) for field in fields), boost)


def _phrases(stems: tuple[str, ...], slop: int) -> tuple[Node, ...]:
    return tuple(Phrase(field, stems, slop, BOOSTS[field]) for field in WHOLE_FIELDS)


def _keys(typed: str) -> list[Node]:
    return [ConstantScoreTerm("reference", key, weight * REFERENCE_BOOST) for key, weight in keys_asked(typed)]


def _dis_max(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else DisMax(tuple(nodes))
