"""Invented lists of meetings of ecics RIS."""

from __future__ import annotations

from crawlers.ecics.pages import read_page
from crawlers.parsing.page import Page

LIST = "https://www.muster.example.test/ris"


def entry(when: str = "05.03. - 18:00 Uhr: ", name: str = "Gemeinderat", number: int | None = 531) -> str:
    """An entry; without a number one without a link."""
    shown = f'<p class="date">{when}</p> <p class="title">{name}</p>'
    if number is None:
        return f"<li><div>{shown}</div></li>"
    return f'<li><a title="Sitzung anzeigen" href="/ris?action=show_sitzung&amp;sitzung_id={number}">{shown}</a></li>'


def month(*entries: str, name: str = "März") -> str:
    """A box of a month."""
    return f'<div class="month"><h3>{name}</h3><ul>{"".join(entries)}</ul></div>'


def year(*months: str, heading: str = '<h2 class="risng">2026</h2>') -> str:
    """A box of a year under its heading."""
    return f'{heading}<div class="ris-year-box">{"".join(months)}</div>'


def read(*years: str) -> Page:
    """The list, read."""
    return read_page(f"<html><body>{''.join(years)}</body></html>".encode(), LIST)
