"""Notes: what the reading of one page or answer brings to light beside its records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from crawlers.reading import NotUnderstood

ENOUGH: Final = 500


@dataclass(slots=True)
class Notes:
    """Collected while one page is read. `url` is where it came from, against which other addresses are resolved."""

    url: str
    not_understood: dict[NotUnderstood, None] = field(default_factory=dict)
    follow: dict[str, None] = field(default_factory=dict)

    def say(self, where: str, what: str) -> None:
        """Note one thing that was not understood, once; after 500 of them only that there are more."""
        if len(self.not_understood) < ENOUGH:
            self.not_understood.setdefault(NotUnderstood(where, what))
        else:
            self.not_understood.setdefault(NotUnderstood(self.url, f"more than {ENOUGH} notes: the rest is not listed"))

    def ask(self, address: str | None) -> None:
        """Note an address a spider would ask next; each once, in order."""
        if address is not None:
            self.follow.setdefault(address)
