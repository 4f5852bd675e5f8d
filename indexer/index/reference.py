"""Reference numbers of papers: recognised in questions, and made into keys that do not depend on how one is typed.

Councils write 2015/0472, BV/2023/0145, BV-145/2023, DS 0815/2024, 26/SVV/0541, 954 /XI., 1. Ergänzung zu 431/2021.
"""

from __future__ import annotations

import re
from typing import Final

from indexer.index.folding import fold, tidy

_END = r"(?:\d{1,6}|[A-Za-zÄÖÜäöü]{1,4})\b"
IN_QUESTION: Final = re.compile(
    rf"""(?<![\w/-])(?:
        (?:[^\W\d_]{{1,5}}[-/]?)? \d{{1,6}} (?:[ ]?/[ ]?{_END} | -\d{{1,6}}\b)+ (?:[-/]{_END})*
      | [^\W\d_]{{1,5}}[-/]\d{{1,6}}\b (?:[-/]{_END})*
      | (?:19|20)\d\d [ ] (?!(?:19|20)\d\d\b)\d{{4}}\b
    )(?![\w/-])""",
    re.VERBOSE,
)
"""A reference number in what a person typed."""

LONGEST: Final = 12
SHORTEST_NUMBER: Final = 3
"""Of a single number so many digits have to be typed until it may be the beginning of a reference number."""
_PIECE = re.compile(r"\d+|[^\W\d_]+")


def _pieces(text: str) -> list[str]:
    """Letters and numbers apart, folded, without leading zeros."""
    return [fold(piece).lstrip("0") or "0" for piece in _PIECE.findall(tidy(text))][:LONGEST]


def _without_letters_before(pieces: list[str]) -> list[str]:
    first = next((place for place, piece in enumerate(pieces) if piece.isdigit()), len(pieces))
    return pieces[first:]


def keys_of(reference: str) -> tuple[str, ...]:
    """Keys a paper with this reference is found by: as a whole (`=`), in any order (`~`), and every run in it."""
    pieces = _pieces(reference)
    keys: dict[str, None] = {}
    for whole in (pieces, _without_letters_before(pieces)):
        if whole:
            keys["=" + "/".join(whole)] = None
            keys["~" + "/".join(sorted(whole))] = None
    for start in range(len(pieces)):
        for end in range(start + 2, len(pieces) + 1):
            run = pieces[start:end]
            if any(piece.isdigit() for piece in run):
                keys["/".join(run)] = None
    return tuple(keys)


def keys_asked(typed: str) -> tuple[tuple[str, float], ...]:
    """Keys to look for when this was typed, with how good a find each is (1 is the very number)."""
    pieces = _pieces(typed)
    numbers = _without_letters_before(pieces)
    keys = {"=" + "/".join(pieces): 1.0}
    if len(pieces) > 1:
        keys["/".join(pieces)] = 0.7
        keys["~" + "/".join(sorted(pieces))] = 0.5
    if numbers != pieces and len(numbers) > 1:
        keys.setdefault("=" + "/".join(numbers), 0.6)
        keys.setdefault("/".join(numbers), 0.5)
    return tuple(keys.items())


def beginning_of_key(typed: str) -> str | None:
    """What the key of a reference number begins with while the number is being typed; None for what is none."""
    pieces = _pieces(typed)
    if not any(piece.isdigit() for piece in pieces) or (len(pieces) == 1 and len(pieces[0]) < SHORTEST_NUMBER):
        return None
    if pieces[-1] == "0":  # the last number has only begun: 2023/0…
        pieces[-1] = ""
    return "=" + "/".join(pieces)


def is_reference(typed: str) -> bool:
    """Whether the whole of what was typed is a reference number with at least two pieces."""
    return IN_QUESTION.fullmatch(typed.strip().rstrip(".")) is not None
