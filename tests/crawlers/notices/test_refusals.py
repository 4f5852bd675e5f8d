"""Answers with 200 that are no pages; what an entry of the register may say."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from council.notices import Notices
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from tests.crawlers.notices.invented import LIST, page, read

GATES = {
    "altcha": "<html><head><title>Zugriff prüfen</title></head><body><altcha-widget></altcha-widget>Mome"
    "nt</body></html>",
    "cloudflare": "<html><head><title>Just a moment...</title></head><body><script src='/cdn-cgi/challenge-platform/x'>"
    "</script>Checking</body></html>",
    "waf": "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected.</body></html>",
    "bot challenge": '<html><body><form action="/_gate/check"><button>Weiter</button></form></body></html>',
}
ERRORS = {
    "404": page("<h1>Seite nicht gefunden</h1><p>Leider.</p>", title="Fehler 404"),
    "500": "<html><head><title>500 Internal Server Error</title></head><body>nginx</body></html>",
    "maintenance": page("<h1>Wartungsarbeiten</h1>", title="Wartung"),
    "login": page('<h1>Anmeldung</h1><form><input type="password"></form>', title="Anmelden"),
}


@pytest.mark.parametrize("name", GATES)
def test_bot_challenges(name: str) -> None:
    with pytest.raises(AccessDenied) as caught:
        read(GATES[name])
    assert caught.value.kind.keeps_out


@pytest.mark.parametrize("name", ERRORS)
def test_errors_and_log_ins(name: str) -> None:
    with pytest.raises(AccessDenied) as caught:
        read(ERRORS[name])
    assert not caught.value.kind.keeps_out


@pytest.mark.parametrize("body", ["", "   ", "{}", "%PDF-1.7", "<html><body></body></html>"])
def test_what_is_no_page(body: str) -> None:
    with pytest.raises(UnexpectedResponse):
        read(body)


def test_a_log_in_box_beside_a_list_is_no_refusal() -> None:
    markup = page(
        "<h1>Bekanntmachungen</h1><ul><li>2.11.2026 <a href='/1.pdf'>Satzung</a></li></ul>" + "<p>Text</p>" * 400,
        after="<form><input type='password'></form>",
    )
    assert len(read(markup).records) == 1


@pytest.mark.parametrize(
    ("field", "value", "advice"),
    [
        ("item", "ul >> li[", "write one as a browser's inspector shows it"),
        ("meeting", "Einladung (", "write the words themselves"),
        ("lists", ["ftp://x"], "http"),
        ("selector", "li", "Extra inputs"),
    ],
)
def test_wrong_descriptions_say_what_to_write(field: str, value: object, advice: str) -> None:
    with pytest.raises(ValidationError, match=advice):
        Notices.model_validate({field: value})


def test_a_description_may_name_a_part_that_is_gone() -> None:
    with pytest.raises(UnexpectedResponse, match="Mend `content`"):
        read(page("<p>x</p>"), LIST, Notices(content="#old"))
