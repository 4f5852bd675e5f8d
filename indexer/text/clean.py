"""How raw text becomes searchable text; the same for every format."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_HYPHENS = dict.fromkeys((0x2010, 0x2011), "-")
_BULLETS = dict.fromkeys((0xF0A7, 0xF0B7, 0xF0D8, 0xF0FC, 0xF0A8), "•")
"""What Word's bullets in Wingdings and Symbol come out as: private-use characters."""
_LETTERS = {**_LIGATURES, **_HYPHENS}
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_MARKED_HYPHEN = re.compile("[\ufffe\x02]\n?")
"""PDFium writes U+FFFE (U+0002 in older versions) for a hyphen at the end of a line *and* the line's end."""
_LINE_END_HYPHEN = re.compile(
    r"(?<![^\W\d_])(?P<before>[^\W\d_]+)(?P<hyphen>[-\u2010\u2011\u00ad\u00ac])[^\S\n]*\n[^\S\n]*(?=(?P<after>[^\W\d_]\w*\.?))"
)
_JOINING_WORDS = {"und", "oder", "bzw", "bzw.", "sowie", "u.", "o."}
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\ue000-\uf8ff]"
)
_BLANKS = re.compile(r"[^\S\n]+")
_BLANKS_AROUND_LINE_END = re.compile("[ \t]?\n[ \t]?")
_EMPTY_LINES = re.compile("\n{3,}")


def clean(text: str) -> str:
    """`text` in NFC with \\n as its only line end, without control characters, needless blanks and line-end hyphens.

    Tabs stay: readers put them between the cells of a table. Ligatures (ﬁ) become letters and
    typographic hyphens "-", since no citizen types them.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _MARKED_HYPHEN.sub("-\n", text)
    text = _LINE_END_HYPHEN.sub(_joined, text)
    text = _DROPPED.sub("", text.translate(_BULLETS))
    text = unicodedata.normalize("NFC", text.translate(_LETTERS))
    text = _BLANKS.sub(lambda blanks: "\t" if "\t" in blanks[0] else " ", text)
    text = _BLANKS_AROUND_LINE_END.sub("\n", text)
    return _EMPTY_LINES.sub("\n\n", text).strip()


def _joined(found: re.Match[str]) -> str:
    """A word that was broken at the end of a line, in one piece again.

    "Haus-⏎halt" is Haushalt, "Dessau-⏎Roßlau" keeps its hyphen, "Nord-⏎und" is two words, and after an abbreviation
    or a single letter ("PKW-⏎frei", "E-⏎mail") the hyphen is more likely meant than made.
    """
    before, after = found["before"], found["after"]
    if after.lower() in _JOINING_WORDS:
        return before + "- "
    if not after[0].islower():
        return before + "-"
    if before.isupper() and found["hyphen"] != "\u00ad":
        return before + "-"
    return before
