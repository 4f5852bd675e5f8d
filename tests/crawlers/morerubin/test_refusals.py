"""Errors, log-ins, bot challenges, empty frames and other systems' answers are never "nothing there"."""

from __future__ import annotations

import json

import pytest

from crawlers.morerubin.pages import read_page
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from tests.crawlers.morerubin.invented import API, HOST, meeting, read

GATES = [
    "<html><title>Zugriff prüfen</title><body><altcha-widget challengeurl='/_gate/x'></altcha-widget></body></html>",
    "<html><title>Just a moment...</title><body><script src='/cdn-cgi/challenge-platform/x'></script></body></html>",
    "<html><body><h1>Zugriff wird geprüft</h1></body></html>",
    "<html><head><title>Attention Required! | Cloudflare</title></head><body>Sorry</body></html>",
    "<html><body>Protected by Myra Security</body></html>",
    "<html><head><title>Request Rejected</title></head><body>Your support ID is: 77</body></html>",
]


@pytest.mark.parametrize("page", GATES)
def test_bot_challenges(page: str) -> None:
    with pytest.raises(AccessDenied) as refusal:
        read_page(page.encode(), f"{HOST}/meeting.php?id=1")
    assert refusal.value.kind.keeps_out


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("<html><title>Anmeldung</title><body><form><input type='password'></form></body></html>", "a log-in page"),
        ("<html><title>Intern</title><body><input type='password'></body></html>", "a log-in page"),
        ("<html><title>Login</title><body>Bitte melden Sie sich an.</body></html>", "a log-in page"),
        ("<html><title>404 Not Found</title><body><h1>Not Found</h1></body></html>", "an error page"),
        ("<html><title>Rats- und Bürgerinfo</title><body>Die Sitzung existiert nicht.</body></html>", "an error page"),
        ("<html><title>Wartung</title><body>Gleich wieder da</body></html>", "an error page"),
    ],
)
def test_log_ins_and_errors(page: str, what: str) -> None:
    with pytest.raises(AccessDenied) as refusal:
        read_page(page.encode(), f"{HOST}/meeting.php?id=1")
    assert refusal.value.found.startswith(what)


def test_the_empty_frame_of_the_newer_interface() -> None:
    frame = (
        "<html><head><script src='/components/index-Ab_1.js'></script></head><body><div id='app'></div></body></html>"
    )
    with pytest.raises(UnexpectedResponse, match="empty frame"):
        read_page(frame.encode(), f"{HOST}/irgendwo")


def test_a_page_of_another_kind() -> None:
    with pytest.raises(UnexpectedResponse):
        read_page(b"<html><title>Freibad</title><body>" + b"Wassertemperatur 21 Grad. " * 60 + b"</body></html>", HOST)


@pytest.mark.parametrize(
    "answer",
    [
        {"type": "https://schema.oparl.org/1.0/Error", "message": "OParl is not active."},
        {"ErrorCode": 17, "ErrorMessage": "unbekannt"},
        {"error": "not found"},
        {"errors": ["nein"]},
        {"message": "Unauthenticated."},
        {"success": False, "message": "Sitzung nicht freigegeben"},
        {"status": "error", "message": "Keine Rechte", "data": None},
    ],
)
def test_errors_in_json(answer: dict[str, object]) -> None:
    with pytest.raises(AccessDenied):
        read(answer)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  \n",
        b"null",
        b"[]",
        b"{}",
        b"7",
        b'"ja"',
        b"[1, 2]",
        b'[{"foo": 1}]',
        b'{"meetings": null}',
        b'{"id": "https://x.example.test/oparl/system", "type": "https://schema.oparl.org/1.0/System"}',
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR",
        b"%PDF-1.7 ...",
        b"[" * 100_000,
    ],
)
def test_what_is_no_answer(body: bytes) -> None:
    with pytest.raises(UnexpectedResponse):
        read_page(body, API)


def test_json_that_is_cut_off() -> None:
    whole = json.dumps(meeting()).encode()
    for length in (10, len(whole) // 2, len(whole) - 1):
        with pytest.raises(UnexpectedResponse):
            read_page(whole[:length], API)


def test_json_with_a_mark_and_with_raw_line_ends() -> None:
    raw = json.dumps(meeting(), ensure_ascii=False).replace("7. Sitzung", "7.\nSitzung")
    (found, _) = read_page(b"\xef\xbb\xbf" + raw.encode(), API).records
    assert found.native_id == "2031-SR-7"
