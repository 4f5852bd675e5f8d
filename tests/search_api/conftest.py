"""The application over a fake index and a real archive, and a client that asks it without a network."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup
from fastapi import FastAPI

from archive.archive import Archive, open_archive
from archive.settings import ArchiveSettings
from search_api.app import create_app
from search_api.settings import SearchSettings
from tests.search_api.fake_index import FakeIndex
from tests.search_api.invented import NOW, Town


class Clock:
    """Time as a test wants it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


class Client:
    """Asks an application as a browser does; errors that nobody foresaw become answers."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def request(self, method: str, path: str, **more: object) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://ratslupe.example") as client:
                return await client.request(method, path, **more)  # type: ignore[arg-type]

        return asyncio.run(ask())

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def page(self, path: str, status: int = 200) -> BeautifulSoup:
        """A page, read."""
        answer = self.get(path)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        return BeautifulSoup(answer.text, "lxml")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def archive(tmp_path: Path, clock: Clock) -> Iterator[Archive]:
    opened = open_archive(ArchiveSettings(tmp_path, f"sqlite:///{tmp_path / 'archive.sqlite'}"), clock)
    yield opened
    opened.close()


@pytest.fixture
def town(archive: Archive) -> Town:
    filled = Town(archive)
    filled.fill()
    return filled


@pytest.fixture
def index(town: Town) -> FakeIndex:
    return FakeIndex(town.entries())


@pytest.fixture
def settings() -> SearchSettings:
    return SearchSettings(remember_seconds=0)


@pytest.fixture
def client(settings: SearchSettings, index: FakeIndex, town: Town) -> Client:
    return Client(create_app(settings, index, town.archive, town))
