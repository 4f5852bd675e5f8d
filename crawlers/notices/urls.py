"""Addresses of notices and documents: stable forms, the ids made from them, what may be asked for, and a list's other
pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from bs4 import BeautifulSoup, Tag

from council.notices import Notices
from crawlers.notices import quirks
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import address, attribute, text

_SESSION = re.compile(
    r"utm_\w+|fbclid|gclid|mc_[ce]id|_ga|phpsessid|aspsessionid\w*|jsessionid|sessionid|session_id|cfid|cftoken|token"
    r"|sectoken|_?nonce|_wpnonce|nocache|no_cache|refresh|ind|timestamp|_|pk_\w+|ref",
    re.IGNORECASE,
)
_SESSION_LIKE = re.compile(
    r"(?:sid|s|key|ts|rnd)=(?:[0-9a-f]{16,}|0\.\d+)|(?:t|ts|v|m|mtime|ver)=1\d{9}(?:\d{3})?|1\d{9}(?:\d{3})?=",
    re.IGNORECASE,
)
"""Also the second at which a file was written, which is put behind its address against caches."""
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/?;]*", re.IGNORECASE)
_DOCUMENT_END = re.compile(r"\.(?:pdf|docx?|odt|rtf|xlsx?|ods|pptx?|zip|txt|tiff?)/?$", re.IGNORECASE)
_SAYS_DOCUMENT = re.compile(r"[(\[,]\s*pdf\b|\bpdf[\s,-]*(?:datei|dokument|download|\d)|\d\s?[km]i?b\b", re.IGNORECASE)
_NEVER_ASKED = re.compile(
    r"/(?:(?:wp-)?log-?in|anmeld(?:en|ung)|logout|wp-admin|intern|suche|search|suchergebnisse?|(?:rats)?mitglieder|personen"
    r"|mandatsträger|mandatstraeger|fotos?|bilder|(?:bilder|foto)?galerien?|gallery)(?:[./]|$)",
    re.IGNORECASE,
)
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


def stable(url: str) -> str:
    """An address without session ids, tokens and trackers; host in lower case."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(k, v) for k, v in pairs if not _SESSION.fullmatch(k) and not _SESSION_LIKE.fullmatch(f"{k}={v}")]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    path = _PATH_SESSION.sub("", parts.path) or "/"
    return parts._replace(netloc=parts.netloc.lower(), path=path, query=query, fragment="").geturl()


def host(url: str) -> str:
    """The host of an address, "www." left out: sites answer under both."""
    return (urlsplit(url).hostname or "").lower().removeprefix("www.").rstrip(".")


def native_id(url: str, home: str) -> str:
    """The id of what stands at an address: its path and query; with the host where that is not `home`'s.

    The same for http and https, with "www." and without, with a slash at the end and without, however escaped.
    """
    parts = urlsplit(stable(url))
    pairs = sorted(
        (k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k.lower() not in quirks.KEYS_OUTSIDE_IDS
    )
    path = quote(unquote(parts.path), safe="/()!,;:@&=+$~*'").strip("/")
    whole = path + (f"?{urlencode(pairs)}" if pairs else "")
    if host(url) != host(home):
        whole = f"{host(url)}/{whole}"
    whole = whole or "start"
    return whole if len(whole) <= 400 else f"{whole[:300]}~{hashlib.sha256(whole.encode()).hexdigest()[:32]}"


def link_address(node: Tag, url: str) -> str | None:
    """Where a link or an option leads, stable; None for scripts, mail, fragments and machines inside a network."""
    found = address(node, url, quirks.address_attribute(node.name))
    try:
        if found is None or not _is_public_host(found, url):
            return None
        return stable(found)
    except ValueError:
        return None


def _is_public_host(found: str, url: str) -> bool:
    parts = urlsplit(found)
    if parts.username or parts.password:
        return False
    name = parts.hostname or ""
    if name == urlsplit(url).hostname:
        return True
    try:
        ip_address(name)
    except ValueError:
        return "." in name.strip(".") and not name.endswith((".local", ".localhost", ".internal", ".lan"))
    return False


def is_document_address(url: str) -> bool:
    """Whether an address alone says that a document stands there."""
    return bool(_DOCUMENT_END.search(unquote(urlsplit(url).path)) or quirks.DOWNLOAD.search(url))


def is_document(node: Tag, url: str, description: Notices) -> bool:
    """Whether a link leads to a document: by its address, its type, or what it says of itself ("PDF, 120 KB")."""
    if is_document_address(url):
        return True
    if description.matches(description.document, url):
        return True
    if node.has_attr("download") or (attribute(node, "type") or "").startswith("application/"):
        return True
    return bool(_SAYS_DOCUMENT.search(text(node) or ""))


def is_never_asked(url: str) -> bool:
    """Whether an address leads to a log-in, to people, photographs or a search: nothing of it is read."""
    return bool(_NEVER_ASKED.search(unquote(urlsplit(url).path)))


def file_name(url: str) -> str | None:
    """The last part of a document's address, where it is a file's name."""
    last = unquote(urlsplit(url).path).rsplit("/", 1)[-1]
    return last if _DOCUMENT_END.search(last) else None


def next_page(page: BeautifulSoup, url: str, description: Notices) -> str | None:
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
