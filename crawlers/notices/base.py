"""The address from which a page's relative ones are meant: `<base href>`, which TYPO3, Contao and Joomla write."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from crawlers.markup import address, attribute

_ADDRESSES = (("a", "href"), ("area", "href"), ("link", "href"), ("option", "value"))


def apply_base(page: BeautifulSoup, url: str) -> None:
    """Make the addresses on a page whole where it names a base; nothing where it names none, or what is none."""
    base = address(page.select_one("base[href]"), url)
    if base is None or base == url:
        return
    for name, key in _ADDRESSES:
        for node in page.select(f"{name}[{key}]"):
            said = attribute(node, key)
            if said and not said.startswith("#") and (name != "option" or "/" in said or "." in said):
                node[key] = _joined(base, said)


def _joined(base: str, said: str) -> str:
    try:
        whole = urljoin(base, said)
        return whole if urlsplit(whole).scheme in {"http", "https"} else said
    except ValueError:
        return said
