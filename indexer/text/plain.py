"""Plain text (txt, csv) → text: only its encoding is a question."""

from __future__ import annotations

from council.decoding import decode
from indexer.text.extraction import Limits, Pages, one_page


def read(data: bytes, limits: Limits) -> Pages:
    """One page."""
    return one_page(decode(data))
