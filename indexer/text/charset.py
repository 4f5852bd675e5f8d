"""Which letters bytes stand for, when text comes without a reliable word about its encoding."""

from __future__ import annotations

import codecs

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the one of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_REALLY_WINDOWS_1252 = {"iso8859-1", "ascii"}
"""What calls itself one of these uses the quotation marks and the € of windows-1252 (WHATWG Encoding, §4.2)."""


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of `data`: by its byte order mark, else UTF-8 if it is valid UTF-8, else as declared, else windows-1252.

    UTF-8 goes before the declaration because a text with umlauts is hardly ever valid UTF-8 by chance, while
    declarations are often wrong. Never raises: bytes without a meaning become U+FFFD.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_usable(declared), "replace")


def _usable(declared: str | None) -> str:
    """The codec for a declared name; windows-1252 where the name is none, unknown, UTF-8 (disproved) or no charset."""
    try:
        name = codecs.lookup(declared or "").name
        b"".decode(name)
    except (LookupError, UnicodeError, ValueError):
        return "cp1252"
    return "cp1252" if name in _REALLY_WINDOWS_1252 or name.startswith("utf") else name
