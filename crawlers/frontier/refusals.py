"""What a refusal means for a crawl: the end of it, an object that is gone, or a page to be asked for again."""

from __future__ import annotations

from typing import Final

from crawlers.frontier.actions import Answer, Fetch
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.page import Page

GONE: Final = frozenset({404, 410})
KEPT_OUT: Final = frozenset({401, 403, 429})


def refuse_status(answer: Answer) -> None:
    """Raises AccessDenied or UnexpectedResponse unless the status is 200."""
    if answer.status in GONE:
        raise AccessDenied(answer.url, "a page", f"HTTP {answer.status}", "It is no longer there")
    if answer.status in KEPT_OUT:
        raise AccessDenied(answer.url, "a page", f"gate: HTTP {answer.status}", "Ask the operator for access")
    if answer.status != 200:
        raise UnexpectedResponse(answer.url, "a page with status 200", f"status {answer.status}", "Ask again later")


def another_page(fetch: Fetch, answer: Answer, page: Page) -> UnexpectedResponse:
    """To be raised where another page came than the one that was asked for."""
    return UnexpectedResponse(
        answer.url, f"the page {fetch.url}", f"another one ({page.page})", "Look at it in a browser"
    )


def is_block(denial: UnexpectedResponse) -> bool:
    """Whether programs are kept out (an access check, a firewall): the source is left alone for the day."""
    return isinstance(denial, AccessDenied) and denial.is_gate


def says_http_status(denial: AccessDenied) -> bool:
    """Whether it is the status that says so, not words."""
    return denial.found.startswith("HTTP ")


def block_reason(denial: UnexpectedResponse) -> str:
    """Which access check it is."""
    return denial.found.removeprefix("gate:").strip()
