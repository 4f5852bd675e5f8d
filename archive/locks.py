"""Who does what alone: locks by name that their holder's death releases, whatever kills it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol


class LockHeld(Exception):
    """Somebody else holds the lock; `holder` says who."""

    def __init__(self, name: str, holder: str) -> None:
        super().__init__(f"{name} is held by {holder}")
        self.holder = holder


class Locks(Protocol):
    """The locks of one installation."""

    def hold(self, name: str, lost: Callable[[], None]) -> AbstractContextManager[None]:
        """Hold the lock of that name. `lost` is called, from another thread, when it could not be kept: from then on
        another may hold it. Raises LockHeld at once when another process holds it."""
        ...


class FolderLocks:
    """Locks of one machine: files in a folder, released by the kernel with the process. They cannot be lost."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def hold(self, name: str, lost: Callable[[], None] = lambda: None) -> Iterator[None]:
        """See Locks."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / name).open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                file.seek(0)
                raise LockHeld(name, f"process {file.read().strip() or 'unknown'}") from error
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield
