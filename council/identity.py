"""Ids: "<municipality>:<kind>:<native id>", made and read in this one place.

The native id is the source's own, raw: it does not depend on the run, on a title or on a list position, so the same
object has the same id for ever, and a saved link keeps working. Only what is known not to be part of an object's
identity is left out (the host and the scheme of an OParl id: servers move; see `crawlers.oparl.urls.native_id`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from council.model import Kind

MUNICIPALITY_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


class BadId(ValueError):
    """The text is no id of this system; the message says what one looks like."""


class RecordId(NamedTuple):
    """An id taken apart."""

    municipality: str
    kind: Kind
    native_id: str

    def __str__(self) -> str:
        return f"{self.municipality}:{self.kind.value}:{self.native_id}"


def make_id(municipality: str, kind: Kind, native_id: str) -> str:
    """The id of one object of one municipality. Raises BadId for a key or native id that cannot be part of one."""
    if not MUNICIPALITY_KEY.fullmatch(municipality):
        raise BadId(f"{municipality!r} is not a municipality's key: lower-case letters, digits and '-'")
    if not native_id or native_id != native_id.strip() or any(ord(c) < 32 for c in native_id):
        raise BadId(f"{native_id!r} is not a native id: it is empty or holds blanks at its ends or control characters")
    return f"{municipality}:{kind.value}:{native_id}"


def parse_id(text: str) -> RecordId:
    """Take an id apart. Raises BadId when it is none."""
    municipality, _, rest = text.partition(":")
    kind, _, native_id = rest.partition(":")
    if MUNICIPALITY_KEY.fullmatch(municipality) and native_id and kind in set(Kind):
        return RecordId(municipality, Kind(kind), native_id)
    raise BadId(
        f"{text[:200]!r} is not an id: it has the form municipality:kind:number, for example musterstadt:paper:4711"
    )
