"""A file's text cut into parts that a browser can show: whole pages if possible, pieces of a giant page otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.index.contract import Clause
from indexer.index.passages import highlight

MOST_CHARACTERS = 120_000
MOST_PAGES = 40


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page, or a piece of one (`piece` counts from 1)."""

    page: int
    piece: int
    text: str
    highlights: tuple[tuple[int, int], ...] = ()


def cut(pages: Sequence[str]) -> list[list[Sheet]]:
    """All of the text in parts of at most MOST_CHARACTERS and MOST_PAGES; one empty part for a text without pages."""
    parts: list[list[Sheet]] = [[]]
    room = MOST_CHARACTERS
    for number, text in enumerate(pages, start=1):
        for piece, inner in enumerate(_pieces(text), start=1):
            if parts[-1] and (len(inner) > room or len(parts[-1]) >= MOST_PAGES):
                parts.append([])
                room = MOST_CHARACTERS
            parts[-1].append(Sheet(number, piece, inner))
            room -= len(inner)
    return parts


def mark(sheets: Sequence[Sheet], clauses: tuple[Clause, ...]) -> list[Sheet]:
    """The sheets with the words of a question marked."""
    if not clauses:
        return list(sheets)
    return [Sheet(sheet.page, sheet.piece, sheet.text, highlight(clauses, sheet.text)) for sheet in sheets]


def part_of(parts: Sequence[Sequence[Sheet]], page: int) -> int:
    """In which part (from 1) a page begins; the first where there is no such page."""
    return next((n for n, part in enumerate(parts, start=1) if any(sheet.page == page for sheet in part)), 1)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    while len(text) > MOST_CHARACTERS:
        end = max(text.rfind("\n", 1, MOST_CHARACTERS), text.rfind(" ", 1, MOST_CHARACTERS))
        end = end if end > MOST_CHARACTERS // 2 else MOST_CHARACTERS
        pieces.append(text[:end])
        text = text[end:]
    return [*pieces, text]
