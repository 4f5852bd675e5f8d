"""Fetched bytes by their sha256, in a folder, until their text is in the archive."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from pathlib import Path


class FileBytes:
    """A folder of contents. A content appears under its name whole or not at all, whatever kills the writer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Where the content is, if it is there."""
        return self._folder / sha256[:2] / sha256

    def put(self, content: bytes) -> str:
        """Lay down a content; returns its sha256 (64 hexadecimal digits)."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.replace(name, target)
        return sha256

    def drop(self, sha256: str) -> None:
        """Remove a content; one that is not there is no error."""
        self.path(sha256).unlink(missing_ok=True)

    def sweep_parts(self, older_than_seconds: float = 3600) -> int:
        """Remove what killed writers left half written; returns how many."""
        swept = 0
        for part in self._folder.glob("??/.part-*"):
            if time.time() - part.stat().st_mtime > older_than_seconds:
                part.unlink(missing_ok=True)
                swept += 1
        return swept
