"""Wording: text as it is compared, whatever a source has done to its letters.

Sources write ö as one character, as two, as "oe", in an encoding that was read as another, or lose it; they put
characters between letters that nobody sees, and blanks that everybody does. What is not public must be known as that.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0e-\\x1f\\x7f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_DIAERESIS_APART = re.compile("(?<=[oO])\u00a8")
_MOJIBAKE: Final = (("Ã¶", "ö"), ("Ã\u0096", "Ö"), ("Ã–", "Ö"))
"""UTF-8 that was read as latin-1 or as windows-1252."""
_LOST_INSIDE = re.compile(r"(?<=nicht)([\s\-_]?)[^a-z\s]{0,2}(?=ffentl)", re.IGNORECASE)
_LOST_AT_START = re.compile(r"(?<!\w)[^\w\s]{1,2}(?=ffentl)", re.IGNORECASE)
_LOST_BEHIND_N = re.compile(r"(?<=\b[nN])[\ufffd](?=\W|$)")
_LETTER_SPACED = re.compile(r"(?<!\w)(?:\w ){4,}\w(?!\w)")
_DASHES = re.compile("[\u2010-\u2015\u2212]")


def canonical(text: str) -> str:
    """One way to write each letter, in one line: composed, as wide as usual, nothing invisible, no lost ö in the words
    that visibility depends on. Case is kept."""
    whole = _DIAERESIS_APART.sub("\u0308", html.unescape(text))
    seen = _INVISIBLE.sub("", unicodedata.normalize("NFKC", _INVISIBLE.sub("", whole)))
    for spoilt, meant in _MOJIBAKE:
        seen = seen.replace(spoilt, meant)
    line = " ".join(_DASHES.sub("-", seen).split())
    line = _LOST_INSIDE.sub(r"\1ö", line)
    return _LOST_BEHIND_N.sub("ö", _LOST_AT_START.sub("ö", line))


def plain(text: str) -> str:
    """Canonical, in lower case, "oeff" as "öff", underscores as blanks, l e t t e r - s p a c e d words closed up."""
    line = canonical(text).lower().replace("oeff", "öff").replace("_", " ")
    return _LETTER_SPACED.sub(lambda spaced: spaced[0].replace(" ", ""), " ".join(line.split()))
