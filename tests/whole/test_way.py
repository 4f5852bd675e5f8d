"""The whole way, over the wire and with the real commands: from a server to a hit, and out again."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from archive.run import Outcome, RunMode
from council.model import Meeting, Paper, Person
from search_api.app import create_app
from search_api.settings import search_settings
from tests.search_api.conftest import Client
from tests.simulation.oparl import EditableOParl
from tests.whole.house import KEY, House
from townhall.invention.municipalities import SECRET_WORD


@pytest.fixture
def crawled(house: House) -> House:
    run = house.crawl()
    assert (run.outcome, run.mode) == (Outcome.COMPLETE, RunMode.FULL), run
    house.index()
    return house


def test_everything_public_that_the_server_lists_is_held_and_found(crawled: House, server: EditableOParl) -> None:
    run = crawled.last_run()
    assert run.counts["paper"].listed == len(server.ids("paper"))
    assert run.counts["meeting"].listed == len(server.ids("meeting")) == run.counts["meeting"].held
    shown = [noun for noun in crawled.held().values() if isinstance(noun, Paper)]
    assert len(shown) == len(server.ids("paper")) - 2, "the two papers of the non-public part are not shown"
    meetings = [noun for noun in crawled.held().values() if isinstance(noun, Meeting)]
    assert crawled.search("")["total"] == len(shown) + len(meetings)


def test_nothing_of_the_non_public_part_is_asked_for_held_or_found(crawled: House, server: EditableOParl) -> None:
    asked = {server.base + line.path.split("?")[0] for line in server.requests.lines}
    assert server.secret_addresses
    assert not server.secret_addresses & asked
    held = json.dumps([noun.model_dump(mode="json") for noun in crawled.held().values()], ensure_ascii=False)
    assert SECRET_WORD.casefold() not in held.casefold()
    assert SECRET_WORD.casefold() not in json.dumps(crawled.texts(), ensure_ascii=False).casefold()
    assert crawled.search(SECRET_WORD)["total"] == 0


def test_of_persons_only_names_and_roles_are_kept(crawled: House, server: EditableOParl) -> None:
    persons = [noun for noun in crawled.held().values() if isinstance(noun, Person)]
    assert persons
    allowed = {"native_id", "source_id", "source_url", "created", "modified", "kind", "name", "memberships"}
    assert all(set(person.model_dump()) == allowed for person in persons)
    held = json.dumps([noun.model_dump(mode="json") for noun in crawled.held().values()], ensure_ascii=False)
    for person in map(server.json_of, server.ids("person")):
        assert person["name"] in held
        assert not [private for private in (*person["phone"], *person["email"], person["image"]) if private in held]
    assert not [line.path for line in server.requests.lines if "/foto/" in line.path]


def test_every_file_is_accounted_for(crawled: House, server: EditableOParl) -> None:
    counts = crawled.files()
    assert counts.pop("not_fetched:withheld") >= 2, "the files of the papers of the non-public part"
    archive_says = sum(counts.values())
    downloads = len({line.path for line in server.requests.lines if line.kind == "download"})
    assert archive_says == downloads
    assert counts["no_text"] >= 1, "the scan has no text, and is counted as such"
    assert counts["text"] > 20
    assert set(counts) <= {"text", "no_text", "unreadable"}


def test_a_second_run_asks_little_and_changes_nothing(crawled: House, server: EditableOParl) -> None:
    before = crawled.held(), crawled.texts()
    server.requests.clear()
    run = crawled.crawl()
    assert run.mode is RunMode.INCREMENTAL
    assert run.outcome is Outcome.COMPLETE
    assert run.requests <= 10
    assert server.requests["download"] == 0
    assert (crawled.held(), crawled.texts()) == before
    assert crawled.index().startswith("0 entries written, 0 taken out")


def test_a_renamed_paper_is_found_by_its_new_name(crawled: House, server: EditableOParl) -> None:
    server.rename("paper/3", "Quittenbaumallee am Nordfriedhof")
    crawled.crawl()
    crawled.index()
    answer = crawled.search("Quittenbaumallee")
    assert answer["total"] == 1
    assert answer["hits"][0]["title"] == "Quittenbaumallee am Nordfriedhof"


def test_a_deleted_paper_is_gone_everywhere_and_its_page_says_so(crawled: House, server: EditableOParl) -> None:
    target = next(i for i, noun in crawled.held().items() if isinstance(noun, Paper) and noun.files)
    noun = crawled.held()[target]
    assert isinstance(noun, Paper)
    assert noun.source_id is not None
    before = crawled.search("")["total"]
    server.delete(noun.source_id)
    crawled.crawl()
    crawled.index()
    assert crawled.search("")["total"] == before - 1
    assert target not in crawled.held()
    assert target not in crawled.texts()
    installation = crawled.installation
    app = create_app(
        search_settings({}), installation.engine().reader(), installation.archive(), installation.live_register()
    )
    client = Client(app)
    assert client.get(f"/papers/{target}").status_code == 410
    assert client.get(f"/api/v1/papers/{target}").status_code == 410


def test_a_vanished_paper_goes_with_the_next_full_run(crawled: House, server: EditableOParl) -> None:
    target = next(i for i, noun in crawled.held().items() if isinstance(noun, Paper))
    source_id = crawled.held()[target].source_id
    assert source_id is not None
    server.vanish(source_id)
    crawled.crawl()
    assert target in crawled.held(), "an incremental run cannot see that"
    crawled.crawl("--full")
    assert target not in crawled.held()


def test_a_replaced_document_is_read_again_and_its_old_text_is_gone(crawled: House, server: EditableOParl) -> None:
    file = server.ids("file")[5]
    server.change_file(file, "Der Wendehammer in der Zwetschgengasse wird verlegt.")
    crawled.crawl()
    crawled.index()
    assert crawled.search("Zwetschgengasse")["total"] >= 1


def test_a_rebuild_from_the_archive_alone_gives_the_same_answers(crawled: House, server: EditableOParl) -> None:
    before = crawled.search("Haushalt")
    server.stop()
    crawled.index("--rebuild")
    after = crawled.search("Haushalt")
    assert [hit["id"] for hit in after["hits"]] == [hit["id"] for hit in before["hits"]]
    assert after["total"] == before["total"]


def test_a_source_that_is_away_takes_nothing_away(crawled: House, server: EditableOParl) -> None:
    before = crawled.held()
    server.stop()
    run = crawled.crawl("--full")
    assert run.outcome is Outcome.FAILED
    assert crawled.held() == before


def test_many_at_once_gone_is_not_believed_the_first_time(crawled: House, server: EditableOParl) -> None:
    for paper in server.ids("paper")[:15]:
        server.vanish(paper)
    held = len(crawled.held())
    run = crawled.crawl("--full")
    assert run.outcome is Outcome.INCOMPLETE
    assert run.detail is not None
    assert "no longer listed" in run.detail
    assert len(crawled.held()) == held


def test_nothing_older_than_the_register_s_day_is_taken(tmp_path: Path, server: EditableOParl) -> None:
    house = House(tmp_path, server.url, '    since: "2025-09-30"\n')
    run = house.crawl()
    assert run.outcome is Outcome.COMPLETE
    held = house.held().values()
    papers = [noun for noun in held if isinstance(noun, Paper)]
    assert papers
    assert all(paper.date is None or paper.date >= dt.date(2025, 9, 30) for paper in papers)
    assert all(noun.start is None or noun.start.year >= 2025 for noun in held if isinstance(noun, Meeting))
    assert len(papers) < len(server.ids("paper")) - 2
    assert run.counts["paper"].listed == run.counts["paper"].held


def test_the_status_tells_listed_and_held(crawled: House) -> None:
    state = json.loads(crawled.run("status", "--json").stdout)
    municipality = state["municipalities"][0]
    assert municipality["key"] == KEY
    assert municipality["listed"]["paper"] == municipality["held"]["paper"]
    assert state["index"]["changes_behind"] == 0
    lines = crawled.run("status").stdout
    assert f"paper: {municipality['held']['paper']} held of {municipality['listed']['paper']} listed" in lines
