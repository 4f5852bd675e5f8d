"""OParl's filter `modified_since` (OParl 1.1, 2.5.5): how its addresses are written."""

from __future__ import annotations

import datetime as dt
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

FAR_FUTURE: Final = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
SAFETY_MARGIN: Final = dt.timedelta(hours=2)
"""Incremental runs ask from this long before the last successful one: clocks differ, and exports lag behind."""
ENCODED, RAW = "encoded", "raw"
"""How the colons of the moment are written: some servers refuse %3A (quirks: Wuppertal)."""


def filtered(url: str, since: dt.datetime, writing: str) -> str:
    """The list's address with `modified_since`, whatever its query held before."""
    parts = urlsplit(url)
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != "modified_since"]
    moment = since.astimezone(dt.UTC).isoformat(timespec="seconds")
    value = quote(moment, safe="") if writing == ENCODED else moment
    joined = "&".join(filter(None, [urlencode(query), f"modified_since={value}"]))
    return urlunsplit(parts._replace(query=joined))
