"""Addresses of ecics RIS: one page of the website lists all meetings, and each has its own under it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

ACTION: Final = "show_sitzung"
_NUMBER: Final = re.compile(r"\d{1,12}", re.ASCII)


def meeting_number(url: str) -> str | None:
    """Whose page `…?action=show_sitzung&sitzung_id=531` is; None for any other address."""
    query = parse_qs(urlsplit(url).query)
    number = query.get("sitzung_id", [""])[0]
    return number if query.get("action") == [ACTION] and _NUMBER.fullmatch(number) else None
