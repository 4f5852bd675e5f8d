"""The archive keeps the newest state, tells what changed, and takes out what is withdrawn or removed."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

from archive.archive import HEAD, Archive, ArchiveUnavailable, open_archive
from archive.change_reader import ChangeReader
from archive.file import AskAgain, FailedFile, FileStatus
from archive.file_reader import FileReader
from archive.file_writer import FileWriter
from archive.record_reader import GoneRecord, HeldRecord, RecordReader
from archive.record_writer import RecordWriter
from archive.removal import removals, remove, restore
from archive.run import KindCount, Outcome, RunMode, Warned
from archive.run_reader import RunReader
from archive.run_writer import RunWriter
from archive.schema import METADATA
from archive.settings import ArchiveSettings
from archive.statistics import HeldCount, Statistics
from archive.text_writer import TextWriter
from council.model import (
    AgendaItem,
    Consultation,
    File,
    Kind,
    Meeting,
    Organization,
    OrganizationRef,
    Paper,
    Tombstone,
    files_of,
)
from tests.archive.conftest import Clock
from tests.archive.filling import MUNICIPALITY, fetch, hold, read, shown_record, url_of, writer

PAPER_ID = f"{MUNICIPALITY}:paper:7"
URL = url_of("7")


def paper(native_id: str = "7", name: str = "Radweg", **more: Any) -> Paper:
    return Paper.model_validate({"native_id": native_id, "name": name} | more)


def with_file(native_id: str = "7", url: str = URL, **more: Any) -> Paper:
    return paper(native_id, files=(File(native_id=f"f{native_id}", url=url, name="Vorlage"),), **more)


def shown(archive: Archive, record_id: str = PAPER_ID) -> HeldRecord:
    record = shown_record(archive, record_id)
    assert record is not None
    return record


def full_disk(_: Connection) -> None:
    raise OperationalError("COMMIT", {}, sqlite3.OperationalError("database or disk is full"))


def test_only_what_was_committed_is_counted(archive: Archive) -> None:
    w = hold(archive, paper("1"), paper("2"))
    event.listen(archive.engine, "commit", full_disk)
    with pytest.raises(ArchiveUnavailable):
        w.put([paper("2", name="anders"), paper("3")])
    with pytest.raises(ArchiveUnavailable):
        w.add_tombstones([Tombstone(kind=Kind.PAPER, native_id="1", reason="gone")])
    with pytest.raises(ArchiveUnavailable):
        w.tombstone([f"{MUNICIPALITY}:paper:1"], "no longer listed")
    assert w.counts == {"paper": KindCount(new=2)}
    event.remove(archive.engine, "commit", full_disk)
    w.put([paper("2", name="anders"), paper("3")])
    assert w.counts == {"paper": KindCount(new=3, changed=1)}


def test_the_migrations_lead_to_the_tables_of_the_schema(archive: Archive) -> None:
    with archive.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA) == []


def test_head_is_the_newest_migration() -> None:
    assert ScriptDirectory("archive/migrations").get_current_head() == HEAD


def test_a_record_comes_back_as_it_was_put(archive: Archive) -> None:
    given = with_file(date=dt.date(2026, 5, 4), reference="12/2026")
    hold(archive, given)
    assert shown(archive).noun == given


def test_writing_what_is_there_already_changes_nothing_but_last_seen(archive: Archive, clock: Clock) -> None:
    hold(archive, with_file())
    before = shown(archive)
    clock.pass_days(1)
    again = hold(archive, with_file())
    after = shown(archive)
    assert (after.seq, after.changed_at) == (before.seq, before.changed_at)
    assert after.last_seen > before.last_seen
    assert again.counts["paper"] == KindCount(unchanged=1)


def test_the_sources_own_dates_are_no_change(archive: Archive, clock: Clock) -> None:
    hold(archive, paper(modified=clock.now))
    before = shown(archive).seq
    clock.pass_days(1)
    hold(archive, paper(modified=clock.now))
    assert shown(archive).seq == before


def test_a_change_is_told_once_with_its_newest_number(archive: Archive) -> None:
    hold(archive, paper("1"), paper("2"))
    start = ChangeReader(archive).seq()
    hold(archive, paper("1", "Neuer Name"), paper("2"))
    hold(archive, paper("1", "Noch neuer"), paper("2"))
    assert [change.id for change in ChangeReader(archive).changes(start)] == [f"{MUNICIPALITY}:paper:1"]
    assert ChangeReader(archive).changes(ChangeReader(archive).seq()) == []


def test_changes_never_stop_in_the_midst_of_a_transaction(archive: Archive) -> None:
    hold(archive, *(paper(str(n)) for n in range(10)))
    assert len(ChangeReader(archive).changes(0, limit=3)) == 10


def test_a_tombstone_takes_files_and_texts_with_it(archive: Archive) -> None:
    w = hold(archive, with_file())
    sha256 = fetch(archive, b"%PDF nothing", URL)
    read(archive, sha256)
    assert archive.blobs.held([sha256])
    w.add_tombstones([Tombstone(kind=Kind.PAPER, native_id="7", reason="the source says deleted")])
    gone = RecordReader(archive).record(PAPER_ID)
    assert isinstance(gone, GoneRecord)
    assert Statistics(archive).files() == {}
    assert not archive.blobs.held([sha256])
    assert not ChangeReader(archive).changes(0)[-1].visible


def test_a_record_that_comes_back_is_held_again(archive: Archive) -> None:
    w = hold(archive, paper())
    w.add_tombstones([Tombstone(kind=Kind.PAPER, native_id="7", reason="gone")])
    hold(archive, paper())
    assert shown(archive).noun == paper()


def test_a_text_that_two_papers_share_stays_until_the_second_goes(archive: Archive) -> None:
    w = hold(archive, with_file("1", "https://ris.example/a"), with_file("2", "https://ris.example/b"))
    for url in ("https://ris.example/a", "https://ris.example/b"):
        sha256 = fetch(archive, b"same bytes", url)
    read(archive, sha256, "Text")
    w.add_tombstones([Tombstone(kind=Kind.PAPER, native_id="1", reason="gone")])
    assert FileReader(archive).texts([f"{MUNICIPALITY}:paper:2"])[f"{MUNICIPALITY}:paper:2"][0].pages == ("Text",)
    w.add_tombstones([Tombstone(kind=Kind.PAPER, native_id="2", reason="gone")])
    assert TextWriter(archive).count_pending() == 0
    assert Statistics(archive).files() == {}


def test_an_extracted_text_gives_its_papers_a_new_change_number(archive: Archive) -> None:
    hold(archive, with_file())
    sha256 = fetch(archive, b"bytes", URL)
    before = shown(archive).seq
    assert [pending.sha256 for pending in TextWriter(archive).pending()] == [sha256]
    read(archive, sha256, "Seite eins", "Seite zwei")
    assert shown(archive).seq > before
    assert not archive.blobs.held([sha256]), "bytes that gave their text are not kept"


def test_pending_bytes_that_are_lost_are_asked_for_again(archive: Archive) -> None:
    hold(archive, with_file())
    archive.blobs.drop([fetch(archive, b"bytes", URL)])
    assert TextWriter(archive).pending() == []
    assert [w.url for w in FileWriter(archive, MUNICIPALITY).wanted(full=False)] == [URL]


def test_a_file_is_wanted_once_and_again_when_its_source_says_something_new(archive: Archive) -> None:
    files = FileWriter(archive, MUNICIPALITY)
    hold(archive, with_file())
    assert [w.url for w in files.wanted(full=False)] == [URL]
    fetch(archive, b"bytes", URL)
    hold(archive, with_file())
    assert files.wanted(full=False) == []
    hold(archive, paper(files=(File(native_id="f7", url=URL, name="Vorlage", size=99),)))
    assert [w.etag for w in files.wanted(full=False)] == ['"e1"']


def test_trusted_dates_of_a_file_make_it_wanted_again(archive: Archive, clock: Clock) -> None:
    def put(when: dt.datetime) -> None:
        w = writer(archive)
        w.trust_dates = True
        w.put([paper(files=(File(native_id="f7", url=URL, modified=when),))])

    put(clock.now)
    fetch(archive, b"bytes", URL)
    put(clock.now)
    assert FileWriter(archive, MUNICIPALITY).wanted(full=False) == []
    put(clock.now + dt.timedelta(hours=1))
    assert len(FileWriter(archive, MUNICIPALITY).wanted(full=False)) == 1


def test_a_full_run_asks_again_for_files_of_long_ago(archive: Archive, clock: Clock) -> None:
    hold(archive, with_file())
    fetch(archive, b"bytes", URL)
    clock.pass_days(31)
    assert FileWriter(archive, MUNICIPALITY).wanted(full=False) == []
    assert FileWriter(archive, MUNICIPALITY).count_wanted(full=True) == 1


def test_a_withdrawn_file_loses_its_text_at_once(archive: Archive) -> None:
    hold(archive, with_file())
    read(archive, fetch(archive, b"bytes", URL), "Geheim geworden")
    before = shown(archive).seq
    FileWriter(archive, MUNICIPALITY).put([FailedFile(URL, "HTTP 410", withdrawn=True, again=AskAgain.LATER)])
    assert FileReader(archive).texts([PAPER_ID]) == {}
    assert files_of(shown(archive).noun) == ()
    assert shown(archive).seq > before


def test_a_bad_day_of_the_server_takes_nothing_away(archive: Archive) -> None:
    hold(archive, with_file())
    read(archive, fetch(archive, b"bytes", URL), "Text")
    FileWriter(archive, MUNICIPALITY).put([FailedFile(URL, "HTTP 503", withdrawn=False, again=AskAgain.SOON)])
    assert FileReader(archive).texts([PAPER_ID])[PAPER_ID][0].pages == ("Text",)


MISSING = FailedFile(URL, "HTTP 404", withdrawn=True, again=AskAgain.LATER)
ILL = FailedFile(URL, "HTTP 500", withdrawn=False, again=AskAgain.SOON)
NO_ADDRESS = FailedFile(URL, "not an address", withdrawn=False, again=AskAgain.NEVER)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(
    ("failure", "waits"),
    [(MISSING, [7, 30, 90, 90]), (ILL, [20 / 24, 2, 7, 30, 90, 90]), (NO_ADDRESS, [None])],
    ids=["missing", "ill", "no address"],
)
def test_a_failed_file_is_asked_again_after_days_that_grow(
    archive: Archive, clock: Clock, failure: FailedFile, waits: list[float | None], full: bool
) -> None:
    files = FileWriter(archive, MUNICIPALITY)
    hold(archive, with_file())
    for days in waits:
        files.put([failure])
        hold(archive, with_file())
        clock.pass_days((days or 1000) - 0.1)
        assert (files.wanted(full), files.count_wanted(full)) == ([], 0), f"not before {days} days are over"
        clock.pass_days(0.2)
        assert len(files.wanted(full)) == (days is not None), days
    assert Statistics(archive).failures(MUNICIPALITY) == [(failure.reason, 1)]


@pytest.mark.parametrize("new", [{"url": "https://ris.example/moved.pdf"}, {"size": 7}, {"date": dt.date(2026, 2, 1)}])
@pytest.mark.parametrize("failure", [MISSING, ILL, NO_ADDRESS], ids=["missing", "ill", "no address"])
def test_a_failed_file_is_wanted_at_once_when_its_source_says_something_new(
    archive: Archive, failure: FailedFile, new: dict[str, Any]
) -> None:
    hold(archive, with_file())
    files = FileWriter(archive, MUNICIPALITY)
    for _ in range(3):
        files.put([failure])
    assert files.wanted(full=False) == []
    hold(archive, paper(files=(File.model_validate({"native_id": "f7", "url": URL, "name": "Vorlage"} | new),)))
    assert [wanted.url for wanted in files.wanted(full=False)] == [new.get("url", URL)]
    files.put([FailedFile(new.get("url", URL), "HTTP 404", withdrawn=True, again=AskAgain.LATER)])
    assert files.wanted(full=False) == [], "and the days are counted anew"


def test_a_trusted_new_date_makes_a_failed_file_wanted_at_once(archive: Archive, clock: Clock) -> None:
    def put(when: dt.datetime) -> None:
        w = writer(archive)
        w.trust_dates = True
        w.put([paper(files=(File(native_id="f7", url=URL, modified=when),))])

    put(clock.now)
    FileWriter(archive, MUNICIPALITY).put([MISSING])
    put(clock.now)
    assert FileWriter(archive, MUNICIPALITY).wanted(full=True) == []
    put(clock.now + dt.timedelta(hours=1))
    assert len(FileWriter(archive, MUNICIPALITY).wanted(full=True)) == 1


def test_a_tombstone_of_a_paper_whose_number_looks_like_a_file_s_takes_the_paper_out(archive: Archive) -> None:
    w = hold(archive, paper("a:file:b"), paper("8", files=(File(native_id="x:paper:1", url=URL),)))
    w.add_tombstones([Tombstone(kind=Kind.PAPER, native_id="a:file:b", reason="deleted")])
    assert isinstance(RecordReader(archive).record(f"{MUNICIPALITY}:paper:a:file:b"), GoneRecord)
    w.add_tombstones([Tombstone(kind=Kind.FILE, native_id="x:paper:1", reason="deleted")])
    assert files_of(shown(archive, f"{MUNICIPALITY}:paper:8").noun) == ()


def test_text_that_the_source_gives_itself_needs_no_fetching(archive: Archive) -> None:
    hold(archive, paper(files=(File(native_id="f7", url=URL, text="Der Rat beschließt."),)))
    assert FileWriter(archive, MUNICIPALITY).wanted(full=False) == []
    assert FileReader(archive).texts([PAPER_ID])[PAPER_ID][0].pages == ("Der Rat beschließt.",)
    assert FileReader(archive).files(PAPER_ID)[f"{MUNICIPALITY}:file:f7"].status is FileStatus.INLINE
    hold(archive, paper(files=(File(native_id="f7", url=URL, text="Der Rat lehnt ab."),)))
    assert FileReader(archive).texts([PAPER_ID])[PAPER_ID][0].pages == ("Der Rat lehnt ab.",)


def test_what_a_person_removed_stays_removed_whatever_a_crawl_brings(archive: Archive) -> None:
    hold(archive, with_file(), paper("8"))
    remove(archive, PAPER_ID, "names a private person", "Admin")
    remove(archive, f"{MUNICIPALITY}:paper:9", "never to come in", "Admin")
    hold(archive, with_file(), paper("8"), paper("9"))
    assert isinstance(RecordReader(archive).record(PAPER_ID), GoneRecord)
    assert RecordReader(archive).record(f"{MUNICIPALITY}:paper:9") is None
    assert [removal.target for removal in removals(archive)] == [PAPER_ID, f"{MUNICIPALITY}:paper:9"]
    assert restore(archive, PAPER_ID)
    hold(archive, with_file())
    assert shown(archive)


def test_a_removed_file_stays_away_while_its_paper_is_shown(archive: Archive) -> None:
    hold(archive, with_file())
    read(archive, fetch(archive, b"bytes", URL), "Text")
    remove(archive, f"{MUNICIPALITY}:file:f7", "a citizen asked", "Admin")
    hold(archive, paper(files=(File(native_id="f7", url=URL, size=5),)))
    assert files_of(shown(archive).noun) == ()
    assert FileReader(archive).texts([PAPER_ID]) == {}
    assert FileWriter(archive, MUNICIPALITY).wanted(full=True) == []
    fetch(archive, b"other bytes", URL)
    assert FileReader(archive).texts([PAPER_ID]) == {}


def test_a_paper_dealt_with_only_in_the_non_public_part_is_not_shown(archive: Archive) -> None:
    way = Consultation(native_id="c1", agenda_item="top1", meeting="m1")
    hold(archive, paper(consultations=(way,)))
    before = shown(archive).seq
    hold(archive, Meeting(native_id="m1", withheld=("top1",)))
    assert RecordReader(archive).record(PAPER_ID) is None
    assert PAPER_ID in [change.id for change in ChangeReader(archive).changes(before)], "the index must hear of it"
    public = Consultation(native_id="c2", agenda_item="top9", meeting="m2")
    hold(archive, paper(consultations=(way, public)))
    assert shown(archive).noun == paper(consultations=(public,)), "the non-public consultation is not shown"
    hold(archive, paper(consultations=(way,)))
    writer(archive).add_tombstones([Tombstone(kind=Kind.MEETING, native_id="m1", reason="gone")])
    assert RecordReader(archive).record(PAPER_ID) is None, "what was withheld stays so when its meeting goes"


def test_a_paper_that_only_a_non_public_part_names_is_not_shown(archive: Archive) -> None:
    secret_station = Consultation(native_id="c1", meeting="m1")
    public_station = Consultation(native_id="c2", meeting="m2")
    hold(archive, paper(consultations=(secret_station, public_station)))
    number = shown(archive).noun.native_id
    before = ChangeReader(archive).seq()
    hold(archive, Meeting(native_id="m1", withheld_papers=(number,)))
    assert RecordReader(archive).record(PAPER_ID) is None
    assert Statistics(archive).records()[MUNICIPALITY]["paper"] == HeldCount(held=1, visible=0)
    assert PAPER_ID in [change.id for change in ChangeReader(archive).changes(before)], "the index must hear of it"
    before = ChangeReader(archive).seq()
    hold(archive, Meeting(native_id="m2", agenda=(AgendaItem(native_id="top2", paper=number, public=True),)))
    assert shown(archive).noun == paper(consultations=(public_station,)), "the public part of another meeting names it"
    assert PAPER_ID in [change.id for change in ChangeReader(archive).changes(before)]
    before = ChangeReader(archive).seq()
    writer(archive).add_tombstones([Tombstone(kind=Kind.MEETING, native_id="m2", reason="gone")])
    assert RecordReader(archive).record(PAPER_ID) is None
    assert PAPER_ID in [change.id for change in ChangeReader(archive).changes(before)]


def test_numbers_of_papers_and_items_are_not_mixed_up(archive: Archive) -> None:
    """A vendor counts papers and agenda items each from one: paper 5 is non-public, and item 5 is not."""
    hold(archive, paper(consultations=(Consultation(native_id="c1", agenda_item="5", meeting="m1"),)))
    hold(archive, Meeting(native_id="m1", withheld_papers=("5",)))
    assert shown(archive).noun.native_id


def test_a_renamed_committee_touches_its_papers(archive: Archive) -> None:
    ref = OrganizationRef(native_id="o1")
    hold(archive, paper(consultations=(Consultation(native_id="c1", organization=(ref,)),)))
    before = ChangeReader(archive).seq()
    hold(archive, Organization(native_id="o1", name="Bauausschuss"))
    assert PAPER_ID in [change.id for change in ChangeReader(archive).changes(before)]


def test_a_complete_list_tells_what_is_missing(archive: Archive) -> None:
    hold(archive, paper("1"), paper("2"), paper("3"))
    w = hold(archive, paper("1"), paper("2"))
    ids, held = w.missing(Kind.PAPER)
    assert (ids, held) == ([f"{MUNICIPALITY}:paper:3"], 3)
    w.tombstone(ids, "no longer listed")
    assert isinstance(RecordReader(archive).record(f"{MUNICIPALITY}:paper:3"), GoneRecord)
    assert w.counts["paper"].gone == 1


def test_agendas_find_their_papers_by_consultation(archive: Archive) -> None:
    item = AgendaItem(native_id="top1", name="Radweg", consultation="c1")
    hold(
        archive,
        paper(consultations=(Consultation(native_id="c1", agenda_item="top1"),)),
        Meeting(native_id="m1", agenda=(item,)),
    )
    reader = RecordReader(archive)
    assert reader.papers_of_consultations(MUNICIPALITY, ["c1", "c2"]) == {"c1": PAPER_ID}
    assert reader.papers_of_agenda_items(MUNICIPALITY, ["top1"]) == {"top1": PAPER_ID}


def test_a_run_keeps_its_counts_and_a_dead_one_is_noticed(archive: Archive) -> None:
    dead = RunWriter(archive, MUNICIPALITY)
    dead.begin(RunMode.FULL)
    live = RunWriter(archive, MUNICIPALITY)
    live.begin(RunMode.FULL)
    hold_writer = RecordWriter(archive, MUNICIPALITY, live.id)
    hold_writer.put([paper("1"), paper("2")])
    counts = dict(hold_writer.counts)
    counts["paper"].listed = 2
    live.finish(Outcome.COMPLETE, None, counts, [Warned("odd date", "x", 3)], (10, 2048), 1.5)
    newest, older = RunReader(archive).history(MUNICIPALITY)
    assert older.outcome is Outcome.DIED
    assert newest.counts["paper"] == KindCount(listed=2, held=2, new=2)
    assert newest.warnings == (Warned("odd date", "x", 3),)
    assert RunReader(archive).last_full()[MUNICIPALITY].id == newest.id


def test_what_a_spider_learned_is_remembered(archive: Archive) -> None:
    run = RunWriter(archive, MUNICIPALITY)
    assert run.memory() == {}
    run.remember({"filter_works": True})
    assert run.memory() == {"filter_works": True}


def test_a_time_without_zone_is_refused(archive: Archive, clock: Clock) -> None:
    clock.now = clock.now.replace(tzinfo=None)
    with pytest.raises(Exception, match="time zone"):
        RunWriter(archive, MUNICIPALITY).begin(RunMode.FULL)


def test_a_damaged_archive_does_not_answer(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "archive.sqlite"
    archive = open_archive(ArchiveSettings(url=f"sqlite:///{path}", home=tmp_path), clock)
    hold(archive, *(paper(str(number), "x" * 500) for number in range(50)))
    archive.close()
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))
    with pytest.raises(ArchiveUnavailable, match="does not answer"):
        Statistics(archive).records()
    archive.close()


def test_too_busy_an_archive_does_not_answer(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_free() -> None:
        raise NoneFree("QueuePool limit reached")

    monkeypatch.setattr(archive.engine.pool, "connect", none_free)
    with pytest.raises(ArchiveUnavailable, match="too busy"):
        Statistics(archive).records()


def as_first_released(archive: Archive) -> str:
    """Take everything back that later migrations have brought; returns the archive's URL."""
    with archive.writing() as connection:
        for table in ("waiting_bytes", "planned", "gone_file", "lineage", "about", "title_vector"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("DROP INDEX record_by_kind"))
        for table, column in (("record", "visible"), ("record", "visible_body"), ("file_owner", "visible")):
            connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        connection.execute(text("CREATE INDEX record_by_kind ON record (municipality, kind, gone_at)"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    return archive.engine.url.render_as_string(hide_password=False)


def test_an_archive_of_the_first_release_is_brought_up_to_date_unnoticed(archive: Archive, tmp_path: Path) -> None:
    hidden = paper("8", consultations=(Consultation(native_id="c1", agenda_item="top1", meeting="m1"),))
    hold(archive, with_file(), hidden, paper("9"), Meeting(native_id="m1", withheld=("top1",)))
    remove(archive, f"{MUNICIPALITY}:file:f7", "a citizen asked", "Admin")
    before = [
        RecordReader(archive).record(f"{MUNICIPALITY}:{i}") for i in ("paper:7", "paper:8", "paper:9", "meeting:m1")
    ]
    again = open_archive(ArchiveSettings(tmp_path, as_first_released(archive)))
    after = [RecordReader(again).record(f"{MUNICIPALITY}:{i}") for i in ("paper:7", "paper:8", "paper:9", "meeting:m1")]
    assert [getattr(held, "noun", None) for held in after] == [getattr(held, "noun", None) for held in before]
    assert after[1] is None
    assert files_of(shown(again).noun) == ()
    assert again.blobs.held([again.blobs.put(b"bytes")])
    again.close()
