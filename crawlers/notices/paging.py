"""The link from one page of a list to the next."""

from __future__ import annotations

import re
from typing import Final

from bs4 import BeautifulSoup, Tag

from crawlers.markup import attribute, text
from crawlers.notices.addresses import host, link_address
from crawlers.notices.description import Description
from crawlers.reading import PageChanged

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


def next_page(page: BeautifulSoup, url: str, description: Description) -> str | None:
    """The address of the next page of a list on the same site; None where there is none."""
    if description.next_page:
        found = page.select_one(description.next_page)
        if found is not None and found.name not in ("a", "link"):
            raise PageChanged(
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


def _usable(node: Tag, url: str) -> str | None:
    if "disabled" in (attribute(node, "class") or "") or "disabled" in (attribute(node.parent, "class") or ""):
        return None
    found = link_address(node, url)
    return found if found and host(found) == host(url) and found != url else None
