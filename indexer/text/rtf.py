"""Rich Text Format → text, with striprtf."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from indexer.text.extraction import Limits, Pages, one_page

_PICTURE_DIGITS = re.compile(r"[0-9a-fA-F\s]{2000,}")
"""Pictures are written as hexadecimal digits. striprtf takes them one by one, which makes seconds of megabytes."""


def read(data: bytes, limits: Limits) -> Pages:
    """One page. Headers, footers, footnotes and text boxes are left out by striprtf."""
    source = _PICTURE_DIGITS.sub(" ", data.decode("latin-1"))
    text: str = rtf_to_text(source, encoding="cp1252", errors="replace")  # type: ignore[no-untyped-call]
    return one_page(text)
