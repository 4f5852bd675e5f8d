"""Refusals: answers with status 200 in which the source, or a gate before it, says that it does not serve this."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

from crawlers.markup import text
from crawlers.reading import PageChanged, SourceSaysNo

_EXPECTED = "a page of ALLRIS 4"
_WAIT = "Leave the source alone for today; look at the address in a browser, and ask the operator for access"
_LOOK = "Keep what is held; look at the address in a browser"

_GATES = (
    ("ALTCHA", re.compile(r"altcha|zugriff (?:wird ge)?pr(?:ü|ue)f|zugriffspr(?:ü|ue)fung")),
    ("too many requests", re.compile(r"zu viele (?:zugriffe|anfragen)|too many requests")),
    ("Cloudflare", re.compile(r"cf-mitigated|cf-chl|challenge-platform|just a moment\.\.\.|attention required! \|")),
    ("Myra", re.compile(r"myracloud|myra security|x-myra")),
    ("a gate", re.compile(r"/_gate/|captcha|are you (?:a )?human|sind sie ein mensch|kein roboter")),
    ("a firewall", re.compile(r"rescaled|web application firewall|incapsula|request blocked|support id is")),
    ("a firewall", re.compile(r"access denied|403 forbidden|zugriff (?:wurde )?(?:blockiert|gesperrt)")),
)
_DENIED = re.compile(
    r"keine information(?:en)? verfügbar|nicht berechtigt|keine berechtigung|zugriff verweigert|nicht freigegeben"
    r"|keine zugriffsrechte"
)
_LOGIN = re.compile(r"\b(?:anmeld(?:en|ung)|log-?in|einloggen|kennwort|passwort)\b")
_ERROR = re.compile(
    r"\b(?:404|403|500|502|503)\b|fehler|error|nicht gefunden|not found|nicht (?:mehr )?verfügbar|wartung|maintenance"
    r"|unavailable|abgelaufen|expired|existiert nicht"
)


def refuse_denied(page: BeautifulSoup, url: str) -> None:
    """Raises where the page's own message says that its object is not for the public: ALLRIS answers so, with status
    200 and the full frame, for non-public meetings and documents (ris-systems C.3; Laatzen, September 2026)."""
    said = [text(one) or "" for one in page.select("[role=alert], .feedbackPanel, h1, .noauth, #noauth")]
    main = text(page.select_one("#readOut, #pageContent, main")) or ""
    denied = next((one for one in (*said, main) if len(one) < 500 and _DENIED.search(one.lower())), None)
    if denied:
        raise no_access(url, repr(denied[:80]))


def no_access(url: str, why: str) -> SourceSaysNo:
    """What is raised where the source does not show its object to the public."""
    return SourceSaysNo(url, _EXPECTED, f"no access: {why}", _LOOK)


def refuse(page: BeautifulSoup, markup: str, url: str) -> None:
    """Raises for a page on which nothing of a council was recognised, with what it is instead. Always raises."""
    lower = markup[:300_000].lower()
    for name, pattern in _GATES:
        if pattern.search(lower):
            raise SourceSaysNo(url, _EXPECTED, f"gate: {name}", _WAIT)
    main = page.select_one("#pageContent, main, #readOut") or page.body or page
    said = (text(main) or "").lower()
    heading = " ".join(found for one in page.select("title, h1, h2")[:3] if (found := text(one))).lower()
    if (denied := _DENIED.search(said)) and len(said) < 3000:
        raise no_access(url, repr(denied[0]))
    if page.select_one("main input[type=password], body > form input[type=password]") or (
        (_LOGIN.search(heading) or page.select_one("input[type=password]")) and len(said) < 2000
    ):
        raise SourceSaysNo(url, _EXPECTED, "a log-in page", _LOOK)
    if _ERROR.search(heading) or (len(said) < 600 and _ERROR.search(said)):
        raise SourceSaysNo(url, _EXPECTED, f"an error page: {(heading or said)[:70]!r}", _LOOK)
    title = text(page.title)
    raise PageChanged(
        url, _EXPECTED, f"a page titled {(title or 'nothing')[:70]!r}", "Look at the page: mend the reader"
    )


def refuse_cut_off(markup: str, url: str) -> None:
    """Raises where a whole page begins and does not end: the rest of its agenda would be taken for removed."""
    lower = markup.lower()
    if "<html" in lower[:5000] and "</html" not in lower[-5000:] and "</body" not in lower[-5000:]:
        raise PageChanged(url, "a page up to </html>", "a page that is cut off", "Ask again later")
