"""What every answer is made from, passed in once: the index, the archive, the register, the settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from fastapi import Request

from archive.archive import Archive
from archive.change_reader import ChangeReader
from archive.file_reader import FileReader
from archive.record_reader import RecordReader
from archive.run_reader import RunReader
from archive.statistics import Statistics
from council.municipality import Municipality
from indexer.index.contract import IndexReader
from search_api.municipalities import TownBoard
from search_api.settings import SearchSettings


class Towns(Protocol):
    """As much of a register as is needed here."""

    @property
    def municipalities(self) -> tuple[Municipality, ...]: ...


class LiveTowns(Protocol):
    """A register that is read anew when its file changes."""

    def current(self) -> Towns: ...


class Sources:
    """Everything an endpoint reads from."""

    def __init__(
        self, settings: SearchSettings, index: IndexReader, archive: Archive, register: LiveTowns | Callable[[], Towns]
    ) -> None:
        current = register if callable(register) else register.current
        self.settings = settings
        self.index = index
        self.archive = archive
        self.records = RecordReader(archive)
        self.files = FileReader(archive)
        self.changes = ChangeReader(archive)
        self.board = TownBoard(
            lambda: current().municipalities,
            RunReader(archive),
            Statistics(archive),
            archive.clock,
            settings.remember_seconds,
        )

    def close(self) -> None:
        """Give back what was passed in."""
        self.index.close()
        self.archive.close()


def sources_of(request: Request) -> Sources:
    """The sources of the application that answers this request."""
    found = request.app.state.sources
    assert isinstance(found, Sources)  # noqa: S101 - create_app laid it there
    return found
