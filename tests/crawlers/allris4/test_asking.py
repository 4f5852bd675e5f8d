"""How ALLRIS 4 is asked: addresses with a page version, the headers of a second request, the folder in the register."""

from __future__ import annotations

import pytest

from crawlers.allris4.pages import read_page
from crawlers.allris4.urls import ajax_headers, base_of, month_of, without_state
from crawlers.parsing.errors import AccessDenied, DenialKind

BASE = "https://ris.musterstadt.example/public/"
LATER = f"{BASE}si010?17-1.0-&MM=9&YY=2026&refresh=false"


def test_a_second_request_belongs_to_the_page_without_its_version() -> None:
    assert without_state(LATER) == f"{BASE}si010?MM=9&YY=2026&refresh=false" == month_of(BASE, 2026, 9)
    assert without_state(f"{BASE}gr010?0-1.0-") == f"{BASE}gr010"


def test_an_address_without_a_version_is_left_as_it_is() -> None:
    for url in (month_of(BASE, 2026, 9), f"{BASE}to010?SILFDNR=1&refresh=false", BASE):
        assert without_state(url) == url


def test_the_headers_name_the_page_and_its_query() -> None:
    assert ajax_headers(LATER) == {
        "Wicket-Ajax": "true",
        "Wicket-Ajax-BaseURL": "si010?MM=9&YY=2026&refresh=false",
        "X-Requested-With": "XMLHttpRequest",
    }


@pytest.mark.parametrize("url", ["", "si010", "si010?MM=9&YY=2026", "si018?refresh=false"])
def test_any_page_in_the_register_names_the_folder(url: str) -> None:
    assert base_of(BASE + url) == BASE


def test_a_folder_may_be_written_without_its_slash_and_be_the_root() -> None:
    assert base_of(BASE.rstrip("/")) == BASE
    assert base_of("https://ris.musterstadt.example") == "https://ris.musterstadt.example/"


def test_only_the_system_itself_says_that_something_is_not_released() -> None:
    frame = '<html><head><meta name="description" content="ALLRIS net Version 4.1.7"></head><body><main><h1>{}</h1>'
    no_access = f"{frame.format('Keine Information verfügbar. Sie sind nicht berechtigt.')}</main></body></html>"
    login = "<html><head><title>Anmeldung</title></head><body><input type='password'></body></html>"
    for page, expected in ((no_access, True), (login, False)):
        with pytest.raises(AccessDenied) as caught:
            read_page(page.encode(), f"{BASE}to010?SILFDNR=1&refresh=false")
        assert (caught.value.kind is DenialKind.FORBIDDEN) is expected
        assert not caught.value.kind.keeps_out
