"""Lists as OParl wants them: which entries a filter lets through, one page of them, and the links to the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from townhall.oparl.quirks import Quirks
from townhall.oparl.store import Entry, Json

FILTERS = ("created_since", "created_until", "modified_since", "modified_until")


class BadFilter(Exception):
    """A filter or page number that cannot be read; the text says which."""


class EncodedFilter(Exception):
    """A percent-encoded filter, which `Quirks.rejects_encoded_filter` refuses."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a client asks of a list. `dates` are the raw values as `links` repeat them."""

    page: int
    limit: int | None
    dates: Mapping[str, str]
    moments: Mapping[str, dt.datetime]

    def lets_through(self, created: dt.datetime, modified: dt.datetime) -> bool:
        """Whether an object's times are within the filters, both ends included."""
        times = {"created": created, "modified": modified}
        for name, moment in self.moments.items():
            field, _, side = name.partition("_")
            if times[field] < moment if side == "since" else times[field] > moment:
                return False
        return True


def read_query(query: str, page_in_path: int | None, quirks: Quirks) -> Wanted:
    """The query of a list's address; raises BadFilter or EncodedFilter."""
    if quirks.rejects_encoded_filter:
        pairs = [(name, value) for name, _, value in (part.partition("=") for part in query.split("&"))]
        if any("%" in value for name, value in pairs if name in FILTERS):
            raise EncodedFilter(query)
    else:
        pairs = parse_qsl(query, keep_blank_values=True)
    parameters = dict(pairs)
    dates = {name: parameters[name] for name in FILTERS if name in parameters}
    if quirks.filter_dropped_from_next:  # its own links carry a raw +, so it has to read one
        dates = {name: value.replace(" ", "+") for name, value in dates.items()}
    limit = _number(parameters["limit"], "limit") if "limit" in parameters else None
    page = page_in_path or _number(parameters.get("page", "1"), "page")
    return Wanted(page, limit, dates, {name: _moment(value, name) for name, value in dates.items()})


def page_of(
    entries: Sequence[Entry], wanted: Wanted, page_size: int, quirks: Quirks
) -> tuple[Sequence[Entry], int, int]:
    """The entries of the wanted page, how many a page has, and how many pages there are."""
    size = page_size
    if wanted.limit and not (quirks.limit_ignored or quirks.path_paging):
        size = min(wanted.limit, page_size)
    if quirks.limit_without_next and wanted.limit:
        return entries[: wanted.limit], wanted.limit, 1
    page = 1 if quirks.pages_without_news else wanted.page
    return entries[(page - 1) * size : page * size], size, max(1, -(-len(entries) // size))


def links_of(address: str, wanted: Wanted, pages: int, quirks: Quirks) -> Json:
    """first, prev, self, next, last. `address` is the list's own, without a query."""
    here = wanted.page
    links = {"first": _address(address, wanted, 1, quirks), "self": _address(address, wanted, here, quirks)}
    links["last"] = _address(address, wanted, pages, quirks)
    if here > 1:
        links["prev"] = _address(address, wanted, here - 1, quirks)
    if quirks.next_repeats:
        links["next"] = links["self"]
    elif here < pages or quirks.pages_without_news:
        links["next"] = _address(address, wanted, here + 1, quirks)
        if quirks.next_on_other_host:
            links["next"] = "http://ratsinfo.invalid/" + links["next"].split("/", 3)[3]
    return links


def _address(address: str, wanted: Wanted, page: int, quirks: Quirks) -> str:
    query: dict[str, str] = {}
    if not (quirks.filter_dropped_from_next and page >= 3):
        query |= wanted.dates
    if wanted.limit:
        query["limit"] = str(wanted.limit)
    if quirks.path_paging:
        address += f"/page/{page}" if page > 1 else ""
    elif page > 1:
        query["page"] = str(page)
    raw = quirks.filter_dropped_from_next or quirks.rejects_encoded_filter
    shown = "&".join(f"{name}={value}" for name, value in query.items()) if raw else urlencode(query)
    return f"{address}?{shown}" if shown else address


def _number(text: str, name: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise BadFilter(f"{name}={text}: a number from 1 on is expected")
    return int(text)


def _moment(text: str, name: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise BadFilter(f"{name}={text}: a date-time such as 2026-01-31T12:00:00+01:00 is expected") from None
    if moment.tzinfo is None:
        raise BadFilter(f"{name}={text}: the offset from UTC is missing (a + in a query must be sent as %2B)")
    return moment
