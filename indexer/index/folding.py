"""The written form of words: what counts as one, and which written forms are the same."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

TOKEN: Final = re.compile(r"[^\W_]+(?:[-‐‑/][^\W_]+)*")
"""A word as written, with its hyphens and slashes: `S-Bahn`, `2015/0472`."""

PIECE: Final = re.compile(r"[^\W_]+")

LINE_BREAK: Final = re.compile(r"[-‐‑\u00ad](?<=[a-zäöüß].)[ \t]*\r?\n\s*(?!(?:und|oder|bzw|sowie|als)\b)(?=[a-zäöüß])")
"""Where a line end cuts a word in two: `Haus-⏎halt`, but not `Rad-⏎und Fußweg`."""

_UMLAUT_DIGRAPH = re.compile(r"ae|oe|(?<![aeq])ue")


def tidy(text: str) -> str:
    """The text with compatibility forms resolved (ligatures of PDFs) and words joined that a line end cut in two."""
    text = unicodedata.normalize("NFKC", text)
    if "\n" in text:
        text = LINE_BREAK.sub("", text)
    return text.replace("\u00ad", "") if "\u00ad" in text else text


def fold(word: str) -> str:
    """Lower case without umlauts, accents and ß: `Grünfläche`, `Gruenflaeche` and `GRÜNFLÄCHE` are all `grunflache`."""
    word = word.casefold()
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return _UMLAUT_DIGRAPH.sub(lambda match: match[0][0], word) if "e" in word else word
