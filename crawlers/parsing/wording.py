"""Wording: text as people read it, and as it is compared, whatever a source has done to its letters.

Sources write ö as one character, as two, as "oe", in an encoding that was read as another, or lose it; they put
characters between letters that nobody sees, and blanks that everybody does. What is not public must be known as that.
`composed` is what is kept, `visible` what a grammar of days and times reads, `canonical` and `plain` what is compared.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

_INVISIBLE: Final = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
"""Hints where a line may break, marks of the direction of writing, joiners, variants of a sign, byte order marks."""
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_ALIKE: Final = _DASHES | dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\t\n\r"), " ")
_SPELLED_OUT: Final = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"}
_DIAERESIS_APART = re.compile("(?<=[oO])\u00a8")
_MOJIBAKE: Final = (("Ã¶", "ö"), ("Ã\u0096", "Ö"), ("Ã–", "Ö"))
"""UTF-8 that was read as latin-1 or as windows-1252."""
_LOST_INSIDE = re.compile(r"(?<=nicht)([\s\-_]?)[^a-z\s]{0,2}(?=ffentl)", re.IGNORECASE)
_LOST_AT_START = re.compile(r"(?<!\w)[^\w\s]{1,2}(?=ffentl)", re.IGNORECASE)
_LOST_BEHIND_N = re.compile(r"(?<=\b[nN])[\ufffd](?=\W|$)")
_LOST_DOTS: Final = re.compile(r"(?<!h)offentl(?=ich)")
_LETTER_SPACED = re.compile(r"(?<!\w)(?:\w ){4,}\w(?!\w)")


def composed(text: str | None) -> str:
    """A text as people read it: letters and their accents in one (NFC), without what cannot be seen; "" for None."""
    if text is None or text.isascii():
        return text or ""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def visible(text: str | None) -> str:
    """A text as it looks: `composed`, and with one kind of blank and of stroke; as long as that."""
    return composed(text).translate(_ALIKE)


def canonical(text: str) -> str:
    """One way to write each letter, in one line: composed, as wide as usual, nothing invisible, no lost ö in the words
    that visibility depends on. Case is kept."""
    whole = _DIAERESIS_APART.sub("\u0308", html.unescape(text))
    seen = _INVISIBLE.sub("", unicodedata.normalize("NFKC", _CONTROL.sub("", _INVISIBLE.sub("", whole))))
    for spoilt, meant in _MOJIBAKE:
        seen = seen.replace(spoilt, meant)
    line = " ".join(seen.translate(_DASHES).split())
    line = _LOST_INSIDE.sub(r"\1ö", line)
    return _LOST_BEHIND_N.sub("ö", _LOST_AT_START.sub("ö", line))


def letters_of(text: str) -> str:
    """The letters and digits alone, in lower case, umlauts spelled out: "Vorlagen-Nr.:" → "vorlagennr"."""
    letters = "".join(sign for sign in plain(text) if sign.isalnum())
    return letters.translate(_SPELLED_OUT)


def plain(text: str) -> str:
    """Canonical, in lower case, "oeff" and "offentlich" with their ö, underscores as blanks, l e t t e r - s p a c e d
    words closed up."""
    line = _LOST_DOTS.sub("öffentl", canonical(text).lower().replace("oeff", "öff")).replace("_", " ")
    return _LETTER_SPACED.sub(lambda spaced: spaced[0].replace(" ", ""), " ".join(line.split()))
