"""Diagnostics: what the reading of one page or answer brings to light beside its records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

ENOUGH: Final = 500


class WarningKind(Enum):
    """What a crawl has to know of a warning."""

    LIST_INCOMPLETE = auto()
    """A list does not hold all that it should: nothing may be missed for not being in it."""
    LIST_LOADED_LATER = auto()
    """The page itself has not got its list: it comes with another request."""
    LIST_PAGED = auto()
    """The list goes on behind links that cannot be asked for."""


@dataclass(frozen=True, slots=True)
class ParseWarning:
    """One part of an answer that was left out or left unknown, for a person to look at. What a crawl does hangs on its
    `kind`, never on its words."""

    where: str
    what: str
    kind: WarningKind | None = None

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
    """Collected while one page is read. `url` is where it came from, against which other addresses are resolved; `mask`
    takes out of a warning what nobody may read in it."""

    url: str
    warnings: dict[ParseWarning, None] = field(default_factory=dict)
    links: Links = field(default_factory=Links)
    mask: Callable[[str], str] = str

    def add(self, where: str, what: str, kind: WarningKind | None = None) -> None:
        """Report one thing that was not understood, once; after 500 of them only that there are more, and of each kind
        the first."""
        is_first = kind is not None and all(warning.kind is not kind for warning in self.warnings)
        if is_first or len(self.warnings) < ENOUGH:
            self.warnings.setdefault(ParseWarning(self.mask(where), self.mask(what), kind))
        else:
            self.warnings.setdefault(ParseWarning(self.url, f"more than {ENOUGH} notes: the rest is not listed"))


def shape(text: str | None) -> str:
    """What a text looks like, without its words, for warnings: "Mo, 03.02.25" → "a, 00.00.00"."""
    if text is None:
        return "nothing"
    return repr(re.sub(r"[^\W\d_]+", "a", re.sub(r"\d", "0", text))[:40])
