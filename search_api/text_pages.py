"""A file's text as it is shown: in lines as long as the screen allows, and in parts that a browser can show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from indexer.index.marking import Marker
from indexer.index.patterns import Patterns

MAX_CHARACTERS = 120_000
MAX_PAGES = 40
FULL_LINE: Final = 0.85
"""A line of running text fills at least this part of the page's longest one;"""
FULL_BEFORE_SMALL: Final = 0.6
"""this part where the next begins with a small letter, as no heading does: the next word may have been a long one."""
ENDS_HERE: Final = re.compile(r"(?:[.:;!?]|\S {3,}\S.*)\s*$")
"""A sentence ends, or the line has columns."""
BEGINS_AS_TEXT: Final = re.compile(r"[^\W\d_](?!\))(?!.*\S {3,}\S)")
"""A letter that is no item of a list, in a line without columns."""


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
        for piece, inner in enumerate(_pieces(join_lines(text)), start=1):
            if parts[-1] and (len(inner) > room or len(parts[-1]) >= MAX_PAGES):
                parts.append([])
                room = MAX_CHARACTERS
            parts[-1].append(PagePiece(number, piece, inner))
            room -= len(inner)
    return parts


def join_lines(text: str) -> str:
    """The page with a blank in place of every line end that is there only because the paper was full: behind a line
    nearly as long as the page's long ones, which ends no sentence, before a line that begins like running text."""
    lines = text.split("\n")
    longest = max(len(line.rstrip()) for line in lines)
    joined = lines[0]
    for line, following in pairwise(lines):
        full = longest * (FULL_BEFORE_SMALL if following[:1].islower() else FULL_LINE)
        goes_on = len(line.rstrip()) >= full and not ENDS_HERE.search(line) and BEGINS_AS_TEXT.match(following)
        joined += (" " if goes_on else "\n") + following
    return joined


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
