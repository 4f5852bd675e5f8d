"""Text from outside in a line of a log or a terminal: nothing in it acts there, and nothing in it begins another line.

What does not print (control characters, ESC and CSI, line ends of every kind, marks that turn the order of letters) is
written as JSON would write it: a newline as \\n, U+202E as \\u202e."""

from __future__ import annotations

import json
import unicodedata


def printable_line(text: str) -> str:
    """The text on one line; blanks of every width are blanks."""
    return text if text.isprintable() else "".join(map(_shown, text))


def printable_lines(text: str) -> str:
    """The text of several lines, which are our own: only a newline ends one."""
    return "\n".join(map(printable_line, text.split("\n")))


def printable_json(text: str) -> str:
    """JSON text that says the same and prints as it is."""
    return "".join(c if c == "\n" or _is_blank(c) else _shown(c) for c in text)


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    return " " if _is_blank(character) else json.dumps(character)[1:-1]


def _is_blank(character: str) -> bool:
    return unicodedata.category(character) == "Zs"
