"""Offices: what a person is in a committee; professions, parties and addresses beside it are none and are not kept."""

from __future__ import annotations

import re
from typing import Final

_OFFICE: Final = re.compile(
    r"mitglied|vorsitz|sprecher|bürgermeister|beigeordnet|rat\b|rätin|vertret|präsid|schriftführ|dezernent|verordnete"
    r"|landr|ortsvorsteher|beauftragt|einwohner|beisitz",
    re.IGNORECASE,
)


def is_office(words: str | None) -> bool:
    """Whether a cell names an office: "stellv. Vorsitzende", "sachkundiger Einwohner"."""
    return bool(words and _OFFICE.search(words))
