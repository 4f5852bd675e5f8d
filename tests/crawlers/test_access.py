"""A server that has become a challenge, a log-in or an error: every reader sees it, whatever page was asked for."""

from __future__ import annotations

import pytest

from council.system import System
from crawlers.parsing.access import denial_announced, denial_filling, denial_on, kind_of_status, refuse_status
from crawlers.parsing.errors import AccessDenied, DenialKind, UnexpectedResponse
from crawlers.parsing.html import parsed
from crawlers.systems import READERS

HOST = "https://rat.bruchweiler.example.test/"
PAGES: dict[System, tuple[str, ...]] = {
    System.OPARL: ("oparl/v1/system", "oparl/v1/body/1/paper"),
    System.SESSIONNET: (
        "bi/si0040.php?__cmonat=3", "bi/si0057.php?__ksinr=4", "bi/si0056.php?__ksinr=4", "bi/vo0050.php?__kvonr=7",
        "bi/vo0053.php?__kvonr=7", "bi/vo0040.php", "bi/to0050.php?__ktonr=9", "bi/gr0040.php", "bi/info.php",
        "bi/kp0040.php?__kgrnr=2", "bi/kp0050.php?__kpenr=2", "api/v1/sitzungen", "api/v1/sitzungen/4/tagesordnung",
    ),
    System.ALLRIS3: (
        "bi/allris.net.asp", "bi/si010_e.asp?MM=3&YY=2031", "bi/si018_a.asp", "bi/to010.asp?SILFDNR=4",
        "bi/to020.asp?TOLFDNR=9", "bi/vo020.asp?VOLFDNR=7", "bi/vo040.asp", "bi/au010.asp", "bi/au020.asp?AULFDNR=2",
        "bi/kp020.asp?KPLFDNR=2", "bi/si016.asp?SILFDNR=4",
    ),
    System.ALLRIS4: (
        "public/si010?MM=3&YY=2031", "public/si018", "public/to010?SILFDNR=4", "public/to020?TOLFDNR=9",
        "public/vo020?VOLFDNR=7", "public/vo040", "public/gr010", "public/gr020?GRLFDNR=2", "public/kp020?KPLFDNR=2",
    ),
    System.MORERUBIN: ("meeting.php?id=4", "sitzungskalender.php", "sitzungen_top.php?sid=4", "api.php?id=calendar"),
    System.COUNCILSERVICE: ("gremien.html", "councilservice/entry/fetch/id/4", "councilservice/list/fetch"),
    System.ECICS: ("ris", "ris?action=show_sitzung&sitzung_id=4"),
    System.NOTICES: ("bekanntmachungen", "bekanntmachungen/4711.html"),
}  # fmt: skip
"""The addresses of each kind of page."""


def page(title: str, body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"


CHALLENGES = {
    "Anubis": page("Making sure you&#39;re not a bot!", "<main><h1>Making sure you're not a bot!</h1></main>"),
    "AWS WAF": page("", "<script>window.gokuProps = {};</script><div id='challenge-container'></div><p>Loading</p>"),
    "BunkerWeb": page("Bot Detection", "<p>Please wait</p><footer>Powered by BunkerWeb</footer>"),
    "address": page("Hinweis", "<p>Ihre IP 192.0.2.66 wurde wegen auffälliger Nutzung gesperrt.</p>"),
    "access": page("Zugriff gesperrt", "<h1>Zugriff gesperrt</h1>"),
    "Cloudflare": page("Nur einen Moment…", "<p>Bitte aktivieren Sie JavaScript und Cookies</p>"),
    "F5": page("Request Rejected", "The requested URL was rejected. Your support ID is: 66"),
    "Akamai": page("Access Denied", "<h1>Access Denied</h1>Reference #18.66"),
    "FortiWeb": page("Web Page Blocked!", "<h2>Web Page Blocked!</h2><p>Attack ID: 20000051</p>"),
    "Imperva": page("", "<iframe src='/_Incapsula_Resource?x'></iframe>Request unsuccessful."),
    "question": page("Sicherheitsabfrage", "<p>Sind Sie ein Mensch?</p><div class='frc-captcha'></div>"),
}  # fmt: skip


def denial(system: System, body: str, url: str) -> AccessDenied:
    with pytest.raises(AccessDenied) as caught:
        READERS[system](body.encode(), url)
    return caught.value


@pytest.mark.parametrize("system", READERS)
@pytest.mark.parametrize("challenge", CHALLENGES)
def test_a_challenge_is_seen_on_every_kind_of_page(system: System, challenge: str) -> None:
    for path in PAGES[system]:
        assert denial(system, CHALLENGES[challenge], HOST + path).kind is DenialKind.BOT_CHALLENGE, path


@pytest.mark.parametrize("system", READERS)
@pytest.mark.parametrize(
    "words", ["Keine Zugriffsrechte", "Sie sind nicht berechtigt", "Keine Berechtigung", "Zugriff verweigert",
              "Die Seite ist nicht zur Veröffentlichung freigegeben"],
)  # fmt: skip
def test_what_is_not_for_everybody(system: System, words: str) -> None:
    for path in PAGES[system]:
        no = denial(system, page("Bürgerinfo", f"<h1>{words}</h1><p>Bruchweiler</p>"), HOST + path)
        assert (no.kind, no.keeps_out) == (DenialKind.FORBIDDEN, False), path


@pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
@pytest.mark.parametrize("challenge", CHALLENGES)
def test_a_challenge_with_any_status(status: int, challenge: str) -> None:
    with pytest.raises(AccessDenied) as caught:
        refuse_status(status, CHALLENGES[challenge].encode(), HOST, "a page")
    assert (caught.value.kind, caught.value.status) == (DenialKind.BOT_CHALLENGE, None)


@pytest.mark.parametrize(
    ("status", "kind", "keeps_out"),
    [
        (401, DenialKind.LOGIN, True),
        (403, DenialKind.FORBIDDEN, True),
        (404, DenialKind.GONE, False),
        (410, DenialKind.GONE, False),
        (429, DenialKind.RATE_LIMITED, True),
        (451, DenialKind.FORBIDDEN, False),
        (500, DenialKind.ERROR_PAGE, False),
        (503, DenialKind.ERROR_PAGE, False),
    ],
)
def test_a_status_without_words(status: int, kind: DenialKind, keeps_out: bool) -> None:
    with pytest.raises(AccessDenied) as caught:
        refuse_status(status, b"", HOST, "a page")
    assert (caught.value.kind, caught.value.keeps_out, caught.value.status) == (kind, keeps_out, status)
    assert kind_of_status(status) is kind


def test_a_status_that_denies_nothing() -> None:
    refuse_status(200, CHALLENGES["Anubis"].encode(), HOST, "a page")
    with pytest.raises(UnexpectedResponse, match="status 302") as caught:
        refuse_status(302, b"", HOST, "a page")
    assert not isinstance(caught.value, AccessDenied)


def test_403_in_the_words_of_the_system_is_about_the_one_object() -> None:
    with pytest.raises(AccessDenied) as caught:
        refuse_status(403, page("Info", "<p>Sie haben keine Berechtigung.</p>").encode(), HOST, "a page")
    assert (caught.value.kind, caught.value.keeps_out) == (DenialKind.FORBIDDEN, False)


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        (page("Sitzung abgelaufen", "<input type='password'>"), DenialKind.SESSION_EXPIRED),
        (page("Page Expired", "Return to home page"), DenialKind.SESSION_EXPIRED),
        (page("Wartungsarbeiten", "Wegen Wartungsarbeiten zurzeit nicht verfügbar"), DenialKind.ERROR_PAGE),
        (page("bruchweiler.de", "Diese Domain wurde geparkt"), DenialKind.ERROR_PAGE),
        (page("Info", "Die Seite ist momentan nicht verfügbar"), DenialKind.ERROR_PAGE),
        (page("Info", "Die Vorlage ist nicht mehr verfügbar"), DenialKind.GONE),
        (page("Zu viele Anfragen", "Error 1015"), DenialKind.RATE_LIMITED),
        (page("Anmelden", "<input type='password'>"), DenialKind.LOGIN),
    ],
)
def test_what_else_stands_in_the_place_of_a_page(markup: str, kind: DenialKind) -> None:
    found = denial_on(parsed(markup.encode(), HOST), markup)
    assert found
    assert found.kind is kind


@pytest.mark.parametrize(
    "title",
    [
        "Zugriff verweigert: Anfrage der Fraktion zum Schulnetz",
        "Zugriff verweigert – warum die Bücherei zu ist",
        "Antrag 403 der Gruppe Bruchweiler",
        "Neue Sicherheitsabfrage im Rathaus, Sachstand",
        "Vorlage 404/2031",
    ],
)
def test_papers_about_denials_are_none(title: str) -> None:
    markup = page(title, f"<nav><a href='/'>Start</a></nav><main><h1>{title}</h1><p>Der Rat beschließt.</p></main>")
    assert denial_filling(title) is None
    assert denial_announced(parsed(markup.encode(), HOST), markup) is None


def test_a_captcha_in_a_form_of_a_website_is_none() -> None:
    form = "<nav><a href='/'>Start</a></nav><main><h1>Bekanntmachungen</h1><form class='g-recaptcha'></form></main>"
    short, full = (
        page("Bruchweiler", form),
        page("Bruchweiler", f"{'<p>Der Rat tagt wieder am Montag.</p>' * 200}{form}"),
    )
    for markup in (short, full):
        assert denial_announced(parsed(markup.encode(), HOST), markup) is None
    assert denial_on(parsed(full.encode(), HOST), full) is None


def test_a_text_without_end_is_looked_at_in_no_time() -> None:
    for markup in (page("a" * 2_000_000, "x"), page("zugriff " * 100_000, "x"), page("x", "ihre ip " * 100_000)):
        tree = parsed(markup.encode(), HOST)
        assert denial_on(tree, markup) is None
        assert denial_announced(tree, markup) is None
