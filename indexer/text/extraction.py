"""The nouns of text extraction: what is asked for (Limits), what comes out (Extraction), what readers speak (Pages)."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

EXTRACTOR_VERSION = 1
"""Raise it whenever the same bytes would give other text: then the indexer extracts every file again."""


class Status(StrEnum):
    """Whether text came out of a file."""

    TEXT = "text"
    NO_TEXT = "no_text"
    """Readable, but without text in it: a scan, for example."""
    FAILED = "failed"
    """Not readable; the reason says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may take. `pages` and `characters` cut the text; the others make the file FAILED."""

    seconds: float = 60
    """Wall time for one file; enforced by the pool, which kills the process that works on it."""
    memory_mb: int = 1024
    """Mebibytes of address space that a file may take beyond what an idle worker has; enforced in pool workers."""
    pages: int = 2000
    """Pages (PDF), slides or sheets that are read."""
    characters: int = 20_000_000
    """Characters of cleaned text that are kept of a file."""
    bytes: int = 100 * 1024 * 1024
    """Size of a file as it came."""
    unpacked_bytes: int = 512 * 1024 * 1024
    """Sum of the unpacked sizes of everything in a ZIP-based file (docx, xlsx, pptx, odt, …): no ZIP bombs."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What came out of one file."""

    status: Status
    reason: str | None
    """Why nothing, or not everything, came out; None when there is nothing to say."""
    media_type: str | None
    """What the bytes are, whatever was declared; None where that is unknown."""
    pages: tuple[str, ...]
    """Cleaned text by page, slide or sheet; formats without pages give one. Pages without text are "" and stay.
    () unless status is TEXT."""
    pages_without_text: int
    """How many of the pages that were read gave no text."""
    pages_total: int | None
    """How many pages the file has, those behind a limit included; None where the format does not count pages."""

    @classmethod
    def failed(cls, reason: str, media_type: str | None = None) -> Extraction:
        """An Extraction that brought nothing, and why."""
        return cls(Status.FAILED, reason, media_type, (), 0, None)


class Unreadable(Exception):
    """A file cannot be read; the message becomes the reason that operators see."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What a reader gives: raw text page by page, made only as it is asked for; closing `texts` frees the file."""

    texts: Generator[str, None, None]
    total: int | None = None


Reader = Callable[[bytes, Limits], Pages]
"""Reads the bytes of one format. Raises Unreadable, or whatever its library raises on a broken file."""


def one_page(text: str) -> Pages:
    """The Pages of a format that has no pages of its own."""

    def texts() -> Generator[str, None, None]:
        yield text

    return Pages(texts())


@dataclass(frozen=True, slots=True)
class Job:
    """One file to extract. `key` is the asker's own name for it and comes back with the result."""

    key: str
    path: Path
    declared_media_type: str | None = None
    name: str | None = None


Extract = Callable[[bytes, str | None, str | None, Limits], Extraction]
"""What a worker does with the bytes: bytes, declared media type, file name, limits. Must be a module's function."""
