"""Values of one object of SessionNet 6's JSON, and the addresses around it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

from crawlers.parsing.dates import reported_day
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.html import tidy

_API = re.compile(r"^(.*/api/v\d+/)", re.IGNORECASE)


def number(row: dict[str, Any], key: str) -> str | None:
    """A number above nought; 0 is how the system says that there is none."""
    held = row.get(key)
    text = str(held).strip() if isinstance(held, int | str) and not isinstance(held, bool) else ""
    return str(int(text)) if text.isascii() and text.isdecimal() and len(text) <= 15 and int(text) > 0 else None


def text(row: dict[str, Any], *keys: str) -> str | None:
    """The first of these keys\' values that is a text with something in it, in one line."""
    return next((said for key in keys if isinstance(row.get(key), str) and (said := tidy(row[key]))), None)


def day(row: dict[str, Any], key: str, where: str, diagnostics: Diagnostics) -> dt.date | None:
    """The day in a value: "2026-03-05"; one that does not exist is noted."""
    return reported_day((text(row, key) or "")[:10], f"{where} {key}", diagnostics)


def api_base(url: str) -> str:
    """Where the JSON lies: "https://…/api/v1/"."""
    parts = urlsplit(url)
    found = _API.match(parts.path)
    return parts._replace(path=found[1] if found else "/api/v1/", query="", fragment="").geturl()


def app_base(url: str) -> str:
    """Where a person opens it: the folder above the JSON."""
    return re.sub(r"api/v\d+/$", "", api_base(url), flags=re.IGNORECASE)
