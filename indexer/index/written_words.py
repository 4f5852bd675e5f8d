"""Finds the words of a text that may be ones of a question, fast, without analysing the others.

A text is flattened to one byte a character: its folded letter, or `ODD` where folding makes none or several of it. A
word without such characters and without the digraphs ae, oe and ue is folded letter by letter, and so what is looked
for stands in its bytes; words with them are always found, for the analysis to decide.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

from indexer.index.folding import LINE_BREAK

_LETTERS = r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*"
_WRITTEN_PIECE = rf"{_LETTERS}(?:(?:{LINE_BREAK.pattern}|\u00ad+){_LETTERS})*"
WRITTEN_PIECE: Final = re.compile(_WRITTEN_PIECE)
WRITTEN_WORD: Final = re.compile(rf"{_WRITTEN_PIECE}(?:[-‐‑/]{_WRITTEN_PIECE})*")
"""As `folding.TOKEN` finds them in tidy text, here in text as it is: with line ends and soft hyphens inside words."""

JOINTS: Final = "-‐‑/\u00ad"
ODD: Final = 1
_ALWAYS: Final = (bytes([ODD]), b"ae", b"oe", b"ue")


def words_with(text: str, needles: Iterable[bytes], limit: int) -> list[re.Match[str]]:
    """The written words that may hold one of the needles (flat texts) when they are folded, in order; about `limit`
    at most."""
    letters = flat(text)
    found: dict[int, re.Match[str]] = {}
    for needle in needles:
        _find(text, letters, needle, limit, found)
    for needle in _ALWAYS:
        _find(text, letters, needle, limit, found, _is_odd)
    ordered: list[re.Match[str]] = []
    for start in sorted(found):
        if not ordered or start >= ordered[-1].end():  # a line end may cut a word in two: the whole one begins first
            ordered.append(found[start])
    return ordered


def _find(
    text: str,
    letters: bytes,
    needle: bytes,
    left: int,
    found: dict[int, re.Match[str]],
    counts: Callable[[str, bytes, int], bool] = lambda text, letters, place: True,
) -> None:
    place = letters.find(needle)
    while place >= 0 and left > 0:
        word = _word_at(text, letters, place) if counts(text, letters, place) else None
        if word:
            found[word.start()] = word
            left -= 1
        place = letters.find(needle, max(place + 1, word.end() if word else 0))


def _is_odd(text: str, letters: bytes, place: int) -> bool:
    """Whether folding may make something else of the word than its letters: not of `neue` and `Rad- und`."""
    if letters[place] == ODD:
        follows = text[place + 1 : place + 3]
        joins = bool(place) and text[place - 1].isalnum() and _joins(follows)
        return joins or text[place].isalnum() or unicodedata.combining(text[place]) > 0
    return letters[place] != ord("u") or not place or letters[place - 1] not in b"aeq"


def _joins(follows: str) -> bool:
    return follows[:1].isalnum() or (follows[:1].isspace() and (follows[:1] in "\r\n" or follows[1:].isspace()))


def _word_at(text: str, letters: bytes, place: int) -> re.Match[str] | None:
    """The written word that holds the character at this place, and what joins it to the next."""
    start = place
    while start and (text[start - 1].isalnum() or letters[start - 1] == ODD):
        start -= 1
    while start <= place:
        word = WRITTEN_WORD.match(text, start)
        if word and word.end() > place:
            return word
        start = word.end() if word else start + 1
    return None


def flat(text: str) -> bytes:
    """One byte for each character of a text."""
    return text.encode("latin-1", _ERRORS).translate(_FLAT)


def _flat_letter(letter: str) -> str:
    """One character without case and accents; ODD for joints, and for letters that are no one plain letter."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", letter).casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    if letter in JOINTS or not plain or (letter.isalnum() and not (len(plain) == 1 and plain.isascii())):
        return chr(ODD)
    return plain if len(plain) == 1 and plain.isascii() else "?"


def _flat_unknown(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101 - nothing else is asked of it
    return "".join(map(_flat_letter, error.object[error.start : error.end])), error.end


_ERRORS: Final = "ratslupe-flat"
codecs.register_error(_ERRORS, _flat_unknown)
_FLAT: Final = bytes(ord(_flat_letter(chr(code))) for code in range(256))
