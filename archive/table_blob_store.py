"""Waiting bytes in the archive's own database: those of an installation on several machines, which share no folder."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects.postgresql import insert

from archive.schema import WAITING_BYTES
from archive.transaction import reading, writing

PIECE = 1024 * 1024
"""Bytes in one row: neither side ever has more than one row of a file in its hands beside the file itself."""
AT_ONCE = 500
LAID_OUT = "laid-out-"


class TableBlobStore:
    """See BlobStore. A content's rows are written in one transaction, so that none is seen half."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        """`folder` is where contents are laid out as files for the extraction; it belongs to this machine."""
        self._engine = engine
        self._folder = folder

    def put(self, content: bytes) -> str:
        """See BlobStore. Two that put the same content at once wait for each other and write it once."""
        sha256 = hashlib.sha256(content).hexdigest()
        if self.held([sha256]):
            return sha256
        with writing(self._engine) as connection:
            for number, start in enumerate(range(0, max(len(content), 1), PIECE)):
                row = {"sha256": sha256, "number": number, "content": content[start : start + PIECE]}
                connection.execute(insert(WAITING_BYTES).values(row).on_conflict_do_nothing())
        return sha256

    def held(self, sha256s: Collection[str]) -> set[str]:
        """See BlobStore."""
        first = select(WAITING_BYTES.c.sha256).where(WAITING_BYTES.c.number == 0)
        with reading(self._engine) as connection:
            return {
                sha256
                for some in _parts(sha256s)
                for sha256 in connection.scalars(first.where(WAITING_BYTES.c.sha256.in_(some)))
            }

    def drop(self, sha256s: Collection[str]) -> None:
        """See BlobStore."""
        for some in _parts(sha256s):
            with writing(self._engine) as connection:
                connection.execute(delete(WAITING_BYTES).where(WAITING_BYTES.c.sha256.in_(some)))

    def sweep_parts(self, older_than_seconds: float = 3600) -> int:
        """See BlobStore: folders that killed extractions left on this machine."""
        old = [f for f in self._folder.glob(f"{LAID_OUT}*") if time.time() - f.stat().st_mtime > older_than_seconds]
        files = sum(len(list(folder.iterdir())) for folder in old)
        for folder in old:
            shutil.rmtree(folder, ignore_errors=True)
        return files

    @contextmanager
    def local_copies(self) -> Iterator[TemporaryFiles]:
        """See BlobStore."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self.sweep_parts()
        with tempfile.TemporaryDirectory(dir=self._folder, prefix=LAID_OUT) as folder:
            yield TemporaryFiles(self._engine, Path(folder))


class TemporaryFiles:
    """See LocalCopies: files that are written when they are asked for and removed when they have been read."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._snapshots = engine.execution_options(isolation_level="REPEATABLE READ")
        self._folder = folder

    def path(self, sha256: str) -> Path | None:
        """See LocalCopies. Writes the file, row by row, as the content stands at one moment."""
        path = self._folder / sha256
        piece = select(WAITING_BYTES.c.content).where(WAITING_BYTES.c.sha256 == sha256)
        with reading(self._snapshots) as connection, path.open("wb") as file:
            number = 0
            while (content := connection.scalar(piece.where(WAITING_BYTES.c.number == number))) is not None:
                file.write(content)
                number += 1
        if number:
            return path
        self.done(sha256)
        return None

    def done(self, sha256: str) -> None:
        """See LocalCopies."""
        (self._folder / sha256).unlink(missing_ok=True)


def _parts(sha256s: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(sha256s)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
