"""Putting an entry into the register's file: every other byte of it stays as it is.

ruamel.yaml tells how the file is indented and writes the new entry; the entry is then put behind the last one as text,
since a whole file written again, even by ruamel.yaml, may come back with other blanks and line breaks. Only a register
in flow style (`{a: {…}}`), or an empty one, is written anew as a whole."""

from __future__ import annotations

import io
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from council.register_file import TOP


@dataclass(frozen=True, slots=True)
class Layout:
    """How the file is written: blanks before a key and from there to its fields, the line's end, whether a blank line
    stands between entries; `as_text` whether an entry can be put behind the last one as text."""

    indent: int
    step: int
    newline: str
    apart: bool
    as_text: bool


def layout_of(content: bytes) -> Layout:
    """How this register, which has no problem, is written."""
    root = _loaded(content)
    entries = root[TOP]
    newline = "\r\n" if b"\r\n" in content else "\n"
    keys = list(entries)
    text = content.decode("utf-8-sig")
    ended = re.search(r"^(?:\.\.\.|---)\s*$", text[text.find(TOP) :], re.MULTILINE)
    if not keys or entries.fa.flow_style() or root.fa.flow_style() or ended:
        return Layout(2, 2, newline, True, False)
    indent = int(entries.lc.key(keys[0])[1])
    first = entries[keys[0]]
    inner = int(first.lc.key(next(iter(first)))[1]) if first and not first.fa.flow_style() else indent + 2
    starts = [int(entries.lc.key(key)[0]) for key in keys]
    lines = text.splitlines()
    apart = len(starts) < 2 or any(not lines[line - 1].strip() for line in starts[1:])
    return Layout(indent, max(1, inner - indent), newline, apart, True)


def with_entry(content: bytes, layout: Layout, key: str, text: str, entry: CommentedMap) -> tuple[bytes, int]:
    """The file's bytes with the entry, as text or as a map, behind all others, and the line it begins in."""
    if not layout.as_text:
        return _written_anew(content, key, entry)
    ending = layout.newline.encode()
    before = content if content.endswith((b"\n", b"\r")) else content + ending
    if layout.apart and not before.endswith(ending * 2):
        before += ending
    line = before.count(b"\n") + 1
    return before + text.replace("\n", layout.newline).encode("utf-8"), line


def _written_anew(content: bytes, key: str, entry: CommentedMap) -> tuple[bytes, int]:
    root = _loaded(content)
    entries = root[TOP]
    entries[key] = entry
    for mapping in (root, entries):
        mapping.fa.set_block_style()
    out = io.BytesIO()
    _yaml().dump(root, out)
    written = out.getvalue()
    return written, written[: written.rfind(f"{key}:".encode())].count(b"\n") + 1


def _loaded(content: bytes) -> Any:
    return _yaml().load(content.decode("utf-8-sig"))


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = 10_000
    yaml.preserve_quotes = True
    return yaml


def replaced(path: Path, content: bytes) -> None:
    """Put this content in the place of the file's, at once: whoever reads it meanwhile sees the old or the new one. A
    link stays a link, and the file keeps its permissions; one that is new is made, with its folder. Raises OSError."""
    real = path.resolve()
    real.parent.mkdir(parents=True, exist_ok=True)
    mode = real.stat().st_mode & 0o7777 if real.exists() else 0o644
    handle, name = tempfile.mkstemp(prefix=f".{real.name}.", dir=real.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, mode)
        os.replace(name, real)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
