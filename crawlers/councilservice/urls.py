"""The export: which system a municipality's page shows, with which key; and addresses without that key.

The key stands in the page for every visitor, but it is the operator's: it is read at run time, kept in memory only, and
never part of a record, of an address to ask or of a message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from crawlers.councilservice import quirks
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import address

_KEY = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4,12}){2,5}")
_CALL = re.compile(r"initializeExport\(\s*[\"']([^\"']+)[\"']")
_SOUND = re.compile(r"[\w-]{8,100}", re.ASCII)
_SCRIPT = "/export/js/initialize.js"
_AUTH = re.compile(r"/export/auth/[^/?#]+")
_SYSTEM = re.compile(r"(.*?/)(?:export/(?:[^/]+/)*?)?councilservice/(?:session|entry)/", re.IGNORECASE)
_LIST: Final = "councilservice/session/fetch-overview/mine/0/by-docs/0"


def without_key(text: str) -> str:
    """A text or address from which whatever looks like a key is cut out."""
    return _KEY.sub("", _AUTH.sub("/export", text))


@dataclass(frozen=True, slots=True)
class Export:
    """What a municipality's page says of its system. `system` is the address of the tenant; `key` is never shown."""

    system: str
    key: str = field(repr=False)

    def headers(self) -> dict[str, str]:
        """What the page's own script sends with every request."""
        return {
            "X-Requested-By": "spa-export",
            "X-Export-Token": self.key,
            "X-Requested-With": "XMLHttpRequest",
            "Accept": "application/json",
        }

    def list_address(self) -> str:
        """Where the meetings of a time are asked for, by POST, with `range`, `schedule_start` and `schedule_end`."""
        return f"{self.system}{_LIST}"


def read_export(page: BeautifulSoup, url: str) -> Export | None:
    """The export a page shows; None where it shows none. Raises UnexpectedResponse for two, which cannot be told
    apart."""
    scripts = (address(script, url, "src") for script in page.select("script[src]"))
    systems = {found.removesuffix(_SCRIPT) + "/" for found in scripts if found and found.endswith(_SCRIPT)}
    code = " ".join(script.get_text() for script in page.find_all("script"))
    keys = set(_CALL.findall(code))
    if not systems and not keys:
        return None
    if len(systems) != 1 or len(keys) != 1 or not all(map(_SOUND.fullmatch, keys)):
        found = f"{len(systems)} systems and {len(keys)} keys"
        raise UnexpectedResponse(
            without_key(url), "one export", found, "Look at the page: the reader knows pages with one"
        )
    return Export(systems.pop(), keys.pop())


def human_page_of(url: str) -> str | None:
    """The municipality's page an address belongs to, without what it opened there; None for the system's own."""
    parts = urlsplit(url)
    if (parts.hostname or "").endswith(".mein-intra.net") or "/councilservice/" in parts.path:
        return None
    pairs = [pair for pair in parts.query.split("&") if pair and not quirks.is_opened_view(pair.partition("=")[0])]
    path = re.sub(r";jsessionid=[^/]*", "", parts.path, flags=re.IGNORECASE)
    return without_key(parts._replace(path=path, query="&".join(pairs), fragment="").geturl())


def view_address(human_page: str, number: str) -> str:
    """The human page of a meeting."""
    mark = "&" if "?" in human_page else "?"
    return f"{human_page}{mark}href=/councilservice/entry/view/{number}"


def entry_address(url: str, number: str) -> str:
    """Where a meeting's agenda is asked for, from the address of the list it stands in."""
    parts = urlsplit(url)
    base = _SYSTEM.match(parts.path)
    path = f"{base[1] if base else '/'}councilservice/entry/fetch/id/{number}"
    return without_key(parts._replace(path=path, query="", fragment="").geturl())
