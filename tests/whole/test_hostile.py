"""Sources that break, lie or attack: nothing is lost by them, nothing that is not public is shown, nothing hangs."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.run import Outcome, RunMode
from crawlers.oparl.entry import MOST_BODY_PAGES
from tests.whole.house import KEY, LONGEST, House
from tests.whole.source import Json, Source

WORD = "Kranichwort"
PAPER, MEETING = f"{KEY}:paper:1", f"{KEY}:meeting:1"


@pytest.fixture
def source() -> Iterator[Source]:
    with Source() as running:
        yield running


@pytest.fixture
def house(tmp_path: Path, source: Source) -> House:
    return House(tmp_path, source.url)


def hits(house: House) -> list[str]:
    house.index()
    return [hit["id"] for hit in house.search(WORD)["hits"]]


def test_an_empty_list_takes_nothing_away_at_once(source: Source, house: House) -> None:
    source.lists["paper"] = [source.object("Paper", number) for number in range(8)]
    house.crawl()
    source.lists["paper"] = []
    run = house.crawl("--full")
    assert run.outcome is Outcome.INCOMPLETE
    assert "8 of 8 held papers are no longer listed" in (run.detail or "")
    assert len(house.held()) == 8


def test_what_becomes_not_public_goes_with_the_next_run(source: Source, house: House) -> None:
    secret = source.object("Meeting", 1, agendaItem=[source.object("AgendaItem", 1, name=WORD)])
    source.lists["meeting"] = [secret, source.object("Meeting", 2)]
    house.crawl()
    assert hits(house) == [MEETING]
    secret |= {"public": False, "changed": True}
    run = house.crawl()
    assert (run.mode, run.outcome) == (RunMode.INCREMENTAL, Outcome.COMPLETE)
    assert hits(house) == []
    assert list(house.held()) == [f"{KEY}:meeting:2"]


def withheld_paper(source: Source) -> tuple[Json, Json]:
    """A paper with a file, and the meeting that deals with it in its non-public part only."""
    consultation = source.object("Consultation", 1, agendaItem=f"{source.base}/oparl/agendaItem/1")
    paper = source.object("Paper", 1, mainFile=source.file(1, f"{WORD} im Text"), consultation=[consultation])
    items = [
        source.object("AgendaItem", 1, public=False, consultation=consultation["id"]),
        source.object("AgendaItem", 2, public=True),
    ]
    return paper, source.object("Meeting", 1, agendaItem=items)


def test_a_meeting_that_cannot_be_had_singly_keeps_what_it_withholds(source: Source, house: House) -> None:
    paper, meeting = withheld_paper(source)
    source.lists |= {"paper": [paper], "meeting": [meeting]}
    source.agendas_in_lists = False
    house.crawl()
    assert list(house.held()) == [MEETING]
    source.answers["/oparl/meeting/1"] = (404, "text/plain", b"a bad day")
    run = house.crawl("--full")
    assert run.outcome is Outcome.INCOMPLETE
    assert "single meeting" in (run.detail or "")
    assert list(house.held()) == [MEETING]
    assert hits(house) == []
    assert "/files/1" not in source.asked[source.asked.index("/oparl/meeting/1") :]


def test_only_addresses_of_the_provider_are_asked_for_a_single_meeting(source: Source, house: House) -> None:
    ids = ["file:///etc/passwd", "http://169.254.169.254/latest", "http://[:::]/x", "urn:meeting:7"]
    source.lists["meeting"] = [source.object("Meeting", 1) | {"id": record_id} for record_id in ids]
    run = house.crawl()
    assert run.outcome is Outcome.COMPLETE, run
    assert len(house.held()) == len(ids)
    assert not any("single meeting" in warning.what for warning in run.warnings)


def test_one_address_that_is_none_does_not_keep_other_files_away(source: Source, house: House) -> None:
    bad = ["http://127.0.0.1:99999/x", "http://[:::]/x", "http://a\u2100b.de/x", "file:///etc/passwd", "data:,x"]
    papers = [source.object("Paper", n, mainFile=source.file(n, "x", accessUrl=url)) for n, url in enumerate(bad, 10)]
    source.lists["paper"] = [*papers, source.object("Paper", 1, mainFile=source.file(1, WORD))]
    run = house.crawl()
    assert run.outcome is Outcome.COMPLETE, run
    assert hits(house) == [PAPER]


def test_files_that_are_not_to_be_had_are_not_asked_for_in_every_visit(source: Source, house: House) -> None:
    files = {n: source.file(n, WORD) for n in range(1, 61)}
    for n in list(files)[1:]:
        source.answers[f"/files/{n}"] = ((404, 410, 400)[n % 3], "text/plain", b"not to be had")
    source.lists["paper"] = [source.object("Paper", n, mainFile=file) for n, file in files.items()]
    house.crawl()
    assert {path for path in source.asked if path.startswith("/files/")} == {f"/files/{n}" for n in files}
    for options in ((), ("--full",)):
        source.asked.clear()
        run = house.crawl(*options)
        assert run.requests <= 10, run
        assert not [path for path in source.asked if path.startswith("/files/")]


def test_redirects_are_followed_but_never_out_of_the_web(source: Source, house: House) -> None:
    moved = source.file(1, WORD, accessUrl=f"{source.base}/old/1")
    source.answers["/old/1"] = (302, "text/plain", b"/files/1")
    stolen = source.file(2, WORD, accessUrl=f"{source.base}/old/2")
    source.answers["/old/2"] = (302, "text/plain", b"file:///etc/hostname")
    round_and_round = source.file(3, WORD, accessUrl=f"{source.base}/old/3")
    source.answers["/old/3"] = (302, "text/plain", b"/old/3")
    files = enumerate((moved, stolen, round_and_round), 1)
    source.lists["paper"] = [source.object("Paper", number, mainFile=file) for number, file in files]
    run = house.crawl()
    assert run.outcome is Outcome.INCOMPLETE
    assert "2 files could not be had" in (run.detail or "")
    assert hits(house) == [PAPER]


def test_unchanged_is_no_answer_for_what_was_never_had(source: Source, house: House) -> None:
    source.lists["paper"] = [source.object("Paper", 1, mainFile=source.file(1, WORD))]
    source.answers["/files/1"] = (304, "text/plain", b"")
    run = house.crawl()
    assert run.outcome is Outcome.INCOMPLETE
    assert house.files() == {"not_fetched:failed": 1}


def test_a_list_of_bodies_without_end_ends(source: Source, house: House) -> None:
    for page in range(MOST_BODY_PAGES + 5):
        path = "/oparl/bodies" + (f"/{page}" if page else "")
        following = {"next": f"{source.base}/oparl/bodies/{page + 1}"}
        body = json.dumps({"data": [source.object("Body", page)], "links": following}).encode()
        source.answers[path] = (200, "application/json", body)
    run = house.crawl()
    assert run.outcome is Outcome.FAILED
    assert sum(path.startswith("/oparl/bodies") for path in source.asked) <= MOST_BODY_PAGES


def test_a_crawl_that_waits_for_a_server_can_be_stopped(source: Source, house: House) -> None:
    source.answers["/oparl/system"] = (503, "text/plain", b"come again in 100 seconds")
    crawl = house.start("crawl", KEY)
    while "/oparl/system" not in source.asked:
        time.sleep(0.05)
    time.sleep(0.5)
    crawl.send_signal(signal.SIGINT)
    assert crawl.wait(90) != 0
    if crawl.stdout is not None:
        crawl.stdout.close()


ASKED_WHILE_IT_BEGINS = """
import os, runpy, signal
from archive.run_writer import RunWriter

begin = RunWriter.begin
RunWriter.begin = lambda self, mode: (begin(self, mode), os.kill(os.getpid(), signal.{number}))
runpy.run_module("ratslupe", run_name="__main__")
"""


@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT"])
def test_a_crawl_that_is_asked_to_stop_while_it_begins_is_closed(source: Source, house: House, number: str) -> None:
    """Before Scrapy listens to signals; with them as they are, the run would stand as running for ever."""
    script = ASKED_WHILE_IT_BEGINS.format(number=number)
    command = [sys.executable, "-c", script, *house.options(["crawl", KEY])]
    done = subprocess.run(command, env=house.surroundings(), capture_output=True, text=True, timeout=LONGEST)
    assert "Traceback" not in done.stderr, done.stderr
    assert house.last_run().outcome is Outcome.INTERRUPTED
