"""What is tested of the saved pages of ALLRIS 4 beyond the factory."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

from council.model import Meeting
from crawlers.allris4.pages import read_page
from crawlers.parsing.errors import UnexpectedResponse
from tests.saved_pages.allris4 import PAGES
from tests.saved_pages.factory import NEEDS_PAGES, ROOT

pytestmark = NEEDS_PAGES


def test_the_calendar_of_trier() -> None:
    (name,) = (name for name in PAGES.saved(ROOT) if "trier" in name)
    found = [one for one in PAGES.page(ROOT, name).records if isinstance(one, Meeting)]
    assert [(one.native_id, f"{one.start:%d. %H:%M}" if one.start else None) for one in found] == [
        ("1000686", "01. 17:00"),
        ("1000378", "08. 19:30"),
        ("1000649", None),
        ("1000670", "20. 17:00"),
        ("1000184", "20. 18:10"),
        ("1000264", "21. 17:00"),
        ("1000321", "22. 00:00"),
    ]
    assert [one.native_id for one in found if one.source_url is None] == ["1000649", "1000321"]


def test_a_page_is_known_without_its_address() -> None:
    for name in PAGES.saved(ROOT):
        if Path(name).suffix == ".html":
            asked = PAGES.address(ROOT, name).partition("?")[0].rpartition("/")[0]
            assert read_page((ROOT / name).read_bytes(), f"{asked}/").records == PAGES.page(ROOT, name).records


def test_a_page_cut_anywhere_is_never_read_as_a_whole_one() -> None:
    for name in PAGES.saved(ROOT):
        whole, body = PAGES.page(ROOT, name), (ROOT / name).read_bytes()
        for part in range(1, 10):
            try:
                page = read_page(body[: len(body) * part // 10], PAGES.address(ROOT, name))
            except UnexpectedResponse:
                continue
            assert page.records == whole.records


def test_links_that_are_no_files_are_not_followed() -> None:
    for name in PAGES.expected(ROOT):
        result = PAGES.result(ROOT, name)
        links = (link["url"] for link in result.wanted.get("otherLinks", ()) if "url" in link)
        assert not {urljoin(result.addresses[0], link) for link in links} & set(result.page.follow)
