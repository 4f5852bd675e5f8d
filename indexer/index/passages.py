"""The places of a text that answer a question, with what to mark in them. The same for every engine."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from indexer.index.folding import LINE_BREAK
from indexer.index.marking import Effort, Find, Marker

WINDOW: Final = 260
"""Characters within which found words make up one place."""

PASSAGE: Final = 300
"""Characters a passage is about as long as."""

MOST_CHARACTERS: Final = 300_000
"""What is behind so many characters of one entry's pages is not looked at."""

EFFORT: Final = 60_000
"""So many words are looked at in one entry (about a microsecond each): a question of 32 common words and a book of
minutes would take seconds otherwise."""

_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?:]\s+(?=[A-ZÄÖÜ0-9„\"])|\n\s*\n")


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


def search_passages(
    marker: Marker, pages: Iterable[PageText], limit: int = 3, effort: int = EFFORT, characters: int | None = None
) -> FoundPassages:
    """The best passages, best first: with the most words of the question, then phrases, then words close together.
    Pages behind `effort` looks at words, or behind so many characters, are not searched."""
    remaining = Effort(effort)
    places: list[tuple[float, int, PageText, int, int]] = []
    left = MOST_CHARACTERS if characters is None else characters
    for page in pages:
        text = page.text[:left]
        left -= len(text)
        for score, start, end in _places(marker.finds(text, remaining)):
            places.append((score, -len(places), page, start, end))
        if left <= 0 or remaining.left <= 0:
            break
    places.sort(key=lambda place: place[:2], reverse=True)
    passages: dict[str, Passage] = {}
    for score, _, page, start, end in places:
        if len(passages) >= limit:
            break
        text = _cut(page.text, start, end)
        passages.setdefault(text, Passage(page.file_id, page.file_name, page.page, text, marker.highlight(text), score))
    return FoundPassages(tuple(passages.values()), max(0, len(places) - len(passages)))


def _places(finds: list[Find]) -> list[tuple[float, int, int]]:
    """Non-overlapping places (score, begin, end) of one page, best first."""
    windows = []
    end = 0
    for first, find in enumerate(finds):
        end = max(end, first)
        while end < len(finds) and finds[end].end <= find.start + WINDOW:
            end += 1
        inside = finds[first : max(end, first + 1)][:40]
        windows.append((_score(inside), find.start, max(found.end for found in inside)))
    windows.sort(key=lambda window: (-window[0], window[1]))
    chosen: list[tuple[float, int, int]] = []
    taken: set[int] = set()
    for score, start, stop in windows:
        cells = range(start // WINDOW, stop // WINDOW + 1)
        if taken.isdisjoint(cells):
            chosen.append((score, start, stop))
            taken.update(cells)
    return chosen


def _score(finds: list[Find]) -> float:
    """Distinct clauses first; then how close they stand, and a little for every repetition."""
    best: dict[int, float] = {}
    for find in finds:
        best[find.clause] = max(best.get(find.clause, 0.0), find.weight)
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
