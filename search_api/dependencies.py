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
from search_api.cache import StaleWhileRevalidateCache
from search_api.examples import load_examples
from search_api.municipalities import MunicipalityOverview
from search_api.municipality_names import MunicipalityNames
from search_api.settings import SearchSettings
from search_api.similar import open_similar_papers


class MunicipalityList(Protocol):
    """As much of a register as is needed here."""

    @property
    def municipalities(self) -> tuple[Municipality, ...]: ...


class LiveMunicipalities(Protocol):
    """A register that is read anew when its file changes."""

    def current(self) -> MunicipalityList: ...


class Services:
    """Everything an endpoint reads from."""

    def __init__(
        self,
        settings: SearchSettings,
        index: IndexReader,
        archive: Archive,
        register: LiveMunicipalities | Callable[[], MunicipalityList],
    ) -> None:
        current = register if callable(register) else register.current
        self.settings = settings
        self.index = index
        self.archive = archive
        self.records = RecordReader(archive)
        self.files = FileReader(archive)
        self.changes = ChangeReader(archive)
        self.similar = open_similar_papers(archive)
        self.municipalities = MunicipalityOverview(
            lambda: current().municipalities,
            RunReader(archive),
            Statistics(archive),
            archive.clock,
            settings.remember_seconds,
        )
        self.municipality_names = MunicipalityNames(lambda: current().municipalities)
        self.examples = StaleWhileRevalidateCache(
            lambda: load_examples(index, self.records, self.files), settings.remember_seconds * 30
        )

    def close(self) -> None:
        """Give back what was passed in."""
        self.index.close()
        self.archive.close()


def get_services(request: Request) -> Services:
    """The services of the application that answers this request."""
    found = request.app.state.services
    assert isinstance(found, Services)  # noqa: S101 - create_app laid it there
    return found
