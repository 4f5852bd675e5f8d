"""Errors, log-in pages, bot challenges and foreign pages with status 200; committees and persons."""

from __future__ import annotations

import json

import pytest

from crawlers.parsing.errors import AccessDenied, DenialKind, UnexpectedResponse
from tests.crawlers.sessionnet.invented import agenda6, committees, heading6, item6, layout4, layout6, people, read, url

ERROR = "<h1>Fehlermeldung</h1><p>Fehlercode: 1104</p>"


@pytest.mark.parametrize(
    ("page", "address"),
    [
        (layout6("error", ERROR, h1="Fehlermeldung"), url("error")),
        (layout6("si0057", '<h3 class="smc_h3">Keine Daten gefunden</h3>', h1="Sitzung"), url("si0057", "__ksinr=1")),
        (layout6("si0040", '<h3 class="smc_h3">Keine Daten gefunden</h3>', h1="Kalender 2026 März"), url("si0040")),
        (layout6("vo0050", "<h1>Berechtigungsfehler</h1>", h1=""), url("vo0050", "__kvonr=1")),
        (layout4("error", "<h1>SessionNet Fehlermeldung</h1>", "Fehler"), url("error2")),
        (layout6("ylogon", "<form><input type=password name=p></form>", h1="Anmeldung"), url("ylogon")),
        (
            "<html><head><title>SessionNet Fehlermeldung</title></head><body>Sitzung abgelaufen</body></html>",
            url("si0040"),
        ),
        ("<html><title>Anmelden</title><body><input type='password'></body></html>", url("si0057", "__ksinr=1")),
        ("<html><title>503 Service Unavailable</title><body>503</body></html>", url("si0040")),
        ("<?php require('si0040.inc'); $x = 1; ?>\n<html><body>$x</body></html>", url("si0040")),
    ],
)
def test_errors_and_log_in_pages(page: str, address: str) -> None:
    with pytest.raises(AccessDenied) as refused:
        read(page, address)
    assert not refused.value.kind.keeps_out


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Zugriff wird geprüft</h1><altcha-widget></altcha-widget>",
        "<h1>Zugriff prüfen</h1>",
        "<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x.js'></script>",
        "Request rejected. Your support ID is: 7",
        "<script src='https://x.example/_gate/check.js'></script>",
        "Myra Security",
        "<h1>Zu viele Anfragen</h1>",
    ],
)
def test_bot_challenges_stop_the_source(body: str) -> None:
    with pytest.raises(AccessDenied) as refused:
        read(f"<html><body>{body}</body></html>", url("si0057", "__ksinr=1"))
    assert refused.value.kind.keeps_out
    assert refused.value.kind.keeps_out


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>Stadt Musterstadt</title></head><body><a href='/si0040.php'>Kalender</a></body></html>",
        "<html><body><table><tr><td>1</td></tr></table></body></html>",
        "",
        "%PDF-1.7",
        '{"a": 1}',
        layout6("recherche", "<form></form>", h1="Recherche"),
        layout6("xy0099", "<p>neu</p>", h1="Neu"),
    ],
)
def test_pages_that_are_none_of_ours(page: str) -> None:
    with pytest.raises(UnexpectedResponse) as changed:
        read(page, url("si0040"))
    assert not isinstance(changed.value, AccessDenied)


@pytest.mark.parametrize("name", ["to0045", "pe0051"])
def test_persons_own_data_are_not_read(name: str) -> None:
    main = f'<table id="smc_page_{name}_contenttable1"><tr><td>Straße 1</td></tr></table>'
    with pytest.raises(UnexpectedResponse, match="own data"):
        read(layout6(name, main, h1="Erika Beispiel"), url(name, "__kpenr=1&__ksinr=1"))


def test_nothing_private_is_ever_asked_for() -> None:
    main = """<a href="to0045.php?__ksinr=1">Anwesenheit</a><a href="pe0051.php?__kpenr=5">Person</a>
<a href="suchen01.php">Suche</a><a href="ylogon.php">Anmelden</a><img class="smcimgperson" src="im/p5.jpg">"""
    page = read(agenda6(heading6("Öffentlicher Teil"), item6("1", "Eins"), top=main), url("si0057", "__ksinr=1"))
    assert page.follow == ()
    assert not [
        word for word in ("to0045", "pe0051", "suchen", "ylogon", "p5.jpg") if word in json.dumps(page.as_json())
    ]


def test_a_false_title_is_no_error() -> None:
    page = read(
        agenda6(heading6("Öffentlicher Teil"), item6("1", "Fehlermeldung im Captcha der Anmeldung")),
        url("si0057", "__ksinr=1"),
    )
    assert len(page.records) == 1


def test_committees() -> None:
    meetings_of = '<a href="si0046.php?__canz=12&__ksigrnr={}"><i class="smc"></i></a>'
    rows = f"""<tr><td class="grname"><a href="kp0040.php?__kgrnr=4&">Rat</a></td><td class="silast"><a
href="si0057.php?__ksinr=9">01.02.2026</a></td><td>{meetings_of.format(4)}</td></tr>
<tr><td class="grname">Beirat</td><td class="silast"></td><td>{meetings_of.format(7)}</td></tr>
<tr><td class="grname">Runde</td><td></td><td></td></tr>"""
    table = f'<table id="smc_page_gr0040_contenttable1" class="smctablegremien"><tbody>{rows}</tbody></table>'
    page = read(layout6("gr0040", table, h1="Gremien"), url("gr0040"))
    assert [(committee.native_id, committee.name) for committee in committees(page)] == [("4", "Rat"), ("7", "Beirat")]
    assert page.follow == (url("kp0040", "__kgrnr=4"),)
    assert page.warnings[0].where == "committee row 3"
    assert "Runde" not in str(page.warnings)


def test_members() -> None:
    start = """<thead><tr><th class="pename">Name</th><th class="amname">Art der Mitarbeit</th>
<th class="mgfunk">Funktion</th></tr></thead>"""
    row = """<tr><td class="pename"><a href="pe0051.php?__kpenr=5">Erika Beispiel</a>
<img class="smcimgperson" src="im/5.jpg"><br>Tel. 0123</td>
<td class="amname">{}</td><td class="mgfunk">{}</td><td>Tel. 0123</td></tr>"""
    former = """<h2>Mitgliedschaft beendet</h2><table id="smc_page_kp0040_contenttable2">
<tr><td class="pename">Alt Er</td>
<td class="amname">Mitglied</td></tr><tr><td class="pename">Alt Zwei</td><td class="amname">Mitglied</td><td
class="mgedat">31.01.2026</td></tr></table>"""
    table = f"""<h2>Mandatsträger</h2><table id="smc_page_kp0040_contenttable1">{start}<tbody>
<tr><td colspan="4" class="smcfield_puname">Vorsitz</td></tr>{row.format("Vorsitz", "stimmberechtigtes Mitglied")}
{row.format("Mitglied", "beratendes Mitglied")}<tr>
<td class="pename">Ohne Seite<br>Weg 1</td><td class="amname">Mitglied</td></tr>
</tbody></table>{former}"""
    page = read(layout6("kp0040", table, h1="Rat"), url("kp0040", "__kgrnr=4&__cgrname=Rat"))
    first, second, third = people(page)
    assert (first.native_id, first.name) == ("5", "Erika Beispiel")
    assert [(seat.role, seat.voting_right) for seat in first.memberships] == [("Vorsitz", True), ("Mitglied", False)]
    assert (second.native_id, second.name) == ("4/Ohne Seite", "Ohne Seite")
    assert (third.name, str(third.memberships[0].end_date)) == ("Alt Zwei", "2026-01-31")
    assert committees(page)[0].name == "Rat"
    assert not [word for word in ("0123", "jpg", "pe0051", "Weg 1") if word in json.dumps(page.as_json())]


def test_the_start_page_leads_to_calendar_and_committees() -> None:
    page = read(layout6("info", '<a href="gr0040.php?__cwpall=1&__csid=4">Gremien</a>', h1="Willkommen"), url("info"))
    assert page.follow == (url("si0040"), url("gr0040", "__cwpall=1"))


def test_persons_without_the_form_of_address() -> None:
    row = '<tr><td class="pename">{}</td><td class="amname">Mitglied</td></tr>'
    rows = "".join(row.format(name) for name in ("Herr Dr. Max Beispiel", "Frau Eva Muster", "Herrmann Frau"))
    table = f'<table id="smc_page_kp0040_contenttable1">{rows}</table>'
    page = read(layout6("kp0040", table, h1="Rat"), url("kp0040", "__kgrnr=7"))
    assert [person.name for person in people(page)] == ["Dr. Max Beispiel", "Eva Muster", "Herrmann Frau"]


@pytest.mark.parametrize(
    ("heading", "message", "kind"),
    [
        ("Fehlermeldung", "Keine Daten gefunden", DenialKind.GONE),
        ("SessionNet Fehlermeldung", "Es sind keine Daten vorhanden", DenialKind.GONE),
        ("Berechtigungsfehler", "Sie sind nicht berechtigt, diese Daten anzuzeigen", DenialKind.FORBIDDEN),
        ("Fehlermeldung", "Die Sitzung ist abgelaufen", DenialKind.SESSION_EXPIRED),
        ("Fehlermeldung", "Es ist etwas schiefgegangen", DenialKind.ERROR_PAGE),
    ],
)
def test_the_message_of_its_error_page_says_what_became_of_the_object(
    heading: str, message: str, kind: DenialKind
) -> None:
    page = layout6("error", f'<h3 class="smc_h3">{message}</h3><p>Fehlercode: 1104</p>', h1=heading)
    with pytest.raises(AccessDenied) as denied:
        read(page, url("vo0050", "__kvonr=71"))
    assert denied.value.kind is kind
