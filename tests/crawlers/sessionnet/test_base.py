"""`<base href>`: what relative addresses mean, and the folder of those that are made."""

from __future__ import annotations

from tests.crawlers.sessionnet.invented import (
    agenda6,
    document,
    heading6,
    item6,
    meetings,
    read,
)

BASE = "https://ratsinfo.musterstadt.example/sessionnet/bi/"
PAGE = agenda6(heading6("Öffentlicher Teil"), item6("Ö 1", "Eins", "55 V/55", document(3, "Vorlage")))


def _with(base: str) -> str:
    return PAGE.replace("<head>", f'<head><base href="{base}">')


def test_addresses_are_below_the_base() -> None:
    for asked in ("https://ratsinfo.musterstadt.example/sitzung/?__ksinr=7001",
                  "https://ratsinfo.musterstadt.example/sitzung/si0057.php?__ksinr=7001"):  # fmt: skip
        page = read(_with(BASE), asked)
        (meeting,) = meetings(page)
        assert meeting.source_url == f"{BASE}si0057.php?__ksinr=7001"
        assert [file.url for file in meeting.agenda[0].files] == [f"{BASE}getfile.php?id=3&type=do"]
        assert page.follow == (f"{BASE}vo0050.php?__kvonr=55",)


def test_a_base_that_is_none_or_the_pages_own_changes_nothing() -> None:
    asked = f"{BASE}si0057.php?__ksinr=7001"
    plain = read(PAGE, asked)
    for base in ("", "#", "mailto:x@y.example", "http://[broken", asked, BASE, "si0057.php", "./"):
        assert read(_with(base), asked) == plain


def test_a_base_on_another_host_is_where_the_links_lead() -> None:
    page = read(_with("https://ris.example/bi/"), "https://www.musterstadt.example/rat/si0057.php?__ksinr=7001")
    assert page.follow == ("https://ris.example/bi/vo0050.php?__kvonr=55",)
