"""A filter's dates as days, as the fields hold them."""

from __future__ import annotations

from indexer.index.contract import Filter
from indexer.index.fields import UNKNOWN_DAY


def days(limits: Filter) -> tuple[int, int | None] | None:
    """First and last day that the filter lets through, both included; None when it says nothing of dates. Whoever
    asks for dates asks for entries that have one."""
    if limits.date_from is None and limits.date_to is None:
        return None
    first = limits.date_from.toordinal() if limits.date_from else UNKNOWN_DAY + 1
    return first, limits.date_to.toordinal() if limits.date_to else None
