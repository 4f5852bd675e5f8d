"""Files: the documents of a paper, a meeting or an agenda item, each once, non-public ones left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from council.model import File, FileRole, Kind
from crawlers.oparl import quirks
from crawlers.oparl.fields import ObjectFields
from crawlers.parsing.visibility import names_nonpublic_file


def read_files(fields: ObjectFields, places: Sequence[tuple[str, FileRole]]) -> tuple[File, ...]:
    """The files under each (property, role), in that order; deleted and non-public ones left out."""
    files = []
    for key, role in places:
        for embedded in fields.objects(key):
            if not embedded.is_left_out() and (file := read_file(embedded, role)):
                files.append(file)
    return tuple(files)


def read_file(fields: ObjectFields, role: FileRole = FileRole.ATTACHMENT) -> File | None:
    """One File object; None when it has no id, or when its own name says that it is not public."""
    name, file_name = fields.line("name"), fields.line("fileName")
    if any(names_nonpublic_file(text) for text in (name, file_name) if text):
        fields.diagnostics.withheld += 1
        return None
    origin = fields.origin(Kind.FILE)
    if origin is None:
        return None
    url = fields.address("downloadUrl") or fields.address("accessUrl")
    return File(
        **origin,
        role=role,
        name=name,
        file_name=file_name,
        url=quirks.sdnet_file_url(url) if url else None,
        media_type=fields.media_type("mimeType"),
        size=fields.size("size"),
        date=fields.day("date"),
        license=fields.line("fileLicense") or fields.line("license"),
        text=fields.text("text"),
    )


def nonpublic_ids(fields: ObjectFields, keys: Iterable[str]) -> set[str]:
    """The native ids of the files of an agenda item that is left out: they must not come in by another door."""
    return {native for key in keys for native in fields.references(key, Kind.FILE)}


def with_main_file(files: tuple[File, ...]) -> tuple[File, ...]:
    """A paper's files, the main one told by its name where the source marks none (Somacos, see quirks)."""
    if any(file.role is FileRole.MAIN for file in files):
        return files
    place = quirks.main_file_among([file.name or "" for file in files])
    if place is None:
        return files
    main = files[place].model_copy(update={"role": FileRole.MAIN})
    return (*files[:place], main, *files[place + 1 :])
