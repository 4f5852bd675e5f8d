"""Refusals: answers with status 200 in which SessionNet, or a gate before it, says that it does not serve this."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.html import text

_EXPECTED = "a page of SessionNet"
_WAIT = "Leave the source alone for today; look at the address in a browser, and ask the operator for access"
_LOOK = "Keep what is held; look at the address in a browser"

_GATES = (
    ("ALTCHA", re.compile(r"altcha|zugriff (?:wird ge)?pr(?:ü|ue|&uuml;)f|zugriffspr(?:ü|ue|&uuml;)fung")),
    ("too many requests", re.compile(r"zu viele (?:zugriffe|anfragen)|too many requests")),
    ("Cloudflare", re.compile(r"cf-mitigated|cf-chl|challenge-platform|just a moment\.\.\.|attention required! \|")),
    ("Myra", re.compile(r"myracloud|myra security|x-myra")),
    ("a gate", re.compile(r"/_gate/|captcha|are you (?:a )?human|sind sie ein mensch|kein roboter")),
    (
        "a firewall",
        re.compile(r"rescaled|web application firewall|incapsula|request (?:blocked|rejected)|support id is"),
    ),
    (
        "a firewall",
        re.compile(r"the requested url was rejected|access denied|403 forbidden|zugriff (?:wurde )?blockiert"),
    ),
)
_LAYOUT = re.compile(r"smc[-_]page[-_](error\d?|ylogon|logon|login)[-_]|smc-pagetype-(logon|error)")
_DENIED = re.compile(
    r"berechtigungsfehler|nicht berechtigt|keine berechtigung|zugriff verweigert|keine zugriffsrechte"
    r"|keine (?:detail)?informationen freigegeben|nicht freigegeben"
)
_NO_DATA = re.compile(r"keine daten (?:gefunden|vorhanden)|fehlercode:?\s*\d+|fehlermeldung")
_ERROR_HEADING = re.compile(
    r"(?:sessionnet\W*)?(?:fehlermeldung|berechtigungsfehler|fehler|zugriff verweigert|fehlercode\W*\d+)"
    r"(?:\s*[:\-–].{0,80})?"
)
_LOGIN = re.compile(r"\b(?:anmeld(?:en|ung)|log-?in|log-?on|einloggen|kennwort|passwort)\b")
_ERROR = re.compile(
    r"\b(?:404|403|500|502|503)\b|fehler|error|nicht gefunden|not found|nicht (?:mehr )?verfügbar|wartung|maintenance"
    r"|unavailable|abgelaufen|expired|existiert nicht"
)
_SOURCE_CODE = re.compile(r"^\s*<\?php|<%@?\s*(?:language|page)", re.IGNORECASE)


_NOT_THERE = re.compile(r"keine daten|berechtig|freigegeben|keine zugriffsrechte")


def says_not_there(no: AccessDenied) -> bool:
    """Whether the system itself says that it has not got a thing, or not for everybody. Other errors, log-in pages and
    sessions that are over say nothing about it."""
    return not no.is_gate and bool(_NOT_THERE.search(no.found.lower()))


def refuse_error_layout(page: BeautifulSoup, url: str) -> None:
    """Raises where the page's own layout says that it is an error or log-in page, with the whole frame around it."""
    for node in page.select("body, #wrapper, .smclayout, #smclayout, [class*=smc_page_], [class*=smc-pagetype-]")[:20]:
        classes = " ".join(str(name) for name in node.get_attribute_list("class") if name).lower()
        found = _LAYOUT.search(classes + " ")
        if found:
            what = "an error page" if "error" in found[0] else "a log-in page"
            raise AccessDenied(url, _EXPECTED, f"{what}: {_said(page)!r}", _LOOK)


def refuse_error_heading(page: BeautifulSoup, url: str) -> None:
    """Raises where a heading is that of an error and nothing else, whatever frame is around it (ris-systems B.6)."""
    for one in page.select("h1, h2, h3, .smc_h3")[:6]:
        if _ERROR_HEADING.fullmatch((text(one) or "").lower()):
            raise AccessDenied(url, _EXPECTED, f"an error page: {_said(page)!r}", _LOOK)


def refuse_error_text(page: BeautifulSoup, markup: str, url: str) -> None:
    """Raises where a page on which its own content is missing says why."""
    refuse_gate(markup, url)
    said = _main_text(page)
    if found := _DENIED.search(said) or _NO_DATA.search(said):
        raise AccessDenied(url, _EXPECTED, f"an error page: {found[0]!r}", _LOOK)


def _said(page: BeautifulSoup) -> str:
    main = page.select_one("#page-content, main, .smcboxcontent, #smccontent") or page.body or page
    return (text(main) or text(page.title) or "")[:80]


def refuse(page: BeautifulSoup, markup: str, url: str) -> None:
    """Raises for a page on which nothing of a council was recognised, with what it is instead. Always raises."""
    refuse_gate(markup, url)
    if _SOURCE_CODE.search(markup[:2000]):
        raise AccessDenied(url, _EXPECTED, "the server's own source text", _LOOK)
    said = _main_text(page)
    heading = " ".join(found for one in page.select("title, h1, h2, h3.smc_h3")[:5] if (found := text(one))).lower()
    if denied := _DENIED.search(said) or _DENIED.search(heading):
        raise AccessDenied(url, _EXPECTED, f"no access: {denied[0]!r}", _LOOK)
    if page.select_one("input[type=password]") or (_LOGIN.search(heading) and len(said) < 2000):
        raise AccessDenied(url, _EXPECTED, "a log-in page", _LOOK)
    if nothing := _NO_DATA.search(said) or _NO_DATA.search(heading):
        raise AccessDenied(url, _EXPECTED, f"an error page: {nothing[0]!r}", _LOOK)
    if _ERROR.search(heading) or (len(said) < 600 and _ERROR.search(said)):
        raise AccessDenied(url, _EXPECTED, "an error page", _LOOK)
    raise UnexpectedResponse(url, _EXPECTED, "a page without the marks of any", "Look at the page: mend the reader")


def _main_text(page: BeautifulSoup) -> str:
    main = page.select_one("#page-content, main, .smcboxcontent, #smccontent") or page.body or page
    return (text(main) or "").lower()


def refuse_gate(markup: str, url: str) -> None:
    """Raises where an access check stands before the system."""
    lower = markup[:300_000].lower()
    for name, pattern in _GATES:
        if pattern.search(lower):
            raise AccessDenied(url, _EXPECTED, f"gate: {name}", _WAIT)


_ENDS = ("</html", "</body", "smcsomacosinfo", 'id="smcfooter"', "<!-- /wrapper", "<!-- /page-content-1")


def refuse_cut_off(markup: str, url: str) -> None:
    """Raises where a whole page begins and does not end: the rest of its agenda would be taken for removed."""
    lower = markup.lower()
    if "<html" in lower[:5000] and not any(end in lower for end in _ENDS):
        raise UnexpectedResponse(url, "a page up to </html>", "a page that is cut off", "Ask again later")
