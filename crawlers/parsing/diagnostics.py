"""Diagnostics: what the reading of one page or answer brings to light beside its records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

ENOUGH: Final = 500


@dataclass(frozen=True, slots=True)
class ParseWarning:
    """One part of an answer that was left out or left unknown, for a person to look at."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(slots=True)
class Links:
    """Addresses that a crawl would ask for next; each once, in the page's order."""

    _addresses: dict[str, None] = field(default_factory=dict)

    def add(self, address: str | None) -> None:
        """One more; None is none."""
        if address is not None:
            self._addresses.setdefault(address)

    def __iter__(self) -> Iterator[str]:
        return iter(self._addresses)


@dataclass(slots=True)
class Diagnostics:
    """Collected while one page is read. `url` is where it came from, against which other addresses are resolved."""

    url: str
    warnings: dict[ParseWarning, None] = field(default_factory=dict)
    links: Links = field(default_factory=Links)

    def add(self, where: str, what: str) -> None:
        """Report one thing that was not understood, once; after 500 of them only that there are more."""
        if len(self.warnings) < ENOUGH:
            self.warnings.setdefault(ParseWarning(where, what))
        else:
            self.warnings.setdefault(ParseWarning(self.url, f"more than {ENOUGH} notes: the rest is not listed"))


def shape(text: str | None) -> str:
    """What a text looks like, without its words, for warnings: "Mo, 03.02.25" → "a, 00.00.00"."""
    if text is None:
        return "nothing"
    return repr(re.sub(r"[^\W\d_]+", "a", re.sub(r"\d", "0", text))[:40])
