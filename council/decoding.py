"""Which text the bytes of a page or a file stand for. Decided once, for what is crawled and for what is indexed.

The order: a byte order mark; UTF-8 where it is that, whatever is declared, since a text with umlauts is hardly ever
UTF-8 by chance and declarations are often wrong (Hildesheim, ris-systems B.6); what is declared; windows-1252, which is
meant by latin-1, too (https://encoding.spec.whatwg.org/#names-and-labels), or UTF-8 and windows-1252 in one text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the one of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WINDOWS_1252: Final = "cp1252"
_MEANT_AS_WINDOWS_1252: Final = frozenset({_WINDOWS_1252, "iso8859-1", "iso8859-15", "ascii"})
_PIECES: Final = re.compile(
    rb"(?P<utf_8>(?:[\xc2\xc3\xcc\xcd][\x80-\xbf]|\xe2[\x80-\x84][\x80-\xbf]|\xef\xbb\xbf|\xef\xbf\xbd"
    rb"|\xf0\x9f[\x80-\xbf]{2})+)|[\x80-\xff]+"
)
"""In bytes that are no UTF-8 as a whole: the letters and signs of German texts in UTF-8, and other bytes. Not every
pair that could be UTF-8: in windows-1252 a word may end with ß before a closing quotation mark."""


def decode(data: bytes, declared: Iterable[str | None] = ()) -> str:
    """The text. `declared`: the names of encodings that something says it has, the most trusted first; None and unknown
    ones are passed over. Never raises."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    for encoding in ("utf-8", *filter(None, map(_codec, declared))):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    return _PIECES.sub(_as_utf_8, data).decode("utf-8", "replace")


def _codec(name: str | None) -> str | None:
    """The codec of a declared name; None where it is none for texts, means windows-1252, or is an UTF: UTF-8 is
    disproved, and the others begin with a mark."""
    try:
        known = codecs.lookup(name or "").name
        b"a".decode(known)
    except (LookupError, ValueError):  # ValueError: a name with a zero byte
        return None
    return None if known in _MEANT_AS_WINDOWS_1252 or known.startswith("utf") else known


def _as_utf_8(piece: re.Match[bytes]) -> bytes:
    """Five bytes mean nothing in windows-1252: control characters, as in browsers."""
    if piece["utf_8"]:
        return piece[0]
    letters = (bytes([byte]).decode(_WINDOWS_1252, "ignore") or chr(byte) for byte in piece[0])
    return "".join(letters).encode()
