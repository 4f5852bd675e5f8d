"""The simulated OParl server as the specification wants it."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

import pytest

from tests.simulation.oparl import EditableOParl
from tests.townhall.client import everything, get, pages
from townhall.invention.model import SECRET_WORD, Municipality
from townhall.oparl.server import LISTS


def since(moment: dt.datetime) -> str:
    return "modified_since=" + quote(moment.isoformat())


def list_url(server: EditableOParl, kind: str = "paper") -> str:
    return f"{server.base}/oparl/v1.1/body/1/{kind}"


def test_from_the_system_to_the_lists(server: EditableOParl, municipality: Municipality) -> None:
    system = get(server.url).json
    assert system["oparlVersion"] == "https://schema.oparl.org/1.1/"
    (body,) = get(system["body"]).json["data"]
    assert body["ags"] == municipality.ags
    assert {body[kind] for kind in LISTS} == {list_url(server, kind) for kind in LISTS}
    assert get(body["id"]).json == body


def test_version_1_0(municipality: Municipality) -> None:
    with EditableOParl(municipality, version="1.0") as server:
        assert "/v1.0/" in server.url
        file = server.json_of("file/1")
        assert file["type"] == "https://schema.oparl.org/1.0/File"
        assert "sha1Checksum" in file
        assert "sha512Checksum" not in file


def test_paging_gives_everything_once(server: EditableOParl, municipality: Municipality) -> None:
    papers = pages(list_url(server))
    assert [len(page["data"]) for page in papers] == [10, 10, 10, 2]
    assert papers[0]["pagination"] == {"totalElements": 32, "elementsPerPage": 10, "currentPage": 1, "totalPages": 4}
    assert [record["id"] for page in papers for record in page["data"]] == server.ids("paper")
    assert "next" not in papers[-1]["links"]
    assert len(everything(list_url(server, "meeting"))) == len(municipality.meetings)


def test_limit_is_honoured_up_to_the_page_size_and_kept_in_next(server: EditableOParl) -> None:
    page = get(list_url(server) + "?limit=4").json
    assert len(page["data"]) == 4
    assert "limit=4" in page["links"]["next"]
    assert len(get(list_url(server) + "?limit=1000").json["data"]) == 10


def test_every_listed_and_embedded_object_can_be_fetched(server: EditableOParl) -> None:
    for kind in LISTS:
        for record in get(list_url(server, kind)).json["data"]:
            assert get(record["id"]).json == record
    meeting = server.json_of("meeting/1")
    item = get(meeting["agendaItem"][3]["id"]).json
    assert item["meeting"] == meeting["id"]
    assert "meeting" not in meeting["agendaItem"][3]
    assert get(item["consultation"]).json["agendaItem"] == item["id"]


def test_modified_since_returns_what_changed_and_what_was_deleted(server: EditableOParl) -> None:
    before = dt.datetime.now(dt.UTC)
    papers = server.ids("paper")
    assert everything(f"{list_url(server)}?{since(before)}") == []
    server.rename(3, "Neuer Name")
    server.delete(papers[4])
    changed = everything(f"{list_url(server)}?{since(before)}")
    assert [record["id"] for record in changed] == papers[3:5]
    assert changed[0]["name"] == "Neuer Name"
    assert set(changed[1]) == {"id", "type", "created", "modified", "deleted"}
    assert papers[4] not in {record["id"] for record in everything(list_url(server))}


def test_the_filter_keeps_to_next(server: EditableOParl) -> None:
    page = get(f"{list_url(server)}?{since(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))}").json
    assert "modified_since=2020-01-01T00%3A00%3A00%2B00%3A00" in page["links"]["next"]


def test_a_plus_sent_raw_is_refused_with_a_reason(server: EditableOParl) -> None:
    reply = get(list_url(server) + "?modified_since=2026-01-01T00:00:00+01:00")
    assert reply.status == 400
    assert "modified_since" in reply.json["message"]


def test_files_have_an_etag(server: EditableOParl) -> None:
    address = server.file_address("file/1")
    reply = get(address)
    assert (reply.status, reply.headers["content-type"]) == (200, "application/pdf")
    assert reply.body.startswith(b"%PDF")
    assert len(reply.body) == server.json_of("file/1")["size"]
    again = get(address, {"If-None-Match": reply.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    server.change_file("file/1", "Ganz anderer Inhalt")
    assert get(address, {"If-None-Match": reply.headers["etag"]}).status == 200


def test_every_file_can_be_downloaded_and_addresses_are_ascii(server: EditableOParl) -> None:
    addresses = [server.file_address(identity) for identity in server.ids("file")]
    assert all(address.isascii() for address in addresses)
    assert any("%C3%A4" in address for address in addresses)
    assert {get(address).status for address in addresses} == {200}


def test_persons_carry_what_nobody_should_take_over(server: EditableOParl) -> None:
    person = server.json_of("person/1")
    assert person["email"][0].endswith(".example")
    assert {"phone", "location", "image"} <= set(person)
    assert "streetAddress" in get(person["location"]).json


def test_secrets_are_told_only_under_what_is_not_public(server: EditableOParl, municipality: Municipality) -> None:
    for meeting in everything(list_url(server, "meeting")):
        shown = [item for item in meeting["agendaItem"] if item.get("public") is True]
        assert SECRET_WORD not in str({**meeting, "agendaItem": shown})
    secret = [record for record in everything(list_url(server)) if SECRET_WORD in str(record)]
    assert len(secret) == 2
    assert len(server.secret_addresses) == len(municipality.secret_documents)


def test_pages_for_people_and_robots(server: EditableOParl) -> None:
    paper = server.json_of("paper/1")
    assert paper["web"].startswith(server.base)
    assert paper["reference"] in server.json_of("paper/1")["reference"]
    assert get(paper["web"]).status == get(server.base + "/").status == 200
    assert get(server.base + "/robots.txt").body == b"User-agent: *\nDisallow:\n"
    assert get(server.base + "/anders").status == get(list_url(server, "quatsch")).status == 404


def test_requests_are_counted(server: EditableOParl) -> None:
    get(server.url)
    pages(list_url(server))
    get(server.file_address("file/2"))
    assert server.requests.counts == {"system": 1, "paper list": 4, "download": 1}
    assert server.requests["paper list"] == 4
    first = server.requests.lines[0]
    assert (first.path, first.user_agent, first.status) == ("/oparl/v1.1/system", "townhall-test", 200)
    server.requests.clear()
    assert len(server.requests) == 0


def test_several_municipalities_are_several_bodies(municipality: Municipality) -> None:
    with EditableOParl(municipality, municipality, page_size=50) as server:
        first, second = everything(f"{server.base}/oparl/v1.1/bodies")
        ids = {record["id"] for body in (first, second) for record in everything(body["paper"])}
        assert len(ids) == 2 * len(municipality.papers)
        assert all(get(identity).status == 200 for identity in server.ids("paper", body=2)[:2])


def test_a_server_that_was_never_started_has_no_address(municipality: Municipality) -> None:
    with pytest.raises(RuntimeError, match="start"):
        _ = EditableOParl(municipality).url
