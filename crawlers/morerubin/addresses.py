"""Addresses: absolute, stable, without what belongs to one visit; and which of the system's own to ask next."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urljoin, urlsplit

from crawlers.morerubin import quirks
from crawlers.parsing.json_values import LONGEST_IDENTIFIER

_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_SESSION_NAMES = frozenset({"phpsessid", "jsessionid", "sessionid", "token", "_token", "csrf", "fbclid", "gclid"})
_MEETING_PAGE = re.compile(r"/(meeting(?:\.php|\.html)?)$", re.IGNORECASE)
_NO_ADDRESS = re.compile(r"$|#|https?:/*$|https?:(?!/)", re.IGNORECASE)
_OLD_SCRIPT = re.compile(r"/(?!api\.)[\w-]+\.php$", re.IGNORECASE)
_MOBILE = re.compile(r"/webservice-mobile/[^/]*$", re.IGNORECASE)


def absolute(raw: object, base: str) -> str | None:
    """An http(s) address as it stands there, made whole; without session ids and trackers; None where it is none."""
    if not isinstance(raw, str) or _NO_ADDRESS.match(raw.strip()):
        return None
    try:
        parts = urlsplit(urljoin(base, quirks.LOST_HOST.sub(r"\1//", raw.strip()).replace(" ", "%20")))
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.port == 0:
            return None
    except ValueError:
        return None
    path = _SESSION_PATH.sub("", parts.path)
    query = _without(parts.query, _SESSION_NAMES)
    return parts._replace(path=path, query=query, fragment="").geturl()


def _without(query: str, names: frozenset[str]) -> str:
    """The query without some parameters; the rest byte for byte as it was."""

    def is_kept(pair: str) -> bool:
        name = unquote(pair.partition("=")[0]).lower()
        return bool(pair) and name not in names and not name.startswith("utm_")

    return "&".join(pair for pair in query.split("&") if is_kept(pair))


def document_address(raw: object, base: str) -> str | None:
    """Where a document's bytes are: on the asked host or, by one of the system's own scripts, on another name of it."""
    address = absolute(raw, base)
    if address is None:
        return None
    parts = urlsplit(address)
    is_script = quirks.is_own_script(parts.path)
    if not is_script and parts.hostname != urlsplit(base).hostname:
        return None
    return parts._replace(query=_without(parts.query, quirks.PREVIEW_NAMES)).geturl() if is_script else address


def parameter(address: str, *names: str) -> str | None:
    """The first parameter of the address that has one of the names and a value, decoded; a `+` is a plus."""
    try:
        query = urlsplit(address).query
    except ValueError:
        return None
    pairs = [pair.partition("=") for pair in query.split("&")]
    held = {unquote(name): unquote(value).strip() for name, _, value in reversed(pairs)}
    return next((held[name] for name in names if held.get(name) and len(held[name]) <= LONGEST_IDENTIFIER), None)


def meeting_page(address: str | None) -> tuple[str, str] | None:
    """A meeting's human page taken apart: the page's name and the meeting's number."""
    page = _MEETING_PAGE.search(urlsplit(address).path) if address else None
    number = parameter(address, "id") if address and page else None
    return (page[1], number) if page and number else None


def system_base(url: str) -> str:
    """The directory in which the installation lies, from the address of one of its answers."""
    parts = urlsplit(url)
    path = _MOBILE.sub("/", parts.path)
    return parts._replace(path=path.rpartition("/")[0] + "/", query="", fragment="").geturl()


def meeting_to_ask(number: str, human_page: str | None, url: str) -> str:
    """Where a meeting's agenda is asked for: api.php; in the older interface, which has none, its page meeting.php."""
    page = meeting_page(human_page)
    base, shown = system_base(url), quote(number, safe="")
    if _OLD_SCRIPT.search(urlsplit(url).path) or (page and page[0].lower() != "meeting"):
        name = page[0] if page and page[0].lower() != "meeting" else "meeting.php"
        return urljoin(base, f"{name}?id={shown}")
    return urljoin(base, f"api.php?id=meetings&action=get&meeting_id={shown}&with_agenda_item_documents=1")
