"""Embedded data: the JSON that an older page holds for its own display, as an answer of api.php would be.

`window.components["MeetingPage__…"] = {props: {"passed-meeting": {…}}}` in a script (ris.eibenstock.de, September
2026), or an attribute `vue-passed-meeting` of the element with `component="MeetingPage"` (reported of older ones).
"""

from __future__ import annotations

import json
import re
from typing import Any

from bs4 import BeautifulSoup

from crawlers.morerubin import quirks
from crawlers.parsing.errors import UnexpectedResponse

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
