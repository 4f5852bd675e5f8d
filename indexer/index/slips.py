"""Slips of the keyboard: which words are one of them away from another."""

from __future__ import annotations

import string

LETTERS = string.ascii_lowercase


def one_slip_away(word: str) -> set[str]:
    """Words with one letter more, less, other, or two neighbours swapped."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {left + right[1:] for left, right in cuts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in cuts if right for letter in LETTERS}
    found |= {left + letter + right for left, right in cuts for letter in LETTERS}
    return found - {word}
