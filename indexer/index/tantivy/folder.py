"""The folder of an embedded index: its builds, which one is published, and who may write.

current              which build is published and which was before; replaced in one step
lock                 held by the one writer, by flock: it is free again when its process ends, however it ends
builds/<name>/       one build: `index/`, `vocabulary.json`, and `state.json`, the cursor of the last commit
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.index.contract import IndexFault, IndexLocked, IndexNotReady
from indexer.index.fields import SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class BuildState:
    """What is written beside a build with every commit."""

    cursor: int
    schema_version: int
    built_at: dt.datetime
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Build:
    """One build of the index."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def index(self) -> Path:
        return self.path / "index"

    @property
    def vocabulary(self) -> Path:
        return self.path / "vocabulary.json"

    def state(self) -> BuildState:
        """Read the state. Raises IndexFault when it is not there or not ours."""
        path = self.path / "state.json"
        kept = _read(path)
        try:
            return BuildState(
                int(kept["cursor"]),
                int(kept["schema_version"]),
                dt.datetime.fromisoformat(kept["built_at"]),
                str(kept.get("origin", "")),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise IndexFault(f"{path} is not the state of an index build ({error!r}); build the index anew") from error

    def set_state(self, state: BuildState) -> None:
        _replace(
            self.path / "state.json",
            {
                "cursor": state.cursor,
                "schema_version": state.schema_version,
                "built_at": state.built_at.isoformat(),
                "origin": state.origin,
            },
        )

    def size(self) -> int:
        """Bytes on disk at the moment."""
        total = 0
        for file in self.path.rglob("*"):
            with contextlib.suppress(FileNotFoundError):
                total += file.stat().st_size if file.is_file() else 0
        return total


class Folder:
    """The folder as a whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pointer = path / "current"

    def published(self) -> Build:
        """The build that is searched. Raises IndexNotReady when there is none, IndexFault when it cannot be read."""
        build = self._pointed("build")
        if build is None:
            raise IndexNotReady(f"{self.path} holds no index yet; run the indexer")
        if not build.path.is_dir():
            raise IndexFault(f"{self.pointer} names the build {build.name}, which is not there; build the index anew")
        return build

    def previous(self) -> Build | None:
        """The build that was searched before, kept to go back to."""
        return self._pointed("previous")

    def _pointed(self, which: str) -> Build | None:
        if self.path.exists() and not self.path.is_dir():
            raise IndexFault(f"{self.path} is not a folder; name a folder for the index")
        if not self.pointer.exists():
            return None
        name = _read(self.pointer).get(which)
        if name is None:
            return None
        if not isinstance(name, str) or Path(name).name != name or name in {"", ".", ".."}:
            raise IndexFault(f"{self.pointer} names no index build but {name!r}; remove the file and index anew")
        return Build(self.path / "builds" / name)

    def new_build(self) -> Build:
        """An empty build that nobody searches yet."""
        name = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        build = Build(self.path / "builds" / name)
        build.index.mkdir(parents=True)
        build.set_state(BuildState(0, SCHEMA_VERSION, dt.datetime.now(dt.UTC)))
        return build

    def publish(self, build: Build) -> None:
        """Let this build be searched from now on."""
        try:
            before: str | None = self.published().name
        except IndexFault:
            before = None
        if before != build.name:
            _replace(self.pointer, {"build": build.name, "previous": before})

    def sweep(self) -> None:
        """Remove every build but the published and the previous one. Only for who holds the lock."""
        kept = {build.name for build in (self._pointed("build"), self._pointed("previous")) if build}
        builds = self.path / "builds"
        for path in builds.iterdir() if builds.is_dir() else ():
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def lock(self) -> int:
        """Become the one writer; to be given to `unlock`. Raises IndexLocked, IndexFault."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise IndexFault(f"{self.path} cannot be written ({error}); name another folder for the index") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise IndexLocked(f"{self.path} is being written by another process; wait for it or stop it") from error
        return handle

    def unlock(self, handle: int) -> None:
        os.close(handle)


@contextlib.contextmanager
def engine_faults(doing: str) -> Iterator[None]:
    """Turn what the engine and the disk raise into an IndexFault that says what was being done."""
    try:
        yield
    except BaseException as error:
        panic = type(error).__name__ == "PanicException"  # Rust's, on damaged files: no Exception, nowhere to import
        if isinstance(error, IndexFault) or not (panic or isinstance(error, OSError | ValueError | RuntimeError)):
            raise
        raise IndexFault(f"{doing} failed: {error}") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexFault(f"{path} cannot be read ({error}); build the index anew") from error
    if not isinstance(kept, dict):
        raise IndexFault(f"{path} is not a file of ours; build the index anew")
    return kept


def _replace(path: Path, kept: dict[str, Any]) -> None:
    unfinished = path.with_name(path.name + ".new")
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(kept, file)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
