"""Opening ZIP-based files (docx, xlsx, pptx, odt, …) without falling for bombs, and finding their parts."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from indexer.text.extraction import Limits, Unreadable

_MOST_ENTRIES = 20_000
_CHUNK = 1 << 20
_OVERRIDE = re.compile(rb"<(?:\w+:)?Override\s[^>]*>")
_ATTRIBUTE = re.compile(rb"""(PartName|ContentType)\s*=\s*["']([^"']*)["']""")


def open_zip(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The archive in `data`, if what it declares about itself is bearable; else Unreadable.

    Entries read through it cannot grow beyond what they declare: zipfile stops there and then misses the checksum.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Unreadable(f"broken ZIP container: {error}") from error
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES:
        raise Unreadable(f"ZIP container with {len(entries)} entries; at most {_MOST_ENTRIES} are read")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes:
        raise Unreadable(f"ZIP container would unpack to {unpacked} bytes; at most {limits.unpacked_bytes} are read")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable("encrypted ZIP container")
    return archive


def entry(archive: zipfile.ZipFile, name: str) -> bytes:
    """One entry's bytes; Unreadable when it is missing or broken."""
    try:
        return archive.read(name)
    except KeyError:
        raise Unreadable(f"ZIP container without {name}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise Unreadable(f"broken ZIP container: {error}") from error


def verify(data: bytes, limits: Limits) -> None:
    """Unpacks everything once, keeping nothing: before bytes go to a library that unpacks on its own.

    Unreadable when an entry holds more than it declares, or is broken.
    """
    with open_zip(data, limits) as archive:
        for info in archive.infolist():
            try:
                with archive.open(info) as unpacked:
                    while unpacked.read(_CHUNK):
                        pass
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
                raise Unreadable(f"broken ZIP container: {error}") from error


def content_types(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part name → content type of an Office Open XML package (ECMA-376 part 2, §10.1.2); {} if it is none."""
    try:
        declared = archive.getinfo("[Content_Types].xml")
    except KeyError:
        return {}
    types = {}
    for override in _OVERRIDE.findall(entry(archive, declared.filename)):
        attributes = {name.decode(): value.decode("utf-8", "replace") for name, value in _ATTRIBUTE.findall(override)}
        if attributes.keys() == {"PartName", "ContentType"}:
            types[attributes["PartName"].lstrip("/")] = attributes["ContentType"]
    return types
