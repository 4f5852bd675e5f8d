"""Ways into a more!rubin system: which interfaces there are, and under which addresses each of them is asked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from council.model import Meeting
from crawlers.frontier.window import Window
from crawlers.morerubin.addresses import meeting_page, meeting_to_ask, parameter, system_base
from crawlers.morerubin.paper import without_twin

_BODIES = "api.php?id=organizations&action=bodies"
_CALENDAR = "id=calendar&action=get&from={first:%Y-%m}&to={last:%Y-%m}&view=list"
_API = re.compile(r"/api\.php$", re.IGNORECASE)
_OLD_MEETING = re.compile(r"/(?:sitzungen_top|meeting)\.php$", re.IGNORECASE)
_MOBILE = re.compile(r"/webservice-mobile/|/(?:meeting|calendar)\.php$", re.IGNORECASE)
_TABLES = re.compile(r"/sitzungs?(?:kalender|en_top)\w*\.php$", re.IGNORECASE)


class Interface(StrEnum):
    """The newest first."""

    API = "api.php"
    MOBILE = "webservice-mobile"
    TABLES = "sitzungskalender.php"


def base_of(url: str) -> str:
    """The directory in which the installation lies, from the address in the register."""
    return system_base(url)


def named_by(url: str) -> Interface | None:
    """The interface that an address in the register names; None where it leaves it open."""
    path = urlsplit(url).path
    signs = ((_API, Interface.API), (_MOBILE, Interface.MOBILE), (_TABLES, Interface.TABLES))
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
    return urljoin(base, _BODIES)


def calendars(base: str, interface: Interface, window: Window) -> Iterator[str]:
    """The calendars of a time, the newest first: one a year; in the oldest interface one a month."""
    if interface is Interface.TABLES:
        for year, month in window.months():
            yield urljoin(base, f"sitzungskalender.php?month={year}-{month:02}")
        return
    script = "api.php" if interface is Interface.API else "webservice-mobile/webservice.php"
    for year in window.years():
        first, last = max(window.first, dt.date(year, 1, 1)), min(window.last, dt.date(year, 12, 31))
        yield urljoin(base, f"{script}?{_CALENDAR.format(first=first, last=last)}")


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
