"""The text of a content: its pages, and how to keep them small."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from enum import StrEnum


class TextStatus(StrEnum):
    """Whether text came out of a content."""

    PENDING = "pending"
    """The bytes are there and wait for extraction."""
    TEXT = "text"
    NO_TEXT = "no_text"
    """Readable, but without text in it: a scan, for example."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PendingText:
    """A content that waits for extraction, and what its source calls it."""

    sha256: str
    declared_media_type: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """What an extraction brought."""

    sha256: str
    status: TextStatus
    reason: str | None
    media_type: str | None
    pages: tuple[str, ...]
    pages_total: int | None
    pages_without_text: int
    extractor: int


def pack_pages(pages: tuple[str, ...]) -> bytes:
    """Pages as they are kept: compressed JSON."""
    return zlib.compress(json.dumps(pages, ensure_ascii=False).encode(), 4)


def unpack_pages(packed: bytes | None) -> tuple[str, ...]:
    """The pages again; none for none."""
    return tuple(json.loads(zlib.decompress(packed))) if packed else ()
