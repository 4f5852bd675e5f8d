"""The start page (allris.net.asp): it names the one calendar program that the installation has released."""

from __future__ import annotations

from typing import Final

from bs4 import Tag

from crawlers.allris3 import quirks
from crawlers.allris3.diagnostics import Diagnostics
from crawlers.allris3.links import links_in

_LISTS: Final = frozenset({"si010", "pa000", "pa020", "pa021", "au010", "fr010", "vo040"})


def read_start(page: Tag, diagnostics: Diagnostics) -> None:
    """Asks for the lists that the menu leads to, in their own folder: calendars, bodies, papers; no search forms, no
    persons."""
    for link in links_in(page, diagnostics):
        if link.page not in _LISTS or link.is_form or quirks.is_of_another_installation(link.place, diagnostics.url):
            continue
        numbers = {key: value for key, value in link.parameters.items() if key.endswith(("LFDNR", "LFDNRM"))}
        query = "&".join(f"{key}={value}" for key, value in numbers.items() if value.isdecimal())
        diagnostics.links.add(f"{link.place}?{query}" if query else link.place)
