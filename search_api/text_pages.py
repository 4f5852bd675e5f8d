"""A file's text cut into parts that a browser can show: whole pages if possible, pieces of a giant page otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.index.marking import Marker
from indexer.index.patterns import Patterns

MAX_CHARACTERS = 120_000
MAX_PAGES = 40


@dataclass(frozen=True, slots=True)
class PagePiece:
    """A page, or a piece of one (`piece` counts from 1)."""

    page: int
    piece: int
    text: str
    highlights: tuple[tuple[int, int], ...] = ()


def split_text(pages: Sequence[str]) -> list[list[PagePiece]]:
    """All of the text in parts of at most MAX_CHARACTERS and MAX_PAGES; one empty part for a text without pages."""
    parts: list[list[PagePiece]] = [[]]
    room = MAX_CHARACTERS
    for number, text in enumerate(pages, start=1):
        for piece, inner in enumerate(_pieces(text), start=1):
            if parts[-1] and (len(inner) > room or len(parts[-1]) >= MAX_PAGES):
                parts.append([])
                room = MAX_CHARACTERS
            parts[-1].append(PagePiece(number, piece, inner))
            room -= len(inner)
    return parts


def with_highlights(pieces: Sequence[PagePiece], patterns: Patterns) -> list[PagePiece]:
    """The pieces with the words of a question marked."""
    marker = Marker(patterns)
    return [PagePiece(piece.page, piece.piece, piece.text, marker.highlight(piece.text)) for piece in pieces]


def part_with_page(parts: Sequence[Sequence[PagePiece]], page: int) -> int:
    """In which part (from 1) a page begins; the first where there is no such page."""
    return next((n for n, part in enumerate(parts, start=1) if any(piece.page == page for piece in part)), 1)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    while len(text) > MAX_CHARACTERS:
        end = max(text.rfind("\n", 1, MAX_CHARACTERS), text.rfind(" ", 1, MAX_CHARACTERS))
        end = end if end > MAX_CHARACTERS // 2 else MAX_CHARACTERS
        pieces.append(text[:end])
        text = text[end:]
    return [*pieces, text]
