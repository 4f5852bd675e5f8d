"""`<base href>` decides what the relative addresses of a page mean."""

from __future__ import annotations

import pytest

from crawlers.parsing.page import Page
from tests.crawlers.allris4.invented import HOST, MEETING, document, heading, item, meeting, paper_link, read

ROWS = heading("Öffentlicher Teil"), item(1, "Ö 1", "A", paper_link(900, "2031/7"), document(8, "Plan"))


def based(base: str, url: str) -> Page:
    markup = meeting(*ROWS, documents=document(3, "Einladung")).replace(
        "searchform&amp;", "searchform&amp;SILFDNR=77&amp;"
    )
    return read(markup.replace("<head>", f'<head><base href="{base}"/>'), url)


@pytest.mark.parametrize(
    ("base", "url"),
    [
        (HOST, f"{HOST.removesuffix('public/')}x/y"),
        (HOST, MEETING.replace("/public/", "/rathaus/rat/")),
        ("/public/", MEETING.replace("/public/", "/x/")),
        (f"{HOST}index", MEETING.replace("/public/", "/x/")),
        ("", MEETING),
        ("http://[::1", MEETING),
        ("mailto:a@example.test", MEETING),
        (MEETING, MEETING),
    ],
)
def test_addresses_are_those_below_the_base(base: str, url: str) -> None:
    page = based(base, url)
    plain = read(meeting(*ROWS, documents=document(3, "Einladung")), MEETING)
    assert page == plain


def test_a_base_on_another_host_makes_its_links_those_of_another() -> None:
    page = based("https://other.example/public/", MEETING)
    assert "other.example" not in str(page.as_json())
    assert page.follow == ()
    assert "base" in {gap.where for gap in page.warnings}
