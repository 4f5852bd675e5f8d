"""Every quirk can be seen on the wire; without one, none of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

import pytest

from tests.simulation.oparl import EditableOParl
from tests.townhall.client import everything, get, pages
from tests.townhall.conftest import small_municipality
from townhall.oparl.quirks import Quirks

FUTURE = "modified_since=2100-01-01T00%3A00%3A00%2B01%3A00"
PAST = "modified_since=2001-01-01T00%3A00%3A00%2B01%3A00"


@contextmanager
def serving(*quirks: str) -> Iterator[EditableOParl]:
    with EditableOParl(small_municipality(), page_size=5, quirks=Quirks.named(*quirks)) as server:
        yield server


def papers(server: EditableOParl, query: str = "", kind: str = "paper") -> str:
    return f"{server.base}/oparl/v1.1/body/1/{kind}" + (f"?{query}" if query else "")


def filter_ignored(server: EditableOParl) -> bool:
    return bool(everything(papers(server, FUTURE)))


def filter_dropped_from_next(server: EditableOParl) -> bool:
    second = get(get(papers(server, PAST)).json["links"]["next"]).json["links"]
    return "modified_since" not in second["next"] and "+01:00" in second["self"]


def filter_404_when_empty(server: EditableOParl) -> bool:
    reply = get(papers(server, FUTURE))
    return reply.status == 404 and reply.json["code"] == 802


def rejects_encoded_filter(server: EditableOParl) -> bool:
    raw = get(papers(server, "modified_since=2001-01-01T00:00:00+01:00"))
    return get(papers(server, PAST)).status == 404 and raw.status == 200


def created_modified_today(server: EditableOParl) -> bool:
    found = get(papers(server)).json["data"]
    return len({record["modified"] for record in found} | {record["created"] for record in found}) == 1


def deleted_in_unfiltered_lists(server: EditableOParl) -> bool:
    server.delete("paper/2")
    return any(record.get("deleted") for record in everything(papers(server)))


def next_repeats(server: EditableOParl) -> bool:
    links = get(papers(server)).json["links"]
    return bool(links["next"] == links["self"])


def pages_without_news(server: EditableOParl) -> bool:
    second: dict[str, Any] = get(papers(server, "page=2")).json
    return bool(get(papers(server)).json["data"] == second["data"] and "next" in second["links"])


def path_paging(server: EditableOParl) -> bool:
    page = get(papers(server)).json
    found = page["links"]["next"].endswith("/paper/page/2")
    return bool(found and len(everything(papers(server))) == page["pagination"]["totalElements"])


def next_on_other_host(server: EditableOParl) -> bool:
    return bool(get(papers(server)).json["links"]["next"].startswith("http://ratsinfo.invalid/oparl/v1.1/"))


def limit_ignored(server: EditableOParl) -> bool:
    return len(get(papers(server, "limit=2")).json["data"]) == 5


def limit_without_next(server: EditableOParl) -> bool:
    page = get(papers(server, "limit=12")).json
    return len(page["data"]) == 12 and "next" not in page["links"]


def body_as_object(server: EditableOParl) -> bool:
    return "paper" in get(get(server.url).json["body"]).json


def bare_lists(server: EditableOParl) -> bool:
    bodies, found = get(get(server.url).json["body"]).json, get(papers(server)).json
    return isinstance(bodies, list) and isinstance(found, list) and len(found) == 32


def several_bodies(server: EditableOParl) -> bool:
    bodies = get(get(server.url).json["body"]).json["data"]
    return len(bodies) == 3 and all(everything(body["paper"]) for body in bodies)


def inactive(server: EditableOParl) -> bool:
    reply = get(server.url)
    return reply.status == 200 and bool(reply.json.get("message") == "OParl is not active.")


def html_with_200(server: EditableOParl) -> bool:
    first, again = get(papers(server, "page=2")), get(papers(server, "page=2"))
    return first.status == 200 and first.body.startswith(b"<html") and bool(again.json["data"])


def meetings_without_agenda_in_list(server: EditableOParl) -> bool:
    listed = get(papers(server, kind="meeting")).json["data"][0]
    return "agendaItem" not in listed and "agendaItem" in get(listed["id"]).json


def missing_type(server: EditableOParl) -> bool:
    return "type" not in get(papers(server, kind="organization")).json["data"][0]


def control_characters(server: EditableOParl) -> bool:
    body = get(papers(server)).body
    try:
        json.loads(body)
    except json.JSONDecodeError:
        return b"\x01\x0b\t" in body
    return False


def bad_dates(server: EditableOParl) -> bool:
    found = {record["modified"] for record in get(papers(server)).json["data"]}
    return {"2019-12-16T11:21:11+01::00", "", "N/A", "0000-00-00"} <= found


def numbers_as_strings(server: EditableOParl) -> bool:
    item = server.json_of("meeting/1")["agendaItem"][0]
    return (item["order"], item["number"]) == ("0", 1)


def auxiliary_file_as_object(server: EditableOParl) -> bool:
    return any(isinstance(record.get("auxiliaryFile"), dict) for record in everything(papers(server)))


def main_file_among_auxiliary(server: EditableOParl) -> bool:
    found = everything(papers(server))
    return not any("mainFile" in record for record in found) and any("auxiliaryFile" in record for record in found)


def inline_text(server: EditableOParl) -> bool:
    texts = [record["mainFile"].get("text") for record in everything(papers(server)) if "mainFile" in record]
    return all(text and text.startswith(("Be", "Mi", "An", "Vo")) for text in texts)


def ni_prefix(server: EditableOParl) -> bool:
    consultations = [
        consultation for record in everything(papers(server)) for consultation in record.get("consultation", [])
    ]
    listed = everything(papers(server, kind="meeting"))
    return all("/ni_" in entry["id"] and get(entry["id"]).status == 200 for entry in listed) and all(
        "ni_" not in consultation["meeting"] and get(consultation["meeting"]).status == 404
        for consultation in consultations[:3]
    )


def mime_short(server: EditableOParl) -> bool:
    return bool(server.json_of("file/1")["mimeType"] == "pdf")


def octet_stream(server: EditableOParl) -> bool:
    return get(server.file_address("file/1")).headers["content-type"] == "application/octetstream; charset=UTF-8"


def robots_disallow(server: EditableOParl) -> bool:
    return b"Disallow: /\n" in get(server.base + "/robots.txt").body


SEEN: list[Callable[[EditableOParl], bool]] = [
    filter_ignored,
    filter_dropped_from_next,
    filter_404_when_empty,
    rejects_encoded_filter,
    created_modified_today,
    deleted_in_unfiltered_lists,
    next_repeats,
    pages_without_news,
    path_paging,
    next_on_other_host,
    limit_ignored,
    limit_without_next,
    body_as_object,
    bare_lists,
    several_bodies,
    inactive,
    html_with_200,
    meetings_without_agenda_in_list,
    missing_type,
    control_characters,
    bad_dates,
    numbers_as_strings,
    auxiliary_file_as_object,
    main_file_among_auxiliary,
    inline_text,
    ni_prefix,
    mime_short,
    octet_stream,
    robots_disallow,
]


@pytest.mark.parametrize("seen", SEEN, ids=[seen.__name__ for seen in SEEN])
def test_a_quirk_is_seen_where_it_is_switched_on(seen: Callable[[EditableOParl], bool]) -> None:
    with serving(seen.__name__) as server:
        assert seen(server)


@pytest.mark.parametrize("seen", SEEN, ids=[seen.__name__ for seen in SEEN])
def test_no_quirk_is_seen_without(seen: Callable[[EditableOParl], bool]) -> None:
    with serving() as server:
        try:
            found = seen(server)
        except (KeyError, TypeError, json.JSONDecodeError):
            found = False
        assert not found


def test_every_quirk_has_a_test() -> None:
    assert {seen.__name__ for seen in SEEN} == {field.name for field in fields(Quirks)}


def test_the_ags_loses_its_leading_zero() -> None:
    with serving("numbers_as_strings") as server:
        body: Any = get(get(server.url).json["body"]).json["data"][0]
        assert body["ags"] == int(small_municipality().ags)


def test_a_filter_finds_everything_where_all_is_of_today() -> None:
    with serving("created_modified_today") as server:
        assert len(everything(papers(server, PAST))) == 32
        assert everything(papers(server, FUTURE)) == []


def test_dropped_filters_let_the_rest_in() -> None:
    with serving("filter_dropped_from_next") as server:
        assert len(pages(papers(server, PAST))) == 7


def test_a_name_that_is_no_quirk_is_refused() -> None:
    with pytest.raises(ValueError, match="no quirk is called erfunden"):
        Quirks.named("erfunden")
