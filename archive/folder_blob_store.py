"""Waiting bytes in a folder: those of an installation on one machine."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path


class FolderBlobStore:
    """See BlobStore. Files of the folder are read where they are."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path | None:
        """Where the content is, if it is there."""
        path = self._path(sha256)
        return path if path.exists() else None

    def done(self, sha256: str) -> None:
        """Nothing: the file is the content itself."""

    def put(self, content: bytes) -> str:
        """See BlobStore."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self._path(sha256)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.replace(name, target)
        return sha256

    def held(self, sha256s: Collection[str]) -> set[str]:
        """See BlobStore."""
        return {sha256 for sha256 in sha256s if self._path(sha256).exists()}

    def drop(self, sha256s: Collection[str]) -> None:
        """See BlobStore."""
        for sha256 in sha256s:
            self._path(sha256).unlink(missing_ok=True)

    def sweep_parts(self, older_than_seconds: float = 3600) -> int:
        """See BlobStore."""
        swept = 0
        for part in self._folder.glob("??/.part-*"):
            if time.time() - part.stat().st_mtime > older_than_seconds:
                part.unlink(missing_ok=True)
                swept += 1
        return swept

    @contextmanager
    def local_copies(self) -> Iterator[FolderBlobStore]:
        """See BlobStore."""
        yield self

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256
