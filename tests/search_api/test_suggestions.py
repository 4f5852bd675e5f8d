"""What is suggested while somebody types, and what never is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.record_writer import RecordWriter
from council.model import Consultation, File, OrganizationRef, Paper
from indexer.index.contract import Engine, IndexUnavailable
from indexer.index.engines import open_engine
from search_api.app import create_app
from search_api.offerable import names_a_person
from search_api.settings import SearchSettings
from tests.search_api.conftest import Client
from tests.search_api.fake_index import FakeIndex, no_index
from tests.search_api.invented import TOWN, Town, entry

Suggest = Callable[..., list[tuple[str, str]]]


def paper(number: int, name: str, text: str = "") -> Paper:
    files = (File(native_id=f"f{number}", name="Anlage", text=text),) if text else ()
    return Paper(native_id=f"{number}", name=name, reference=f"VO/2026/0{number}", files=files)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine("tantivy", tmp_path / "index", {})


@pytest.fixture
def index_all(engine: Engine, town: Town) -> Callable[[], None]:
    def index() -> None:
        with engine.update() as writer:
            writer.put(town.entries())
            writer.commit(1)

    return index


@pytest.fixture
def put(town: Town, index_all: Callable[[], None]) -> Callable[..., RecordWriter]:
    def put(*papers: Paper) -> RecordWriter:
        _, records = town.run()
        records.put(papers)
        index_all()
        return records

    return put


@pytest.fixture
def suggest(town: Town, engine: Engine, index_all: Callable[[], None]) -> Iterator[Suggest]:
    index_all()
    reader = engine.reader()
    client = Client(create_app(SearchSettings(remember_seconds=0), reader, town.archive, town))

    def ask(typed: str, limit: int = 20) -> list[tuple[str, str]]:
        answer = client.request("GET", "/api/v1/suggest", params={"q": typed, "limit": limit})
        assert answer.status_code == 200, answer.text
        return [(one["kind"], one["text"]) for one in answer.json()["suggestions"]]

    yield ask
    reader.close()


def test_words_titles_committees_numbers_and_municipalities_are_suggested(suggest: Suggest) -> None:
    assert suggest("radw") == [("word", "Radweg"), ("title", "Radweg Bahnhofstraße")]
    assert ("organization", "Bauausschuss") in suggest("bauau")
    assert suggest("BV/2026/0") == [("reference", "BV/2026/0007")]
    assert suggest("lind") == [("municipality", "Lindquell")]
    assert suggest("radweg lind") == [("municipality", "radweg in Lindquell")]


def test_every_suggestion_leads_somewhere(town: Town, engine: Engine, index_all: Callable[[], None]) -> None:
    index_all()
    reader = engine.reader()
    client = Client(create_app(SearchSettings(remember_seconds=0), reader, town.archive, town))
    for typed in ("rad", "bau", "bv/2026", "lind", "radweg lind", "haush", "sitzung"):
        suggestions = client.request("GET", "/api/v1/suggest", params={"q": typed}).json()["suggestions"]
        assert suggestions, typed
        for suggestion in suggestions:
            page = client.page(suggestion["url"])
            assert page.select_one(".hits > li") or page.select_one("article"), suggestion
            if suggestion["kind"] in ("title", "reference"):
                assert suggestion["municipality"] == {"key": TOWN, "name": "Lindquell"}
    reader.close()


def test_the_words_before_the_last_stay_as_they_are_typed(suggest: Suggest, put: Callable[..., object]) -> None:
    put(paper(31, "Sanierung der Grundschule"), paper(32, "Sanierung Grundschule Nord"), paper(33, "Grundsteuer"))
    assert suggest("die SANIERUNG Gru")[0] == ("word", "die SANIERUNG Grundschule")
    assert ("word", "die SANIERUNG Grundsteuer") not in suggest("die SANIERUNG Gru")


def test_forms_of_a_word_are_one_suggestion_and_umlauts_may_be_left_out(
    suggest: Suggest, put: Callable[..., object]
) -> None:
    put(paper(31, "Neue Spielplätze"), paper(32, "Kosten der Spielplätze"), paper(33, "Ein Spielplatz"))
    assert [text for kind, text in suggest("spielpl") if kind == "word"] == ["Spielplätze"]
    assert [text for kind, text in suggest("spielplae") if kind == "word"] == ["Spielplätze"]


@pytest.mark.parametrize(
    "typed", ["", " ", "r", "-rad", "Kita -rad", '"rad', "rad*", "titel:rad", "(", "🚲", "x" * 500]
)
def test_nothing_goes_on_from_operators_and_from_too_little(suggest: Suggest, typed: str) -> None:
    assert suggest(typed) == []


def test_no_more_than_asked_for(suggest: Suggest, put: Callable[..., object]) -> None:
    put(*(paper(n, f"Straße {n}: Beleuchtung und Sanierung") for n in range(30, 50)))
    assert len(suggest("stra", limit=5)) == 5
    assert len(suggest("stra", limit=20)) <= 20
    assert len({text for _, text in suggest("stra")}) == len(suggest("stra"))


PERSON = "Knarzbold"
"""A surname that no vocabulary holds."""


@pytest.mark.parametrize(
    "title",
    [
        f"Bauantrag {PERSON}",
        f"Bauvoranfrage {PERSON}, Ringweg 3",
        f"Widerspruch Herr {PERSON}",
        f"Einbürgerung Max {PERSON}",
        f"Anfrage Stadträtin {PERSON}: Radwege",
        f"Anfrage StRn {PERSON}",
        f"Antrag Dr. {PERSON}",
        f"Antrag der Eheleute {PERSON}",
        f"{PERSON}, Erika: Nutzungsänderung",
        f"Grundstücksverkauf an E. {PERSON}",
    ],
)
def test_nobody_is_suggested(suggest: Suggest, put: Callable[..., object], title: str) -> None:
    """However often the name stands there."""
    put(*(paper(n, f"{title} ({n})", text=f"{PERSON} wohnt hier.") for n in range(30, 40)))
    for typed in ("kna", PERSON, title.split()[0], title):
        assert PERSON not in str(suggest(typed)), typed


def test_a_name_without_any_sign_is_not_suggested_for_a_few_papers(
    suggest: Suggest, put: Callable[..., object]
) -> None:
    put(*(paper(n, f"Grundstück {PERSON if n % 2 else 'Steinbach'}") for n in range(30, 38)))
    assert PERSON not in str(suggest("grundst"))
    assert "Steinbach" not in str(suggest("grundst"))
    assert suggest("knar") == suggest("steinb") == []


def test_words_of_texts_and_of_agendas_are_not_suggested(suggest: Suggest, put: Callable[..., object]) -> None:
    put(*(paper(n, "Haushalt", text="Kaltluftschneise Quellmoor") for n in range(30, 45)))
    assert suggest("kaltluft") == []
    assert suggest("eröffn") == []


def test_what_was_withdrawn_is_gone_before_the_index_knows(suggest: Suggest, put: Callable[..., RecordWriter]) -> None:
    committee = Consultation(native_id="k", organization=(OrganizationRef(name="Quellenausschuss"),))
    records = put(
        *(paper(n, "Quellenschutz").model_copy(update={"consultations": (committee,)}) for n in range(30, 35))
    )
    assert {kind for kind, _ in suggest("quell")} >= {"word", "title", "organization"}
    assert suggest("VO/2026/03")
    records.tombstone([f"{TOWN}:paper:{n}" for n in range(30, 35)], "withdrawn")
    assert suggest("quell") == []
    assert suggest("VO/2026/03") == []


def test_a_wrong_question_is_told(client: Client) -> None:
    for query, parameter in (
        ("q=x&colour=red", "colour"),
        ("limit=0", "limit"),
        ("limit=21", "limit"),
        ("q=a&q=b", "q"),
    ):
        answer = client.get(f"/api/v1/suggest?{query}")
        assert (answer.status_code, answer.json()["parameter"]) == (400, parameter)
    assert client.get("/api/v1/suggest?q=" + "a" * 501).json()["parameter"] == "q"
    assert client.get("/api/v1/suggest").json() == {"q": "", "suggestions": []}


def test_an_index_that_does_not_answer_is_told(town: Town) -> None:
    client = Client(create_app(SearchSettings(), no_index(IndexUnavailable), town.archive, town))
    assert client.get("/api/v1/suggest?q=rad").status_code == 503


def test_every_search_box_asks_for_suggestions(client: Client, index: FakeIndex) -> None:
    for path in ("/", "/suche?q=Radweg", f"/papers/{TOWN}:paper:7"):
        (box,) = client.page(path).select("input[name=q]:not([type=hidden])")
        assert client.get(f"{box['data-suggest']}?q=rad").json()["suggestions"]


def test_municipalities_of_a_new_register_are_suggested(town: Town, suggest: Suggest) -> None:
    assert suggest("bad") == []
    town.municipalities = (entry(name="Bad Quellheim"),)
    assert suggest("bad") == suggest("bad quellh") == suggest("quellh") == [("municipality", "Bad Quellheim")]


@pytest.mark.parametrize(
    "title",
    [
        "Max-Planck-Straße: Sanierung", "Stadtrat, Sitzung", "Bürgermeister Wahl", "Antrag der CDU-Fraktion",
        "Antrag Haushalt", "Frauen und Familie", "Grundschule St. Elisabethen", "Nr. 7 Bahnhofstr. Süd",
        "Neubau der Feuerwache", "",
    ],
)  # fmt: skip
def test_not_every_word_is_a_person(title: str) -> None:
    assert not names_a_person(title)


def test_dates_do_not_matter(suggest: Suggest, put: Callable[..., object]) -> None:
    put(paper(31, "Brücke").model_copy(update={"date": dt.date(1990, 1, 1)}), paper(32, "Brücken"))
    assert suggest("brü")[0] == ("word", "Brücke")
