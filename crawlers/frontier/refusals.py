"""What a refusal means for a crawl: the end of it, an object that is gone, or a page to be asked for again."""

from __future__ import annotations

from collections.abc import Collection

from crawlers.frontier.actions import Answer, Fetch, Key
from crawlers.parsing.access import kind_of_status
from crawlers.parsing.errors import AccessDenied, DenialKind, UnexpectedResponse
from crawlers.parsing.page import Page


def another_page(fetch: Fetch, answer: Answer, page: Page) -> UnexpectedResponse:
    """To be raised where another page came than the one that was asked for."""
    return UnexpectedResponse(
        answer.url, f"the page {fetch.url}", f"another one ({page.page})", "Look at it in a browser"
    )


def require_page(page: Page, fetch: Fetch, answer: Answer, names: Collection[str | None], key: Key | None) -> Page:
    """The page, where it is one of these and shows the object `key` if it shows any of its kind. Raises
    UnexpectedResponse where it is another one, whatever it holds."""
    shown = {record.native_id for record in page.records if key and record.kind is key[0]}
    if page.page not in names or (key and shown and key[1] not in shown):
        raise another_page(fetch, answer, page)
    return page


def is_block(unexpected: UnexpectedResponse) -> bool:
    """Whether programs are kept out (an access check, a firewall): the source is left alone for the day."""
    return isinstance(unexpected, AccessDenied) and unexpected.keeps_out


def is_challenge(unexpected: UnexpectedResponse) -> bool:
    """The same, where a bare 401 or 403 is of the one address."""
    return isinstance(unexpected, AccessDenied) and unexpected.kind.keeps_out


def is_gone(answer: Answer) -> bool:
    """Whether the status says that there is nothing at the address, or no longer."""
    return kind_of_status(answer.status) is DenialKind.GONE
