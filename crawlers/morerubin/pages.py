"""Reading one answer of a more!rubin system: bytes → council nouns. Pure: asks for nothing, keeps nothing.

Three interfaces: the JSON of api.php (new; `webservice-mobile/webservice.php` answers the same calendar), pages that
hold that JSON (older), and plain HTML tables (oldest). Older pages hold it for their own display, in a script
`window.components["MeetingPage__…"] = {props: {"passed-meeting": {…}}}` (ris.eibenstock.de, September 2026), or in an
attribute `vue-passed-meeting` of the element with `component="MeetingPage"` (reported of older ones). What an answer
is, its structure says; the address only where that leaves it open.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final, NoReturn

from bs4 import BeautifulSoup

from council.model import Record, Tombstone
from crawlers.morerubin import quirks
from crawlers.morerubin.api import (
    _PHRASES,
    MEND,
    Found,
    read_json,
    read_value,
    unwrapped,
)
from crawlers.morerubin.calendar import is_old_calendar, read_old_calendar
from crawlers.morerubin.meeting import is_old_meeting, read_old_meeting
from crawlers.parsing import access
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.errors import UnexpectedResponse, looks_like_html
from crawlers.parsing.html import decoded, parsed, text
from crawlers.parsing.page import Page
from crawlers.parsing.silence import refuse_silent, says_empty

_OLD_LISTS: Final = frozenset({"sitzungskalender"})


def read_page(body: bytes, url: str) -> Page:
    """Read one answer. `url` is where it came from, after redirects. Raises UnexpectedResponse when it is none of this
    system's, AccessDenied when it is an error, a log-in or a gate; what is wrong inside is in `Page.not_understood`."""
    diagnostics = Diagnostics(url)
    name, records = _read_markup(body, diagnostics) if looks_like_html(body) else read_json(body, diagnostics)
    found = Page(
        page=name, records=tuple(records), follow=tuple(diagnostics.links), warnings=tuple(diagnostics.warnings)
    )
    return refuse_silent(found, url, _OLD_LISTS, lambda: _is_empty_list(parsed(body, url)))


def _is_empty_list(page: BeautifulSoup) -> bool:
    """Whether an old calendar proves that it is empty: by its words, or by days without a meeting. Lists in JSON do it
    by `[]`."""
    shown = (text(one) or "" for one in page.select("table.table_sk"))
    return says_empty(text(page.body)) or any(any(map(str.isdigit, said)) for said in shown)


def _read_markup(body: bytes, diagnostics: Diagnostics) -> Found:
    """A page: the data it holds for its own display; else its tables; else what it says instead."""
    page = parsed(body, diagnostics.url)
    components = embedded_data(page, diagnostics.url)
    if components:
        return _read_components(components, diagnostics)
    if is_old_meeting(page):
        return "sitzungen_top", list(read_old_meeting(page, diagnostics))
    if not is_old_calendar(page):
        refuse_page(page, decoded(body), diagnostics.url)
    return "sitzungskalender", list(read_old_calendar(page, diagnostics))


def _read_components(components: list[tuple[str, dict[str, Any]]], diagnostics: Diagnostics) -> Found:
    """Every component of a page; a page of which none is understood is none of ours."""
    names, records = [], list[Record | Tombstone]()
    for _, props in components:
        for key, value in props.items():
            inner = unwrapped(value)
            if isinstance(inner, dict | list) and inner and (read := read_value(inner, diagnostics, key)):
                names.append(read[0])
                records.extend(read[1])
    if not names:
        shown = ", ".join(component for component, _ in components)[:80]
        raise UnexpectedResponse(diagnostics.url, "a page that holds a meeting or a calendar", f"only {shown}", MEND)
    return names[0], list({(one.kind, one.native_id): one for one in reversed(records)}.values())[::-1]


_COMPONENT = re.compile(r"components\s*(?:\[\s*[\"'](?P<name>\w+)[\"']\s*\]|\.(?P<word>\w+))\s*=\s*\{")
_PROPS = re.compile(r"[\"']?\bprops[\"']?\s*:\s*(?=\{)")
_SUFFIX = re.compile(r"__\w+$")
_DECODER = json.JSONDecoder(strict=False)


def embedded_data(page: BeautifulSoup, url: str) -> list[tuple[str, dict[str, Any]]]:
    """(component, its props) in the page's order. Raises UnexpectedResponse where props are cut off or no JSON."""
    found: list[tuple[str, dict[str, Any]]] = []
    for script in page.find_all("script"):
        code = script.string or script.get_text()
        starts = list(_COMPONENT.finditer(code))
        for place, start in enumerate(starts):
            end = starts[place + 1].start() if place + 1 < len(starts) else len(code)
            name = _SUFFIX.sub("", start["name"] or start["word"])
            if props := _props(code[start.end() : end], name, url):
                found.append((name, props))
    return found or _in_attributes(page, url)


def _props(code: str, name: str, url: str) -> dict[str, Any] | None:
    start = _PROPS.search(code)
    return _decoded(code[start.end() :], name, url) if start else None


def _decoded(code: str, name: str, url: str) -> dict[str, Any]:
    try:
        value, _ = _DECODER.raw_decode(code)
    except (ValueError, RecursionError) as error:
        advice = "The page is cut off or written another way: ask again, then mend the reader"
        raise UnexpectedResponse(url, f"JSON as props of {name}", str(error)[:80], advice) from None
    return value if isinstance(value, dict) else {}


def _in_attributes(page: BeautifulSoup, url: str) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for element in page.select("[component]"):
        if code := quirks.props_in_attributes(element.attrs):
            component = _SUFFIX.sub("", str(element["component"]))
            found.append((component, _decoded(code, component, url)))
    return found


_EXPECTED: Final = "a page of more!rubin"
_SHELL = re.compile(r"/components/index-[\w-]+\.js")


def refuse_page(page: BeautifulSoup, markup: str, url: str) -> NoReturn:
    """Raises for a page that held nothing of a council: what it is instead."""
    if _SHELL.search(markup.lower()) and page.select_one("div#app"):
        advice = "The page draws itself from api.php, and any unknown path answers so: ask api.php"
        raise UnexpectedResponse(url, "a page with data", "the empty frame of the newer interface", advice)
    access.refuse(page, markup, url, _EXPECTED, _PHRASES)
