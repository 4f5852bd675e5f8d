"""Answers with status 200 that are no pages of a council: refused, and never taken for "nothing there"."""

from __future__ import annotations

import pytest

from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from tests.crawlers.allris4.invented import HOST, MEETING, frame, item, labelled, meeting, read

GATES = {
    "ALTCHA": "<html><title>Zugriff prüfen</title><altcha-widget></altcha-widget></html>",
    "ALTCHA in ASCII": "<html><h1>Zugriff pruefen</h1></html>",
    "too many": frame("to010", "<p>Zu viele Zugriffe aus Ihrem Netzwerk</p>"),
    "Cloudflare": "<html><title>Just a moment...</title></html>",
    "Myra": "<html><body>Protected by Myra Security</body></html>",
    "own bot challenge": "<html><script src='/_gate/check.js'></script></html>",
    "rescaled": "<html><body>rescaled</body></html>",
}


@pytest.mark.parametrize("name", GATES)
def test_bot_challenges(name: str) -> None:
    with pytest.raises(AccessDenied) as refused:
        read(GATES[name])
    assert refused.value.kind.keeps_out


DENIED = (
    frame("to010", "<p>Keine Information verfügbar. Sie sind möglicherweise nicht berechtigt.</p>"),
    frame("to010", '<span role="alert">Sie sind nicht berechtigt</span>' + labelled("Gremium", "x", "sigremium")),
    frame("vo020", "<h1>Keine Information verfügbar</h1>"),
    frame("to010", "<p>Keine Information verfügbar, nicht berechtigt</p>" + labelled("Gremium", "x", "sigremium")),
)


@pytest.mark.parametrize("markup", DENIED)
def test_no_access(markup: str) -> None:
    with pytest.raises(AccessDenied, match="no access"):
        read(markup)


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("<html><h1>Anmeldung</h1><form><input type='password'/></form></html>", "log-in"),
        ("<html><title>Fehler</title><h1>Interner Fehler</h1></html>", "error page"),
        ("<html><title>404 Not Found</title></html>", "error page"),
        ("<html><h1>Ihre Sitzung ist abgelaufen</h1></html>", "error page"),
    ],
)
def test_log_in_and_errors(markup: str, message: str) -> None:
    with pytest.raises(AccessDenied, match=message):
        read(markup)


@pytest.mark.parametrize("markup", ["", "%PDF-1.7", "{}", "<html><title>Stadt</title><p>Willkommen</p></html>"])
def test_other_answers(markup: str) -> None:
    with pytest.raises(UnexpectedResponse) as changed:
        read(markup)
    assert not isinstance(changed.value, AccessDenied)


def test_allris_3_is_said_to_be_that() -> None:
    with pytest.raises(UnexpectedResponse, match="allris3"):
        read('<html><meta name="description" content="ALLRIS net Version 3.9.4"/><td id="sigremium">x</td></html>')


@pytest.mark.parametrize("name", ["si019", "kp040", "tr010"])
def test_attendance_and_searches_are_not_read(name: str) -> None:
    markup = frame(name, labelled("Gremium", "Moorrat", "sigremium"))
    with pytest.raises(UnexpectedResponse):
        read(markup, f"{HOST}{name}?SILFDNR=77")


@pytest.mark.parametrize("opened", ["<div>", "<table><tr><td>", "<span><b>"])
def test_elements_without_end(opened: str) -> None:
    with pytest.raises(UnexpectedResponse, match="inside each other"):
        read(meeting(item(1, "Ö 1", opened * 20_000)))
    assert read(meeting(item(1, "Ö 1", f"Torf{opened * 60}"))).records


def test_empty_marks_are_no_marks() -> None:
    with pytest.raises(UnexpectedResponse):
        read(frame("to010", '<span id="sigremium"></span><span id="sidatum"> </span>'))


def test_a_word_of_a_bot_challenge_in_an_agenda_is_no_bot_challenge() -> None:
    assert read(meeting(name="Sitzung: Zugriff prüfen, Captcha und Altcha"), MEETING).page == "to010"
