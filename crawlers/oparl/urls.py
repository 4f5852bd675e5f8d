"""Addresses of OParl: native ids, which are an id without what is not part of an object's identity, because servers
move; and the filter `modified_since` (OParl 1.1, 2.5.5)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from council.model import Kind
from crawlers.oparl import quirks

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


_HOST = re.compile(r"[a-z][a-z0-9+.\-]*://[^/?#]*", re.IGNORECASE)
_UP_TO_OPARL = re.compile(r"(?:.*/)?oparl(?=/|$)(?:/(?:v\d+(?:\.\d+)*|\d+\.\d+)(?=/|$))?", re.IGNORECASE)
_UNFIT = re.compile(r"[\x00-\x20\x7f\ud800-\udfff]")
_LONGEST = 1000


def native_id(oparl_id: str, kind: Kind | None = None) -> str:
    """An OParl id → the part of it that stays when host, scheme and folder of the server change.

    Everything up to and including the last path segment `oparl` (any case) and a version behind it falls away; where
    there is none, the whole path stays. The query stays where ids are queries; percent-encoding is left raw:
    `http://ratsinfo.stadt-peine.de/public/oparl/papers?id=4416` → `papers?id=4416`.
    `kind` is what the id is of, None for agenda items and consultations; it matters for more!rubin only (see quirks).
    Raises ValueError when nothing usable is left.
    """
    text = oparl_id.strip()
    host = _HOST.match(text)
    path, mark, query = text[host.end() if host else 0 :].partition("?")
    known = _UP_TO_OPARL.match(path)
    short = path[known.end() :] if known else path
    left = (None if query else quirks.rubin_native_id(path, kind)) or short.lstrip("/") + mark + query
    if not left.strip("/?") or len(left) > _LONGEST or _UNFIT.search(left):
        raise ValueError(f"expected the address of an object, found {shown_id(oparl_id)}")
    return left


def shown_id(oparl_id: str) -> str:
    """An id as a message shows it: an address as it is, cut short; of anything else only the length, since a name or an
    e-mail address may stand there."""
    is_address = _HOST.match(oparl_id) and "@" not in oparl_id and oparl_id.isprintable() and " " not in oparl_id
    return oparl_id[:300] if is_address else f"a text of {len(oparl_id)} characters that is no address"
