"""From the archive to an index: what is composed, what follows a change, what a rebuild leaves alone."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from archive.archive import Archive, open_archive
from archive.change_reader import ChangeReader
from archive.file import FetchedFile
from archive.file_writer import FileWriter
from archive.record_writer import RecordWriter
from archive.removal import remove
from archive.run import RunMode
from archive.run_writer import RunWriter
from archive.settings import ArchiveSettings
from council.identity import parse_id
from council.model import (
    AgendaItem,
    Consultation,
    File,
    Kind,
    Location,
    Meeting,
    Organization,
    OrganizationRef,
    Paper,
    Tombstone,
)
from indexer.entry import compose_entries
from indexer.index.contract import Clause, IndexFault, Query
from indexer.index.query import parse
from indexer.index.tantivy import TantivyEngine
from indexer.pipeline import Indexer

TOWN = "lindquell"
PAPER = f"{TOWN}:paper:7"
COMMITTEE = (OrganizationRef(native_id="o1"),)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(ArchiveSettings(tmp_path, f"sqlite:///{tmp_path / 'archive.sqlite'}"))
    yield opened
    opened.close()


@pytest.fixture
def writer(archive: Archive) -> RecordWriter:
    return RecordWriter(archive, TOWN, RunWriter(archive, TOWN).begin(RunMode.FULL))


@pytest.fixture
def engine(tmp_path: Path) -> TantivyEngine:
    return TantivyEngine(tmp_path / "index")


def paper(name: str = "Radwegekonzept", text: str | None = "Der Rat beschließt den Radweg.") -> Paper:
    file = File(native_id="f7", name="Vorlage", url="https://ris.example/7.pdf", text=text)
    way = Consultation(native_id="c1", agenda_item="t1", organization=COMMITTEE)
    return Paper(
        native_id="7", name=name, reference="BV/7", paper_type="Beschlussvorlage", date=dt.date(2026, 5, 4),
        files=(file,), consultations=(way,),
    )  # fmt: skip


def found(engine: TantivyEngine, text: str) -> list[str]:
    reader = engine.reader()
    try:
        clauses: tuple[Clause, ...] = parse(text)
        return [hit.id for hit in reader.search(Query(clauses)).hits]
    finally:
        reader.close()


def test_an_entry_holds_what_a_hit_shows_and_what_is_searched(archive: Archive, writer: RecordWriter) -> None:
    meeting = Meeting(
        native_id="m1", name="Bauausschuss", start=dt.datetime(2026, 6, 1, 23, 30, tzinfo=dt.UTC),
        organization=COMMITTEE, location=Location(description="Rathaus"),
        agenda=(AgendaItem(native_id="t1", name="Radwegekonzept", result="einstimmig"),),
    )  # fmt: skip
    writer.put([Organization(native_id="o1", name="Bau- und Planungsausschuss"), paper(), meeting])
    one, two = compose_entries(archive, [PAPER, f"{TOWN}:meeting:m1"])
    assert (one.title, one.reference, one.date) == ("Radwegekonzept", "BV/7", dt.date(2026, 5, 4))
    assert one.organizations == two.organizations == ("Bau- und Planungsausschuss",)
    assert one.texts == ("Der Rat beschließt den Radweg.",)
    assert two.date == dt.date(2026, 6, 2), "half past eleven in UTC is the next day in Germany"
    assert two.context == ("Radwegekonzept", "einstimmig", "Rathaus")


def test_an_entry_names_who_brought_the_paper_in_once(archive: Archive, writer: RecordWriter) -> None:
    refs = (
        OrganizationRef(native_id="o9", name="Unken"),
        OrganizationRef(name="Bauamt"),
        OrganizationRef(name="Bauamt"),
    )
    writer.put(
        [Organization(native_id="o9", name="Fraktion Die Unken"), paper().model_copy(update={"originator": refs})]
    )
    (entry,) = compose_entries(archive, [PAPER])
    assert entry.originators == ("Fraktion Die Unken", "Bauamt")


@pytest.mark.parametrize(
    ("location", "words"),
    [
        (Location(room="Ratssaal"), ("Ratssaal",)),
        (Location(description="Rathaus, Markt 1", room="Ratssaal"), ("Rathaus, Markt 1", "Ratssaal")),
        (Location(description="Ratssaal, Rathaus", room="ratssaal"), ("Ratssaal, Rathaus",)),
        (Location(description="Rathaus, Markt 1", room="Rathaus - Großer Saal 1"), ("Rathaus, Markt 1", "Großer Saal")),
        (Location(description="Rathaus", room=" - "), ("Rathaus",)),
        (Location(street_address="Markt 1"), ()),
    ],
)
def test_a_meeting_is_found_by_its_room_and_no_word_is_said_twice(
    archive: Archive, writer: RecordWriter, location: Location, words: tuple[str, ...]
) -> None:
    writer.put([Meeting(native_id="m1", name="Bauausschuss", location=location)])
    (entry,) = compose_entries(archive, [f"{TOWN}:meeting:m1"])
    assert entry.context == words


def test_changes_tombstones_and_removals_reach_the_index(
    archive: Archive, writer: RecordWriter, engine: TantivyEngine
) -> None:
    indexer = Indexer(archive, engine, workers=1)
    writer.put([paper()])
    assert indexer.run().put == 1
    assert found(engine, "Radweg") == [PAPER]
    assert indexer.run().put == 0
    writer.put([paper("Brückenbau", text="Die Brücke wird gebaut.")])
    indexer.run()
    assert found(engine, "Radweg") == []
    assert found(engine, "Brücke") == [PAPER]
    writer.add_tombstones([Tombstone(kind=Kind.PAPER, native_id="7", reason="gone")])
    assert indexer.run().deleted == 1
    assert found(engine, "Brücke") == []
    writer.put([paper()])
    indexer.run()
    remove(archive, PAPER, "privat", "A")
    indexer.run()
    assert found(engine, "Radweg") == []


def test_a_paper_goes_from_the_index_when_it_turns_out_to_be_non_public(
    archive: Archive, writer: RecordWriter, engine: TantivyEngine
) -> None:
    indexer = Indexer(archive, engine, workers=1)
    writer.put([paper()])
    indexer.run()
    writer.put([Meeting(native_id="m1", withheld=("t1",))])
    indexer.run()
    assert found(engine, "Radweg") == []


def test_bytes_become_text_once_and_broken_ones_are_counted(
    archive: Archive, writer: RecordWriter, engine: TantivyEngine
) -> None:
    writer.put([paper(text=None)])
    sha256 = archive.blobs.put("Der Löschteich wird entschlammt.".encode())
    FileWriter(archive, TOWN).put([FetchedFile("https://ris.example/7.pdf", sha256, 33, "text/plain", None, None)])
    indexer = Indexer(archive, engine, workers=1)
    count = indexer.run()
    assert (count.extracted, count.unreadable) == (1, 0)
    assert found(engine, "Löschteich") == [PAPER]
    assert indexer.run().extracted == 0
    broken = archive.blobs.put(b"%PDF-1.7 broken")
    FileWriter(archive, TOWN).put([FetchedFile("https://ris.example/7.pdf", broken, 15, "application/pdf", None, None)])
    count = indexer.run()
    assert count.unreadable == 1
    assert sum(count.reasons.values()) == 1
    assert found(engine, "Löschteich") == [], "the text of the replaced document is gone"


def test_a_rebuild_that_is_stopped_leaves_the_old_index(
    archive: Archive, writer: RecordWriter, engine: TantivyEngine
) -> None:
    writer.put([paper()])
    Indexer(archive, engine, workers=1).run()
    with pytest.raises(IndexFault, match="stopped while building"):
        Indexer(archive, engine, workers=1, stop=lambda: True).run(rebuild=True)
    assert found(engine, "Radweg") == [PAPER]
    assert Indexer(archive, engine, workers=1).run(rebuild=True).rebuilt


def test_an_index_of_another_archive_is_built_anew(tmp_path: Path, archive: Archive, engine: TantivyEngine) -> None:
    writer = RecordWriter(archive, TOWN, RunWriter(archive, TOWN).begin(RunMode.FULL))
    for name in ("Eins", "Zwei", "Drei"):
        writer.put([paper(name)])
    Indexer(archive, engine, workers=1).run()
    fresh = open_archive(ArchiveSettings(tmp_path / "fresh", f"sqlite:///{tmp_path / 'fresh' / 'archive.sqlite'}"))
    count = Indexer(fresh, engine, workers=1).run()
    assert count.rebuilt
    assert found(engine, "Drei") == []
    fresh.close()


def test_where_nothing_is_held_yet_an_empty_index_says_so(archive: Archive, engine: TantivyEngine) -> None:
    Indexer(archive, engine, 1).run()
    reader = engine.reader()
    assert reader.state().entries == 0
    assert reader.search(Query()).total == 0
    name = reader.state().name
    Indexer(archive, engine, 1).run()
    assert reader.state().name == name, "it is built once"
    reader.close()


# --- which archive an index was made from


def opened(home: Path) -> Archive:
    return open_archive(ArchiveSettings(home, f"sqlite:///{home / 'archive.sqlite'}"))


def hold(archive: Archive, *native_ids: str) -> None:
    """One transaction a paper."""
    writer = RecordWriter(archive, TOWN, RunWriter(archive, TOWN).begin(RunMode.FULL))
    for native_id in native_ids:
        writer.put([Paper(native_id=native_id, name=f"Vorlage {native_id}")])


def all_found(engine: TantivyEngine) -> set[str]:
    reader = engine.reader()
    try:
        return {parse_id(hit.id).native_id for hit in reader.search(Query(limit=100)).hits}
    finally:
        reader.close()


def test_an_exchanged_archive_makes_the_index_anew_though_its_numbers_are_the_same(
    tmp_path: Path, engine: TantivyEngine
) -> None:
    one, other = opened(tmp_path / "one"), opened(tmp_path / "other")
    hold(one, "1", "2", "3")
    hold(other, "7", "8", "9")
    assert ChangeReader(one).seq() == ChangeReader(other).seq()
    assert Indexer(one, engine, 1).run().put == 3
    count = Indexer(other, engine, 1).run()
    assert (count.rebuilt, all_found(engine)) == (True, {"7", "8", "9"})
    assert not Indexer(other, engine, 1).run().rebuilt
    one.close()
    other.close()


def test_a_restored_copy_that_has_gone_on_makes_the_index_anew(tmp_path: Path, engine: TantivyEngine) -> None:
    home, copy = tmp_path / "one", tmp_path / "copy"
    archive = opened(home)
    hold(archive, "1", "2")
    archive.close()
    shutil.copytree(home, copy)
    archive = opened(home)
    hold(archive, "3", "4")
    Indexer(archive, engine, 1).run()
    archive.close()
    restored = opened(copy)
    hold(restored, "5", "6", "7", "8")
    count = Indexer(restored, engine, 1).run()
    assert (count.rebuilt, all_found(engine)) == (True, {"1", "2", "5", "6", "7", "8"})
    restored.close()


def test_an_index_follows_its_archive_however_often_that_is_opened(tmp_path: Path, engine: TantivyEngine) -> None:
    for number in range(4):
        archive = opened(tmp_path / "one")
        hold(archive, str(number))
        count = Indexer(archive, engine, 1).run()
        assert (count.put, count.rebuilt) == (1, False)
        archive.close()


def test_a_copy_that_has_not_gone_on_is_the_same_archive(tmp_path: Path, engine: TantivyEngine) -> None:
    archive = opened(tmp_path / "one")
    hold(archive, "1", "2")
    Indexer(archive, engine, 1).run()
    archive.close()
    shutil.copytree(tmp_path / "one", tmp_path / "copy")
    moved = opened(tmp_path / "copy")
    hold(moved, "3")
    count = Indexer(moved, engine, 1).run()
    assert (count.put, count.rebuilt, all_found(engine)) == (1, False, {"1", "2", "3"})
    moved.close()


class Model:
    """Works out vectors without a model, and counts for what it was asked."""

    model = "invented"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def titles(self, texts: Sequence[str]) -> list[bytes]:
        self.asked += texts
        return [text.encode() for text in texts]

    def question(self, text: str) -> bytes:
        return text.encode()


def named_papers(count: int) -> list[Paper]:
    return [Paper(native_id=str(n), name=f"Titel {n}") for n in range(count)]


def test_titles_are_worked_out_when_all_is_searchable_and_once(
    archive: Archive, writer: RecordWriter, engine: TantivyEngine
) -> None:
    model = Model()
    searchable: list[bool] = []

    def opened() -> Model:
        searchable.append(found(engine, "Titel") != [])
        return model

    writer.put(named_papers(40))
    assert Indexer(archive, engine, 1, embedder=opened).run().titles == 40
    assert searchable == [True]
    assert sorted(model.asked) == sorted(f"Titel {n}" for n in range(40))
    assert Indexer(archive, engine, 1, embedder=opened).run().titles == 0
    assert len(model.asked) == 40


def test_working_titles_out_ends_in_time_or_when_told_to_and_goes_on_where_it_was(
    archive: Archive, writer: RecordWriter, engine: TantivyEngine
) -> None:
    model = Model()
    writer.put(named_papers(40))
    asked_to_stop = iter([False] * 3)
    indexer = Indexer(archive, engine, 1, lambda: next(asked_to_stop, True), lambda: model)
    Indexer(archive, engine, 1, embedder=lambda: None).run()
    first = indexer.run(title_seconds=0).titles
    assert 0 < first < 40
    assert Indexer(archive, engine, 1, embedder=lambda: model).run().titles == 40 - first
    assert len(model.asked) == 40


def test_without_the_extra_a_pass_is_what_it_was(archive: Archive, writer: RecordWriter, engine: TantivyEngine) -> None:
    writer.put(named_papers(3))
    count = Indexer(archive, engine, 1, embedder=lambda: None).run()
    assert (count.put, count.titles) == (3, 0)
