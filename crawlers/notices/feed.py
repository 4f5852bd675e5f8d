"""Feeds of a website, RSS 2.0 and Atom: the same notices in another form."""

from __future__ import annotations

import datetime as dt
import html
import re
from email.utils import parsedate_to_datetime

from bs4 import BeautifulSoup, Tag

from crawlers.notices.addresses import is_document_address, link_address, stable
from crawlers.notices.description import Description
from crawlers.notices.entries import Entry
from crawlers.notices.harvest import Harvest
from crawlers.notices.links import Document
from crawlers.notices.listing import take_entries
from crawlers.parsing.clocks import read_stamp
from crawlers.parsing.dates import BERLIN, day_in
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import attribute, decoded, tidy

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")

_LONGEST_TEASER = 2000


def is_feed(body: bytes) -> bool:
    """Whether an answer is a feed: its first element says so."""
    return bool(_FEED.search(body[:1500])) and b"<html" not in body[:1500].lower()


def read_feed(body: bytes, harvest: Harvest, description: Description) -> None:
    """Read a feed's entries into the harvest. Raises UnexpectedResponse where it is cut off."""
    if not re.search(rb"</(?:rss|feed|rdf:RDF)\s*>\s*$", body[-2000:].rstrip()):
        raise UnexpectedResponse(harvest.url, "a whole feed", "one that is cut off", "Ask again later")
    feed = BeautifulSoup(decoded(body), "xml")
    entries = [entry for node in feed.find_all(["item", "entry"]) if (entry := _entry(node, harvest))]
    take_entries(entries, harvest, description)


def _entry(node: Tag, harvest: Harvest) -> Entry | None:
    title, address = tidy(html.unescape(_said(node, "title") or "")), _address(node, harvest.url)  # escaped twice
    if title is None or address is None:
        harvest.diagnostics.add(
            (title or harvest.url)[:300],
            "expected an entry with a title and an address, found only one of them: left out",
        )
        return None
    documents = [Document(None, address)] if is_document_address(address) else []
    enclosures = [found for one in node.find_all("enclosure") if (found := attribute(one, "url"))]
    documents += [Document(None, stable(one)) for one in enclosures if is_document_address(one)]
    detail = None if is_document_address(address) else address
    about = _said(node, "description") or _said(node, "summary") or ""
    teaser = tidy(BeautifulSoup(about[:_LONGEST_TEASER], "lxml").get_text(" "))
    return Entry(title, _day(node), detail, documents, teaser=teaser)


def _said(node: Tag, name: str) -> str | None:
    found = node.find(name, recursive=False)
    return found.get_text() if found is not None else None


def _address(node: Tag, url: str) -> str | None:
    for link in node.find_all("link", recursive=False):
        holder = Tag(name="a", attrs={"href": attribute(link, "href") or tidy(link.get_text()) or ""})
        if (attribute(link, "rel") or "alternate") == "alternate" and (found := link_address(holder, url)):
            return found
    return None


def _day(node: Tag) -> dt.date | None:
    for name in ("pubDate", "published", "date", "updated"):
        said = tidy(_said(node, name))
        stamp = read_stamp(said)
        if day := stamp.moment.date() if stamp else _mail_day(said or "") or day_in(said):
            return day
    return None


def _mail_day(said: str) -> dt.date | None:
    """The day of a moment as in mail: "Thu, 04 Mar 2027 23:30:00 +0000"."""
    try:
        found = parsedate_to_datetime(said)
        return found.astimezone(BERLIN).date() if found.tzinfo else found.date()
    except (ValueError, TypeError, OverflowError):
        return None
