"""Documents: what a file is, as its name says it. A product whose pages say it by a code asks that first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from council.model import File, FileRole

_ROLES: Final = (
    (
        FileRole.ATTACHMENT,
        re.compile(
            r"[\W\d_]*(?:anlagen?|anl|anhang|anhänge)(?![^\W\d_])|.*(?<![^\W_])anl(?:age)?[\s._]*(?:\d|top)|.*präsentation"
        ),
    ),
    (FileRole.VERBATIM_MINUTES, re.compile(r".*(?:wortprotokoll|wörtliches protokoll|stenogra)")),
    (FileRole.MINUTES, re.compile(r".*(?:niederschrift|protokoll(?!arisch))")),
    (FileRole.INVITATION, re.compile(r".*(?:bekanntmachung|einladung|tagesordnung|(?<![^\W_])ladung)")),
    (
        FileRole.RESOLUTION,
        re.compile(
            r"\W*(?:auszug(?! aus de[mnr] (?!beschluss|sitzung))(?![^\W_])"
            r"|beschl(?:u(?:ss|ß)|üsse)(?!vorlage|vorschlag|empfehlung|fassung|antrag))"
        ),
    ),
)
"""Asked in order. "Anlage zur Niederschrift" is an attachment, "Beschlussprotokoll" are minutes."""
_LOOKED_AT: Final = 100


def role_by_name(name: str | None) -> FileRole | None:
    """What a file is to its meeting or agenda item by its name ("Öffentliche Niederschrift.pdf" → MINUTES); None where
    the name says nothing of it."""
    said = (name or "")[:_LOOKED_AT].lower()
    return next((role for role, pattern in _ROLES if pattern.match(said)), None)


def each_once(lists: Iterable[Iterable[File]], without: Collection[str] = ()) -> list[tuple[File, ...]]:
    """The same lists, every file only in the first of them that has it, and none of the numbers in `without`."""
    seen = set(without)
    result = []
    for files in lists:
        kept = tuple(file for file in files if file.native_id not in seen)
        seen |= {file.native_id for file in kept}
        result.append(kept)
    return result
