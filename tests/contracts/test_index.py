"""What every index does, whatever engine is behind it. Speaks only the contract's words."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.index import cursor as places
from indexer.index.contract import (
    PAGE_BREAK,
    BadCursor,
    Clause,
    Engine,
    Entry,
    FacetCount,
    FacetName,
    Filter,
    IndexFault,
    IndexLocked,
    IndexNotReady,
    IndexReader,
    IndexWriter,
    Occur,
    Query,
    Results,
    Rewriting,
    Sort,
)
from indexer.index.marking import Marker
from indexer.index.page_signatures import PageChooser
from indexer.index.query import parse
from indexer.index.understanding import UnderstandingKind
from tests.contracts.engines import KINDS, Installation, install
from tests.waiting import eventually


@pytest.fixture(scope="module", params=KINDS)
def engine_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def installation(engine_kind: str, tmp_path: Path) -> Iterator[Installation]:
    installation = install(engine_kind, tmp_path)
    yield installation
    installation.clean()


@pytest.fixture(scope="module")
def holding(
    engine_kind: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Iterable[Entry]], IndexReader]]:
    """Readers of indexes that are filled once and then only read, by many tests."""
    with ExitStack() as stack:

        def hold(entries: Iterable[Entry]) -> IndexReader:
            installation = install(engine_kind, tmp_path_factory.mktemp("read"))
            stack.callback(installation.clean)
            fill(installation.open(), *entries)
            reader = installation.open().reader()
            stack.callback(reader.close)
            return reader

        yield hold


@pytest.fixture
def open_again(installation: Installation) -> Callable[[], Engine]:
    """Opens the same installation's engine, as another process would."""
    return installation.open


@pytest.fixture
def engine(open_again: Callable[[], Engine]) -> Engine:
    return open_again()


@pytest.fixture
def reader(engine: Engine) -> Iterator[IndexReader]:
    reader = engine.reader()
    yield reader
    reader.close()


def entry(id_: str, title: str = "Vorlage", **more: object) -> Entry:
    plain = Entry(id=id_, kind="paper", municipality="musterstadt", title=title)
    return replace(plain, **more)  # type: ignore[arg-type]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def fill(engine: Engine, *entries: Entry, cursor: int = 1) -> None:
    with engine.update() as writer:
        writer.put(entries)
        writer.commit(cursor)


def ask(reader: IndexReader, text: str = "", **more: object) -> Results:
    return reader.search(replace(Query(parse(text)), **more))  # type: ignore[arg-type]


def ids(results: Results) -> list[str]:
    return [hit.id for hit in results.hits]


def found(reader: IndexReader, text: str, **more: object) -> set[str]:
    return set(ids(ask(reader, text, **more)))


def fail(writer: IndexWriter, *entries: Entry) -> None:
    """Leave a writer by an exception after it has written and committed these."""
    with writer:
        for written in entries:
            writer.put([written])
            writer.commit(99)
        writer.put([entry("uncommitted")])
        raise ZeroDivisionError


# --- no index, empty index ---------------------------------------------------------------------------------------


def test_without_an_index_a_reader_says_so(reader: IndexReader) -> None:
    with pytest.raises(IndexNotReady):
        ask(reader, "schule")
    with pytest.raises(IndexNotReady):
        reader.state()


def test_update_makes_and_publishes_an_empty_index(engine: Engine, reader: IndexReader) -> None:
    with engine.update() as writer:
        assert (writer.cursor, writer.entries) == (0, 0)
    assert ask(reader).total == 0
    assert (reader.state().entries, reader.state().cursor) == (0, 0)


# --- writing -----------------------------------------------------------------------------------------------------


def test_what_is_committed_is_found_as_it_was_written(engine: Engine, reader: IndexReader) -> None:
    written = Entry(
        id="musterstadt:paper:1",
        kind="paper",
        municipality="musterstadt",
        title="Neubau der Grundschule „Am Ring“ – 2. Abschnitt",
        reference="BV/2023/0145",
        date=day("2023-04-05"),
        paper_type="Beschlussvorlage",
        organizations=("Bauausschuss", "Gemeinderat"),
        texts=("Der Text wird gesucht, aber nicht aufbewahrt.",),
        source_id="https://example.org/paper/1",
        source_url="https://example.org/paper/1.html",
    )
    fill(engine, written)
    (hit,) = ask(reader, "grundschule").hits
    for name in ("id", "kind", "municipality", "title", "reference", "date", "paper_type", "organizations"):
        assert getattr(hit, name) == getattr(written, name)
    assert (hit.source_id, hit.source_url) == (written.source_id, written.source_url)
    assert hit.score is not None
    assert hit.score > 0


def test_a_hit_says_which_of_its_pages_to_read(engine: Engine, reader: IndexReader) -> None:
    book = [f"Seite {number}, leer." for number in range(40)]
    book[25] = "Der Brunnen am Markt."
    fill(engine, entry("book", texts=("Ein Anschreiben.", PAGE_BREAK.join(book))), entry("plain", "Brunnen"))
    results = ask(reader, "brunnen")
    chooser = PageChooser(results.patterns)
    likely = {hit.id: chooser.likely(hit.pages, 41 if hit.id == "book" else 0).numbers for hit in results.hits}
    assert likely == {"book": (26,), "plain": ()}


def test_unknown_stays_unknown(engine: Engine, reader: IndexReader) -> None:
    fill(engine, entry("a"))
    (hit,) = ask(reader).hits
    assert (hit.reference, hit.date, hit.paper_type, hit.source_id, hit.source_url) == (None,) * 5
    assert hit.organizations == ()


def test_put_streams_counts_and_replaces(engine: Engine, reader: IndexReader) -> None:
    with engine.update() as writer:
        assert writer.put(entry(f"{n}", f"Brücke {n}") for n in range(20)) == 20
        assert writer.put([entry("3", "Tunnel"), entry("3", "Fähre")]) == 2
        writer.commit(7)
        assert (writer.cursor, writer.entries) == (7, 20)
    assert found(reader, "fähre") == {"3"}
    assert ask(reader, "tunnel").total == 0
    assert ask(reader, "brücke").total == 19


def test_update_replaces_and_deletes_and_moves_the_cursor(engine: Engine, reader: IndexReader) -> None:
    fill(engine, entry("a", "Brücke"), entry("b", "Brücke"), entry("c", "Brücke"), cursor=5)
    with engine.update() as writer:
        assert (writer.cursor, writer.entries) == (5, 3)
        writer.put([entry("a", "Tunnel")])
        writer.delete(["b", "unknown"])
        writer.commit(9)
        assert (writer.cursor, writer.entries) == (9, 2)
    assert eventually(lambda: ids(ask(reader, "brücke")) == ["c"])
    assert ids(ask(reader, "tunnel")) == ["a"]
    assert (reader.state().entries, reader.state().cursor) == (2, 9)


def test_put_after_delete_and_delete_after_put(engine: Engine, reader: IndexReader) -> None:
    with engine.update() as writer:
        writer.put([entry("a", "Brücke"), entry("b", "Brücke")])
        writer.delete(["a", "b"])
        writer.put([entry("a", "Steg")])
        writer.commit(1)
    assert ids(ask(reader)) == ["a"]


def test_what_is_not_committed_is_dropped(engine: Engine, reader: IndexReader) -> None:
    fill(engine, entry("a"), cursor=1)
    with engine.update() as writer:
        writer.put([entry("b")])
        writer.delete(["a"])
    with pytest.raises(ZeroDivisionError):
        fail(engine.update())
    assert ids(ask(reader)) == ["a"]
    with engine.update() as writer:
        assert (writer.cursor, writer.entries) == (1, 1)


def test_a_commit_is_seen_by_an_open_reader(engine: Engine, reader: IndexReader) -> None:
    fill(engine, entry("a"))
    assert ask(reader).total == 1
    with engine.update() as writer:
        writer.put([entry("b")])
        time.sleep(0.1)
        assert ask(reader).total == 1
        writer.commit(2)
        assert eventually(lambda: ask(reader).total == 2)


def test_one_writer_at_a_time(engine: Engine, open_again: Callable[[], Engine]) -> None:
    with engine.update():
        for attempt in (engine.update, engine.rebuild, open_again().update, open_again().rebuild):
            with pytest.raises(IndexLocked):
                attempt()
    with open_again().rebuild(), pytest.raises(IndexLocked):
        engine.update()
    with engine.update():
        pass


def test_an_index_keeps_the_name_of_the_archive_it_was_made_from(engine: Engine, reader: IndexReader) -> None:
    with engine.update() as writer:
        writer.put([entry("a")])
        writer.commit(7, "one archive")
    assert (reader.state().cursor, reader.state().origin) == (7, "one archive")
    with engine.rebuild() as writer:
        writer.put([entry("a")])
        writer.commit(7, "another archive")
        engine.publish(writer, 1)
    assert eventually(lambda: reader.state().origin == "another archive")
    assert reader.state().cursor == 7


def test_the_cursor_outlives_the_process(engine: Engine, open_again: Callable[[], Engine]) -> None:
    fill(engine, entry("a"), cursor=42)
    with open_again().update() as writer:
        assert (writer.cursor, writer.entries) == (42, 1)


# --- rebuilding --------------------------------------------------------------------------------------------------


def test_a_rebuild_is_searched_only_when_published(engine: Engine, reader: IndexReader) -> None:
    fill(engine, entry("old"), cursor=1)
    before = reader.state()
    with engine.rebuild() as writer:
        assert (writer.cursor, writer.entries) == (0, 0)
        writer.put([entry("new"), entry("newer")])
        writer.commit(8)
        assert ids(ask(reader)) == ["old"]
        engine.publish(writer, 2)
    assert eventually(lambda: found(reader, "") == {"new", "newer"})
    after = reader.state()
    assert (after.entries, after.cursor) == (2, 8)
    assert after.name != before.name
    with engine.update() as updating:
        assert (updating.cursor, updating.entries) == (8, 2)


def test_a_rebuild_can_be_published_after_it_is_closed(engine: Engine, reader: IndexReader) -> None:
    with engine.rebuild() as writer:
        writer.put([entry("a")])
        writer.commit(1)
    engine.publish(writer, 1)
    assert ids(ask(reader)) == ["a"]


def test_publishing_refuses_a_wrong_count(engine: Engine, reader: IndexReader) -> None:
    fill(engine, entry("old"))
    with engine.rebuild() as writer:
        writer.put([entry("new")])
        writer.commit(2)
        with pytest.raises(IndexFault, match="1 entries where 2"):
            engine.publish(writer, 2)
    assert ids(ask(reader)) == ["old"]


def test_publishing_refuses_what_is_not_committed(engine: Engine, reader: IndexReader) -> None:
    fill(engine, entry("old"))
    with engine.rebuild() as writer:
        writer.put([entry("new")])
        with pytest.raises(IndexFault):
            engine.publish(writer, 1)
        with pytest.raises(IndexFault):
            engine.publish(writer, 0)
    assert ids(ask(reader)) == ["old"]


def test_publishing_refuses_a_writer_of_the_published_index(engine: Engine) -> None:
    with engine.update() as writer, pytest.raises(IndexFault):
        engine.publish(writer, 0)


def test_a_failed_rebuild_leaves_the_old_index_searched(engine: Engine, reader: IndexReader) -> None:
    fill(engine, entry("old"), cursor=3)
    with pytest.raises(ZeroDivisionError):
        fail(engine.rebuild(), entry("new"))
    assert ids(ask(reader)) == ["old"]
    with engine.update() as updating:
        assert updating.cursor == 3


def test_many_rebuilds_do_not_pile_up(engine: Engine, reader: IndexReader, installation: Installation) -> None:
    sizes = []
    for turn in range(5):
        with engine.rebuild() as writer:
            writer.put(entry(f"{n}", f"Brücke {turn}") for n in range(50))
            writer.commit(turn)
            engine.publish(writer, 50)
        assert eventually(lambda turn=turn: ask(reader, f"brücke {turn}").total == 50)  # type: ignore[misc]
        sizes.append(installation.size())
    assert sizes[-1] < 2 * sizes[1]


def test_readers_are_never_disturbed_by_writers(engine: Engine) -> None:
    fill(engine, *(entry(f"{n}", "Brücke") for n in range(50)))
    reader = engine.reader()
    stop = threading.Event()
    wrong: list[object] = []

    def search() -> None:
        while not stop.is_set():
            try:
                results = ask(reader, "brücke", limit=60, facets=(FacetName.KIND,))
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what this test looks for
                wrong.append(error)
                return
            if results.total != 50 or len(results.hits) != 50:
                wrong.append((results.total, len(results.hits)))

    searching = [threading.Thread(target=search) for _ in range(3)]
    for thread in searching:
        thread.start()
    try:
        for turn in range(6):
            with engine.update() as writer:
                writer.put(entry(f"{n}", f"Brücke {turn}") for n in range(50))
                writer.commit(turn)
            with engine.rebuild() as writer:
                writer.put(entry(f"{n}", f"Brücke {turn}") for n in range(50))
                writer.commit(turn)
                engine.publish(writer, 50)
    finally:
        stop.set()
        for thread in searching:
            thread.join()
        reader.close()
    assert wrong == []


# --- words -------------------------------------------------------------------------------------------------------


LIBRARY = (
    entry("radweg", "Radwegkonzept für die Nordstadt", texts=("Neue Wege entlang der Allee.",)),
    entry("kita", "Gebühren der Kindertagesstätten", texts=("Die Linke beantragt, die Gebühren zu senken.",)),
    entry("park", "Pflege der Grünflächen", texts=("Im Park stehen alte Bäume. Straße und Platz.",)),
    entry("bad", "Sanierung Hallenbad", context=("Sportausschuss stimmt zu",), texts=("Linden im Hof.",)),
    entry(
        "halle",
        "Neubau Sporthalle",
        texts=("Die Halle liegt hier. " + "Viele Worte. " * 30 + "Das Bad ist woanders.",),
    ),
    entry("café", "Außenbewirtschaftung Café Zölle", texts=("Ein Œuvre naïver Kunst, 𝒳 und 中文 und 😀.",)),
)


@pytest.fixture(scope="module")
def library(holding: Callable[[Iterable[Entry]], IndexReader]) -> IndexReader:
    return holding(LIBRARY)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Radwegkonzept", {"radweg"}),
        ("radweg", {"radweg"}),
        ("konzept", {"radweg"}),
        ("RADWEGKONZEPTE", {"radweg"}),
        ("Grünfläche", {"park"}),
        ("Gruenflaeche", {"park"}),
        ("grunflachen", {"park"}),
        ("Strasse", {"park"}),
        ("STRAẞE", {"park"}),
        ("Baum", {"park"}),
        ("Kita", {"kita"}),
        ("sportausschuss", {"bad"}),
        ("lidnen", {"bad"}),
        ("cafe", {"café"}),
        ("CAFÉ", {"café"}),
        ("中文", {"café"}),
        ("naiver", {"café"}),
        ("die Linke", {"kita"}),
        ("quark", set()),
        ("leuchtturmwärter", set()),
    ],
)
def test_words(library: IndexReader, typed: str, expected: set[str]) -> None:
    assert found(library, typed) == expected


def test_a_find_in_the_title_goes_before_one_in_the_text(engine: Engine, reader: IndexReader) -> None:
    fill(engine, entry("text", "Vorlage", texts=("Der Brunnen ist alt.",)), entry("title", "Brunnen im Hof"))
    assert ids(ask(reader, "brunnen")) == ["title", "text"]


def test_two_words_must_both_be_held(library: IndexReader) -> None:
    assert found(library, "hallenbad sanierung") == {"bad"}
    assert found(library, "hallenbad nordstadt") == set()


def test_of_many_words_some_may_be_missing(library: IndexReader) -> None:
    assert found(library, "hallenbad sanierung mondfahrt") == {"bad"}
    assert found(library, "hallenbad mondfahrt raketen") == set()


def test_stopwords_do_not_decide(library: IndexReader) -> None:
    assert found(library, "was wird aus dem hallenbad") == {"bad"}
    assert found(library, '"und platz"') == {"park"}


def test_joined_words_must_be_held(library: IndexReader) -> None:
    assert found(library, "hallenbad UND sanierung UND mondfahrt") == set()
    assert found(library, "hallenbad UND sanierung") == {"bad"}


def test_alternatives(library: IndexReader) -> None:
    assert found(library, "radweg ODER kita") == {"radweg", "kita"}
    assert found(library, 'sporthalle ODER "alte bäume"') == {"halle", "park"}
    assert found(library, "radw* | zölle") == {"radweg", "café"}


def test_exclusion(library: IndexReader) -> None:
    assert found(library, "sporthalle -neubau") == set()
    assert "halle" in found(library, "halle -hallenbad")
    assert found(library, "-sporthalle -hallenbad") == {"radweg", "kita", "park", "café"}
    assert found(library, 'gebühren -"die linke"') == set()
    assert found(library, "gebühren NICHT radweg") == {"kita"}


def test_phrases(library: IndexReader) -> None:
    assert found(library, '"alte bäume"') == {"park"}
    assert found(library, "„alte Bäume“") == {"park"}
    assert found(library, '"bäume alte"') == set()
    assert found(library, '"alte bäume" mondfahrt') == set()
    assert found(library, '"die linke"') == {"kita"}


def test_begins_of_words(library: IndexReader) -> None:
    assert found(library, "Radwegk*") == {"radweg"}
    assert found(library, "gruenfl*") == {"park"}
    assert found(library, "kinder*") == {"kita"}
    assert found(library, "xyz*") == set()


@pytest.mark.parametrize("letters", range(3, 11))
def test_a_beginning_of_any_length_finds_all_words_that_begin_so(library: IndexReader, letters: int) -> None:
    assert found(library, f"{'radwegkonzept'[:letters]}*") == {"radweg"}
    assert found(library, f"Radwegkonzept -{'radwegkonzept'[:letters]}*") == set()


def test_begins_and_words_weigh_the_same_in_every_engine(engine: Engine, reader: IndexReader) -> None:
    fill(
        engine, entry("begin", "Brunnen Markt"), entry("word", "Tunnel Markt"), entry("c", "Antrag"), entry("d", "Rat")
    )
    results = ask(reader, "brun* tunnel markt")
    assert ids(results) == ["begin", "word"]
    assert [hit.score for hit in results.hits] == pytest.approx([3.9, 3.0], abs=0.1)


def test_hyphens_and_their_parts(engine: Engine, reader: IndexReader) -> None:
    fill(engine, entry("a", "Halt der S-Bahn"), entry("b", "Kita-Gebühren"), entry("c", "Bürger/innen"))
    assert found(reader, "s-bahn") == {"a"}
    assert found(reader, "bahn") == {"a"}
    assert found(reader, "kitagebühren") == {"b"}
    assert found(reader, "kita gebühr") == {"b"}
    assert found(reader, '"s-bahn"') == {"a"}
    assert found(reader, "bürger") == {"c"}


def test_words_cut_by_line_ends_and_ligatures(engine: Engine, reader: IndexReader) -> None:
    fill(engine, entry("a", texts=("Das Ausnahmekon-\nzept für Rad-\nund Fußwege. Die Wohnﬂäche. Ver\u00adkehr.",)))
    for typed in ("ausnahmekonzept", "wohnfläche", "verkehr", "fußweg"):
        assert found(reader, typed) == {"a"}, typed


@pytest.mark.parametrize(
    ("reference", "typed"),
    [
        ("2015/0472", "2015/0472"),
        ("2015/0472", "2015 0472"),
        ("2015/0472", "2015/472"),
        ("BV/2023/0145", "BV/2023/0145"),
        ("BV/2023/0145", "bv/2023/0145"),
        ("BV/2023/0145", "2023/0145"),
        ("BV-145/2023", "BV-145/2023"),
        ("BV/2023/0145", "BV-145/2023"),
        ("DS 0815/2024", "DS 0815/2024"),
        ("DS 0815/2024", "DS0815/2024"),
        ("26/SVV/0541", "26/SVV/0541"),
        ("26/SVV/0541", "Vorlage Nr. 26/SVV/0541"),
        ("1. Ergänzung zu 431/2021", "1. Ergänzung zu 431/2021"),
        ("1. Ergänzung zu 431/2021", "431/2021"),
        ("954 /XI.", "954 /XI."),
        ("954 /XI.", "954/XI"),
        ("24054", "24054"),
        ("VO/23/00123-01", "VO/23/00123-01"),
    ],
)
def test_reference_numbers_are_found_as_typed(engine: Engine, reader: IndexReader, reference: str, typed: str) -> None:
    fill(
        engine,
        entry("right", "Vorlage Nr.", reference=reference, texts=("Text der Vorlage",)),
        entry("wrong", "Vorlage Nr. Ergänzung", reference="2019/9999", texts=("DS BV 2015 2021 2023 2024",)),
    )
    assert ids(ask(reader, typed)) == ["right"]


def test_the_very_reference_goes_first(engine: Engine, reader: IndexReader) -> None:
    fill(
        engine,
        entry("mention", "Bezug auf 2023/0077", texts=("2023/0077 " * 50,)),
        entry("child", "Änderungsantrag", reference="2023/0077/1"),
        entry("very", "Antrag", reference="2023/0077"),
    )
    assert ids(ask(reader, "2023/0077")) == ["very", "child", "mention"]


@pytest.mark.parametrize(
    "typed", ["???", "-", '"', '""', "*", "( )", "ODER", "UND UND", "\x00", "😀", "a" * 500, "[*] {x}"]
)
def test_odd_questions_are_answered(library: IndexReader, typed: str) -> None:
    assert ask(library, typed).total <= 6


def test_junk_clauses_find_nothing_and_no_clauses_find_everything(library: IndexReader) -> None:
    assert library.search(Query((Clause("?!"),))).total == 0
    assert library.search(Query()).total == 6
    assert library.search(Query((Clause("halle", Occur.MUST_NOT), Clause("?")))).total >= 0


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("Priroitätenliste", "Die Prioritätenliste.", "Prioritätenliste"),
        ("Radweg", "Das Radwegkonzept.", "Radwegkonzept"),
        ("sbahn", "Die S-Bahn.", "S-Bahn"),
        ("radw*", "Viele Radwege.", "Radwege"),
        ("Kita", "Die Kindertagesstätte.", "Kindertagesstätte"),
        ("Kitaplatz", "Ein Kindertagesstättenplatz.", "Kindertagesstättenplatz"),
        ("Radweg", "Am Rad- und Fußweg.", "Rad- und Fußweg"),
        ("Lindenstraße", "Die Lindenstr. 5", "Lindenstr"),
        ("A 14", "An der A14.", "A14"),
        ("§ 35 BauGB", "Nach §§ 34, 35 Baugesetzbuch.", "§§ 34, 35 Baugesetzbuch"),
        ("B-Plan Nr. 12", "Der Bebauungsplan 12.", "Bebauungsplan 12"),
        ('"rote Ampel"', "Bei roter Ampel.", "roter Ampel"),
    ],
)
def test_an_answer_says_what_its_words_were_taken_for(
    engine: Engine, reader: IndexReader, typed: str, text: str, marked: str
) -> None:
    fill(engine, entry("right", texts=(text,)), entry("wrong", texts=("Etwas anderes.",)))
    results = ask(reader, typed)
    assert ids(results) == ["right"]
    assert [text[start:end] for start, end in Marker(results.patterns).highlight(text)] == [marked]
    assert reader.patterns(parse(typed)).patterns == results.patterns.patterns


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Kita", [("synonym", "Kita", "Kindertagesstätte"), ("synonym", "Kita", "Kindertageseinrichtung")]),
        ("Lidnen", [("spelling", "Lidnen", "Linden")]),
        ("Gebüren", [("spelling", "Gebüren", "Gebühren")]),
        (
            "Radwegkonzept",
            [
                ("part", "Radwegkonzept", "Radweg Konzept"),
                ("synonym", "Radwegkonzept", "Fahrrad Weg Konzept"),
                ("synonym", "Radwegkonzept", "Fahrradweg Konzept"),
            ],
        ),
        ("2015/0472", [("number", "2015/0472", "2015/0472")]),
        ("Hallenbad", [("part", "Hallenbad", "Halle Bad")]),
        ('"Kita Lidnen"', []),
        ("-Kita", []),
        ("", []),
    ],
)
def test_an_answer_says_what_was_understood(library: IndexReader, typed: str, expected: list[tuple[str, ...]]) -> None:
    assert [(one.kind.value, one.typed, one.meant) for one in ask(library, typed).understood] == expected


@pytest.fixture(scope="module")
def misspelt(holding: Callable[[Iterable[Entry]], IndexReader]) -> IndexReader:
    """Two words that occur, one of them once with a mistake in it."""
    right = [entry(f"s{n}", "Spielplatz am Markt") for n in range(12)]
    return holding((*right, entry("wrong", "Spielpaltz im Hof"), entry("bad", "Sanierung Hallenbad")))


@pytest.mark.parametrize(
    ("typed", "total", "expected"),
    [
        ("Spielpltz", 12, [("Spielpltz", "Spielplatz", True)]),
        ("Spielpltz Makrt", 12, [("Spielpltz", "Spielplatz", True), ("Makrt", "Markt", True)]),
        ("Hallenbd", 1, [("Hallenbd", "Hallenbad", True)]),
        ("Spielpaltz", 1, [("Spielpaltz", "Spielplatz", False)]),
        ("Spielpaltz Markt", 12, [("Spielpaltz", "Spielplatz", True)]),
        ("Hallenbad ODER Makrt", 1, [("Makrt", "Markt", False)]),
        ("Spielplatz", 12, []),
        ('"Spielpltz"', 0, []),
    ],
)
def test_a_mistake_is_corrected_only_where_nothing_is_found_otherwise(
    misspelt: IndexReader, typed: str, total: int, expected: list[tuple[str, str, bool]]
) -> None:
    results = ask(misspelt, typed)
    corrections = [one for one in results.understood if one.kind is UnderstandingKind.SPELLING]
    assert (results.total, [(one.typed, one.meant, one.applied) for one in corrections]) == (total, expected)
    off = ask(misspelt, typed, without=frozenset({Rewriting.SPELLING}))
    assert [one.typed for one in off.understood if one.kind is UnderstandingKind.SPELLING and one.applied] == []
    assert off.total == (0 if any(applied for _, _, applied in expected) else total)


@pytest.mark.parametrize(
    ("typed", "off", "expected"),
    [("Kita", Rewriting.SYNONYMS, {"kita"}), ("Alleewege", Rewriting.PARTS, {"radweg"})],
)
def test_what_is_made_of_a_question_can_be_switched_off(
    library: IndexReader, typed: str, off: Rewriting, expected: set[str]
) -> None:
    assert found(library, typed) == expected
    without = ask(library, typed, without=frozenset({off}))
    assert ids(without) == []
    assert {one.applied for one in without.understood} == {False}
    assert len(library.patterns(parse(typed), frozenset({off})).patterns) < len(library.patterns(parse(typed)).patterns)


# --- order and pages ---------------------------------------------------------------------------------------------


DATED = (
    entry("e", "Brunnen", date=day("2020-01-01")),
    entry("d", "Brunnen", date=day("2021-06-01")),
    entry("c", "Brunnen und noch viele andere Worte", date=day("2021-06-01")),
    entry("b", "Brunnen"),
    entry("a", "Brunnen"),
    entry("f", "Brunnen", date=day("2020-01-01")),
    entry("g", "Brunnen Brunnen", date=day("2019-01-01")),
)


@pytest.fixture(scope="module")
def dated(holding: Callable[[Iterable[Entry]], IndexReader]) -> IndexReader:
    return holding(DATED)


@pytest.mark.parametrize(
    ("typed", "sort", "expected"),
    [
        ("brunnen", Sort.NEWEST, "dcefgab"),
        ("brunnen", Sort.OLDEST, "gefdcab"),
        ("brunnen", Sort.RELEVANCE, "gdefabc"),
        ("", Sort.RELEVANCE, "cdefgab"),
        ("", Sort.NEWEST, "cdefgab"),
        ("", Sort.OLDEST, "gefcdab"),
        ("brun*", Sort.RELEVANCE, "cdefgab"),
        ("-gibtesnicht", Sort.OLDEST, "gefcdab"),
    ],
)
def test_order_to_the_last_tie(dated: IndexReader, typed: str, sort: Sort, expected: str) -> None:
    assert "".join(ids(ask(dated, typed, sort=sort))) == expected
    for size in (1, 2, 3):
        by_offset = [ids(ask(dated, typed, sort=sort, offset=at, limit=size)) for at in range(0, 8, size)]
        assert "".join(itertools.chain(*by_offset)) == expected
        assert "".join(itertools.chain(*pages(dated, typed, sort, size))) == expected


def pages(reader: IndexReader, typed: str, sort: Sort, size: int) -> Iterable[list[str]]:
    results = ask(reader, typed, sort=sort, limit=size)
    yield ids(results)
    while results.next:
        results = ask(reader, typed, sort=sort, limit=size, after=results.next)
        yield ids(results)


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
@pytest.mark.parametrize("typed", ["Brunnen", "brunn*", "Brunnen Markt"])
def test_pages_by_date_cut_days_as_the_whole_list_has_them(
    engine: Engine, reader: IndexReader, sort: Sort, typed: str
) -> None:
    first = dt.date(2024, 1, 1)
    fill(
        engine,
        *(
            entry(f"{number:02}", "Brunnen" + " Markt" * (number % 3), date=first + dt.timedelta(number * number % 7))
            for number in range(40)
        ),
        entry("undated", "Brunnen Markt"),
    )
    whole = ids(reader.search(Query(parse(typed), sort=sort, limit=100)))
    for size in (1, 3, 7, 20):
        pages = [ids(reader.search(Query(parse(typed), sort=sort, offset=n, limit=size))) for n in range(0, 45, size)]
        assert list(itertools.chain(*pages)) == whole
    assert len(whole) == len(set(whole))


def test_the_last_page_has_no_next(dated: IndexReader) -> None:
    for sort in Sort:
        assert ask(dated, "brunnen", sort=sort, limit=7).next is None
        assert ask(dated, "brunnen", sort=sort, limit=6).next is not None
        assert ask(dated, "brunnen", sort=sort, offset=7).hits == ()
        assert ask(dated, "brunnen", sort=sort, offset=7).total == 7
        assert ask(dated, "brunnen", sort=sort, limit=0).hits == ()
        assert len(ask(dated, "brunnen", sort=sort, limit=10**12).hits) == 7
        assert ask(dated, "brunnen", sort=sort, offset=10**12).hits == ()
        assert ask(dated, "brunnen", sort=sort, limit=0).total == 7


@pytest.mark.parametrize("sort", list(Sort))
def test_any_depth_is_reached(engine: Engine, reader: IndexReader, sort: Sort) -> None:
    start = day("2000-01-01")
    fill(
        engine,
        *(
            entry(f"{n:05d}", f"Brunnen {n % 7}", date=start + dt.timedelta(n // 40) if n % 9 else None)
            for n in range(1500)
        ),
    )
    seen = list(itertools.chain(*pages(reader, "brunnen", sort, 130)))
    assert len(seen) == len(set(seen)) == 1500
    assert seen[1400:1410] == ids(ask(reader, "brunnen", sort=sort, offset=1400))


def test_new_entries_do_not_shift_pages_by_date(engine: Engine, reader: IndexReader) -> None:
    fill(engine, *DATED)
    first = ask(reader, "brunnen", sort=Sort.NEWEST, limit=3)
    fill(engine, entry("new", "Brunnen", date=day("2024-01-01")))
    assert eventually(lambda: ask(reader, "brunnen").total == 8)
    assert ids(ask(reader, "brunnen", sort=Sort.NEWEST, limit=3, after=first.next)) == ["f", "g", "a"]


def test_a_cursor_fits_its_question_only(dated: IndexReader) -> None:
    for sort in Sort:
        cursor = ask(dated, "brunnen", sort=sort, limit=2).next
        assert cursor
        tampered = [cursor[:-1], cursor[:-1] + ("A" if cursor[-1] != "A" else "B"), "A" + cursor, "", "x", "ä", "=" * 9]
        for wrong in [*tampered, cursor.swapcase()]:
            with pytest.raises(BadCursor):
                ask(dated, "brunnen", sort=sort, limit=2, after=wrong)
        with pytest.raises(BadCursor):
            ask(dated, "anderes", sort=sort, after=cursor)
        with pytest.raises(BadCursor):
            ask(dated, "brunnen", sort=sort, filter=Filter(kind=("paper",)), after=cursor)
        for other in set(Sort) - {sort}:
            with pytest.raises(BadCursor):
                ask(dated, "brunnen", sort=other, after=cursor)
        assert ask(dated, "brunnen", sort=sort, limit=5, after=cursor, facets=(FacetName.YEAR,)).hits


FORGED: list[Any] = [
    [], {}, None, 0, "x", True, ["a", None], [0], [0, "x"], [0, 1.5], [-5, None], [0, -1], [True, None], [None, None],
    [0, None, None], [10**9, None], [10**30, None], [0, [1]], [0, None, [], None], [[0], 0, None, None, None],
    [0, None, "after", None, None], [0, None, [{}], "b", "k"], [0, None, [None], "b", "k"], [0, None, None, 1, 2],
    [0, None, None, "b", "k"],
]  # fmt: skip


@pytest.mark.parametrize("place", FORGED, ids=str)
def test_a_forged_place_is_told(dated: IndexReader, place: Any) -> None:
    """The key of the check is the question itself: whoever wants to can write a place."""
    for sort in Sort:
        query = Query(clauses=parse("brunnen"), sort=sort, limit=2)
        with pytest.raises(BadCursor):
            dated.search(replace(query, after=places.written(place, query)))


def test_a_forged_place_of_the_right_shape_is_no_fault(dated: IndexReader) -> None:
    build = dated.state().name
    right: list[list[Any]] = [[99, None], [99_999_999, 0], [0, 10_000_000]]
    right += [[0, None, [1], build, "kept"], [3, 1, ["x", 0], build, "eHh4"]]
    for place in right:
        for sort in Sort:
            query = Query(clauses=parse("brunnen"), sort=sort, limit=2)
            with suppress(BadCursor):
                assert dated.search(replace(query, after=places.written(place, query))).total == 7


# --- filters and facets ------------------------------------------------------------------------------------------


COUNTED = (
    entry(
        "1",
        "Brunnen",
        date=day("2020-12-31"),
        paper_type="Antrag",
        organizations=("Rat", "Bau"),
        originators=("Fraktion Die Unken",),
    ),
    entry("2", "Brunnen", date=day("2021-01-01"), paper_type="Antrag", organizations=("Rat",)),
    entry(
        "3",
        "Brunnen",
        date=day("2021-12-31"),
        paper_type="Anfrage",
        municipality="neustadt",
        originators=("Fraktion Die Unken", "Bauamt"),
    ),
    entry("4", "Brunnen", kind="meeting", organizations=("Bau", "Bau", "Ältestenrat, Bürger & Co.")),
    entry("5", "Tunnel", date=day("2021-05-05"), paper_type="Antrag"),
)


@pytest.fixture(scope="module")
def counted(holding: Callable[[Iterable[Entry]], IndexReader]) -> IndexReader:
    return holding(COUNTED)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Filter(), "1234"),
        (Filter(municipality=("neustadt",)), "3"),
        (Filter(municipality=("neustadt", "musterstadt")), "1234"),
        (Filter(kind=("meeting",)), "4"),
        (Filter(paper_type=("Antrag",)), "12"),
        (Filter(paper_type=("antrag",)), ""),
        (Filter(organization=("Bau",)), "14"),
        (Filter(organization=("Ältestenrat, Bürger & Co.",)), "4"),
        (Filter(originator=("Fraktion Die Unken",)), "13"),
        (Filter(originator=("Bauamt", "Hauptamt")), "3"),
        (Filter(year=(2021,)), "23"),
        (Filter(year=(2020, 2021)), "123"),
        (Filter(date_from=day("2021-01-01")), "23"),
        (Filter(date_to=day("2021-01-01")), "12"),
        (Filter(date_from=day("2021-01-01"), date_to=day("2021-01-01")), "2"),
        (Filter(date_from=day("2022-01-01"), date_to=day("2021-01-01")), ""),
        (Filter(paper_type=("Antrag",), organization=("Bau",), year=(2020,)), "1"),
        (Filter(kind=("meeting",), year=(2020,)), ""),
    ],
)
def test_filters(counted: IndexReader, limits: Filter, expected: str) -> None:
    results = ask(counted, "brunnen", filter=limits)
    assert "".join(sorted(ids(results))) == expected
    assert results.total == len(expected)


def test_filters_do_not_change_scores(counted: IndexReader) -> None:
    free = {hit.id: hit.score for hit in ask(counted, "brunnen").hits}
    limited = ask(counted, "brunnen", filter=Filter(organization=("Bau",), date_from=day("2000-01-01"))).hits
    assert {hit.id: hit.score for hit in limited} == {"1": free["1"]}


def test_facets_count_all_hits(counted: IndexReader) -> None:
    results = ask(counted, "brunnen", limit=1, facets=tuple(FacetName))
    assert results.facets == {
        FacetName.MUNICIPALITY: (FacetCount("musterstadt", 3), FacetCount("neustadt", 1)),
        FacetName.KIND: (FacetCount("paper", 3), FacetCount("meeting", 1)),
        FacetName.PAPER_TYPE: (FacetCount("Antrag", 2), FacetCount("Anfrage", 1)),
        FacetName.ORGANIZATION: (
            FacetCount("Bau", 2),
            FacetCount("Rat", 2),
            FacetCount("Ältestenrat, Bürger & Co.", 1),
        ),
        FacetName.ORIGINATOR: (FacetCount("Fraktion Die Unken", 2), FacetCount("Bauamt", 1)),
        FacetName.YEAR: (FacetCount("2021", 2), FacetCount("2020", 1)),
    }


def test_a_facet_leaves_its_own_filter_out(counted: IndexReader) -> None:
    limits = Filter(paper_type=("Antrag",), year=(2021,))
    facets = ask(
        counted, "brunnen", filter=limits, facets=(FacetName.PAPER_TYPE, FacetName.YEAR, FacetName.KIND)
    ).facets
    assert facets[FacetName.PAPER_TYPE] == (FacetCount("Anfrage", 1), FacetCount("Antrag", 1))
    assert facets[FacetName.YEAR] == (FacetCount("2020", 1), FacetCount("2021", 1))
    assert facets[FacetName.KIND] == (FacetCount("paper", 1),)


def test_a_facet_says_what_its_filter_brings(library: IndexReader) -> None:
    for typed in ("halle", "hallenbad sanierung neubau", "", "radweg ODER kita"):
        results = ask(library, typed, facets=(FacetName.KIND, FacetName.MUNICIPALITY))
        for count in results.facets[FacetName.KIND]:
            assert ask(library, typed, filter=Filter(kind=(count.value,))).total == count.count


def test_facets_of_nothing_are_empty(counted: IndexReader) -> None:
    assert ask(counted, "gibtesnicht", facets=(FacetName.KIND,)).facets == {FacetName.KIND: ()}


def test_counts_are_exact_whatever_the_number_of_values(engine: Engine, reader: IndexReader) -> None:
    for start in range(0, 300, 100):
        with engine.update() as writer:
            writer.put(
                entry(f"{n}", organizations=(*(f"Rat {n}-{m:02d}" for m in range(20)), "Überall", f"Drittel {n % 3}"))
                for n in range(start, start + 100)
            )
            writer.commit(start)
    results = ask(reader, "", facets=(FacetName.ORGANIZATION,), facet_size=6)
    assert results.facets[FacetName.ORGANIZATION] == (
        FacetCount("Überall", 300),
        FacetCount("Drittel 0", 100),
        FacetCount("Drittel 1", 100),
        FacetCount("Drittel 2", 100),
        FacetCount("Rat 0-00", 1),
        FacetCount("Rat 0-01", 1),
    )


def test_totals_are_exact(engine: Engine, reader: IndexReader) -> None:
    fill(engine, *(entry(f"{n}", "Brunnen" if n % 3 else "Tunnel") for n in range(3000)))
    assert ask(reader, "brunnen", limit=1).total == 2000


@pytest.mark.parametrize("wrong", [{"limit": -1}, {"offset": -1}])
def test_negative_pages_are_refused(dated: IndexReader, wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="negative"):
        ask(dated, "brunnen", **wrong)
