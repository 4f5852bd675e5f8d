"""What a pool is asked to do: one file, where it lies and what its server says about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer.text.extraction import Extraction, Limits


@dataclass(frozen=True, slots=True)
class Job:
    """One file to extract. `key` is the asker's own name for it and comes back with the result."""

    key: str
    path: Path
    declared_media_type: str | None = None
    name: str | None = None


Extract = Callable[[bytes, str | None, str | None, Limits], Extraction]
"""What a worker does with the bytes: bytes, declared media type, file name, limits. Must be a module's function."""
