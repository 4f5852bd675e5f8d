"""Documents: of a session or of an item; deleted, unreleased and non-public ones and calendar files stay out.

Their address in the answer holds the operator's key. Ours is the meeting's human page, with the document's own path
behind `#`: it leads people to the right place, names each document once, and tells a spider what to fetch with the key.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from council.model import File, FileRole
from crawlers.councilservice import quirks
from crawlers.councilservice.urls import without_key
from crawlers.parsing.documents import media_type, role_by_name
from crawlers.parsing.json_fields import Fields
from crawlers.parsing.visibility import names_nonpublic_file

_PATH = re.compile(r"councilservice/(?:\d+/)+[^/\\?#%\x00-\x1f]+")


def read_documents(holder: Fields, key: str, view: str | None) -> tuple[File, ...]:
    """The released documents under the key, by their position. `view`: the meeting's human page."""
    held = sorted(holder.objects(key), key=lambda document: document.number("position") or 0)
    files = (file for fields in held if (file := _document(fields, view)))
    return tuple({file.native_id: file for file in files}.values())


def _document(fields: Fields, view: str | None) -> File | None:
    names = [name for key in ("description", "filename_original", "filename") if (name := fields.line(key))]
    kind = fields.number("field_1")
    is_calendar = kind == quirks.CALENDAR or any(name.lower().endswith(".ics") for name in names)
    if not fields.is_one("field_2") or fields.is_set("is_deleted") or is_calendar:
        if fields.raw.get("field_2") is None and not is_calendar:
            fields.diagnostics.add(f"{fields.where} field_2", "expected 1 (released), found nothing: left out")
        return None
    if names_nonpublic_file(*names):
        return None
    native, path = fields.ident("id"), _path(fields)
    if native is None or path is None or not names:
        fields.diagnostics.add(fields.where, "expected a document with number, name and path: left out")
        return None
    return File(
        native_id=native,
        role=_role(kind, names[0].lower(), is_of_item=fields.line("namespace") != "documents"),
        name=names[0],
        file_name=path.rpartition("/")[2],
        url=_address(fields, path, view),
        media_type=media_type(path),
        size=fields.number("size") or None,
    )


def _path(fields: Fields) -> str | None:
    """The document's path in the system, which its key is no part of."""
    parts = (fields.written("path"), fields.written("filename"))
    written = fields.written("link") or ("".join(part for part in parts if part) if all(parts) else "")
    return written if _PATH.fullmatch(written) and ".." not in written else None


def _address(fields: Fields, path: str, view: str | None) -> str | None:
    """Where the municipality's page is not known, the system's own address, the key cut out of it."""
    if view:
        return f"{view}#{quote(path)}"
    paths = fields.raw.get("paths")
    address = without_key(str(paths.get("data") or "")) if isinstance(paths, dict) else ""
    host = urlsplit(address).hostname or urlsplit(fields.diagnostics.url).hostname
    return f"https://{host}/export/data/file/{quote(path)}" if host else None


def _role(kind: int | None, name: str, is_of_item: bool) -> FileRole:
    """By the kind, where it is one that is known (see quirks), else by the name."""
    if kind == quirks.RESOLUTION:
        return FileRole.RESOLUTION
    if kind == quirks.PAPER and is_of_item:
        return FileRole.MAIN
    role = role_by_name(name)
    return role if role and role is not FileRole.RESOLUTION else FileRole.ATTACHMENT  # resolutions have a kind
