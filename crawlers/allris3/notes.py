"""Notes: what the reading of one page brings to light beside its records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from crawlers.reading import NotUnderstood

_ENOUGH = 300


@dataclass(slots=True)
class Notes:
    """Collected while one page is read. `url` is where it came from; `base` is what its links are resolved against;
    `links` remembers those of each element."""

    url: str
    base: str
    not_understood: dict[NotUnderstood, None] = field(default_factory=dict)
    follow: dict[str, None] = field(default_factory=dict)
    links: dict[int, tuple[object, list[Any]]] = field(default_factory=dict)

    def say(self, where: str, what: str) -> None:
        """Note one thing that was not understood, once; after 300 only that there are more."""
        if len(self.not_understood) < _ENOUGH:
            self.not_understood.setdefault(NotUnderstood(where, what))
        else:
            self.not_understood.setdefault(NotUnderstood("page", f"more than {_ENOUGH} notes: the rest is not listed"))

    def ask(self, address: str | None) -> None:
        """Note an address a spider would ask next; each once, in order."""
        if address is not None:
            self.follow.setdefault(address)
