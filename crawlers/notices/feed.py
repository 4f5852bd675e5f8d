"""What a website tells to machines: feeds, RSS 2.0 and Atom, and events in JSON-LD (https://schema.org/Event)."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import Any

from bs4 import BeautifulSoup, Tag

from council.model import Location
from council.notices import Notices
from crawlers.notices.collector import Collector
from crawlers.notices.entries import Entry
from crawlers.notices.links import Document
from crawlers.notices.listing import collect_entries
from crawlers.notices.meeting import location_of
from crawlers.notices.title import NoticeKind, committee_in, read_title
from crawlers.notices.urls import is_document_address, link_address, stable
from crawlers.parsing.clocks import Place, read_stamp, times_in
from crawlers.parsing.dates import BERLIN, day_in
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import attribute, decoded, tidy

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_LONGEST_TEASER = 2000
_EVENTS = ("Event", "http://schema.org/Event", "https://schema.org/Event", "BusinessEvent")
_MOST = 2000


def is_feed(body: bytes) -> bool:
    """Whether an answer is a feed: its first element says so."""
    return bool(_FEED.search(body[:1500])) and b"<html" not in body[:1500].lower()


def read_feed(body: bytes, collector: Collector, description: Notices) -> None:
    """Read a feed's entries into the collector. Raises UnexpectedResponse where it is cut off."""
    if not re.search(rb"</(?:rss|feed|rdf:RDF)\s*>\s*$", body[-2000:].rstrip()):
        raise UnexpectedResponse(collector.url, "a whole feed", "one that is cut off", "Ask again later")
    feed = BeautifulSoup(decoded(body), "xml")
    entries = [entry for node in feed.find_all(["item", "entry"]) if (entry := _entry(node, collector))]
    collect_entries(entries, collector, description)


def _entry(node: Tag, collector: Collector) -> Entry | None:
    title, address = (
        tidy(html.unescape(_child_text(node, "title") or "")),
        _address(node, collector.url),
    )  # escaped twice
    if title is None or address is None:
        collector.diagnostics.add(
            (title or collector.url)[:300],
            "expected an entry with a title and an address, found only one of them: left out",
        )
        return None
    documents = [Document(None, address)] if is_document_address(address) else []
    enclosures = [found for enclosure in node.find_all("enclosure") if (found := attribute(enclosure, "url"))]
    documents += [Document(None, stable(address)) for address in enclosures if is_document_address(address)]
    detail = None if is_document_address(address) else address
    about = _child_text(node, "description") or _child_text(node, "summary") or ""
    teaser = tidy(BeautifulSoup(about[:_LONGEST_TEASER], "lxml").get_text(" "))
    return Entry(title, _day(node), detail, documents, teaser=teaser)


def _child_text(node: Tag, name: str) -> str | None:
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
        written = tidy(_child_text(node, name))
        stamp = read_stamp(written)
        if day := stamp.moment.date() if stamp else _mail_day(written or "") or day_in(written):
            return day
    return None


def _mail_day(written: str) -> dt.date | None:
    """The day of a moment as in mail: "Thu, 04 Mar 2027 23:30:00 +0000"."""
    try:
        found = parsedate_to_datetime(written)
        return found.astimezone(BERLIN).date() if found.tzinfo else found.date()
    except (ValueError, TypeError, OverflowError):
        return None


def read_events(page: BeautifulSoup, collector: Collector, description: Notices) -> int:
    """Read the events that are meetings of a committee into the collector; how many there were. Other events of the
    municipality are none of ours."""
    count = 0
    for script in page.select('script[type="application/ld+json"]'):
        try:
            value = json.loads(script.string or "")
        except (ValueError, RecursionError):
            collector.diagnostics.add(collector.url, "expected JSON-LD, found something broken: left out")
            continue
        for event in _events(value):
            count += _read(event, collector, description)
    return count


def _events(value: Any) -> Iterator[dict[str, Any]]:
    waiting, seen = [value], 0
    while waiting and (seen := seen + 1) < _MOST:
        candidate = waiting.pop(0)
        if isinstance(candidate, list):
            waiting += candidate
        elif isinstance(candidate, dict):
            types = candidate.get("@type")
            if any(kind in _EVENTS for kind in (types if isinstance(types, list) else [types])):
                yield candidate
            waiting += [candidate[key] for key in ("@graph", "itemListElement", "item", "subEvent") if key in candidate]


def _read(event: dict[str, Any], collector: Collector, description: Notices) -> bool:
    name, written = event.get("name"), event.get("startDate")
    if not isinstance(name, str) or not (line := tidy(name)) or committee_in(line, description.place) is None:
        return False
    title = read_title(line, description)
    if title.nonpublic or title.kind is not NoticeKind.INVITATION:
        return False
    start = read_stamp(str(written))
    if start is None:
        collector.diagnostics.add(
            line[:300], f'expected the day of a meeting, found startDate "{str(written)[:60]}": left out'
        )
        return False
    end = read_stamp(str(event.get("endDate")))
    cancelled = title.cancelled or "Cancelled" in str(event.get("eventStatus"))
    collector.meeting(
        replace(
            title,
            day=start.moment.date(),
            start=start.moment.time() if start.has_time else times_in(line, Place.PROSE).begin,
            end=end.moment.time() if end and end.moment.date() == start.moment.date() else None,
            cancelled=cancelled,
        ),
        collector.url,
        location=_location(event.get("location")),
    )
    return True


def _location(value: Any) -> Location | None:
    if isinstance(value, str):
        return location_of(value) if tidy(value) else None
    if not isinstance(value, dict):
        return None
    where = value.get("address")
    if isinstance(where, str):
        return location_of(", ".join(filter(None, (tidy(str(value.get("name") or "")), where))))
    parts = where if isinstance(where, dict) else {}
    location = Location(
        description=_line(value.get("name")),
        street_address=_line(parts.get("streetAddress")),
        postal_code=_line(parts.get("postalCode")),
        locality=_line(parts.get("addressLocality")),
    )
    return location if location != Location() else None


def _line(value: Any) -> str | None:
    return tidy(value) if isinstance(value, str) else None
