"""Notes: what the reading of one page brings to light beside its records, and the links that were read on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from crawlers import notes


@dataclass(slots=True)
class Notes(notes.Notes):
    """Collected while one page is read. `base` is what its links are resolved against; `links` remembers those of each
    element."""

    base: str = ""
    links: dict[int, tuple[object, list[Any]]] = field(default_factory=dict)
