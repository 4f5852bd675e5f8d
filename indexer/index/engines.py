"""The engines there are, by name: the one place where a setting becomes an engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from indexer.index.contract import Engine, IndexFault
from indexer.index.tantivy import TantivyEngine

ENGINES: Final[Mapping[str, Callable[[Path], Engine]]] = {
    "tantivy": TantivyEngine,
}


def open_engine(kind: str, path: Path) -> Engine:
    """The engine of this name, with its index in `path`. Raises IndexFault when there is no such engine."""
    make = ENGINES.get(kind)
    if make is None:
        raise IndexFault(f"There is no engine {kind!r}; there are: {', '.join(sorted(ENGINES))}")
    return make(path)
