"""What is no page of the system's, or one that it does not serve: never taken for "nothing there"."""

from __future__ import annotations

import pytest

from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from tests.crawlers.allris3.invented import BANNER, agenda, calendar, day, head, item, meeting, page, pasted, read

TO010 = "to010.asp?SILFDNR=500"


@pytest.mark.parametrize(
    "markup",
    [
        "<html><head><title>Zugriff prüfen</title></head><body>Bitte warten</body></html>",
        '<html><body><altcha-widget challengeurl="/x"></altcha-widget><a href="to010.asp">x</a></body></html>',
        "<html><head><title>Just a moment...</title></head><body></body></html>",
        "<html><body>Web Application Firewall: request blocked. Support ID is 1</body></html>",
        "<html><body>Zugriff verweigert</body></html>",
        "<html><head><title>Attention Required! | Cloudflare</title></head></html>",
    ],
)
@pytest.mark.parametrize("asked", [TO010, "si010_e.asp?MM=9&YY=2026", "si016.asp?SILFDNR=1", "allris.net.asp"])
def test_bot_challenges(markup: str, asked: str) -> None:
    with pytest.raises(AccessDenied) as caught:
        read(markup, asked)
    assert caught.value.kind.keeps_out


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("Zugriff verweigert (Programm si010_r.asp).<br>", "si010_r.asp is not released"),
        (page("to010", "Tagesordnung", "<p>Keine Information verfügbar</p>"), "keine information"),
        ("<html><body><form><input type='password' name='p'></form></body></html>", "log-in"),
        ("<html><head><title>Anmeldung</title></head><body>Benutzername Kennwort</body></html>", "log-in"),
        ("<html><head><title>404 - Seite nicht gefunden</title></head><body>x</body></html>", "error page"),
        ("<html><head><title>Wartungsarbeiten</title></head><body>x</body></html>", "error page"),
    ],
)
def test_the_source_says_no(markup: str, found: str) -> None:
    with pytest.raises(AccessDenied) as caught:
        read(markup, TO010)
    assert found in caught.value.found
    assert not caught.value.kind.keeps_out


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "   ",
        "<html><head><title>Stadt Quellenthal</title></head><body><h1>Willkommen</h1></body></html>",
        '<html><frameset><frame src="allris.net.asp"></frameset></html>',
        f"<html><head>{BANNER}<title>Tagesordnung</title></head><body><div id='allriscontainer'></div></body></html>",
        meeting(item("Ö 1", "x", 11)).replace("Version 3.9.4", "Version 4.1.7"),
        page("si019", "Anwesenheit", "<table class='tl1'><tr><td>Hanna Specht</td></tr></table>"),
        '{"meetings": []}',
    ],
)
def test_none_of_ours(markup: str) -> None:
    with pytest.raises(UnexpectedResponse):
        read(markup, TO010)


def test_cut_off_anywhere() -> None:
    whole = meeting(*(item(f"Ö {place}", "Punkt", place) for place in range(1, 40)))
    for share in (0.3, 0.5, 0.9):
        with pytest.raises(UnexpectedResponse):
            read(whole[: int(len(whole) * share)], TO010)
    rows = calendar(*(day("", place, "18:00", "", "Sitzung des Rates", "", "") for place in range(1, 29)))
    with pytest.raises(UnexpectedResponse, match="cut off"):
        read(rows[: int(len(rows) * 0.8)], "si010.asp?MM=9&YY=2026")


def test_the_page_says_what_it_is_not_the_address() -> None:
    found = read(meeting(item("Ö 1", "x", 11)), "vo020.asp?VOLFDNR=3&SILFDNR=500")
    assert found.page == "to010"
    unnamed = f"<html><head>{BANNER}</head><body>{head()}{agenda(item('Ö 1', 'x', 11))}</body></html>"
    assert read(unnamed, "seite?SILFDNR=500").page == "to010"


def test_search_forms_are_pages_without_records() -> None:
    found = read(page("yw040", "Textrecherche", '<form action="yw040.asp"><input name="q"></form>'), "yw040.asp")
    assert (found.page, found.records, found.follow) == ("yw040", (), ())


def test_elements_without_end_in_a_pasted_text() -> None:
    rows = "<tr><td>Betreff:</td><td>x</td></tr><tr><td>Status:</td><td>öffentlich</td></tr>"
    markup = page("vo020", "Vorlage - 1/26", f"<table>{rows}</table>{pasted('SV', '<div>' * 5000)}")
    with pytest.raises(UnexpectedResponse, match="inside each other"):
        read(markup, "vo020.asp?VOLFDNR=1")


def test_another_systems_page_with_the_same_labels() -> None:
    other = f"<html><head><title>Tagesordnung</title></head><body>{head(Gremium='Rat')}</body></html>"
    with pytest.raises(UnexpectedResponse):
        read(other, "si0057?__ksinr=3&SILFDNR=500")
