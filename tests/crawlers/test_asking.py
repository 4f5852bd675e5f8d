"""What stands between a spider and the network: robots.txt, second tries, one provider one slot, limits."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from scrapy import Request
from scrapy.http import Response

from archive.archive import open_archive
from archive.run import Outcome, RunMode
from archive.settings import archive_settings
from council.municipality import Municipality
from crawlers.crawl import choose_mode
from crawlers.fetching.retry import LONGEST_PAUSE, pause, unexpected_html
from crawlers.lock import CrawlRunning, crawl_lock
from crawlers.parsing.provider import provider
from crawlers.settings import crawl_settings, scrapy_settings
from tests.whole.house import House


class Hostile(BaseHTTPRequestHandler):
    """A server that answers from a table; what is not in it is 404."""

    table: dict[str, tuple[int, str, bytes]]
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status, media, body = self.table.get(self.path, (404, "text/plain", b"404"))
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hostile() -> Iterator[tuple[str, type[Hostile]]]:
    handler = type("Table", (Hostile,), {"table": {}, "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", handler
    server.shutdown()
    server.server_close()


def test_a_robots_txt_that_cannot_be_reached_forbids(hostile: tuple[str, type[Hostile]], tmp_path: Path) -> None:
    base, handler = hostile
    handler.table["/robots.txt"] = (500, "text/plain", b"")
    run = House(tmp_path, f"{base}/oparl/system").crawl()
    assert run.outcome is Outcome.FAILED
    assert "robots.txt" in (run.detail or "")
    assert "cannot be reached" in (run.detail or "")
    assert set(handler.asked) == {"/robots.txt"}


def test_a_robots_txt_that_is_not_there_allows(hostile: tuple[str, type[Hostile]], tmp_path: Path) -> None:
    base, handler = hostile
    run = House(tmp_path, f"{base}/oparl/system").crawl()
    assert "/oparl/system" in handler.asked
    assert run.outcome is Outcome.FAILED
    assert "status 404" in (run.detail or "")


def test_a_log_in_page_in_place_of_the_system_is_an_error(hostile: tuple[str, type[Hostile]], tmp_path: Path) -> None:
    base, handler = hostile
    handler.table["/oparl/system"] = (200, "application/json", b"<html><body>Anmeldung</body></html>")
    run = House(tmp_path, f"{base}/oparl/system").crawl()
    assert run.outcome is Outcome.FAILED
    assert "HTML" in (run.detail or "")


def test_answers_are_limited_in_size_and_time_and_robots_are_obeyed() -> None:
    town = municipality()
    settings = scrapy_settings(town, crawl_settings({}))
    assert settings["DOWNLOAD_MAXSIZE"] == 100 * 1024 * 1024
    assert settings["DOWNLOAD_TIMEOUT"] == 120
    assert settings["ROBOTSTXT_OBEY"] is True


def municipality(**more: object) -> Municipality:
    values = {
        "key": "a", "name": "A", "kind": "Stadt", "ags": "15088220", "system": "oparl", "url": "https://ris.example/oparl",
    }  # fmt: skip
    return Municipality.model_validate(values | more)


def test_robots_are_only_left_out_with_a_written_reason() -> None:
    town = municipality(robots={"ignore": True, "reason": "allowed in writing by the town on 3 May 2026"})
    assert scrapy_settings(town, crawl_settings({}))["ROBOTSTXT_OBEY"] is False


def test_the_user_agent_says_whom_to_ask() -> None:
    settings = crawl_settings({"RATSLUPE_CONTACT": "office@example.org", "RATSLUPE_PURPOSE_URL": "https://a.example"})
    assert settings.user_agent.startswith("Ratslupe/")
    assert "+https://a.example; office@example.org" in settings.user_agent


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("merseburg.gremien.info", "gremien.info"),
        ("www.bonn.sitzung-online.de", "sitzung-online.de"),
        ("rim.ekom21.de", "ekom21.de"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
    ],
)
def test_a_provider_is_its_registrable_domain(host: str, expected: str) -> None:
    assert provider(host) == expected


def test_the_server_says_how_long_to_wait() -> None:
    asked = Response("https://ris.example/", status=503, headers={"Retry-After": "7"})
    assert pause(asked, 1) == 7
    assert pause(Response("https://ris.example/", headers={"Retry-After": "99999"}), 1) == LONGEST_PAUSE
    assert 0 < pause(None, 1) < pause(None, 4) <= 30


@pytest.mark.parametrize(
    ("expect", "body", "odd"),
    [
        ("json", b'{"a": 1}', False),
        ("json", b"\xef\xbb\xbf \n<!DOCTYPE html>", True),
        ("application/pdf", b"<html>Fehler</html>", True),
        ("text/html", b"<html>Satzung</html>", False),
        (None, b"<html>", False),
    ],
)
def test_markup_is_odd_only_where_something_else_was_to_come(expect: str | None, body: bytes, odd: bool) -> None:
    request = Request("https://ris.example/", meta={"expect": expect} if expect else {})
    assert unexpected_html(request, Response("https://ris.example/", body=body)) is odd


def test_two_crawls_of_one_municipality_never_run_at_once(tmp_path: Path) -> None:
    archive = open_archive(archive_settings(tmp_path, {}))
    with (
        crawl_lock(archive, "a"),
        pytest.raises(CrawlRunning, match=f"a is being crawled already, by process {os.getpid()}"),
        crawl_lock(archive, "a"),
    ):
        pass
    with crawl_lock(archive, "a"), crawl_lock(archive, "b"):
        pass
    archive.close()


@pytest.mark.parametrize(
    ("days_ago", "asked", "mode"),
    [(None, False, RunMode.FULL), (1, False, RunMode.INCREMENTAL), (1, True, RunMode.FULL), (7, False, RunMode.FULL)],
)
def test_a_run_is_full_at_first_when_asked_and_weekly(days_ago: int | None, asked: bool, mode: RunMode) -> None:
    now = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    last = None if days_ago is None else now - dt.timedelta(days=days_ago)
    assert choose_mode(last, now, asked) is mode
