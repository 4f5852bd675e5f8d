"""The vectors of titles: worked out once a title, gone with it in the same transaction, whoever is killed when."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from archive.archive import Archive
from archive.removal import remove
from archive.schema import TITLE_VECTOR
from archive.title_vectors import TitleVectors
from council.model import AgendaItem, Kind, Meeting, Paper, Tombstone
from tests.archive.filling import MUNICIPALITY, hold, writer

MODEL = "lengths"


def paper(native_id: str, name: str | None = "Radweg", **more: Any) -> Paper:
    return Paper.model_validate({"native_id": native_id, "name": name} | more)


def record_id(native_id: str) -> str:
    return f"{MUNICIPALITY}:paper:{native_id}"


def vector(title: str) -> bytes:
    return title.encode().ljust(64, b".")


def work(archive: Archive, limit: int = 200, model: str = MODEL) -> list[str]:
    """Work out what waits; returns the titles for which that had to be done."""
    vectors = TitleVectors(archive, model)
    done: list[str] = []
    while batch := vectors.pending(limit):
        vectors.put(batch, {hashed: vector(title) for hashed, title in batch.titles.items()})
        done += batch.titles.values()
    return done


def kept(archive: Archive, model: str = MODEL) -> dict[str, bytes]:
    ids, packed = TitleVectors(archive, model).all(limit=100)
    size = len(packed) // max(len(ids), 1)
    return {one: packed[n * size : (n + 1) * size] for n, one in enumerate(ids)}


def in_the_table(archive: Archive) -> set[str]:
    with archive.reading() as connection:
        return set(connection.scalars(select(TITLE_VECTOR.c.record_id)))


def test_every_shown_paper_with_a_title_gets_one_and_equal_titles_are_worked_out_once(archive: Archive) -> None:
    hold(archive, paper("1"), paper("2"), paper("3", "Spielplatz"), paper("4", None))
    assert sorted(work(archive)) == ["Radweg", "Spielplatz"]
    assert kept(archive) == {
        record_id(n): vector(t) for n, t in (("1", "Radweg"), ("2", "Radweg"), ("3", "Spielplatz"))
    }
    hold(archive, paper("5", "Spielplatz"))
    assert work(archive) == []
    assert kept(archive)[record_id("5")] == vector("Spielplatz")


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_a_transaction_with_many_papers_is_done_in_parts_and_gone_on_with(archive: Archive, limit: int) -> None:
    hold(archive, *(paper(str(n), None if n % 3 == 0 else f"Titel {n}") for n in range(20)))
    vectors = TitleVectors(archive, MODEL)
    first = vectors.pending(limit)
    assert first is not None
    assert len(first.papers) < 2 * limit
    vectors.put(first, {hashed: vector(title) for hashed, title in first.titles.items()})
    # Whoever did that is dead now; another goes on, and does nothing twice.
    rest = work(archive, limit)
    assert len(rest) + len(first.titles) == 13
    assert len(kept(archive)) == 13


def test_a_changed_title_loses_the_vector_at_once_and_gets_another(archive: Archive) -> None:
    hold(archive, paper("1", "Radweg an der Schule"))
    work(archive)
    hold(archive, paper("1", "Gehweg an der Schule"))
    assert in_the_table(archive) == set()
    assert work(archive) == ["Gehweg an der Schule"]


def test_a_change_of_something_else_leaves_the_vector(archive: Archive) -> None:
    hold(archive, paper("1"))
    work(archive)
    hold(archive, paper("1", reference="2026/17"))
    assert in_the_table(archive) == {record_id("1")}
    assert work(archive) == []


def test_what_is_withdrawn_removed_or_hidden_loses_the_vector_in_the_same_transaction(archive: Archive) -> None:
    hold(archive, paper("1", "eins"), paper("2", "zwei"), paper("3", "drei"), paper("4", "vier"))
    work(archive)
    run = writer(archive)
    run.add_tombstones([Tombstone(kind=Kind.PAPER, native_id="1", reason="gone")])
    assert in_the_table(archive) == {record_id("2"), record_id("3"), record_id("4")}
    remove(archive, record_id("2"), "private", "clerk")
    assert in_the_table(archive) == {record_id("3"), record_id("4")}
    secret = AgendaItem(native_id="i", name="Grundstück", paper="3", public=False)
    hold(archive, Meeting(native_id="m", name="Rat", agenda=(secret,)))
    assert in_the_table(archive) == {record_id("4")}
    assert work(archive) == []


def test_a_paper_that_goes_while_its_vector_is_worked_out_gets_none(archive: Archive) -> None:
    hold(archive, paper("1", "eins"), paper("2", "zwei"), paper("3", "drei"))
    vectors = TitleVectors(archive, MODEL)
    batch = vectors.pending()
    assert batch is not None
    remove(archive, record_id("1"), "private", "clerk")
    hold(archive, paper("2", "anders"))
    assert vectors.put(batch, {hashed: vector(title) for hashed, title in batch.titles.items()}) == 1
    assert in_the_table(archive) == {record_id("3")}
    assert work(archive) == ["anders"]


def test_another_model_works_everything_out_anew_and_sees_no_other_vectors(archive: Archive) -> None:
    hold(archive, paper("1", "eins"))
    work(archive)
    assert kept(archive, "better") == {}
    assert work(archive, model="better") == ["eins"]
    assert kept(archive) == {}
    assert kept(archive, "better") == {record_id("1"): vector("eins")}
