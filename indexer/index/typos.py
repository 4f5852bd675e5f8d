"""Typing mistakes: which words are at edit distance 1 of another, a swap of neighbours counted as one edit."""

from __future__ import annotations

import string

LETTERS = string.ascii_lowercase


def within_one_edit(word: str) -> set[str]:
    """Words with one letter more, less, other, or two neighbours swapped."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {left + right[1:] for left, right in cuts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in cuts if right for letter in LETTERS}
    found |= {left + letter + right for left, right in cuts for letter in LETTERS}
    return found - {word}
