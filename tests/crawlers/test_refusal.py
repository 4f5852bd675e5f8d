"""What stands in place of a council's page: bot challenges, log-ins, errors; and full pages that only look like one."""

from __future__ import annotations

import pytest

from crawlers.parsing.access import denial_on, refuse, refuse_cut_off
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.html import parsed
from tests.simulation.faults import Fault, instead_of

URL = "https://ris.example.test/si0040.php"


def refused(markup: str) -> UnexpectedResponse:
    with pytest.raises(UnexpectedResponse) as caught:
        refuse(parsed(markup.encode(), URL), markup, URL, "a page of something")
    return caught.value


def framed(title: str, body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("markup", "denial"),
    [
        (framed("Zugriff prüfen", "<altcha-widget></altcha-widget>"), "ALTCHA"),
        (framed("Just a moment...", "<div class='cf-chl-widget'></div>"), "Cloudflare"),
        (framed("Hinweis", "<p>Zu viele Anfragen. Bitte warten Sie.</p>"), "too many requests"),
        (framed("Request Rejected", "The requested URL was rejected. Your support ID is: 12"), "a firewall"),
        (framed("403 Forbidden", "<h1>403 Forbidden</h1>"), "a firewall"),
        (framed("Gesperrt", "Ihre IP 192.0.2.7 ist gesperrt"), "a firewall"),
    ],
)
def test_bot_challenges(markup: str, denial: str) -> None:
    no = refused(markup)
    assert isinstance(no, AccessDenied)
    assert no.kind.keeps_out
    assert no.found == f"an access check ({denial})"


@pytest.mark.parametrize(
    ("fault", "denial", "found"),
    [(Fault.GATE, True, "ALTCHA"), (Fault.LOGIN, False, "log-in"), (Fault.ERROR_PAGE, False, "error page")],
)
def test_what_the_simulated_servers_answer(fault: Fault, denial: bool, found: str) -> None:
    answer = instead_of(fault)
    assert answer is not None
    no = refused(answer.body.decode())
    assert isinstance(no, AccessDenied)
    assert no.kind.keeps_out is denial
    assert found in no.found


def test_a_full_page_with_a_captcha_in_its_form_is_no_bot_challenge() -> None:
    markup = framed("Sitzungskalender", "<p>" + "Sitzung des Rates. " * 300 + "</p><form class='captcha'></form>")
    assert denial_on(parsed(markup.encode(), URL), markup) is None
    assert not isinstance(refused(markup), AccessDenied)


def test_an_unknown_page_and_an_empty_one_are_changes() -> None:
    assert refused(framed("Kaufvertrag Maier", "<p>Heute: Suppe</p>")).found == "a page without the marks of any"
    assert refused("<html></html>").found == "a page without any text"


def test_half_a_page() -> None:
    refuse_cut_off(framed("a", "b"), URL)
    refuse_cut_off("<table><tr><td>a part of a page</td></tr></table>", URL)
    with pytest.raises(UnexpectedResponse, match="cut off"):
        refuse_cut_off("<!DOCTYPE html><html><body><table><tr><td>Tagesordn", URL)
