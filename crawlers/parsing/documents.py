"""Documents: what a file is by its name, what its link says of it, and each file once on a record.

A product whose pages say by a code what a file is asks that first.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from bs4 import Tag

from council.model import File, FileRole
from crawlers.parsing.html import attribute, tidy

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
_MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "csv": "text/csv",
    "htm": "text/html",
    "html": "text/html",
    "xml": "application/xml",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "zip": "application/zip",
    "eml": "message/rfc822",
    "msg": "application/vnd.ms-outlook",
}
_BEST_ROLES: Final = (
    FileRole.MAIN,
    FileRole.RESOLUTION,
    FileRole.MINUTES,
    FileRole.VERBATIM_MINUTES,
    FileRole.INVITATION,
    FileRole.ATTACHMENT,
)
"""Which role a file keeps that hangs on a record twice: the first of these."""
_SIZE: Final = re.compile(
    r"(?:[\s,;–-]*[(\[]\s*(?:\.?(?:pdf|docx?|odt|rtf|xlsx?|txt)\b|dateityp|datei\b|\d+(?:[.,]\d+)?\s*[km]i?b\b)"
    r"[^)\]]{0,60}[)\]]?|(?:\s+als)?[\s,;–-]+\.?pdf[\s,-]*(?:datei|dokument)?"
    r"|[\s,;–-]+\d+(?:[.,]\d+)?\s*[km]i?b|\.(?:pdf|docx?|odt))\s*$",
    re.IGNORECASE,
)
_VERB: Final = r"(?:öffne\w*|anzeigen|herunterladen|download)"
_NAMED_IN_TOOLTIP: Final = re.compile(
    r"^öffne\w* (?:der|die|das) \w+ zu (.+) in neue[nm] (?:fenster|tab)"
    rf"|^(?:{_VERB}|dokument|(?:pdf-?)?datei)(?![\w-])[^'„\"]{{0,60}}(?:'(.+)'|„(.+)[“”]|\"(.+)\")",
    re.IGNORECASE,
)
_TOOLTIP_LEAD: Final = re.compile(rf"^(?:(?:dokument|datei)(?: {_VERB})*:?\s+)", re.IGNORECASE)
_TOOLTIP_TAIL: Final = re.compile(
    r"\s*\(?öffnet .{0,30}(?:datei|dokument).*$"
    r"|\s*[(\[,;-]*\s*(?:dateityp|dateigr(?:ö|oe)(?:ß|ss)e|format|größe)\s*:.*$",
    re.IGNORECASE | re.DOTALL,
)
_TYPE_IN_TOOLTIP: Final = re.compile(r"(?:dateityp|format)\s*:\s*\.?([a-z0-9]{2,5})\b", re.IGNORECASE)
_TOOLTIPS: Final = ("data-simpletooltip-text", "title", "aria-label")
_LONGEST_TOOLTIP: Final = 600


@dataclass(frozen=True, slots=True)
class Tooltip:
    """What the tooltip of a link says of its file. `name` may be no more than what a button says: "Datei"."""

    name: str | None
    media_type: str | None = None


def read_tooltip(shown: str | None) -> Tooltip:
    """Name and type: "Öffnet PDF-Datei 'Vorlage' in neuem Fenster", "Öffnen der PDF zu Vorlage in neuem Fenster",
    "Vorlage (Öffnet PDF-Datei in neuem Fenster)", "Dokument anzeigen: Vorlage Dateityp: pdf". Some are escaped
    twice."""
    tip = tidy(html.unescape(shown or "")[:_LONGEST_TOOLTIP]) or ""
    found, kind = _NAMED_IN_TOOLTIP.search(tip), _TYPE_IN_TOOLTIP.search(tip)
    named = next((part for part in found.groups() if part), None) if found else None
    name = named or tidy(_TOOLTIP_TAIL.sub("", _TOOLTIP_LEAD.sub("", tip)))
    return Tooltip(name, media_type(kind[1]) if kind else None)


def tooltip_of(node: Tag | None) -> Tooltip:
    """What the tooltip of a link or a button says; nothing where it has none."""
    return read_tooltip(next((tip for key in _TOOLTIPS if (tip := attribute(node, key))), None))


def role_by_name(name: str | None) -> FileRole | None:
    """What a file is to its meeting or agenda item by its name ("Öffentliche Niederschrift.pdf" → MINUTES); None where
    the name says nothing of it."""
    start = (name or "")[:_LOOKED_AT].lower()
    return next((role for role, pattern in _ROLES if pattern.match(start)), None)


def media_type(name: str | None) -> str | None:
    """The media type of a file's name, address or bare ending ("Plan.PDF", ".pdf", "pdf" → "application/pdf"); None for
    an ending that is not known."""
    return _MEDIA_TYPES.get((name or "").strip().rpartition(".")[2].lower())


def without_size(written: str | None) -> str | None:
    """A link's text without what it says of its file: "Einladung (PDF, 120 KB)" → "Einladung"."""
    line = tidy(written)
    while line and (shorter := _SIZE.sub("", line)) != line:
        line = tidy(shorter)
    return line


def each_once(groups: Iterable[Iterable[File]], without: AbstractSet[str] = frozenset()) -> list[tuple[File, ...]]:
    """The files of one record, group by group, each file once over all of them: where its role is best, then where it
    comes first. None of those whose native ids are in `without`."""
    listed = [tuple(group) for group in groups]
    best: dict[str, FileRole] = {}
    for file in (file for group in listed for file in group if file.native_id not in without):
        held = best.setdefault(file.native_id, file.role)
        best[file.native_id] = min(held, file.role, key=_BEST_ROLES.index)
    return [tuple(file for file in group if _takes(file, best)) for group in listed]


def _takes(file: File, best: dict[str, FileRole]) -> bool:
    """Whether this is the place where the file stays; then it is taken out of `best`."""
    if best.get(file.native_id) is not file.role:
        return False
    del best[file.native_id]
    return True
