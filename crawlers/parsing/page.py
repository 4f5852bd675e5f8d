"""What one saved or fetched page of any system is read into: nouns, where to ask next, and what was not understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from council.model import Record, Tombstone
from crawlers.parsing.diagnostics import ParseWarning


@dataclass(frozen=True, slots=True)
class Page:
    """`page` is the vendor's own name of the page type; `records` are the public nouns on it; `follow` are absolute
    addresses that a spider would ask next, each once, in the page's order. Files hang on records instead."""

    page: str
    records: tuple[Record | Tombstone, ...] = ()
    follow: tuple[str, ...] = ()
    warnings: tuple[ParseWarning, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The page as `ratslupe read` prints it."""
        return {
            "page": self.page,
            "records": [{"kind": record.kind.value} | record.model_dump(mode="json") for record in self.records],
            "follow": list(self.follow),
            "not_understood": [{"where": gap.where, "what": gap.what} for gap in self.warnings],
        }
