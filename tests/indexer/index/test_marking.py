"""What is marked is what the search counts: each kind of match alone, and both ways against a small index."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest

from indexer.index.compounds import Vocabulary
from indexer.index.contract import Entry, IndexReader, Query
from indexer.index.lexicon import NoLexicon
from indexer.index.marking import Marker
from indexer.index.matching import interpret
from indexer.index.query import parse
from indexer.index.tantivy import TantivyEngine

SIMILAR = {"spielpaltzkonzept": {"spielplatzkonzept": 5}, "brunen": {"brunnen": 5}}


class Words(NoLexicon):
    """A lexicon in which two words occur nowhere, and are near to ones that do."""

    def counts(self, words: Collection[str]) -> Mapping[str, int]:
        return {word: 5 for word in words if word not in SIMILAR}

    def similar(self, word: str) -> Mapping[str, int]:
        return SIMILAR.get(word, {})


def marked(typed: str, text: str, *, is_title: bool = False) -> list[str]:
    marker = Marker(interpret(parse(typed), Vocabulary(), Words()).patterns)
    return [text[start:end] for start, end in marker.highlight(text, is_title=is_title)]


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        pytest.param("brunen", "Die Brunnen am Markt", ["Brunnen"], id="typing mistake"),
        pytest.param("spielpaltzkonzept", "das Spielplatzkonzept", ["Spielplatzkonzept"], id="mistake in a compound"),
        pytest.param('"brunen"', "Die Brunnen am Markt", [], id="no mistakes are forgiven inside quotes"),
        pytest.param("spielplatzkonzept", "Ein Konzept für jeden Spielplatz", ["Konzept", "Spielplatz"], id="parts"),
        pytest.param("spielplatzkonzept", "Der Spielplatz ist neu.", [], id="a lone part"),
        pytest.param("spielplatzkonzept", "Spielplatz" + " und so" * 8 + " Konzept", [], id="parts far apart"),
        pytest.param("spielplatzkonzept", "Wasserspielplatz und Konzept", [], id="a part inside another compound"),
        pytest.param("wasserspielplatz", "der Wasser-Spielplatz", ["Wasser-Spielplatz"], id="compound with a hyphen"),
        pytest.param("hundsteuer", "Hundesteuersatzung", ["Hundesteuersatzung"], id="linked otherwise"),
        pytest.param("radweg", "ein Rad- und Fußweg", ["Rad- und Fußweg"], id="what a hyphen leaves out"),
        pytest.param("radweg", "ein Fahrradweg", ["Fahrradweg"], id="synonym"),
        pytest.param("kitaplan", "Plan der Kindertagesstätte", ["Plan", "Kindertagesstätte"], id="synonym of a part"),
        pytest.param("lindenstraße 5", "Lindenstr. 5", ["Lindenstr", "5"], id="shortened"),
        pytest.param("A 14", "A14, die A 14, a b 14", ["A14", "A 14"], id="road"),
        pytest.param("sbahn", "Die S-Bahn", ["S-Bahn"], id="hyphenated word, typed as one"),
        pytest.param("s-bahn", "Die S/Bahn, s bahn, S. Bahn", ["S/Bahn", "s bahn", "S. Bahn"], id="pieces"),
        pytest.param("bahn", "S-Bahn und U-Boot", ["Bahn"], id="one piece of a hyphenated word"),
        pytest.param("lsa", "Ampel, Ampelphase", ["Ampel", "Ampelphase"], id="synonym, and its compounds"),
        pytest.param("drk", "das Rote Kreuz, ein Kreuz", ["Rote Kreuz"], id="synonym of two words"),
        pytest.param("brunn*", "Brunnen, Zierbrunnen", ["Brunnen"], id="beginning"),
        pytest.param("die UND brunnen", "die Brunnen", ["die", "Brunnen"], id="demanded stopword"),
        pytest.param("der brunnen", "der Brunnen", ["Brunnen"], id="stopword that does not count"),
        pytest.param("brunnen ODER markt*", "Marktplatz, Brunnen", ["Marktplatz", "Brunnen"], id="alternatives"),
        pytest.param(
            '"Brunnen am Markt"', "Brunnen am\n\n    Markt", ["Brunnen am\n\n    Markt"], id="phrase over lines"
        ),
        pytest.param("Sahin", "Frau Şahin", ["Şahin"], id="accent of another language"),
        pytest.param("Grünfläche", "Gru\u0308nfla\u0308che", ["Gru\u0308nfla\u0308che"], id="combining accents"),
        pytest.param("fläche", "die Gruen\ufb02aeche", ["Gruen\ufb02aeche"], id="ligature in a compound"),
        pytest.param(
            "brunnen", "der Brun-\n  nen, der Brun\u00adnen", ["Brun-\n  nen", "Brun\u00adnen"], id="broken word"
        ),
        pytest.param("aktuelle Steuer", "Aktuelle Steuern", ["Aktuelle", "Steuern"], id="ue that is no umlaut"),
        pytest.param("erbau", "neu erbaut", [], id="nothing that only begins so"),
    ],
)
def test_each_kind_of_match_is_marked(typed: str, text: str, expected: list[str]) -> None:
    assert marked(typed, text) == expected


def test_in_a_title_all_parts_of_a_compound_may_stand_anywhere() -> None:
    title = "Konzept der Verwaltung, des Rates und der Ortschaften für jeden einzelnen Kinderspielplatz"
    assert marked("spielplatzkonzept", title, is_title=True) == ["Konzept", "Kinderspielplatz"]
    assert marked("spielplatzkonzept", title) == []
    assert marked("spielplatzkonzept", "Kinderspielplatz", is_title=True) == []


WORDS = (
    "Spielplatz", "Konzept", "Spielplatzkonzept", "Kinderspielplatz", "Brunnen", "Brun-\nnen", "Zierbrunnen", "S-Bahn",
    "SBahn", "Bahn", "Ampel", "Lichtsignalanlage", "Rotes Kreuz", "Kreuz", "Straße", "Strassen", "Müller-Şahin", "die",
    "Gruenflaeche", "Grünflächen", "Konzepte für Spielplätze", "aktuelles", "Steuer", "Wasser", "Trinkwasserbrunnen",
)  # fmt: skip
QUESTIONS = (
    "spielplatzkonzept", "spielplatz", "konzept", "brunnen", "brunen", "brunn*", "s-bahn", "sbahn", "bahn", "lsa",
    "drk", '"rotes kreuz"', "strasse", "sahin", "grünfläche", "fläche", "aktuell", "steuern", '"brunnen"',
    "wasserbrunnen", '"s bahn"', "spielplatzknozept", "bahn ODER konzept*", "die", "trinkwasser",
)  # fmt: skip


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    chance = random.Random(5)
    written = []
    for number in range(400):
        texts = [" ".join(chance.choice((*WORDS, *["und so weiter"] * 20)) for _ in range(12)) for _ in range(2)]
        title, body = (texts[0], "") if number % 4 == 0 else ("Vorlage", texts[1])
        written.append(Entry(id=f"x:paper:{number}", kind="paper", municipality="x", title=title, texts=(body,)))
    return written


@pytest.fixture(scope="module")
def reader(entries: list[Entry], tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
    path: Path = tmp_path_factory.mktemp("index")
    engine = TantivyEngine(path)
    with engine.update() as writer:
        writer.put(entries)
        writer.commit(1)
    return engine.reader()


@pytest.mark.parametrize("typed", QUESTIONS)
def test_what_is_found_is_marked_and_what_is_marked_is_found(
    typed: str, reader: IndexReader, entries: list[Entry]
) -> None:
    results = reader.search(Query(parse(typed), limit=1000))
    found = {hit.id for hit in results.hits}
    marker = Marker(results.patterns)
    marking = {
        entry.id
        for entry in entries
        if marker.highlight(entry.title, is_title=True) or any(map(marker.highlight, entry.texts))
    }
    assert marking == found
    assert 0 < len(found) < len(entries)
    assert results.patterns == reader.patterns(parse(typed))
