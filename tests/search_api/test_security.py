"""What stands around every answer, and that nothing out of a source or an address becomes markup."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging

import pytest

from council.model import AgendaItem, File, Meeting, Organization, OrganizationRef, Paper
from search_api.app import create_app
from search_api.formats import day, marked, moment, number, size
from search_api.links import page_path, text_path, web_url
from search_api.middleware import takes_gzip
from search_api.settings import SearchSettings, search_settings
from tests.search_api.conftest import Client
from tests.search_api.fake_index import FakeIndex
from tests.search_api.invented import TOWN, Town

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{7*7}}"
ANY = ["/", "/suche?q=Radweg", "/suche?colour=red", "/nirgends", "/api/v1/search", "/api/v1/nothing", "/healthz"]


def evil_town(town: Town) -> None:
    _, records = town.run()
    file = File(native_id='f"><b>', name=EVIL, file_name=EVIL, url="javascript:alert(1)", text=f"Radweg {EVIL} Radweg")
    records.put(
        [
            Organization(native_id="evil", name=EVIL, source_url="javascript:alert(1)", short_name=EVIL),
            Paper(
                native_id='"><script>', name=EVIL, reference=EVIL, paper_type=EVIL, files=(file,),
                source_url="javascript:alert(1)", source_id="data:text/html,x", date=dt.date(2026, 1, 1),
                originator=(OrganizationRef(name=EVIL),),
            ),
            Meeting(
                native_id="evil", name=EVIL, source_url=" JAVASCRIPT:alert(1)",
                start=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
                organization=(OrganizationRef(native_id="evil"),),
                agenda=(
                    AgendaItem(
                        native_id="x", number=EVIL, name=EVIL, result=EVIL, resolution_text=EVIL, reference=EVIL
                    ),
                ),
            ),
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "/suche?q=Radweg",
        "/suche?q=script",
        "/suche?q=%3Cscript%3Ealert(1)%3C/script%3E%22onfocus=%22x",
        "/suche?paper_type=%3Cscript%3E%22",
        "/suche?%3Cscript%3E=1",
        f"/papers/{TOWN}:paper:%22%3E%3Cscript%3E",
        f"/meetings/{TOWN}:meeting:evil",
        f"/organizations/{TOWN}:organization:evil",
        f"/files/{TOWN}:file:f%22%3E%3Cb%3E/text?q=script",
        f"/files/{TOWN}:file:f%22%3E%3Cb%3E/text?q=%22%3E%3Cscript%3E",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_nothing_out_of_a_source_or_an_address_becomes_markup(
    client: Client, town: Town, index: FakeIndex, path: str
) -> None:
    evil_town(town)
    index.entries = town.entries()
    answer = client.get(path)
    page = client.page(path, answer.status_code)
    assert page.select("script:not(head > script[src]), img, b") == []
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on")], tag
    for link in page.select("[href]"):
        assert str(link["href"]).startswith(("/", "#", "https://")), link


def test_a_source_may_be_linked_only_by_http(client: Client, town: Town) -> None:
    evil_town(town)
    body = client.get(f"/api/v1/papers/{TOWN}:paper:%22%3E%3Cscript%3E").json()
    assert body["source_url"] is None
    assert body["files"][0]["url"] is None
    assert body["source_id"] == "data:text/html,x", "an identifier, not a link"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
        "data:text/html,x",
        "//other.example/x", "/local", "https:", "http://", "ftp://x.example/", "https://a b.example", "http://[", "",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    assert web_url(url) is None


def test_a_web_address_is_a_link_to_the_page() -> None:
    assert web_url("https://ris.example/7.pdf", 4) == "https://ris.example/7.pdf#page=4"
    assert web_url("HTTPS://ris.example/7.pdf#x", 4) == "HTTPS://ris.example/7.pdf#x"


def test_paths_are_quoted() -> None:
    assert page_path('a:paper:/x/"y"?z#w') == "/papers/a:paper:/x/%22y%22%3Fz%23w"
    assert page_path("a:person:1") is None
    assert page_path("nonsense") is None
    assert text_path("a:file:1", 3, "ä&b") == "/files/a:file:1/text?q=%C3%A4%26b&page=3#seite-3"


def test_marks_are_made_from_offsets() -> None:
    assert marked("<b> & c", [(0, 3), (6, 7)]) == "<mark>&lt;b&gt;</mark> &amp; <mark>c</mark>"
    assert marked("abc", [(1, 2), (0, 2), (2, 9), (-1, 1), (3, 3)]) == "<mark>ab</mark>c"


def test_german_forms() -> None:
    assert day(dt.date(2026, 1, 2)) == "02.01.2026"
    assert moment(dt.datetime(2026, 11, 24, 17, 30, tzinfo=dt.UTC)) == "24.11.2026, 18:30 Uhr"
    assert moment(dt.datetime(2026, 7, 1, 22, 0, tzinfo=dt.UTC)) == "02.07.2026"
    assert (number(1234567), size(500), size(123456), size(1_500_000)) == ("1.234.567", "1 KB", "123 KB", "1,5 MB")
    assert (day(None), moment(None), size(None)) == ("", "", "")


@pytest.mark.parametrize("path", ANY)
def test_every_answer_is_guarded(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'")
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "geolocation=()" in headers["permissions-policy"]
    assert headers["cache-control"] == "no-cache"
    assert "server" not in headers
    assert "set-cookie" not in headers


def test_an_unforeseen_error_is_guarded_too(client: Client, index: FakeIndex) -> None:
    index.fault = RuntimeError("boom")
    headers = client.get("/suche").headers
    assert "content-security-policy" in headers


@pytest.mark.parametrize("path", ["/", "/suche?q=Radweg", f"/papers/{TOWN}:paper:7", "/healthz", "/robots.txt"])
def test_head_is_get_without_the_body(client: Client, path: str) -> None:
    head, get = client.request("HEAD", path), client.get(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers["etag"] == get.headers["etag"]


def test_an_unchanged_page_is_not_sent_again(client: Client) -> None:
    tag = client.get("/suche?q=Radweg").headers["etag"]
    again = client.get("/suche?q=Radweg", If_None_Match=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/suche?q=Bahn", If_None_Match=tag).status_code == 200


def test_how_long_a_search_took_makes_it_no_other_answer(client: Client) -> None:
    answers = [client.get("/api/v1/search?q=Radweg") for _ in range(3)]
    assert len({answer.headers["etag"] for answer in answers}) == 1
    again = client.get("/api/v1/search?q=Radweg", If_None_Match=answers[0].headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("gzip", True), ("br, gzip;q=0.5", True), ("deflate,gzip", True), ("gzip;q=1", True), ("x-gzip", True),
        ("gzip;q=0", False), ("gzip; q=0.000, br", False), ("br", False), ("", False), ("identity", False),
        ("notgzip", False),
    ],
)  # fmt: skip
def test_who_takes_gzip_and_who_does_not(client: Client, accepted: str, taken: bool) -> None:
    assert takes_gzip(accepted) is taken
    answer = client.get("/suche?q=Radweg", Accept_Encoding=accepted)
    assert answer.headers.get("content-encoding") == ("gzip" if taken else None)


def test_nobody_forges_a_line_of_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        client.get(
            "/papers/x%0a2026-11-30%2012:00:00%20INFO%20ratslupe.access:%20GET%20/forged%20200%1b%5b31m%e2%80%ae"
        )
    messages = [record.getMessage() for record in caplog.records if record.name.startswith("ratslupe")]
    assert any("/forged" in message for message in messages)
    assert all(message.isprintable() for message in messages)


def test_static_files_live_for_ever_under_their_own_name(client: Client) -> None:
    page = client.page("/")
    for tag in page.select("link[href], script"):
        answer = client.get(str(tag.get("href") or tag["src"]))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/style.css").status_code == 404
    assert client.get("/static/..%2Fapp.py").status_code == 404


def test_long_addresses_and_bodies_are_refused(client: Client) -> None:
    page = client.page("/suche?q=" + "a" * 9000, 414)
    assert "zu lang" in page.get_text()
    answer = client.get("/api/v1/search?q=" + "a" * 9000)
    assert (answer.status_code, answer.headers["content-type"]) == (414, "application/problem+json")
    assert client.request("POST", "/suche", content=b"x" * 20_000).status_code == 414


def test_questions_and_addresses_of_people_are_not_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="ratslupe.access"):
        client.get("/suche?q=Geheimes")
    assert "GET /suche 200" in caplog.text
    assert "Geheimes" not in caplog.text
    assert "127.0.0.1" not in caplog.text


def test_what_machines_may_read(client: Client) -> None:
    assert "Disallow: /suche\nDisallow: /api\n" in client.get("/robots.txt").text
    assert client.get("/suche").headers["x-robots-tag"] == "noindex"
    assert client.get(f"/files/{TOWN}:file:f7/text").headers["x-robots-tag"] == "noindex"
    assert "x-robots-tag" not in client.get(f"/papers/{TOWN}:paper:7").headers
    assert client.get("/api/v1/search").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.get("/").headers


def test_the_environment_is_read_by_a_function() -> None:
    settings = search_settings({"RATSLUPE_BASE_URL": "https://suche.example/", "RATSLUPE_IMPRINT": "Stadt\\nMarkt 1"})
    assert (settings.base_url, settings.imprint, settings.contact) == ("https://suche.example", "Stadt\nMarkt 1", None)
    with pytest.raises(ValueError, match="RATSLUPE_BASE_URL"):
        search_settings({"RATSLUPE_BASE_URL": "suche.example"})


def test_what_was_given_is_closed_at_the_end(town: Town, index: FakeIndex) -> None:
    app = create_app(SearchSettings(), index, town.archive, town)

    async def live() -> None:
        async with app.router.lifespan_context(app):
            assert not index.closed

    asyncio.run(live())
    assert index.closed
