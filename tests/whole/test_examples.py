"""What docs, pages and the API's own description give as examples can be tried, on the demo's own district."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_api.app import create_app
from search_api.settings import search_settings
from tests.search_api.conftest import Client
from tests.whole.house import House
from townhall.district import District

DOCS = Path(__file__).parents[2] / "docs"
CURL = re.compile(r"curl (?:-s )?'https?://[^/]+(/[^']*)'")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The pages over Lindquell, the town that the docs ask for, as it is in the demo."""
    with District() as district:
        house = House.of(tmp_path_factory.mktemp("examples"), district.register(), {})
        house.run("crawl", "lindquell")
        house.run("index")
        installation = house.installation
        archive = house.archive()
        reader = installation.engine().reader()
        yield Client(create_app(search_settings({}), reader, archive, installation.live_register()))
        archive.close()


def tried(client: Client, paths: list[str]) -> dict[str, object]:
    """By path, what is wrong with the answer: its status, or that nothing was found."""
    wrong: dict[str, object] = {}
    for path in paths:
        answer = client.get(path)
        if answer.status_code != 200:
            wrong[path] = answer.status_code
        elif "/search?" in path and not answer.json()["hits"]:
            wrong[path] = "nothing found"
    return wrong


def test_every_line_of_the_docs_that_asks_the_api(client: Client) -> None:
    paths = CURL.findall((DOCS / "api.md").read_text(encoding="utf-8"))
    assert len(paths) >= 9
    assert tried(client, paths) == {}


def test_every_line_of_the_page_about_the_api(client: Client) -> None:
    paths = CURL.findall(client.page("/api").get_text())
    assert len(paths) == 6
    assert tried(client, paths) == {}


def test_every_example_in_the_description_of_the_api(client: Client) -> None:
    paths = re.findall(r"Example: `(/[^`]+)`", client.get("/api/v1/openapi.json").text)
    assert len(paths) == 5
    assert tried(client, paths) == {}


@pytest.mark.parametrize(("path", "least"), [("/", 3), ("/hilfe", 7)])
def test_every_search_that_a_page_proposes(client: Client, path: str, least: int) -> None:
    links = [str(link["href"]) for link in client.page(path).select('main a[href^="/suche?q="]')]
    assert len(links) >= least
    assert tried(client, [f"/api/v1/search?{link.partition('?')[2]}" for link in links]) == {}
