"""The engines the contract is tested on. A new engine is one more line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from indexer.index.contract import Engine
from indexer.index.engines import open_engine


def tantivy(folder: Path) -> Engine:
    return open_engine("tantivy", folder)


ENGINES: Final[tuple[Callable[[Path], Engine], ...]] = (tantivy,)
