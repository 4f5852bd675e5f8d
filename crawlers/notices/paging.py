"""The links from one page of a list to its others: the next one, and those of other years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup, Tag

from crawlers.notices import quirks
from crawlers.notices.addresses import host, link_address
from crawlers.notices.description import Description
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import attribute, text

_PLACES: Final = (
    "link[rel~=next]", "a[rel~=next]", "a.next", "li.next a", "li.next-page a", "a.nextpostslink", ".pagination-next a",
    "a[aria-label*='Nächste']", "a[aria-label*='nächste']", "a[title*='Nächste Seite']", "a[title*='nächste Seite']",
)  # fmt: skip
_BARS: Final = (
    ".pagination a, .pager a, .f3-widget-paginator a, .nav-links a, .paging a, .blaettern a, .seitenzahlen a, nav a"
)
_NEXT = re.compile(
    r"^\W*(?:weiter|nächste(?: seite)?|vor(?:wärts)?|next(?: page)?|ältere(?: beiträge| einträge)?|seite vor)\W*$"
    r"|^(?:»|>|>>|›|→)$",
    re.IGNORECASE,
)

_YEAR = re.compile(
    r"(?:(?:archiv|jahr(?:gang)?|amtsblatt|amtsblätter|bekanntmachungen|sitzungen)\s+)?(?:19|20)\d\d", re.I
)
_YEAR_IN_ADDRESS = re.compile(r"(?:[?&]\w+=|[/_-](?:archiv[_-])?)((?:19|20)\d\d)(?!\d)")


def next_page(page: BeautifulSoup, url: str, description: Description) -> str | None:
    """The address of the next page of a list on the same site; None where there is none."""
    if description.next_page:
        found = page.select_one(description.next_page)
        if found is not None and found.name not in ("a", "link"):
            raise UnexpectedResponse(
                url,
                f"a link ({description.next_page})",
                f"<{found.name}>",
                "Write a selector in `next_page` that ends in the link itself: .pagination a.next",
            )
        return _usable(found, url) if found is not None else None
    candidates = [node for place in _PLACES for node in page.select(place)]
    candidates += [node for node in page.select(_BARS) if _NEXT.search(text(node) or "")]
    for node in candidates:
        if found_address := _usable(node, url):
            return found_address
    return None


def year_pages(page: BeautifulSoup, url: str) -> Iterator[str]:
    """The addresses of the same list for other years: links that say but a year ("2025", "Archiv 2025") and lead to an
    address that is this one's but for the year."""
    for node in page.select(quirks.LINKS):
        found = _usable(node, url) if _YEAR.fullmatch(text(node) or "") else None
        if found and _without_year(found) == _without_year(url):
            yield found


def year_in(address: str) -> int | None:
    """The year that an address of `year_pages` names."""
    found = _YEAR_IN_ADDRESS.search(address)
    return int(found[1]) if found else None


def _without_year(address: str) -> str:
    return _YEAR_IN_ADDRESS.sub("", address)


def _usable(node: Tag, url: str) -> str | None:
    if "disabled" in (attribute(node, "class") or "") or "disabled" in (attribute(node.parent, "class") or ""):
        return None
    found = link_address(node, url)
    return found if found and host(found) == host(url) and found != url else None
