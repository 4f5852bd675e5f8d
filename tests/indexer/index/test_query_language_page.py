"""Every example in docs/query-language.md does what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indexer.index.contract import Entry, IndexReader, Query
from indexer.index.engines import open_engine
from indexer.index.query import LONGEST_QUESTION, MOST_CLAUSES, SHORTEST_BEGIN, parse

PAGE = (Path(__file__).parents[3] / "docs" / "query-language.md").read_text(encoding="utf-8")
TITLES = {
    "radwege": "Neue Radwege",
    "radwegkonzept": "Radwegkonzept",
    "schulradweg": "Schulradweg",
    "brücke": "Radweg über die Brücke",
    "grün": "Pflege der Grünflächen",
    "kita": "Gebühren der Kindertagesstätten",
    "hort": "Hort Nord",
    "beiträge": "Beiträge im Hort",
    "hitze": "Messung von Lärm",
    "tisch": "grüner Turm zur Kirche",
    "abriss": "Abriss der Kirche",
    "tische": "Der Turm ist ein grüner",
    "nummer": "Bericht",
    "linden": "Linden im Hof",
    "fuß": "Rad- und Fußweg am See",
    "gasse": "Gehweg Birkenstraße",
    "autobahn": "Lärm an der A14",
    "wahl": "Plan der VII. Wahlperiode",
    "zwölf": "Pflanzung von 12 Bäumen",
    "gesetz": "Bauen nach §§ 34, 35 Baugesetzbuch",
    "plan": "Abwägung zum Bebauungsplan 12",
}
RADWEGE = {"radwege", "radwegkonzept", "schulradweg", "brücke", "fuß"}
EXAMPLES = {
    "Radweg": RADWEGE,
    "Birkenstr.": {"gasse"},
    "A 14": {"autobahn"},
    "§ 34 BauGB": {"gesetz"},
    "B-Plan Nr. 12": {"plan"},
    "7. Wahlperiode": {"wahl"},
    "zwölf Bäume": {"zwölf"},
    "Gruenflaeche": {"grün"},
    "Hort Beiträge": {"beiträge"},
    "Kita": {"kita"},
    "Lärm Flugplatz Nacht Messung": {"hitze"},
    '"grüner Turm"': {"tisch"},
    "„grüner Turm“": {"tisch"},
    "Kirche -Abriss": {"tisch"},
    "Kirche NICHT Abriss": {"tisch"},
    'Kirche -"grüner Turm"': {"abriss"},
    "Kita ODER Hort": {"kita", "hort", "beiträge"},
    "Radweg UND Brücke": {"brücke"},
    "Grünfl*": {"grün"},
    "2015/0472": {"nummer"},
    "2015 0472": {"nummer"},
    "Lidnen": {"linden"},
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
    engine = open_engine("tantivy", tmp_path_factory.mktemp("index"), {})
    with engine.update() as writer:
        writer.put(
            Entry(id_, "paper", "m", title, reference="2015/0472" if id_ == "nummer" else None)
            for id_, title in TITLES.items()
        )
        writer.commit(1)
    return engine.reader()


@pytest.mark.parametrize(("typed", "expected"), EXAMPLES.items())
def test_examples(reader: IndexReader, typed: str, expected: set[str]) -> None:
    assert f"`{typed}`" in PAGE
    assert {hit.id for hit in reader.search(Query(parse(typed))).hits} == expected


def test_every_row_of_the_table_is_tested() -> None:
    rows = re.findall(r"^\| `([^`]+)` \|", PAGE, re.MULTILINE)
    assert len(rows) >= 10
    assert set(rows) <= set(EXAMPLES)


def test_the_limits_are_the_ones_in_force() -> None:
    assert f"{LONGEST_QUESTION} characters and {MOST_CLAUSES} words" in PAGE
    assert SHORTEST_BEGIN == 3
    assert "three letters at least" in PAGE
