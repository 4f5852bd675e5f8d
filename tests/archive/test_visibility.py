"""What may be shown is decided once, by the transaction that changes it; whoever reads sees that and nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text

from archive.archive import Archive
from archive.change_reader import ChangeReader
from archive.file import AskAgain, FailedFile
from archive.file_reader import Absence, FileReader
from archive.file_writer import FileWriter
from archive.record_reader import GoneRecord, RecordReader
from archive.removal import remove, restore
from archive.schema import FILE, FILE_OWNER, RECORD
from archive.statistics import HeldCount, Statistics
from archive.visibility import AgendaMarks, public_items, visible_part
from archive.visibility_writer import decide_all
from council.model import (
    AgendaItem,
    Consultation,
    File,
    Kind,
    Meeting,
    Organization,
    OrganizationRef,
    Paper,
    Record,
    Tombstone,
    files_of,
)
from tests.archive.filling import MUNICIPALITY, fetch, hold, read, shown_record, url_of, writer

Step = Callable[[Archive, random.Random], None]


def add_tombstone(archive: Archive, kind: Kind, native_id: str) -> None:
    writer(archive).add_tombstones([Tombstone(kind=kind, native_id=native_id, reason="gone")])


def shown(archive: Archive, kind: Kind, native_id: str) -> Any:
    """The noun as it may be shown; None where none is."""
    record = shown_record(archive, f"{MUNICIPALITY}:{kind.value}:{native_id}")
    return record.noun if record else None


def a_file(native_id: str, **more: Any) -> File:
    return File.model_validate({"native_id": native_id, "url": url_of(native_id), "name": native_id} | more)


def a_paper(native_id: str, *consultations: Consultation, files: tuple[str, ...] = ()) -> Paper:
    return Paper(
        native_id=native_id, name=f"Vorlage {native_id}", consultations=consultations,
        files=tuple(a_file(number) for number in files),
    )  # fmt: skip


def fetch_text(archive: Archive, native_id: str, words: str) -> None:
    """The bytes of a file came, and this text out of them."""
    read(archive, fetch(archive, words.encode(), url_of(native_id)), words)


def status(archive: Archive, native_id: str) -> str | None:
    with archive.reading() as connection:
        return connection.scalar(select(FILE.c.status).where(FILE.c.id == f"{MUNICIPALITY}:file:{native_id}"))


def wanted(archive: Archive) -> list[str]:
    return [file.url for file in FileWriter(archive, MUNICIPALITY).wanted(full=True)]


class Follower:
    """What an index holds that follows the feed of changes."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._cursor = 0
        self.entries: dict[str, tuple[Record, tuple[str, ...]]] = {}

    def follow(self) -> None:
        for change in ChangeReader(self._archive).changes(self._cursor, limit=10_000):
            self.entries.pop(change.id, None)
            self.entries |= entries(self._archive, [change.id])
            self._cursor = change.seq


def entries(archive: Archive, ids: list[str]) -> dict[str, tuple[Record, tuple[str, ...]]]:
    texts = FileReader(archive).texts(ids)
    return {
        record.id: (record.noun, tuple(page for text in texts.get(record.id, ()) for page in text.pages))
        for record in RecordReader(archive).records(ids)
    }


# --- a meeting as it may be shown


NONPUBLIC_ITEM = AgendaItem(native_id="t3", name="Personalsache", public=False, paper="9", consultation="c9")
MEETING = Meeting(
    native_id="m1",
    agenda=(
        AgendaItem(native_id="t1", name="Eröffnung"),
        AgendaItem(native_id="t2", name="Radweg", public=True, files=(a_file("a1"),)),
        NONPUBLIC_ITEM.model_copy(update={"files": (a_file("withheld"),)}),
        AgendaItem(native_id="t4", name="Grundstück", files=(a_file("withheld2"),)),
    ),
    files=(a_file("invitation"),),
    withheld=("t4", "t5"),
    withheld_papers=("7",),
)


def test_a_meeting_is_shown_with_its_public_items_and_says_nothing_of_the_others(archive: Archive) -> None:
    hold(archive, MEETING)
    noun = shown(archive, Kind.MEETING, "m1")
    assert [item.native_id for item in noun.agenda] == ["t1", "t2"]
    assert (noun.withheld, noun.withheld_papers) == ((), ())
    assert [file.native_id for file in files_of(noun)] == ["invitation", "a1"]


def test_files_of_items_that_are_not_public_are_not_asked_for(archive: Archive) -> None:
    hold(archive, MEETING)
    assert wanted(archive) == [url_of("a1"), url_of("invitation")]
    assert (status(archive, "withheld"), status(archive, "withheld2")) == ("withheld", "withheld")
    public = MEETING.model_copy(update={"agenda": MEETING.agenda[:2] + MEETING.agenda[3:], "withheld": ()})
    hold(archive, public)
    assert wanted(archive) == [url_of("a1"), url_of("invitation"), url_of("withheld2")]


def test_a_paper_that_only_an_item_that_is_not_public_names_is_not_shown(archive: Archive) -> None:
    hold(archive, a_paper("9"), a_paper("10", Consultation(native_id="c9", agenda_item="t3", meeting="m1")))
    assert shown(archive, Kind.PAPER, "9")
    hold(archive, MEETING)
    assert shown(archive, Kind.PAPER, "9") is None
    assert shown(archive, Kind.PAPER, "10") is None


# --- papers and what agendas say of them


def test_what_a_meeting_withholds_and_releases_goes_and_comes_with_its_files(archive: Archive) -> None:
    follower = Follower(archive)
    hold(archive, a_paper("7", files=("f1",)))
    fetch_text(archive, "f1", "Der Radweg wird gebaut.")
    follower.follow()
    assert follower.entries[f"{MUNICIPALITY}:paper:7"][1] == ("Der Radweg wird gebaut.",)
    hold(archive, Meeting(native_id="m1", withheld_papers=("7",)))
    follower.follow()
    assert f"{MUNICIPALITY}:paper:7" not in follower.entries
    assert FileReader(archive).file_text(f"{MUNICIPALITY}:file:f1") is None
    assert FileReader(archive).absence(f"{MUNICIPALITY}:file:f1") is Absence.NOT_HELD, "as good as never there"
    assert Statistics(archive).records()[MUNICIPALITY]["paper"] == HeldCount(held=1, visible=0)
    assert (status(archive, "f1"), wanted(archive)) == ("withheld", [])
    hold(archive, Meeting(native_id="m1"))
    follower.follow()
    assert f"{MUNICIPALITY}:paper:7" in follower.entries
    assert wanted(archive) == [url_of("f1")], "its text was given up, and has to be had again"


def test_text_that_the_source_gave_itself_comes_back_when_the_source_says_it_again(archive: Archive) -> None:
    given = Paper(native_id="7", files=(File(native_id="f1", text="Der Rat beschließt."),))
    hold(archive, given)
    hold(archive, Meeting(native_id="m1", withheld_papers=("7",)))
    hold(archive, given, Meeting(native_id="m1"))
    assert status(archive, "f1") == "no_address"
    hold(archive, given)
    assert FileReader(archive).texts([f"{MUNICIPALITY}:paper:7"])[f"{MUNICIPALITY}:paper:7"][0].pages == (
        "Der Rat beschließt.",
    )


def test_only_what_changed_for_a_paper_gives_it_a_new_number(archive: Archive) -> None:
    hold(archive, a_paper("7"), a_paper("8"), Meeting(native_id="m1", withheld_papers=("7",)))
    before = ChangeReader(archive).seq()
    hold(archive, Meeting(native_id="m2", withheld_papers=("7",)))
    assert [change.id for change in ChangeReader(archive).changes(before)] == [f"{MUNICIPALITY}:meeting:m2"]


def test_a_file_of_several_owners_is_given_up_with_the_last_that_shows_it(archive: Archive) -> None:
    hold(archive, a_paper("7", files=("f1",)), a_paper("8", files=("f1",)))
    fetch_text(archive, "f1", "Text")
    hold(archive, Meeting(native_id="m1", withheld_papers=("7",)))
    assert FileReader(archive).file_text(f"{MUNICIPALITY}:file:f1") == (f"{MUNICIPALITY}:paper:8", ("Text",))
    assert FileReader(archive).texts([f"{MUNICIPALITY}:paper:7"]) == {}
    add_tombstone(archive, Kind.PAPER, "8")
    assert FileReader(archive).file_text(f"{MUNICIPALITY}:file:f1") is None
    assert status(archive, "f1") == "withheld"


def test_a_file_that_its_shown_paper_no_longer_names_stays_only_on_a_paper_that_is_not(archive: Archive) -> None:
    hold(
        archive,
        a_paper("7", files=("f1",)),
        a_paper("8", files=("f1",)),
        Meeting(native_id="m1", withheld_papers=("7",)),
    )
    fetch_text(archive, "f1", "Text")
    hold(archive, a_paper("8"))
    assert (status(archive, "f1"), FileReader(archive).file_text(f"{MUNICIPALITY}:file:f1")) == ("withheld", None)


def test_a_file_that_moves_from_one_shown_paper_to_another_keeps_its_text(archive: Archive) -> None:
    hold(archive, a_paper("7", files=("f1",)), a_paper("8"))
    fetch_text(archive, "f1", "Text")
    hold(archive, a_paper("7"), a_paper("8", files=("f1",)))
    assert FileReader(archive).file_text(f"{MUNICIPALITY}:file:f1") == (f"{MUNICIPALITY}:paper:8", ("Text",))


def test_a_removed_file_stays_away_whatever_becomes_of_its_paper(archive: Archive) -> None:
    hold(archive, a_paper("7", files=("f1",)))
    fetch_text(archive, "f1", "Text")
    remove(archive, f"{MUNICIPALITY}:file:f1", "private", "Admin")
    hold(archive, Meeting(native_id="m1", withheld_papers=("7",)))
    hold(archive, Meeting(native_id="m1"))
    assert (status(archive, "f1"), wanted(archive)) == ("removed", [])
    assert files_of(shown(archive, Kind.PAPER, "7")) == ()
    assert restore(archive, f"{MUNICIPALITY}:file:f1")
    assert [file.native_id for file in files_of(shown(archive, Kind.PAPER, "7"))] == ["f1"]
    assert wanted(archive) == [url_of("f1")]


def test_a_removed_meeting_still_withholds_and_no_longer_makes_public(archive: Archive) -> None:
    hold(
        archive,
        a_paper("7"),
        a_paper("8"),
        Meeting(native_id="m1", withheld_papers=("7", "8")),
        Meeting(native_id="m2", agenda=(AgendaItem(native_id="t", paper="8"),)),
    )
    assert (shown(archive, Kind.PAPER, "7"), bool(shown(archive, Kind.PAPER, "8"))) == (None, True)
    remove(archive, f"{MUNICIPALITY}:meeting:m2", "wrong", "Admin")
    assert shown(archive, Kind.PAPER, "8") is None
    remove(archive, f"{MUNICIPALITY}:meeting:m1", "wrong", "Admin")
    assert (shown(archive, Kind.PAPER, "7"), shown(archive, Kind.PAPER, "8")) == (None, None)


def test_a_withdrawn_file_is_shown_again_when_it_can_be_had_again(archive: Archive) -> None:
    follower = Follower(archive)
    hold(archive, a_paper("7", files=("f1",)))
    fetch_text(archive, "f1", "Text")
    FileWriter(archive, MUNICIPALITY).put([FailedFile(url_of("f1"), "HTTP 404", withdrawn=True, again=AskAgain.LATER)])
    follower.follow()
    assert follower.entries[f"{MUNICIPALITY}:paper:7"] == (a_paper("7"), ())
    fetch_text(archive, "f1", "Text")
    follower.follow()
    assert follower.entries[f"{MUNICIPALITY}:paper:7"] == (a_paper("7", files=("f1",)), ("Text",))


def test_a_committee_s_list_leaves_out_papers_that_it_dealt_with_only_in_the_non_public_part(archive: Archive) -> None:
    hidden, open_one = OrganizationRef(native_id="o1"), OrganizationRef(native_id="o2")
    way = (
        Consultation(native_id="c1", agenda_item="t1", meeting="m1", organization=(hidden,)),
        Consultation(native_id="c2", agenda_item="t2", meeting="m2", organization=(open_one,)),
    )
    hold(archive, a_paper("7", *way), Meeting(native_id="m1", withheld=("t1",)))
    hold(archive, Organization(native_id="o1", name="Ältestenrat"), Organization(native_id="o2", name="Rat"))
    reader = RecordReader(archive)
    assert [c.native_id for c in shown(archive, Kind.PAPER, "7").consultations] == ["c2"]
    assert reader.linked_records(f"{MUNICIPALITY}:organization:o1", "organization", Kind.PAPER) == []
    assert [r.id for r in reader.linked_records(f"{MUNICIPALITY}:organization:o2", "organization", Kind.PAPER)] == [
        f"{MUNICIPALITY}:paper:7"
    ]


def test_a_file_of_a_paper_that_is_gone_is_known_to_have_been_here(archive: Archive) -> None:
    hold(
        archive,
        a_paper("7", files=("f1",)),
        a_paper("8", files=("f2",)),
        Meeting(native_id="m1", withheld_papers=("8",)),
    )
    add_tombstone(archive, Kind.PAPER, "7")
    add_tombstone(archive, Kind.PAPER, "8")
    reader = FileReader(archive)
    assert reader.absence(f"{MUNICIPALITY}:file:f1") is Absence.WITHDRAWN
    assert reader.absence(f"{MUNICIPALITY}:file:f2") is Absence.NOT_HELD, "it was never shown"
    assert reader.absence(f"{MUNICIPALITY}:file:f3") is Absence.NOT_HELD
    hold(archive, a_paper("7", files=("f1",)))
    assert reader.absence(f"{MUNICIPALITY}:file:f1") is Absence.NOT_YET


def test_the_number_of_what_is_held_and_of_what_is_shown(archive: Archive) -> None:
    """Papers that are named as not public and were never held are no part of any number."""
    never_held = tuple(str(number) for number in range(100, 120))
    hold(archive, a_paper("7"), a_paper("8"), a_paper("9"), Meeting(native_id="m1", withheld_papers=("9", *never_held)))
    assert Statistics(archive).records() == {MUNICIPALITY: {"paper": HeldCount(3, 2), "meeting": HeldCount(1, 1)}}
    assert [i for some in RecordReader(archive).ids([Kind.PAPER]) for i in some] == [
        f"{MUNICIPALITY}:paper:7",
        f"{MUNICIPALITY}:paper:8",
    ]


def test_nothing_is_shown_that_nobody_has_decided(archive: Archive) -> None:
    hold(archive, a_paper("7", files=("f1",)))
    fetch_text(archive, "f1", "Text")
    with archive.writing() as connection:
        connection.execute(text("UPDATE record SET visible_body = NULL, visible = false"))
        connection.execute(text("UPDATE file_owner SET visible = false"))
    assert shown(archive, Kind.PAPER, "7") is None
    assert FileReader(archive).file_text(f"{MUNICIPALITY}:file:f1") is None
    assert list(RecordReader(archive).ids([Kind.PAPER])) == []


# --- the rules themselves


def test_what_may_be_shown_whole_is_the_same_object() -> None:
    for record in (
        a_paper("7", files=("f1",)),
        Meeting(native_id="m1", agenda=MEETING.agenda[:2]),
        Organization(native_id="o"),
    ):
        assert visible_part(record, AgendaMarks(), ()) is record


@pytest.mark.parametrize(("public", "is_shown"), [(True, True), (None, True), (False, False)])
def test_an_item_that_says_it_is_not_public_is_not(public: bool | None, is_shown: bool) -> None:
    meeting = Meeting(native_id="m", agenda=(AgendaItem(native_id="t", public=public),))
    assert bool(public_items(meeting)) is is_shown


# --- whatever happens in whatever order


def _meeting(archive: Archive, chance: random.Random) -> None:
    number = chance.randrange(4)
    items = tuple(
        AgendaItem(
            native_id=f"t{number}{n}",
            public=chance.choice((True, None, None, False)),
            paper=chance.choice((None, str(chance.randrange(6)))),
            consultation=chance.choice((None, f"c{chance.randrange(6)}")),
            files=(a_file(f"f{chance.randrange(8)}"),) if chance.random() < 0.3 else (),
        )
        for n in range(chance.randrange(3))
    )
    hold(
        archive,
        Meeting(
            native_id=f"m{number}",
            agenda=items,
            withheld=tuple(f"{chance.choice('tc')}{chance.randrange(4)}{chance.choice(('', '0', '1'))}" for _ in "ab"),
            withheld_papers=tuple(str(chance.randrange(6)) for _ in range(chance.randrange(3))),
            files=(a_file(f"f{chance.randrange(8)}"),) if chance.random() < 0.3 else (),
        ),
    )


def _paper(archive: Archive, chance: random.Random) -> None:
    def one() -> Paper:
        number = chance.randrange(6)
        way = tuple(
            Consultation(
                native_id=f"c{number}{n}" if chance.random() < 0.5 else f"c{number}",
                meeting=f"m{chance.randrange(4)}",
                agenda_item=chance.choice((None, f"t{chance.randrange(4)}{n}")),
            )
            for n in range(chance.randrange(3))
        )
        return a_paper(str(number), *way, files=tuple(f"f{chance.randrange(8)}" for _ in range(chance.randrange(3))))

    hold(archive, one(), one())


def _gone(archive: Archive, chance: random.Random) -> None:
    kind = chance.choice((Kind.PAPER, Kind.MEETING, Kind.FILE))
    letter = {Kind.PAPER: "", Kind.MEETING: "m", Kind.FILE: "f"}[kind]
    add_tombstone(archive, kind, f"{letter}{chance.randrange(6)}")


def _removed(archive: Archive, chance: random.Random) -> None:
    target = chance.choice(
        (f"{MUNICIPALITY}:file:f{chance.randrange(8)}", f"{MUNICIPALITY}:paper:{chance.randrange(6)}")
    )
    if chance.random() < 0.4:
        remove(archive, target, "private", "Admin")
    else:
        restore(archive, target)


def _file(archive: Archive, chance: random.Random) -> None:
    native_id = f"f{chance.randrange(8)}"
    if chance.random() < 0.6:
        fetch_text(archive, native_id, f"Text von {native_id}")
    else:
        failed = FailedFile(url_of(native_id), "HTTP 404", withdrawn=chance.random() < 0.7, again=AskAgain.LATER)
        FileWriter(archive, MUNICIPALITY).put([failed])


STEPS: tuple[Step, ...] = (_meeting, _meeting, _paper, _paper, _gone, _removed, _file, _file)


def everything(archive: Archive) -> list[list[Any]]:
    with archive.reading() as connection:
        return [
            [tuple(row) for row in connection.execute(query)]
            for query in (
                select(RECORD.c.id, RECORD.c.visible, RECORD.c.visible_body, RECORD.c.seq).order_by(RECORD.c.id),
                select(FILE_OWNER).order_by(FILE_OWNER.c.record_id, FILE_OWNER.c.file_id),
                select(FILE.c.id, FILE.c.status, FILE.c.sha256).order_by(FILE.c.id),
            )
        ]


@pytest.mark.parametrize("seed", range(6))
def test_in_every_order_of_events_what_is_kept_is_what_would_be_decided_now(archive: Archive, seed: int) -> None:
    chance = random.Random(seed)
    follower = Follower(archive)
    for number in range(40):
        step = chance.choice(STEPS)
        step(archive, chance)
        kept = everything(archive)
        with archive.writing() as connection:
            connection.execute(text("DELETE FROM about"))
            decide_all(connection)
        assert everything(archive) == kept, (number, step.__name__)
        ids = [i for some in RecordReader(archive).ids(list(Kind)) for i in some]
        follower.follow()
        assert follower.entries == entries(archive, ids), (number, step.__name__)
        removed_or_gone = {row[0] for row in kept[2] if row[1] in ("gone", "removed", "withheld")}
        held = RecordReader(archive).records(ids)
        assert not removed_or_gone & {
            f"{MUNICIPALITY}:file:{f.native_id}" for record in held for f in files_of(record.noun)
        }
        assert all(row[2] is None for row in kept[2] if row[0] in removed_or_gone), "no text is kept of them"
    assert not any(isinstance(RecordReader(archive).record(i), GoneRecord) for i in follower.entries)
