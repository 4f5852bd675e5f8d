"""Answers that are no pages of a council at all, whatever the system: access checks, firewalls, log-ins, errors.

They come with status 200 as well (ris-systems, section 0). `denial_on` is asked of pages on which a reader has found
nothing of its own: a full page may hold a captcha in its form for messages to the council, and a paper may be about a
denied access. `denial_announced` is for readers that take any page for theirs. The words are in `denial_phrases`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NoReturn

from bs4 import BeautifulSoup, Tag

from crawlers.parsing.denial_phrases import ERRORS, LOGIN_WORDS, OWN_MARKS, PHRASES, SHARED_MARKS, Phrase
from crawlers.parsing.errors import AccessDenied, DenialKind, UnexpectedResponse, looks_like_html
from crawlers.parsing.html import decoded, parsed, text

WAIT: Final = "Leave the source alone for today; look at the address in a browser, and ask the operator for access"
LOOK: Final = "Keep what is held; look at the address in a browser, and correct it in the register if it has moved"
MEND: Final = "Look at the page: the reader has to be mended if it belongs to the system"

SHORT: Final = 3_000
"""Characters of text up to which words of a denial are what the page says, and not something on it."""
MESSAGE: Final = 600
"""Characters of text up to which vague words of an error are the page's whole content."""
_LOOKED_AT: Final = 300_000
_CONTENT: Final = "#pageContent, #page-content, main, #readOut, .smcboxcontent, #smccontent"

_OF_STATUS: Final = {
    401: DenialKind.LOGIN,
    403: DenialKind.FORBIDDEN,
    404: DenialKind.GONE,
    407: DenialKind.LOGIN,
    410: DenialKind.GONE,
    429: DenialKind.RATE_LIMITED,
    451: DenialKind.FORBIDDEN,
}


@dataclass(frozen=True, slots=True)
class Denial:
    """What a page says instead of what was asked for; `name` is of whose check it is, or in which words it says no."""

    kind: DenialKind
    name: str | None = None

    @property
    def words(self) -> str:
        """The denial as people are told of it."""
        match self.kind:
            case DenialKind.BOT_CHALLENGE | DenialKind.RATE_LIMITED:
                return f"an access check ({self.name})"
            case DenialKind.FORBIDDEN:
                return f"no access: {self.name!r}"
            case DenialKind.LOGIN:
                return "a log-in page"
            case _:
                return f"an error page: {self.name!r}" if self.name else "an error page"


def kind_of_status(status: int) -> DenialKind | None:
    """What an HTTP status says by itself (RFC 9110, section 15.5); None where it denies nothing."""
    return _OF_STATUS.get(status, DenialKind.ERROR_PAGE if 500 <= status < 600 else None)


def denial_in(message: str, phrases: Iterable[Phrase] = ()) -> Denial | None:
    """What a message of the system says, in JSON or in an element made for messages: the first row that is found in it,
    the system's own first."""
    lower = message[:SHORT].lower()
    return _search((*phrases, *PHRASES, *ERRORS), lower)


def denial_filling(words: str, phrases: Iterable[Phrase] = ()) -> Denial | None:
    """What a heading or a paragraph says that is a message and nothing else: every clause of it is such words."""
    if len(words) > MESSAGE:
        return None
    clauses = [clause for clause in re.split(r"[.,!]\s", words.lower() + " ") if clause.strip()]
    rows = [next((row for row in (*phrases, *PHRASES, *ERRORS) if row.fills(clause)), None) for clause in clauses]
    if not rows or rows[0] is None or not all(rows):
        return None
    return Denial(rows[0].kind, rows[0].name or clauses[0].strip())


def denial_on(page: BeautifulSoup, markup: str, phrases: Iterable[Phrase] = ()) -> Denial | None:
    """What a page is on which a reader has found nothing of its own; None for one that says nothing of the kind."""
    words, heading = _words_on(page), _heading(page)
    own = (*phrases, *PHRASES)
    if len(words) <= SHORT:
        found = _search(own, heading) or _search(own, words) or _marked(page, markup)
        if found:
            return found
        if page.select_one("input[type=password]") is not None or LOGIN_WORDS.search(heading):
            return Denial(DenialKind.LOGIN)
    return _search(ERRORS, heading) or (_search(ERRORS, words) if len(words) < MESSAGE else None)


def denial_announced(page: BeautifulSoup, markup: str, phrases: Iterable[Phrase] = ()) -> Denial | None:
    """What a page is that may as well be full of content: only what its headings say and nothing else, or a challenge's
    own mark."""
    words = _words_on(page)
    if len(words) > SHORT:
        return None
    headings = [(text(node) or "")[:SHORT].lower() for node in page.select("title, h1, h2", limit=6)]
    headings = [heading for heading in headings if heading]
    for heading in headings[:2] or [words]:
        if found := denial_filling(heading, phrases):
            return found
    if page.select_one("a[href]") is None and len(words) < MESSAGE:  # a page of a website leads on
        return denial_on(page, markup, phrases)
    if found := _marked(page, markup):
        return found
    has_password = page.select_one("input[type=password]") is not None
    is_login = has_password and any(LOGIN_WORDS.match(heading) for heading in headings[:3])
    return Denial(DenialKind.LOGIN) if is_login else None


def refuse(
    page: BeautifulSoup, markup: str, url: str, expected: str, phrases: Iterable[Phrase] = (),
    advice: Mapping[DenialKind, str] | None = None,
) -> NoReturn:  # fmt: skip
    """Say what the answer is instead of what was expected ("a page of SessionNet"): raises AccessDenied where it is a
    denial, UnexpectedResponse for anything else. `phrases` are the system's own rows, `advice` what a person should do
    about a kind of denial where that is not the usual."""
    if found := denial_on(page, markup, phrases):
        raise denied(found, url, expected, advice)
    what = "a page without the marks of any" if _words_on(page) else "a page without any text"
    raise UnexpectedResponse(url, expected, what, MEND)  # its title may be one that is not for everybody


def refuse_body(body: bytes, url: str, expected: str) -> None:
    """Raises AccessDenied where markup, or a text of a few words, that came instead of data is a denial. An error says
    no more than that there are no data."""
    found = denial_in_body(body, url)
    if found and found.kind is not DenialKind.ERROR_PAGE:
        raise denied(found, url, expected)


def refuse_status(status: int, body: bytes, url: str, expected: str) -> None:
    """Raises for any answer but one with status 200: AccessDenied by what its page says (an access check comes with any
    status, a system may say with 403 that one object is not for everybody), else by the status; UnexpectedResponse for
    a status that denies nothing."""
    if status == 200:
        return
    kind = kind_of_status(status)
    found = denial_in_body(body, url)
    if found and (found.kind.keeps_out or (kind is DenialKind.FORBIDDEN and found.kind is DenialKind.FORBIDDEN)):
        raise denied(found, url, expected)
    if kind is None:
        raise UnexpectedResponse(url, f"{expected} with status 200", f"status {status}", "Ask again later")
    raise AccessDenied(url, expected, f"status {status}", WAIT if kind.keeps_out else LOOK, kind, status)


def denied(denial: Denial, url: str, expected: str, advice: Mapping[DenialKind, str] | None = None) -> AccessDenied:
    """What is raised for what was found."""
    usual = WAIT if denial.kind.keeps_out else LOOK
    return AccessDenied(url, expected, denial.words, (advice or {}).get(denial.kind, usual), denial.kind)


def denied_by_message(
    message: object, shown: str, url: str, expected: str, phrases: Iterable[Phrase] = (),
    advice: Mapping[DenialKind, str] | None = None, otherwise: DenialKind = DenialKind.ERROR_PAGE,
) -> AccessDenied:  # fmt: skip
    """What is raised where data hold nothing but the message of an error; `shown` is how people are told of it,
    `otherwise` what it is where its words are not known."""
    denial = denial_in(str(message), phrases) or Denial(otherwise)
    told = denied(denial, url, expected, advice)
    return AccessDenied(url, expected, f"an error: {shown}", told.advice, denial.kind)


def refuse_cut_off(markup: str, url: str, ends: Collection[str] = ()) -> None:
    """Raises UnexpectedResponse where a whole page begins and does not end: the rest of its agenda would be taken for
    removed. `ends`: what else stands only behind the content of a product's pages, in lower case."""
    lower = markup.lower()
    is_whole = any(end in lower[-5000:] for end in ("</html", "</body")) or any(end in lower for end in ends)
    if "<html" in lower[:5000] and not is_whole:
        raise UnexpectedResponse(url, "a page up to </html>", "a page that is cut off", "Ask again later")


def denial_in_body(body: bytes, url: str) -> Denial | None:
    """What markup, or a text of a few words, says that came where something else was to come."""
    if looks_like_html(body):
        try:
            page = parsed(body, url)
        except UnexpectedResponse:
            return None
        return denial_on(page, decoded(body[:_LOOKED_AT]))
    words = decoded(body[:SHORT]).strip()
    is_sentence = 0 < len(words) < MESSAGE and words[0] not in '{["%' and words.isprintable()
    return denial_in(words) if is_sentence else None


def _search(rows: Iterable[Phrase], lower: str) -> Denial | None:
    for row in rows:
        if found := row.search(lower):
            return Denial(row.kind, row.name or found[0])
    return None


def _marked(page: BeautifulSoup, markup: str) -> Denial | None:
    """A challenge's mark in the markup; one that forms have, too, only without a website around it."""
    lower = markup[:_LOOKED_AT].lower()
    if found := _search(OWN_MARKS, lower):
        return found
    return None if page.select_one("nav, main, footer") else _search(SHARED_MARKS, lower)


def _heading(page: BeautifulSoup) -> str:
    found = (text(node) for node in page.select("title, h1, h2", limit=3))
    return " ".join(heading[:MESSAGE] for heading in found if heading).lower()


def _words_on(page: BeautifulSoup) -> str:
    body: Tag = page.body or page
    return (text(page.select_one(_CONTENT)) or text(body) or "").lower()
