"""A product's policy: what a crawl of pages must be told about it. Values and functions, made for one crawl by the
product's `policy(crawl)`; what it does not say is done as `crawlers.frontier.page_crawl` does it for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from council.model import Kind, Record, Tombstone
from crawlers.frontier.actions import Action, Answer, Fetch, Key
from crawlers.frontier.files import ORDINARY_FILES, FilePolicy
from crawlers.frontier.merging import filled_in
from crawlers.frontier.window import Window
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.page import Page

FOUND_BY_MEETINGS: Final = (Kind.PAPER, Kind.ORGANIZATION, Kind.PERSON)
FOUND_BY_LISTS: Final = (Kind.MEETING, *FOUND_BY_MEETINGS)


@dataclass(frozen=True, slots=True)
class Loss:
    """What it means that a page could not be read: in lists of which `kinds` nothing may be missed now, whether the
    crawl `is_incomplete` without it, and whether it `is_asked_again` by the next crawl."""

    kinds: tuple[Kind, ...] = ()
    is_incomplete: bool = True
    is_asked_again: bool = True
    what: str = "a page could not be read"


def loss_of(key: Key | None) -> Loss:
    """Of an ordinary page: a list names meetings, these name all else, and a committee its members."""
    if key is None:
        return Loss(FOUND_BY_LISTS)
    if key[0] is Kind.MEETING:
        return Loss(FOUND_BY_MEETINGS)
    return Loss((Kind.PERSON,)) if key[0] is Kind.ORGANIZATION else Loss()


def is_on_ordinary_way(key: Key | None, named_by: Key | None) -> bool:
    """Whether an ordinary crawl asks for an address that a list (None) or an object's own page named."""
    if named_by is None:
        return key is None or key[0] in (Kind.MEETING, Kind.PAPER)
    return key is not None and (named_by[0], key[0]) == (Kind.MEETING, Kind.PAPER)


def nothing() -> Iterator[Action]:
    """No actions."""
    return iter(())


@dataclass(frozen=True, slots=True)
class Policy:
    """Reading and addresses must be given; the rest may be."""

    read: Callable[[bytes, str], Page]
    """The product's reader: (bytes, url) to Page. Raises UnexpectedResponse, AccessDenied."""
    record_key: Callable[[str], Key | None]
    """Whose own page an address is; None for lists."""
    calendars: Callable[[Window], Iterable[str]]
    """The addresses of the calendars of a time."""
    check: Callable[[Page, Fetch, Answer], Page] = lambda page, fetch, answer: page
    """The page that was read, or less of it. Raises UnexpectedResponse where it is not the one that was asked for."""
    seed_urls: Callable[[], Iterable[str]] = tuple
    """Addresses that are asked for once in every crawl, beside the calendars."""
    enter: Callable[[], Iterator[Action]] | None = None
    """The way in (a session, a key, which interface it is), at the end of which `PageCrawl.begin` is called."""
    should_follow: Callable[[str, Key | None], bool] | None = None
    """Whether an address is asked for that a list (None) or an object's own page named."""
    may_fetch: Callable[[str], bool] | None = None
    """Whether an address is on a server that may be asked; that of the same provider unless given."""
    as_fetch: Callable[[Fetch], Fetch] = lambda fetch: fetch
    """How a page is asked for: headers, method, priority."""
    batch: int | None = None
    """So many objects' own pages are handed over at once; all there are unless given."""
    merge: Callable[[Record, Record], Record] = filled_in
    """What two pages show of one record. The first is its own page, or the one that came first."""
    fill_from_archive: Callable[[Record], Record] | None = None
    """A record without an own page, before it is written: with what is held of it from pages that this crawl did not
    read."""
    loss: Callable[[str], Loss] | None = None
    """What is lost with a page."""
    page_to_retry: Callable[[str], str] = lambda url: url
    """The page to begin with where an address that failed is to be asked for again."""
    on_page_failed: Callable[[str, str], Iterator[Action]] = lambda url, why: nothing()
    """Called when a page has failed, with its address and the reason."""
    on_failure: Callable[[], None] = lambda: None
    """Called when the crawl has failed."""
    handle_page: Callable[[Page, Fetch], Iterator[Action]] | None = None
    emit: Callable[[Record, Key | None], Iterator[Action]] | None = None
    handle_denial: Callable[[AccessDenied, Fetch], Iterator[Action]] | None = None
    handle_unexpected: Callable[[UnexpectedResponse, Fetch], Iterator[Action]] | None = None
    """Each instead of the method of the same name of `PageCrawl`, which they may call."""
    recheck_requests: Callable[[], Iterator[Action]] = nothing
    """What is asked for before anything is concluded, when all else has come; called again when the answers have come
    too, until there is no more."""
    would_lose: Callable[[Key], bool] | None = None
    """Whether anything that is held goes with an object's own page."""
    before_tombstones: Callable[[], Iterator[Action]] = nothing
    is_tombstone_written: Callable[[Tombstone], bool] = lambda tombstone: True
    """Whether a record whose page is gone is taken out; told of each."""
    after_tombstones: Callable[[], Iterator[Action]] = nothing
    is_emitted: Callable[[Record], bool] = lambda record: True
    """Whether a record that only lists showed is written at the end."""
    files: FilePolicy = ORDINARY_FILES
    """How files are asked for."""
    at_end: Callable[[], Iterator[Action]] = nothing
    """What is written after all else, and what is kept in the crawl's memory."""
