"""Files: the documents of a paper, a meeting or an agenda item, each once, non-public ones left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from council.model import File, FileRole, Kind
from crawlers.oparl import quirks
from crawlers.oparl.fields import Fields
from crawlers.parsing.visibility import names_nonpublic_file

# Which role a file keeps that hangs on a record twice: the first of these.
_BEST_ROLES = (
    FileRole.MAIN,
    FileRole.RESOLUTION,
    FileRole.MINUTES,
    FileRole.VERBATIM_MINUTES,
    FileRole.INVITATION,
    FileRole.ATTACHMENT,
)


def read_files(fields: Fields, places: Sequence[tuple[str, FileRole]]) -> tuple[File, ...]:
    """The files under each (property, role), in that order; deleted and non-public ones left out."""
    files = []
    for key, role in places:
        for embedded in fields.objects(key):
            if not embedded.is_left_out() and (file := read_file(embedded, role)):
                files.append(file)
    return tuple(files)


def read_file(fields: Fields, role: FileRole = FileRole.ATTACHMENT) -> File | None:
    """One File object; None when it has no id, or when its own name says that it is not public."""
    name, file_name = fields.line("name"), fields.line("fileName")
    if any(names_nonpublic_file(said) for said in (name, file_name) if said):
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


def nonpublic_ids(fields: Fields, keys: Iterable[str]) -> set[str]:
    """The native ids of the files of an agenda item that is left out: they must not come in by another door."""
    return {native for key in keys for native in fields.references(key, Kind.FILE)}


def each_once(groups: Sequence[tuple[File, ...]], without: set[str]) -> list[tuple[File, ...]]:
    """The files of one record, group by group, each file once over all of them: where its role is best, then where it
    comes first."""
    best: dict[str, FileRole] = {}
    for file in (file for group in groups for file in group):
        held = best.get(file.native_id)
        if held is None or _BEST_ROLES.index(file.role) < _BEST_ROLES.index(held):
            best[file.native_id] = file.role
    return [_taken(group, best, without) for group in groups]


def _taken(group: tuple[File, ...], best: dict[str, FileRole], without: set[str]) -> tuple[File, ...]:
    taken = []
    for file in group:
        if file.native_id not in without and best.get(file.native_id) is file.role:
            del best[file.native_id]
            taken.append(file)
    return tuple(taken)


def with_main_file(files: tuple[File, ...]) -> tuple[File, ...]:
    """A paper's files, the main one told by its name where the source marks none (Somacos, see quirks)."""
    if any(file.role is FileRole.MAIN for file in files):
        return files
    place = quirks.main_file_among([file.name or "" for file in files])
    if place is None:
        return files
    main = files[place].model_copy(update={"role": FileRole.MAIN})
    return (*files[:place], main, *files[place + 1 :])
