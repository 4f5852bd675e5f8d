"""What became of a file: the words in which the archive says it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class FileStatus(StrEnum):
    """From "listed" to "held" or "not to be had"."""

    WANTED = "wanted"
    """Listed by the source, not asked for yet."""
    FETCHED = "fetched"
    """Its bytes came; `sha256` says which."""
    INLINE = "inline"
    """The source gave the text itself; nothing had to be fetched."""
    FAILED = "failed"
    """Could not be had; `reason` says why, `next_try` when it is asked again."""
    GONE = "gone"
    """It was held and the source has withdrawn it."""
    REMOVED = "removed"
    """A person has taken it out."""
    WITHHELD = "withheld"
    """It hangs on a paper that is not public; it is not asked for."""
    NO_ADDRESS = "no_address"
    """The source names the file but no address for it."""


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file to ask for. `etag` and `last_modified` are those of the bytes that are held, for a conditional request."""

    file_id: str
    url: str
    declared_media_type: str | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """Bytes that came, already laid down under their sha256 in the bytes folder."""

    url: str
    sha256: str
    size: int
    media_type: str | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class FailedFile:
    """Bytes that did not come. `withdrawn`: the source says that it is no longer public (410, 401, 403, 404).
    `retry_after`: how long to wait before asking again; None means until the source says something new of it."""

    url: str
    reason: str
    withdrawn: bool
    retry_after: dt.timedelta | None
