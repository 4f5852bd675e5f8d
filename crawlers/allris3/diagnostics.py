"""Notes: what the reading of one page brings to light beside its records, and the links that were read on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from crawlers.parsing import diagnostics


@dataclass(slots=True)
class Diagnostics(diagnostics.Diagnostics):
    """Collected while one page is read. `base` is what its links are resolved against; `resolved` remembers those of
    each element."""

    base: str = ""
    resolved: dict[int, tuple[object, list[Any]]] = field(default_factory=dict)
