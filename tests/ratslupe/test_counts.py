"""One number everywhere: what pages, API and command line count of a municipality is what a search finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.archive import Archive
from archive.record_writer import RecordWriter
from archive.removal import remove
from archive.run import Outcome, RunMode
from archive.run_writer import RunWriter
from council.model import AgendaItem, Consultation, Kind, Meeting, Organization, Paper, Record, Tombstone
from indexer.pipeline import Indexer
from ratslupe.installation import Installation, find_installation
from ratslupe.status import status, status_lines
from search_api.app import create_app
from search_api.settings import SearchSettings
from tests.search_api.conftest import Client

NEVER_HELD = tuple(f"secret{number}" for number in range(30))
TOWNS = {"oberau": "Oberau", "mittelau": "Mittelau", "niederau": "Niederau", "leerau": "Leerau"}
FOUND = {"oberau": (5, 3), "mittelau": (8, 2), "niederau": (3, 1), "leerau": (0, 0)}
"""Papers and meetings that a citizen finds, counted by hand."""
NOT_SHOWN = {"oberau": {}, "mittelau": {"paper": 2}, "niederau": {"paper": 1}, "leerau": {}}
REGISTER = "municipalities:\n" + "".join(
    f"  {key}:\n    name: {name}\n    kind: Gemeinde\n    ags: \"1599900{number}\"\n    system: oparl\n"
    f"    url: https://ris.{key}.example/oparl/system\n"
    for number, (key, name) in enumerate(TOWNS.items())
)  # fmt: skip


def papers(count: int, **more: Any) -> list[Record]:
    return [Paper.model_validate({"native_id": str(n), "name": f"Vorlage {n}"} | more) for n in range(count)]


def hold(archive: Archive, key: str, *batches: list[Record]) -> RecordWriter:
    run = RunWriter(archive, key)
    writer = RecordWriter(archive, key, run.begin(RunMode.FULL))
    for batch in batches:
        writer.put(batch)
    run.finish(Outcome.COMPLETE, None, writer.counts, [], (1, 1), 1.0)
    return writer


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    register = tmp_path / "municipalities.yaml"
    register.write_text(REGISTER, encoding="utf-8")
    return find_installation(tmp_path / "home", register, {"RATSLUPE_WORKERS": "1"})


@pytest.fixture
def archive(installation: Installation) -> Iterator[Archive]:
    opened = installation.archive()
    # Names papers that are not public and that nobody ever held.
    meetings: list[Record] = [Meeting(native_id=f"m{n}", withheld_papers=NEVER_HELD) for n in range(3)]
    hold(opened, "oberau", papers(5), meetings, [Organization(native_id="o1", name="Rat")])
    # Two of its papers are held and not public: one is named by the non-public part, one dealt with only there.
    secret = Consultation(native_id="c1", agenda_item="t1", meeting="m0")
    only_secret = Paper(native_id="only", name="Personalsache", consultations=(secret,))
    both = Paper(native_id="both", consultations=(secret, Consultation(native_id="c2", agenda_item="t9", meeting="m1")))
    named: list[Record] = [
        Meeting(native_id="m0", withheld=("t1",), withheld_papers=("0", "1")),
        Meeting(native_id="m1", agenda=(AgendaItem(native_id="t9", paper="1"),)),
    ]
    hold(opened, "mittelau", papers(8), [only_secret, both], named)
    # One is removed, one has a tombstone, one is withheld, a meeting is gone.
    gone: list[Record] = [
        Meeting(native_id="m2"),
        Meeting(native_id="m3", agenda=(AgendaItem(native_id="t", paper="5", public=False),)),
    ]
    writer = hold(opened, "niederau", papers(6), gone)
    remove(opened, "niederau:paper:3", "private", "Admin")
    writer.add_tombstones(
        [Tombstone(kind=k, native_id=i, reason="gone") for k, i in ((Kind.PAPER, "4"), (Kind.MEETING, "m2"))]
    )
    yield opened
    opened.close()


@pytest.fixture
def client(installation: Installation, archive: Archive) -> Iterator[Client]:
    Indexer(archive, installation.engine(), 1).run()
    reader = installation.engine().reader()
    yield Client(create_app(SearchSettings(remember_seconds=0), reader, archive, installation.live_register()))
    reader.close()


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def test_every_count_is_what_the_search_finds(client: Client, installation: Installation, archive: Archive) -> None:
    def total(**asked: str) -> int:
        answer = client.get("/api/v1/search?" + "&".join(f"{name}={value}" for name, value in asked.items()))
        return int(answer.json()["total"])

    found = {key: (total(municipality=key, kind="paper"), total(municipality=key, kind="meeting")) for key in TOWNS}
    assert found == FOUND
    every_paper, every_meeting = (sum(counts[n] for counts in FOUND.values()) for n in (0, 1))
    assert total() == every_paper + every_meeting

    facts = client.page("/").select_one("p.facts")
    assert facts is not None
    assert numbers(facts.text)[:3] == [every_paper, every_meeting, 3]
    listed = client.page("/").select("ul.municipalities li")
    on_start = {link.text: numbers(item.text) for item in listed for link in item.select("a")}
    assert {key: on_start[name][0] for key, name in TOWNS.items()} == {key: counts[0] for key, counts in FOUND.items()}
    on_list = {
        a.text: numbers(li.text)[:2] for li in client.page("/municipalities").select("li") for a in li.select("a")
    }
    assert {key: tuple(on_list[name]) for key, name in TOWNS.items()} == FOUND
    rows = client.page("/status").select("table tbody tr")
    cells = {row.select("th")[0].text: [int(cell.text) for cell in row.select("td")[2:4]] for row in rows}
    assert {key: tuple(cells[name]) for key, name in TOWNS.items()} == FOUND

    for municipality in client.get("/api/v1/municipalities").json()["municipalities"]:
        held = municipality["held"]
        assert (held.get("paper", 0), held.get("meeting", 0)) == FOUND[municipality["key"]]
        assert municipality["not_shown"] == NOT_SHOWN[municipality["key"]]

    state = status(installation, installation.register(), archive)
    for municipality in state["municipalities"]:
        shown, hidden = municipality["shown"], NOT_SHOWN[municipality["key"]].get("paper", 0)
        assert (shown.get("paper", 0), shown.get("meeting", 0)) == FOUND[municipality["key"]]
        assert municipality["held"].get("paper", 0) == shown.get("paper", 0) + hidden
    printed = "\n".join(status_lines(state))
    assert printed.count("not public and not shown") == 2
    assert "paper: 10 held, 2 of them not public and not shown" in printed


def test_the_page_of_a_municipality_says_how_many_are_held_and_not_shown(client: Client) -> None:
    for key in ("oberau", "mittelau", "niederau"):
        rows = {
            row.select("th")[0].text: row.select("td")[0].text
            for row in client.page(f"/municipalities/{key}").select("tbody tr")
        }
        hidden = NOT_SHOWN[key].get("paper")
        assert numbers(rows["Vorlagen"]) == [FOUND[key][0], *([hidden] if hidden else [])]
        assert ("nicht gezeigt" in rows["Vorlagen"]) is bool(hidden)
        assert numbers(rows["Sitzungen"]) == [FOUND[key][1]]


def test_the_status_says_that_the_index_was_made_from_another_archive(
    installation: Installation, tmp_path: Path
) -> None:
    other = find_installation(tmp_path / "other", installation.register_path, {"RATSLUPE_WORKERS": "1"}).archive()
    mine = installation.archive()
    hold(other, "oberau", papers(3))
    hold(mine, "oberau", papers(4))
    Indexer(other, installation.engine(), 1).run()
    state = status(installation, installation.register(), mine)
    assert state["index"]["of_this_archive"] is False
    assert "index 3 entries of another archive: the next `ratslupe index` builds it anew" in status_lines(state)
    Indexer(mine, installation.engine(), 1).run()
    state = status(installation, installation.register(), mine)
    assert "index 4 entries, 0 changes behind" in status_lines(state)
    other.close()
    mine.close()
