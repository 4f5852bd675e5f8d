"""Reading ecics RIS: bytes → council nouns. Pure. The list of meetings is the only page that is known.

What a meeting's own page looks like nobody here has seen yet, so nothing is read of it: `docs/systems/ecics.md`.
"""

from __future__ import annotations

from typing import Final

from crawlers.ecics.calendar import YEARS, is_empty, read_years
from crawlers.parsing.access import refuse
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.html import decoded, parsed
from crawlers.parsing.page import Page
from crawlers.parsing.silence import refuse_silent

LIST: Final = "sitzungsliste"


def read_page(body: bytes, url: str) -> Page:
    """The list of meetings. Raises UnexpectedResponse for any other page, AccessDenied for a refusal."""
    page = parsed(body, url)
    if not page.select(YEARS):
        refuse(page, decoded(body), url, "a list of meetings of ecics RIS (div.ris-year-box)")
    diagnostics = Diagnostics(url)
    records = tuple(read_years(page, diagnostics))
    found = Page(page=LIST, records=records, follow=tuple(diagnostics.links), warnings=tuple(diagnostics.warnings))
    return refuse_silent(found, url, {LIST}, lambda: is_empty(page))
