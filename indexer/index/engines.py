"""The engines there are, by name: the one place where a setting becomes an engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from indexer.index.contract import Engine, IndexFault
from indexer.index.elasticsearch import ElasticsearchEngine
from indexer.index.elasticsearch.settings import elasticsearch_settings
from indexer.index.tantivy import TantivyEngine

Environment = Mapping[str, str]

ENGINES: Final[Mapping[str, Callable[[Path, Environment], Engine]]] = {
    "tantivy": lambda folder, _: TantivyEngine(folder),
    "elasticsearch": lambda _, environment: ElasticsearchEngine(elasticsearch_settings(environment)),
}


def open_engine(kind: str, path: Path, environment: Environment) -> Engine:
    """The engine of this name: one that is embedded has its index in `path`, one that is a server is named by the
    environment. Nothing is opened or asked yet. Raises IndexFault when there is no such engine or it is not told
    where its server is."""
    make = ENGINES.get(kind)
    if make is None:
        raise IndexFault(f"There is no engine {kind!r}; there are: {', '.join(sorted(ENGINES))}")
    try:
        return make(path, environment)
    except ValueError as error:
        raise IndexFault(str(error)) from error
