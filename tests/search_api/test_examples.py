"""Examples on the pages come out of the index: each finds something, and none is shown where nothing is there."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from indexer.index.contract import IndexUnavailable
from search_api.app import create_app
from search_api.settings import SearchSettings
from tests.search_api.conftest import Client
from tests.search_api.fake_index import FakeIndex, no_index
from tests.search_api.invented import TOWN, Town

LINKS = '.examples a, .stack a[href^="/suche"]'


def questions(client: Client, path: str) -> list[str]:
    return [parse_qs(urlsplit(str(link["href"])).query)["q"][0] for link in client.page(path).select(LINKS)]


def test_the_first_page_says_what_this_is_and_shows_words_that_find_something(client: Client) -> None:
    assert "Ratslupe durchsucht, was die Räte vieler Kommunen veröffentlichen" in client.page("/").get_text()
    words = questions(client, "/")
    assert words == ["Bahnhofstraße", "Haushaltssatzung"]
    assert [client.get(f"/api/v1/search?q={word}").json()["total"] for word in words] == [2, 1]


def test_an_index_with_nothing_in_it_gives_no_examples(settings: SearchSettings, town: Town) -> None:
    for index in (FakeIndex(), no_index(IndexUnavailable)):
        client = Client(create_app(settings, index, town.archive, town))
        assert questions(client, "/") == []
        assert "BV/2023/0145" in questions(client, "/hilfe")
        assert "KENNUNG" in client.page("/api").get_text()


def test_the_page_about_the_api_names_what_is_here(client: Client) -> None:
    text = client.page("/api").get_text()
    for path in (f"papers/{TOWN}:paper:7", f"meetings/{TOWN}:meeting:m2", f"organizations/{TOWN}:organization:o1"):
        assert f"/api/v1/{path}'" in text
        assert client.get(f"/api/v1/{path}").status_code == 200
    assert f"/api/v1/files/{TOWN}:file:f7/text'" in text


@pytest.mark.parametrize("demo", [True, False])
def test_every_page_of_the_demo_says_that_its_municipalities_are_invented(
    index: FakeIndex, town: Town, demo: bool
) -> None:
    client = Client(create_app(SearchSettings(demo=demo), index, town.archive, town))
    for path, status in (("/", 200), (f"/papers/{TOWN}:paper:7", 200), ("/nirgends", 404)):
        assert ("erfunden" in client.page(path, status).get_text()) is demo
