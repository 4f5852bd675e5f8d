"""Addresses of notices and documents: stable forms of them, ids made from them, and what may be asked for."""

from __future__ import annotations

import hashlib
import re
from ipaddress import ip_address
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from bs4 import Tag

from crawlers.notices import quirks
from crawlers.notices.description import Description
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


def is_document(node: Tag, url: str, description: Description) -> bool:
    """Whether a link leads to a document: by its address, its type, or what it says of itself ("PDF, 120 KB")."""
    if is_document_address(url):
        return True
    if description.names(description.document, url):
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
