"""The JSON endpoints: what they answer, and how they tell what is wrong."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import event

from archive.archive import ArchiveUnavailable
from archive.file import AskAgain, FailedFile
from archive.file_writer import FileWriter
from archive.removal import remove
from archive.run import Outcome, RunMode
from council.model import Kind, Paper, Tombstone
from indexer.index.contract import IndexNotReady, IndexUnavailable
from search_api.app import create_app
from search_api.search_schemas import SEARCH, SearchAnswer
from search_api.settings import SearchSettings
from tests.search_api.conftest import Client, Clock
from tests.search_api.fake_index import FakeIndex, no_index
from tests.search_api.invented import TOWN, Town, entry

PAPER_ID, MEETING_ID, FILE_ID = f"{TOWN}:paper:7", f"{TOWN}:meeting:m1", f"{TOWN}:file:f7"


def problem(client: Client, path: str, status: int) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= body.keys()
    assert body["status"] == status
    return body


def get(client: Client, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_a_search_answers_with_passages_and_origin(client: Client) -> None:
    body = get(client, "/api/v1/search?q=Radweg&kind=paper")
    assert body["total"] == 1
    hit = body["hits"][0]
    assert (hit["id"], hit["kind"], hit["reference"], hit["date"]) == (PAPER_ID, "paper", "BV/2026/0007", "2026-05-04")
    assert hit["municipality"] == {"key": TOWN, "name": "Lindquell"}
    assert (hit["source_id"], hit["source_url"]) == ("https://ris.example/oparl/7", "https://ris.example/7")
    assert hit["url"] == f"/papers/{PAPER_ID}"
    start, end = hit["title_highlights"][0]
    assert hit["title"][start:end] == "Radweg"
    passage = hit["passages"][0]
    assert passage["file"] == {"id": FILE_ID, "name": "Vorlage.pdf", "url": "https://ris.example/7.pdf"}
    assert passage["page"] in (1, 3)
    start, end = passage["highlights"][0]
    assert passage["text"][start:end] == "Radweg"
    assert body["query"]["clauses"][0]["text"] == "Radweg"
    assert body["query"]["filters"] == {"kind": ["paper"]}
    assert {"value": "meeting", "label": "meeting", "count": 2} in body["facets"]["kind"]


def test_what_holds_a_part_of_the_words_is_counted_apart(client: Client) -> None:
    for match, listed in (("", "some"), ("&match=some", "some"), ("&match=all", "all")):
        body = get(client, f"/api/v1/search?q=Radweg+Bahnhofstraße+Kosten{match}")
        assert (body["total"], body["total_some"], body["match"]) == (1, 1, listed)
        marks = {hit["id"]: hit["matches_all"] for hit in body["hits"]}
        assert marks == {PAPER_ID: True} | ({MEETING_ID: False} if listed == "some" else {})
        assert sum(count["count"] for count in body["facets"]["kind"]) == len(marks)
        assert body["query"]["filters"] == {}


def test_a_meeting_is_found_by_its_agenda(client: Client) -> None:
    hits = get(client, "/api/v1/search?q=Radweg&kind=meeting")["hits"]
    line = next(hit for hit in hits if hit["id"] == MEETING_ID)["agenda"][0]
    assert (line["number"], line["name"], line["highlights"]) == ("Ö 2", "Radweg Bahnhofstraße", [[0, 6]])


def test_an_empty_question_lists_everything_newest_first(client: Client) -> None:
    body = get(client, "/api/v1/search")
    dates = [hit["date"] for hit in body["hits"]]
    assert body["total"] == 4
    assert dates == sorted(dates, reverse=True)
    assert body["query"]["sort"] == "newest"


def test_pages_and_next_reach_everything(client: Client) -> None:
    seen = [get(client, f"/api/v1/search?limit=1&page={page}")["hits"][0]["id"] for page in range(1, 5)]
    walked, after = [], ""
    while True:
        body = get(client, f"/api/v1/search?limit=1&after={after}")
        walked += [hit["id"] for hit in body["hits"]]
        after = body["next"]
        if after is None:
            break
    assert walked == seen
    assert len(set(seen)) == 4
    assert get(client, "/api/v1/search?page=1000000&limit=100")["hits"] == []


def test_the_number_of_reads_does_not_grow_with_the_hits(client: Client, town: Town, index: FakeIndex) -> None:
    _, records = town.run()
    records.put([Paper(native_id=f"n{n}", name=f"Radweg {n}") for n in range(50)])
    index.entries = town.entries()

    def reads(path: str) -> int:
        count = 0

        def counted(*_: object) -> None:
            nonlocal count
            count += 1

        event.listen(town.archive.engine, "before_cursor_execute", counted)
        get(client, path)
        event.remove(town.archive.engine, "before_cursor_execute", counted)
        return count

    few, many = reads("/api/v1/search?q=Radweg&limit=3"), reads("/api/v1/search?q=Radweg&limit=50")
    assert many <= few + 1
    assert len(index.asked) == 2


@pytest.mark.parametrize(
    "parameter",
    [
        "colour=red",
        "limit=1000",
        "from=gestern",
        "from=0",
        "to=0",
        "to=1764460800",
        "from=2026-1-5",
        "after=broken",
        "kind=file",
    ],
)
def test_a_bad_parameter_is_named(client: Client, parameter: str) -> None:
    body = problem(client, f"/api/v1/search?{parameter}", 400)
    assert body["parameter"] == parameter.split("=")[0]
    assert body["type"] == "/api#bad-parameter"
    assert body["instance"] == "/api/v1/search"


def test_a_paper_with_its_way(client: Client) -> None:
    body = get(client, f"/api/v1/papers/{PAPER_ID}")
    assert (body["source_id"], body["source_url"]) == ("https://ris.example/oparl/7", "https://ris.example/7")
    first, second = body["consultations"]
    assert (first["date"], first["role"], first["result"]) == ("2026-06-01", "Vorberatung", "empfohlen")
    assert first["organizations"] == [{"id": None, "name": "Bauausschuss", "url": None}]
    assert first["meeting"]["id"] == MEETING_ID
    assert second["organizations"][0]["name"] == "Stadtrat"
    assert second["organizations"][0]["url"] == f"/organizations/{TOWN}:organization:o1"
    assert second["result"] == "beschlossen"
    assert "Geheimrat" not in str(body), "a station in the non-public part leaves no trace"
    main, attachment = body["files"]
    assert (main["status"], main["text_status"], main["pages"]) == ("fetched", "text", 3)
    assert main["text_url"] == f"/api/v1/files/{FILE_ID}/text"
    assert (attachment["status"], attachment["text_url"]) == ("wanted", None)
    assert [link["id"] for link in body["related"]] == [f"{TOWN}:paper:8"]


def test_a_meeting_with_its_agenda(client: Client) -> None:
    body = get(client, f"/api/v1/meetings/{MEETING_ID}")
    assert body["start"] == "2026-06-01T16:30:00Z"
    assert [item["number"] for item in body["agenda"]] == ["Ö 1", "Ö 2"]
    assert body["agenda"][1]["paper"]["id"] == PAPER_ID, "found by the consultation that the agenda names"
    assert body["files"][0]["role"] == "invitation"
    assert "secret" not in str(body)


def test_an_organization_with_its_meetings(client: Client) -> None:
    body = get(client, f"/api/v1/organizations/{TOWN}:organization:o1")
    assert (body["name"], body["source_id"]) == ("Stadtrat", "https://ris.example/oparl/o1")
    assert [meeting["id"] for meeting in body["meetings"]] == [f"{TOWN}:meeting:m2"]
    assert [paper["id"] for paper in body["papers"]] == [PAPER_ID]


def test_the_text_of_a_file(client: Client) -> None:
    body = get(client, f"/api/v1/files/{FILE_ID}/text")
    assert [page["page"] for page in body["pages"]] == [1, 2, 3]
    assert body["record"] == PAPER_ID
    assert body["source_url"] == "https://ris.example/7.pdf"


def test_a_native_id_may_hold_slashes_and_colons(client: Client, town: Town) -> None:
    _, records = town.run()
    records.put([Paper(native_id="/bodies/1/papers/a:b?x=1", name="Seltsam")])
    body = get(client, f"/api/v1/papers/{TOWN}:paper:/bodies/1/papers/a:b%3Fx=1")
    assert body["name"] == "Seltsam"
    assert body["url"] == f"/papers/{TOWN}:paper:/bodies/1/papers/a:b%3Fx%3D1"
    assert get(client, f"/api/v1{body['url']}")["id"] == body["id"]


@pytest.mark.parametrize(
    "path",
    [
        f"papers/{TOWN}:paper:404",
        f"papers/{MEETING_ID}",
        f"meetings/{PAPER_ID}",
        f"organizations/{PAPER_ID}",
        "papers/nonsense",
        f"files/{TOWN}:file:404/text",
        f"files/{PAPER_ID}/text",
        f"files/{TOWN}:file:g7/text",
        "nothing/here",
        "search/",
    ],
)
def test_what_is_not_here_is_404(client: Client, path: str) -> None:
    assert problem(client, f"/api/v1/{path}", 404)["type"] == "/api#not-found"


def test_what_the_source_withdrew_is_410(client: Client, town: Town) -> None:
    _, records = town.run()
    records.add_tombstones([Tombstone(kind=Kind.PAPER, native_id="7", reason="internal reason")])
    body = problem(client, f"/api/v1/papers/{PAPER_ID}", 410)
    assert "internal" not in str(body)
    assert get(client, "/api/v1/search?q=Radweg&kind=paper")["hits"] == [], "at once, before the index knows"


def test_what_a_person_removed_is_410(client: Client, town: Town) -> None:
    remove(town.archive, FILE_ID, "private matter", "Admin")
    assert "private" not in str(problem(client, f"/api/v1/files/{FILE_ID}/text", 410))
    remove(town.archive, MEETING_ID, "private matter", "Admin")
    assert "private" not in str(problem(client, f"/api/v1/meetings/{MEETING_ID}", 410))


def test_a_withdrawn_file_is_410_and_its_passages_are_gone(client: Client, town: Town) -> None:
    gone = FailedFile("https://ris.example/7.pdf", "HTTP 410", withdrawn=True, again=AskAgain.LATER)
    FileWriter(town.archive, TOWN).put([gone])
    problem(client, f"/api/v1/files/{FILE_ID}/text", 410)
    assert get(client, "/api/v1/search?q=Radweg&kind=paper")["hits"][0]["passages"] == []


def test_municipalities_tell_what_is_listed_and_held(client: Client) -> None:
    (body,) = get(client, "/api/v1/municipalities")["municipalities"]
    assert (body["key"], body["kind"], body["ags"], body["system"]) == (TOWN, "Stadt", "15088220", "oparl")
    assert body["held"] == {"meeting": 2, "organization": 1, "paper": 2}
    assert body["counted"] == {"paper": {"listed": 2, "held": 2}}
    assert (body["complete"], body["warnings"]) == (True, [])
    files = body["files"]
    assert (files["total"], files["with_text"], files["waiting"]) == (3, 2, 1)
    parts = ("with_text", "without_text", "unreadable", "waiting", "not_fetched")
    assert sum(files[name] for name in parts) == files["total"]
    assert body["last_run"]["outcome"] == "complete"


def test_complete_is_said_from_counts_only(client: Client, town: Town, clock: Clock) -> None:
    town.fill(listed_papers=5)
    body = get(client, "/api/v1/municipalities")["municipalities"][0]
    assert (body["complete"], body["warnings"]) == (False, ["incomplete"])
    town.municipalities = (entry(), entry(key="neu", name="Neudorf", ags="15088221"))
    body = get(client, "/api/v1/municipalities")["municipalities"][1]
    assert (body["complete"], body["warnings"], body["last_run"]) == (None, ["never"], None)
    clock.now += dt.timedelta(days=4, hours=1)
    run, records = town.run(RunMode.INCREMENTAL)
    run.finish(Outcome.FAILED, "HTTP 500", records.counts, [], (1, 1), 1.0)
    body = get(client, "/api/v1/municipalities")["municipalities"][0]
    assert body["warnings"] == ["old", "incomplete"]
    assert (body["last_run"]["outcome"], body["last_complete_run"]["outcome"]) == ("failed", "complete")


def test_a_town_that_left_the_register_is_called_by_its_key(client: Client, town: Town) -> None:
    town.municipalities = ()
    assert get(client, "/api/v1/search")["hits"][0]["municipality"] == {"key": TOWN, "name": TOWN}


def test_health_and_readiness(client: Client, index: FakeIndex) -> None:
    assert get(client, "/healthz") == {"status": "ok"}
    assert get(client, "/readyz")["entries"] == 4
    index.fault = IndexNotReady("nothing built at /secret/path")
    body = problem(client, "/readyz", 503)
    assert "index" in body["detail"]
    assert "/secret" not in str(body)
    assert get(client, "/healthz") == {"status": "ok"}


def test_an_archive_that_does_not_answer_is_503(client: Client, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise ArchiveUnavailable("postgresql://user@10.0.0.7 is away")

    monkeypatch.setattr(town.archive, "reading", away)
    for path in ("/readyz", f"/api/v1/papers/{PAPER_ID}"):
        assert "10.0.0.7" not in str(problem(client, path, 503))


@pytest.mark.parametrize("fault", [IndexNotReady, IndexUnavailable])
def test_an_index_that_does_not_answer_is_never_no_hits(
    fault: type[IndexNotReady | IndexUnavailable], town: Town
) -> None:
    client = Client(create_app(SearchSettings(remember_seconds=0), no_index(fault), town.archive, town))
    answer = client.get("/api/v1/search?q=Radweg")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    if fault is IndexUnavailable:
        assert "10.0.0.7" not in answer.text
    assert client.get(f"/api/v1/papers/{PAPER_ID}").status_code == 200, "records need no index"


def test_a_partial_answer_says_so(client: Client, index: FakeIndex) -> None:
    index.partial = True
    assert get(client, "/api/v1/search")["partial"] is True


def test_an_unforeseen_error_tells_nothing(client: Client, index: FakeIndex) -> None:
    index.fault = RuntimeError("password is hunter2")
    body = problem(client, "/api/v1/search", 500)
    assert "hunter2" not in str(body)


def test_addresses_are_whole_where_the_operator_says_which(town: Town, index: FakeIndex) -> None:
    settings = SearchSettings(base_url="https://suche.example", remember_seconds=0)
    client = Client(create_app(settings, index, town.archive, lambda: town))
    assert get(client, "/api/v1/search")["hits"][0]["url"].startswith("https://suche.example/")
    assert problem(client, "/api/v1/search?x=1", 400)["type"] == "https://suche.example/api#bad-parameter"


def test_the_description_is_complete(client: Client) -> None:
    body = get(client, "/api/v1/openapi.json")
    for path, operations in body["paths"].items():
        responses = operations["get"]["responses"]
        assert "422" not in responses
        assert operations["get"]["summary"], path
    search = body["paths"]["/api/v1/search"]["get"]
    assert {"400", "503"} <= search["responses"].keys()
    assert {p["name"] for p in search["parameters"]} >= {"q", "from", "to", "municipality", "after"}
    assert {"404", "410", "503"} <= body["paths"]["/api/v1/papers/{id}"]["get"]["responses"].keys()
    assert "/suche" not in body["paths"]


def test_the_example_is_a_true_answer(client: Client) -> None:
    assert SearchAnswer.model_validate(SEARCH).model_dump(mode="json") == SEARCH
    search = get(client, "/api/v1/openapi.json")["paths"]["/api/v1/search"]["get"]
    assert search["responses"]["200"]["content"]["application/json"]["example"]["hits"]


def test_only_reading_is_possible(client: Client) -> None:
    answer = client.request("POST", "/api/v1/search")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert answer.json()["status"] == 405


def test_a_passage_names_our_page_of_it_and_its_text(client: Client) -> None:
    (hit,) = get(client, "/api/v1/search?q=Radweg&kind=paper")["hits"]
    for passage in hit["passages"]:
        assert passage["url"].startswith(f"/files/{FILE_ID}/text?q=Radweg")
        assert passage["url"].endswith(f"#seite-{passage['page']}")
        assert client.get(passage["url"].partition("#")[0]).status_code == 200
        assert get(client, passage["text_url"])["pages"]


def test_an_unknown_municipality_is_an_error_that_names_the_known_ones(client: Client, town: Town) -> None:
    for path in ("/api/v1/search?municipality=lindqell", "/api/v1/search?municipality=lindquell&municipality=x"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["parameter"]) == (400, "municipality")
        assert "lindquell" in answer.json()["detail"]
    town.municipalities = ()
    assert get(client, "/api/v1/search?municipality=lindquell")["total"] == 4


def test_a_problem_is_one_model_and_operations_have_short_names(client: Client) -> None:
    schema = get(client, "/api/v1/openapi.json")
    assert "ProblemBody" in schema["components"]["schemas"]
    operations = [operation for path in schema["paths"].values() for operation in path.values()]
    names = {"search", "paper", "meeting", "organization", "file_text", "municipalities", "healthz", "readyz"}
    assert {operation["operationId"] for operation in operations} == names
    problems = [
        response["content"]["application/problem+json"]["schema"]
        for operation in operations
        for status, response in operation["responses"].items()
        if status != "200"
    ]
    assert len(problems) >= len(names) - 1
    assert all(problem == {"$ref": "#/components/schemas/ProblemBody"} for problem in problems)
