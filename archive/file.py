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


WITHDRAWN = frozenset({FileStatus.GONE.value, FileStatus.REMOVED.value})
"""Of such a file nothing is shown, not even that it is there."""


class AskAgain(StrEnum):
    """When a file that did not come is asked for again. A source that says something new of it makes it wanted at once,
    whatever stands here."""

    SOON = "soon"
    """The server had a bad moment (5xx, no answer, a page in its place): the next day's visit asks once more."""
    LATER = "later"
    """The server has answered, and would say the same tomorrow (404, 410, 403, too large)."""
    NEVER = "never"
    """There is nothing that could be asked for."""


NEXT_DAY = dt.timedelta(hours=20)
"""Until the visit of the next day, which may begin a little earlier than the one before."""
_WEEK, _MONTH, _QUARTER = dt.timedelta(days=7), dt.timedelta(days=30), dt.timedelta(days=90)
WAITS: dict[AskAgain, tuple[dt.timedelta, ...]] = {
    AskAgain.SOON: (NEXT_DAY, dt.timedelta(days=2), _WEEK, _MONTH, _QUARTER),
    AskAgain.LATER: (_WEEK, _MONTH, _QUARTER),
}
"""How long a file is not asked for, by how often it has failed; the last one holds for all further times."""


def next_try(again: AskAgain, failures: int, now: dt.datetime) -> dt.datetime | None:
    """The moment from which a file that has failed `failures` (>= 1) times in a row may be asked for again."""
    waits = WAITS.get(again)
    return now + waits[min(failures, len(waits)) - 1] if waits else None


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
    """Bytes that did not come. `withdrawn`: the source says that it is no longer public (410, 401, 403, 404)."""

    url: str
    reason: str
    withdrawn: bool
    again: AskAgain
