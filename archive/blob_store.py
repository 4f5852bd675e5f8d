"""The port behind which fetched bytes wait until their text has been extracted, each content once, by its sha256."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol


class LocalCopies(Protocol):
    """Contents as files that another process can read."""

    def path(self, sha256: str) -> Path | None:
        """Where the content lies now; None when it does not wait any more."""
        ...

    def done(self, sha256: str) -> None:
        """The file has been read."""
        ...


class BlobStore(Protocol):
    """Contents that wait. One appears whole or not at all, whatever kills the writer."""

    def put(self, content: bytes) -> str:
        """Store a content; returns its sha256 (64 hexadecimal digits)."""
        ...

    def held(self, sha256s: Collection[str]) -> set[str]:
        """Those of the contents that wait here."""
        ...

    def drop(self, sha256s: Collection[str]) -> None:
        """Remove contents; one that is not there is no error."""
        ...

    def sweep_parts(self, older_than_seconds: float = 3600) -> int:
        """Remove what killed processes left behind; returns how many files."""
        ...

    def local_copies(self) -> AbstractContextManager[LocalCopies]:
        """A place where contents can be read as files; what was put there for that is gone afterwards."""
        ...
