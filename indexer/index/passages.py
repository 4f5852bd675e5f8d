"""The places of a text that answer a question, with what to mark in them. The same for every engine.

Where a word may stand is found by plain searching for stems in the folded text, which is fast; whether it is the word
is then decided by the analysis that the index uses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from indexer.index.compounds import Vocabulary
from indexer.index.contract import Clause, Occur
from indexer.index.folding import LINE_BREAK, fold
from indexer.index.language import STOPWORDS, pieces, stem
from indexer.index.reference import is_reference
from indexer.index.synonyms import synonyms_of

WINDOW: Final = 260
"""Characters within which found words make up one place."""

PASSAGE: Final = 300
"""Characters a passage is about as long as."""

MOST_CHARACTERS: Final = 3_000_000
"""What is behind so many characters of one entry's pages is not looked at."""

MOST_FINDS: Final = 300
"""So many finds of one word on one page are enough to choose from."""

MOST_LOOKS: Final = 1000
"""So often one word is looked at on one page: short ones stand inside others everywhere."""

EFFORT: Final = 30_000
"""So often words are looked at in one entry (about a microsecond each): a question of 32 common words and a book of
minutes would take seconds otherwise."""

SHORTEST_BEGINNING: Final = 5
"""A word that begins with a shorter stem need not be a compound of it: Haushalt is no house."""

SHORTEST_ENDING: Final = 4

_SEEDED: Final = Vocabulary()
"""Splits what a person typed by the words known from the start; the vocabulary of the index is not at hand here."""

_Span: TypeAlias = tuple[int, int, float]
"""What to mark, and how good a find it is: 1 is the very word."""

_Verifier: TypeAlias = Callable[[str, str, int, int], _Span | None]
"""(text, comparable text, place of the needle, its length) → what to mark, or nothing."""

_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?:]\s+(?=[A-ZÄÖÜ0-9„\"])|\n\s*\n")
_SAME_LENGTH: Final = (("ä", "a"), ("ö", "o"), ("ü", "u"), ("é", "e"), ("è", "e"))


@dataclass(frozen=True, slots=True)
class PageText:
    """One page of a file, or, with `page` None, a file without pages."""

    file_id: str
    file_name: str
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One place. `highlights` are offsets into `text` in characters: begin, and end behind the last."""

    file_id: str
    file_name: str
    page: int | None
    text: str
    highlights: tuple[tuple[int, int], ...]
    score: float


@dataclass(frozen=True, slots=True)
class FoundPassages:
    """The best passages, and at how many further places the words stand."""

    passages: tuple[Passage, ...]
    further: int


@dataclass(frozen=True, slots=True)
class _Find:
    start: int
    end: int
    target: int
    weight: float


@dataclass(slots=True)
class _Effort:
    """How often words may still be looked at."""

    left: int


@dataclass(frozen=True, slots=True)
class _Target:
    """One thing to look for; several may belong to the same clause, whose number is `clause`."""

    clause: int
    weight: float
    needles: tuple[str, ...]
    """Texts one of which stands wherever the thing stands, in comparable text."""
    verify: _Verifier


def find_passages(clauses: tuple[Clause, ...], pages: Iterable[PageText], limit: int = 3) -> tuple[Passage, ...]:
    """The best passages, best first."""
    return search_passages(clauses, pages, limit).passages


def search_passages(
    clauses: tuple[Clause, ...], pages: Iterable[PageText], limit: int = 3, effort: int = EFFORT
) -> FoundPassages:
    """The best passages, best first: with the most words of the question, then phrases, then words close together.
    Pages behind `effort` looks at words are not searched."""
    targets, remaining = _targets(clauses), _Effort(effort)
    places: list[tuple[float, int, PageText, int, int]] = []
    left = MOST_CHARACTERS
    for page in pages if targets else ():
        text = page.text[:left]
        left -= len(text)
        for score, start, end in _places(_finds(targets, text, remaining)):
            places.append((score, -len(places), page, start, end))
        if left <= 0 or remaining.left <= 0:
            break
    places.sort(key=lambda place: place[:2], reverse=True)
    passages: dict[str, Passage] = {}
    for score, _, page, start, end in places:
        if len(passages) >= limit:
            break
        text = _cut(page.text, start, end)
        marks = highlight(clauses, text)
        passages.setdefault(text, Passage(page.file_id, page.file_name, page.page, text, marks, score))
    return FoundPassages(tuple(passages.values()), max(0, len(places) - len(passages)))


def highlight(clauses: tuple[Clause, ...], text: str) -> tuple[tuple[int, int], ...]:
    """What to mark in a short text, in order and without overlaps."""
    merged: list[tuple[int, int]] = []
    for find in _finds(_targets(clauses), text, _Effort(EFFORT)):
        if merged and find.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], find.end))
        else:
            merged.append((find.start, find.end))
    return tuple(merged)


@lru_cache(maxsize=256)
def _targets(clauses: tuple[Clause, ...]) -> tuple[_Target, ...]:
    wanted = [clause for clause in clauses if clause.occur is not Occur.MUST_NOT and pieces(clause.text)]
    telling = [clause for clause in wanted if clause.phrase or pieces(clause.text)[0] not in STOPWORDS]
    found: list[_Target] = []
    for number, clause in enumerate(telling or wanted):
        found += _clause_targets(number, clause.text, clause.phrase, clause.prefix)
        for text in clause.alternatives:
            phrase = " " in text and not is_reference(text)
            found += _clause_targets(number, text.rstrip("*"), phrase, text.endswith("*"))
    return tuple(found)


def _clause_targets(number: int, text: str, phrase: bool, prefix: bool) -> Iterator[_Target]:
    folded = pieces(text)
    if not folded:
        return
    if is_reference(text) and not phrase:
        yield _reference_target(number, text)
    elif phrase and len(folded) > 1:
        yield _phrase_target(number, folded, 1.5)
    elif prefix:
        yield _Target(number, 1.0, _needles(folded[-1]), _begin_verifier(folded[-1]))
    else:
        yield from _word_targets(number, text, folded, exact=phrase)


def _word_targets(number: int, text: str, folded: tuple[str, ...], *, exact: bool) -> Iterator[_Target]:
    if len(folded) > 1:
        yield _phrase_target(number, folded, 1.0)
    whole = "".join(folded)
    yield _word_target(number, whole, 1.0, parts=not exact)
    if exact:
        return
    for other in synonyms_of(whole):
        others = pieces(other)
        if len(others) > 1:
            yield _phrase_target(number, others, 0.7)
        else:
            yield _word_target(number, others[0], 0.7, parts=True)
    for part in _SEEDED.split(whole):
        if len(part) >= SHORTEST_ENDING:
            yield _word_target(number, part, 0.4, parts=False)


def _word_target(number: int, folded: str, weight: float, *, parts: bool) -> _Target:
    wanted = stem(folded)
    return _Target(number, weight, _needles(wanted), _word_verifier(wanted, parts))


def _phrase_target(number: int, folded: tuple[str, ...], weight: float) -> _Target:
    stems = tuple(stem(word) for word in folded)
    return _Target(number, weight, _needles(stems[0]), _phrase_verifier(stems))


def _reference_target(number: int, text: str) -> _Target:
    parts = re.findall(r"\d+|[^\W\d_]+", text)
    stripped = [part.lstrip("0") or "0" for part in parts]
    pattern = re.compile(r"0*" + r"[\s/.\-]{0,3}0*".join(map(re.escape, stripped)) + r"(?!\w)", re.IGNORECASE)
    longest = max(range(len(parts)), key=lambda place: len(stripped[place]))
    before = sum(map(len, parts[:longest])) + 8 * (longest + 1)
    return _Target(number, 1.5, _needles(fold(stripped[longest])), _reference_verifier(pattern, before))


def _needles(folded: str) -> tuple[str, ...]:
    """The ways a folded stem may stand in comparable text, where ß and the digraphs of typists are still there."""
    return tuple(dict.fromkeys((folded, folded.replace("ss", "ß"), *_with_digraphs(folded))))


def _with_digraphs(folded: str) -> Iterator[str]:
    vowels = [place for place, letter in enumerate(folded) if letter in "aou"][:3]
    for place in vowels:
        yield folded[: place + 1] + "e" + folded[place + 1 :]
    if len(vowels) == 2:
        first, second = vowels
        yield folded[: first + 1] + "e" + folded[first + 1 : second + 1] + "e" + folded[second + 1 :]


def _word_verifier(wanted: str, parts: bool) -> _Verifier:
    def verify(text: str, comparable: str, place: int, length: int) -> _Span | None:
        start, end = _word_around(comparable, place, place + length)
        if _stem_of(text[start:end]) == wanted:
            return start, end, 1.0
        if not parts or len(wanted) < SHORTEST_ENDING or not wanted.isalpha():
            return None
        begins = place == start and len(wanted) >= SHORTEST_BEGINNING
        ends = place > start + 1 and _stem_of(text[place:end]) == wanted
        return (start, end, 0.6) if begins or ends else None

    return verify


def _begin_verifier(begin: str) -> _Verifier:
    def verify(text: str, comparable: str, place: int, length: int) -> _Span | None:
        start, end = _word_around(comparable, place, place + length)
        return (start, end, 1.0) if fold(text[start:end]).startswith(begin) else None

    return verify


def _phrase_verifier(stems: tuple[str, ...]) -> _Verifier:
    def verify(text: str, comparable: str, place: int, length: int) -> _Span | None:
        start, end = _word_around(comparable, place, place + length)
        if _stem_of(text[start:end]) != stems[0]:
            return None
        for wanted in stems[1:]:
            behind = next((at for at in range(end, min(end + 12, len(text))) if text[at].isalnum()), None)
            if behind is None:
                return None
            _, end = _word_around(comparable, behind, behind + 1)
            if _stem_of(text[behind:end]) != wanted:
                return None
        return start, end, 1.0

    return verify


def _reference_verifier(pattern: re.Pattern[str], before: int) -> _Verifier:
    def verify(text: str, comparable: str, place: int, length: int) -> _Span | None:
        for found in pattern.finditer(text, max(0, place - before), place + length + 60):
            first = found.start()
            if found.end() >= place + length and first <= place and not (first and text[first - 1].isalnum()):
                return first, found.end(), 1.0
        return None

    return verify


@lru_cache(maxsize=50_000)
def _stem_of(written: str) -> str:
    return stem(fold(written))


def _word_around(comparable: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and comparable[start - 1].isalnum():
        start -= 1
    while end < len(comparable) and comparable[end].isalnum():
        end += 1
    return start, end


def _comparable(text: str) -> str:
    """Lower case and without umlauts, with every character still in its place."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for written, folded in _SAME_LENGTH:
        lower = lower.replace(written, folded)
    return lower


def _finds(targets: tuple[_Target, ...], text: str, effort: _Effort) -> list[_Find]:
    """All finds in a text, in order, as far as the effort goes."""
    comparable = _comparable(text)
    found: dict[tuple[int, int, int], float] = {}
    for target in targets:
        for needle in target.needles:
            for start, end, quality in _verified(target, needle, text, comparable, effort):
                key = (start, end, target.clause)
                found[key] = max(found.get(key, 0.0), target.weight * quality)
    return sorted((_Find(*key, weight) for key, weight in found.items()), key=lambda find: (find.start, -find.end))


def _verified(target: _Target, needle: str, text: str, comparable: str, effort: _Effort) -> Iterator[_Span]:
    place, count, looks = comparable.find(needle), 0, 0
    while place >= 0 and count < MOST_FINDS and looks < MOST_LOOKS and effort.left > 0:
        looks += 1
        effort.left -= 1
        span = target.verify(text, comparable, place, len(needle))
        if span:
            count += 1
            yield span
        place = comparable.find(needle, max(place + len(needle), span[1] if span else 0))


def _places(finds: list[_Find]) -> list[tuple[float, int, int]]:
    """Non-overlapping places (score, begin, end) of one page, best first."""
    windows = []
    end = 0
    for first, find in enumerate(finds):
        end = max(end, first)
        while end < len(finds) and finds[end].end <= find.start + WINDOW:
            end += 1
        inside = finds[first : max(end, first + 1)][:40]
        windows.append((_score(inside), find.start, max(one.end for one in inside)))
    windows.sort(key=lambda window: (-window[0], window[1]))
    chosen: list[tuple[float, int, int]] = []
    taken: set[int] = set()
    for score, start, stop in windows:
        cells = range(start // WINDOW, stop // WINDOW + 1)
        if taken.isdisjoint(cells):
            chosen.append((score, start, stop))
            taken.update(cells)
    return chosen


def _score(finds: list[_Find]) -> float:
    """Distinct clauses first; then how close they stand, and a little for every repetition."""
    best: dict[int, float] = {}
    for find in finds:
        best[find.target] = max(best.get(find.target, 0.0), find.weight)
    spread = max(find.end for find in finds) - finds[0].start
    closeness = 0.3 * (1 - min(spread, WINDOW) / WINDOW) if len(best) > 1 else 0.0
    return sum(best.values()) + closeness + 0.02 * min(len(finds) - len(best), 5)


def _cut(text: str, start: int, end: int) -> str:
    """About PASSAGE characters around a place, from the begin of a sentence if one is near, on one line."""
    spare = max(PASSAGE - (end - start), 0)
    begin = max(0, start - spare // 2)
    before = text[begin:start]
    sentences = list(_SENTENCE_END.finditer(before))
    at_sentence = begin == 0 or bool(sentences)
    if sentences:
        begin += sentences[-1 if spare < PASSAGE // 3 else 0].end()
    elif begin:
        begin += next((at + 1 for at, letter in enumerate(before) if letter.isspace()), 0)
    stop = min(len(text), max(end, begin + PASSAGE))
    if stop < len(text):
        blank = max(text.rfind(" ", end, stop), text.rfind("\n", end, stop))
        stop = blank if blank > end else _word_end(text, end)
    inner = _SPACE.sub(" ", LINE_BREAK.sub("", text[begin:stop])).replace("\u00ad", "").strip()
    return ("" if at_sentence else "… ") + inner + (" …" if stop < len(text.rstrip()) else "")


def _word_end(text: str, end: int) -> int:
    limit = min(len(text), end + 80)
    while end < limit and text[end].isalnum():
        end += 1
    return end
