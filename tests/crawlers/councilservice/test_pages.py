"""The municipality's page, the overview, and everything that is neither: errors, log-ins, bot challenges."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup

from crawlers.councilservice.pages import read_page
from crawlers.councilservice.urls import read_export
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from tests.crawlers.councilservice.invented import (
    ENTRY,
    HUMAN_PAGE,
    KEY,
    LIST,
    SYSTEM,
    entry,
    listed,
    meetings_of,
    read,
    read_list,
)

EXPORT = (
    f'<div id="{KEY}"></div><script src="{SYSTEM}export/js/initialize.js"></script>'
    f'<script>initializeExport("{KEY}")</script>'
)


def municipal_page(export: str = EXPORT) -> bytes:
    """The page of a municipality that shows the system."""
    links = (
        f'<a href="/ris.html?href_{KEY}=/councilservice/group/caucus">Ausschüsse</a><a href="{SYSTEM}login">Login</a>'
    )
    return f"<html><head><title>Rathaus</title></head><body>{links}{export}</body></html>".encode()


def test_the_page_says_which_system_to_ask_and_shows_no_key() -> None:
    page = read_page(municipal_page(), f"{HUMAN_PAGE}?href_{KEY}=/councilservice/session/list")
    assert (page.page, page.records) == ("export", ())
    assert page.follow == (f"{SYSTEM}councilservice/session/fetch-overview/mine/0/by-docs/0",)
    assert KEY not in json.dumps(page.as_json())


def test_the_key_is_there_at_run_time_and_in_no_print() -> None:
    export = read_export(BeautifulSoup(municipal_page(), "lxml"), HUMAN_PAGE)
    assert export is not None
    assert export.headers()["X-Export-Token"] == KEY
    assert KEY not in repr(export)


@pytest.mark.parametrize(
    "export",
    [
        "",
        f"<!-- {EXPORT} -->",
        f'<script src="{SYSTEM}export/js/initialize.js"></script>',
        EXPORT + '<script>initializeExport("0badcafe-01234567-89abcdef-feedc0de")</script>',
        EXPORT.replace(f'("{KEY}")', f'("{KEY} x")'),
        EXPORT + '<script src="https://anders.mein-intra.net/export/js/initialize.js"></script>',
    ],
)
def test_a_page_without_one_export(export: str) -> None:
    with pytest.raises(UnexpectedResponse) as refusal:
        read_page(municipal_page(export), HUMAN_PAGE)
    assert KEY not in str(refusal.value)


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("<title>Login</title><form><input type='password'></form>", "a log-in page"),
        ("<title>Anmeldung</title>", "a log-in page"),
        ("<title>404 Not Found</title>", "an error page"),
        ("<title>403 Forbidden</title>", "an access check (a firewall)"),
        ("<title>Zugriff prüfen</title><altcha-widget></altcha-widget>", "an access check (ALTCHA)"),
        ("<title>Just a moment...</title>", "an access check (Cloudflare)"),
        ("<title>Hinweis</title>Ihre IP wurde vorübergehend gesperrt", "an access check (a firewall)"),
    ],
)
def test_log_ins_errors_and_bot_challenges(page: str, what: str) -> None:
    with pytest.raises(AccessDenied) as refusal:
        read_page(f"<html>{page}</html>".encode(), f"{ENTRY}?t={KEY}")
    assert refusal.value.found.startswith(what)
    assert KEY not in str(refusal.value)


@pytest.mark.parametrize(
    "answer", [{"status": "ERROR", "message": f"Schlüssel {KEY} ungültig"}, {"status": "FAIL"}, {"status": None}]
)
def test_errors(answer: dict[str, Any]) -> None:
    with pytest.raises(AccessDenied) as refusal:
        read_page(json.dumps(answer).encode(), LIST)
    assert KEY not in str(refusal.value)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"status": "OK"}',
        b'{"status": "OK", "data": []}',
        b'{"status": "OK", "data": {"entries": null}}',
        b'{"status": "OK", "data": {"entries": [{"foo": 1}]}}',
        b'{"status": "OK", "data": {"entry": {"id": 1, "topics": null}}}',
        b'{"status": "OK", "data": {"ent',
    ],
)
def test_what_is_no_answer(body: bytes) -> None:
    with pytest.raises(UnexpectedResponse):
        read_page(body, LIST)


# --- the overview


def test_an_overview() -> None:
    page = read_list(listed(), listed(7002, recurrence_start="2031-04-03", location="Alte Schmiede", cnt_topics=0))
    first, second = meetings_of(page)
    assert (page.page, page.warnings) == ("overview", ())
    assert (first.native_id, str(first.start)) == ("7001", "2031-03-20 18:30:00+01:00")
    assert first.location is None
    assert second.location is not None
    assert page.follow == (f"{SYSTEM}councilservice/entry/fetch/id/7001",)


@pytest.mark.parametrize("fields", [{"cnt_documents": 1}, {"cnt_topics": None}])
def test_what_may_have_something_to_see_is_asked_for(fields: dict[str, Any]) -> None:
    assert len(read_list(listed(**{"cnt_topics": 0} | fields)).follow) == 1


def test_an_incomplete_list_says_so() -> None:
    assert "incomplete" in read_list(listed(), filteredCount=9).warnings[0].what
    assert read_list(count=0, filteredCount=0).records == ()


@pytest.mark.parametrize("fields", [{"deactivated": 1}, {"has_recurrence": 1, "cnt_topics": 0}])
def test_withdrawn_ones_and_series(fields: dict[str, Any]) -> None:
    page = read_list(listed(**fields))
    assert (page.records, page.follow, page.warnings) == ((), (), ())
    assert read_list(listed(has_recurrence=1)).warnings


@pytest.mark.parametrize(
    "fields", [{"id": None}, {"id": "x"}, {"id": "9" * 2000}, {"recurrence_start": "bald"}, {"recurrence_start": None}]
)
def test_entries_without_number_or_day_are_said(fields: dict[str, Any]) -> None:
    page = read_list(listed(7009), listed(**fields))
    assert len(page.records) == 1
    assert page.warnings


@pytest.mark.parametrize(
    ("title", "is_off"),
    [
        ("Sitzung - entfällt", True),
        ("Sitzung - verschoben auf den 27.03.2031", True),
        ("Sitzung - Termin geändert auf Do, den 27.03.2031", True),
        ("Sitzung - verschoben auf den 20.03.2031", False),
        ("Sitzung - verlegt auf Donnerstag, 27. März 2031", True),
        ("Sitzung, neuer Termin 27.03.31", True),
        ("Sitzung - verschoben", True),
        ("Sitzung (verschoben vom 13.03.2031)", False),
        ("Sitzung - Beginn verschoben auf 19.30 Uhr", False),
        ("Sitzung", False),
    ],
)
def test_cancelled_and_moved(title: str, is_off: bool) -> None:
    assert meetings_of(read_list(listed(title=title)))[0].cancelled is is_off


def group(number: int, name: str) -> dict[str, Any]:
    """An invited group."""
    return {"group_id": number, "group_name": name}


COUNCIL, STAFF = group(31, "Stadtrat (Kleinstadt)"), group(39, "Amtsleiter Stadtverwaltung (Kleinstadt)")
BUILDING = group(32, "Ausschuss für Bau, Umwelt und Verkehr (Kleinstadt)")
HERE, THERE = group(33, "Ortschaftsrat (Kleinstadt OT Moosdorf)"), group(34, "Ortschaftsrat (Kleinstadt OT Farnau)")


@pytest.mark.parametrize(
    ("title", "groups", "wanted"),
    [
        ("Sitzung des Stadtrates", [STAFF, COUNCIL], ["31"]),
        ("Sitzung des Ausschusses für Bau, Umwelt und Verkehr", [COUNCIL, STAFF, BUILDING], ["32"]),
        ("Sitzung des Ortschaftsrates Moosdorf", [HERE, THERE], ["33"]),
        ("Sitzung aller Ortschaftsräte", [COUNCIL, HERE, THERE, STAFF], ["33", "34"]),
        ("Einwohnerversammlung", [STAFF, COUNCIL], ["31"]),
        ("Einwohnerversammlung", [COUNCIL, BUILDING], []),
        ("Haushaltsklausur", [STAFF], []),
        ("Sitzung des Stadtrates", [], []),
    ],
)
def test_the_committee_among_the_invited(title: str, groups: list[dict[str, Any]], wanted: list[str]) -> None:
    (found,) = meetings_of(read_list(listed(title=title, groups=groups)))
    assert [ref.native_id for ref in found.organization] == wanted


@pytest.mark.parametrize("groups", [[31, 39], [], None])
def test_an_entry_s_bare_numbers_do_not_tell_the_committee(groups: list[int] | None) -> None:
    (found,) = meetings_of(read({"entry": entry(groups=groups)}))
    assert found.organization == ()


@pytest.mark.parametrize(
    ("asked", "base"),
    [
        (LIST, SYSTEM),
        (f"{SYSTEM}export/auth/{KEY}/councilservice/session/fetch-overview/mine/0/by-docs/0", SYSTEM),
        (f"{SYSTEM}export/councilservice/session/fetch-overview/mine/0/by-docs/0", SYSTEM),
    ],
)
def test_the_address_to_ask_has_no_key(asked: str, base: str) -> None:
    page = read({"entries": [listed()], "count": 1}, asked)
    assert page.follow == (f"{base}councilservice/entry/fetch/id/7001",)


@pytest.mark.parametrize(
    ("page", "link"),
    [
        (HUMAN_PAGE, f"{HUMAN_PAGE}?href=/councilservice/entry/view/7001"),
        (
            f"{HUMAN_PAGE}?href_{KEY}=/councilservice/session/list#x",
            f"{HUMAN_PAGE}?href=/councilservice/entry/view/7001",
        ),
        (
            "https://k.example.test/index.php?id=4",
            "https://k.example.test/index.php?id=4&href=/councilservice/entry/view/7001",
        ),
        (
            "https://k.example.test/a;jsessionid=1?href=/x",
            "https://k.example.test/a?href=/councilservice/entry/view/7001",
        ),
    ],
)
def test_links_lead_to_the_human_page(page: str, link: str) -> None:
    (found,) = meetings_of(read({"entries": [listed()], "count": 1}, LIST, page))
    assert found.source_url == link
