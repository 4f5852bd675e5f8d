"""Addresses of a more!rubin system: absolute, stable, without what belongs to one visit; which interfaces there are,
and under which addresses each of them is asked; the links of the oldest one, forms with hidden fields among them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote, urljoin, urlsplit

from bs4 import Tag

from council.model import Meeting
from crawlers.frontier.window import Window
from crawlers.morerubin import quirks
from crawlers.parsing.html import address, attribute, text
from crawlers.parsing.json_values import LONGEST_IDENTIFIER

_TWIN = "ni_"


def without_twin(number: str | None) -> str | None:
    """A meeting's number without "ni_": with the minutes (Niederschrift) the same meeting is served under both."""
    return (number or "").removeprefix(_TWIN) or None


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


_BODIES_QUERY = "api.php?id=organizations&action=bodies"
_CALENDAR_QUERY = "id=calendar&action=get&from={first:%Y-%m}&to={last:%Y-%m}&view=list"
_API = re.compile(r"/api\.php$", re.IGNORECASE)
_OLD_MEETING = re.compile(r"/(?:sitzungen_top|meeting)\.php$", re.IGNORECASE)
_MOBILE_PAGES = re.compile(r"/webservice-mobile/|/(?:meeting|calendar)\.php$", re.IGNORECASE)
_TABLES = re.compile(r"/sitzungs?(?:kalender|en_top)\w*\.php$", re.IGNORECASE)


class Interface(StrEnum):
    """The newest first."""

    API = "api.php"
    MOBILE = "webservice-mobile"
    TABLES = "sitzungskalender.php"


def named_by(url: str) -> Interface | None:
    """The interface that an address in the register names; None where it leaves it open."""
    path = urlsplit(url).path
    signs = ((_API, Interface.API), (_MOBILE_PAGES, Interface.MOBILE), (_TABLES, Interface.TABLES))
    return next((interface for sign, interface in signs if sign.search(path)), None)


def older_than(interface: Interface) -> Interface | None:
    """The one before it; None where there is none."""
    order = list(Interface)
    place = order.index(interface) + 1
    return order[place] if place < len(order) else None


def sign_of(base: str, interface: Interface, today: dt.date) -> str:
    """The address whose answer proves an interface."""
    if interface is Interface.API:
        return bodies(base)
    return next(calendars(base, interface, Window(today, today)))


def bodies(base: str) -> str:
    """The municipalities that an installation serves."""
    return urljoin(base, _BODIES_QUERY)


def calendars(base: str, interface: Interface, window: Window) -> Iterator[str]:
    """The calendars of a time, the newest first: one a year; in the oldest interface one a month."""
    if interface is Interface.TABLES:
        for year, month in window.months():
            yield urljoin(base, f"sitzungskalender.php?month={year}-{month:02}")
        return
    script = "api.php" if interface is Interface.API else "webservice-mobile/webservice.php"
    for year in window.years():
        first, last = max(window.first, dt.date(year, 1, 1)), min(window.last, dt.date(year, 12, 31))
        yield urljoin(base, f"{script}?{_CALENDAR_QUERY.format(first=first, last=last)}")


def pages_at(url: str) -> tuple[str, ...]:
    """Which kinds of pages an address may answer with, in the reader's words."""
    if meeting_at(url):
        return ("meeting", "sitzungen_top")
    return ("bodies",) if parameter(url, "action") == "bodies" else ("calendar", "sitzungskalender")


def meeting(base: str, interface: Interface, held: Meeting) -> str:
    """The own answer of a meeting that is held: under the number it was last shown by."""
    if interface is Interface.TABLES and held.source_url:
        return held.source_url
    page = meeting_page(held.source_url)
    script = "api.php" if interface is Interface.API else "webservice-mobile/webservice.php"
    return meeting_to_ask(page[1] if page else held.native_id, held.source_url, urljoin(base, script))


def meeting_at(url: str) -> str | None:
    """The number of the meeting whose own answer an address asks for."""
    path = urlsplit(url).path
    if _API.search(path):
        number = parameter(url, "meeting_id") if parameter(url, "id") == "meetings" else None
    else:
        number = parameter(url, "sid", "id") if _OLD_MEETING.search(path) else None
    return without_twin(number)


_DOCUMENT = re.compile(r"/(?:show_pdf|documents)\.php$", re.IGNORECASE)
_LABEL = re.compile(r"^\s*PDF\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """An address with what stands on it; of a form the address that sending it would ask for."""

    url: str
    label: str | None

    def is_document(self) -> bool:
        """Whether a document lies behind it."""
        return bool(_DOCUMENT.search(urlsplit(self.url).path))

    def meeting(self) -> str | None:
        """The number of the meeting it leads to; None where it leads elsewhere."""
        is_meeting = _OLD_MEETING.search(urlsplit(self.url).path)
        return parameter(self.url, "sid", "id") if is_meeting else None

    def paper(self) -> str | None:
        """The number of the paper whose own document it is."""
        kind = (parameter(self.url, "_typ_432") or "").lower()
        return parameter(self.url, "_nid_nr") if kind.startswith("vorl") else None


def links_in(node: Tag, url: str) -> Iterator[Link]:
    """Every link and form of a part of a page that leads to the same host, in order."""
    for element in node.select("a[href], form[action]"):
        found = _form(element, url) if element.name == "form" else _anchor(element, url)
        if found and urlsplit(found.url).hostname == urlsplit(url).hostname:
            yield found


def _anchor(element: Tag, url: str) -> Link | None:
    target = absolute(address(element, url), url)
    return Link(target, attribute(element, "title") or text(element)) if target else None


def _form(element: Tag, url: str) -> Link | None:
    """A form of hidden fields only: one with fields to fill in is a search and is never asked."""
    inputs = element.select("input, select, textarea")
    kinds = [(attribute(field, "type") or "text").lower() if field.name == "input" else "text" for field in inputs]
    if any(kind not in {"hidden", "submit", "image", "button"} for kind in kinds):
        return None
    action = attribute(element, "action") or ""
    hidden = [field for field, kind in zip(inputs, kinds, strict=True) if kind == "hidden" and attribute(field, "name")]
    query = "&".join(f"{quote(str(field['name']))}={quote(str(field.get('value') or ''), safe='')}" for field in hidden)
    mark = "&" if "?" in action else "?"
    target = absolute(urljoin(url, f"{action}{mark}{query}" if query else action), url)
    button = element.select_one("input[alt], input[title], input[type=submit], button")
    label = attribute(button, "alt") or attribute(button, "title") or attribute(button, "value") or text(element)
    return Link(target, _LABEL.sub("", label or "") or None) if target else None
