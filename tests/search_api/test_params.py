"""The URL parameters: what they mean, what is refused, and that a link says the same search again."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qsl, urlsplit

import pytest

from indexer.index.contract import FacetName, Rewriting, Sort
from search_api.errors import BadParameter, Fault
from search_api.params import NAMES, SearchParams, documented, read_params
from search_api.result_page import page_numbers


def read(query: str) -> SearchParams:
    return read_params(parse_qsl(query, keep_blank_values=True))


def test_an_empty_question_asks_for_everything_newest_first() -> None:
    params = read("")
    query = params.query(params.clauses())
    assert (query.clauses, query.sort, query.offset, query.limit) == ((), Sort.NEWEST, 0, 10)
    assert query.facets == tuple(FacetName)


def test_every_parameter_reaches_the_index() -> None:
    params = read(
        "q=Radweg&municipality=a&municipality=b&kind=paper&paper_type=Antrag&organization=Stadtrat&originator=Bauamt&year=2025&year=2026"
        "&from=2025-01-02&to=2026-12-31&sort=oldest&page=3&limit=20&after=xyz&facets=year"
    )
    query = params.query(params.clauses())
    assert [clause.text for clause in query.clauses] == ["Radweg"]
    assert dict(query.filter.chosen) == {
        FacetName.MUNICIPALITY: ("a", "b"),
        FacetName.KIND: ("paper",),
        FacetName.PAPER_TYPE: ("Antrag",),
        FacetName.ORGANIZATION: ("Stadtrat",),
        FacetName.ORIGINATOR: ("Bauamt",),
        FacetName.YEAR: (2025, 2026),
    }
    assert (query.filter.date_from, query.filter.date_to) == (dt.date(2025, 1, 2), dt.date(2026, 12, 31))
    assert (query.sort, query.offset, query.limit, query.after) == (Sort.OLDEST, 40, 20, "xyz")
    assert query.facets == (FacetName.YEAR,)


def test_a_question_is_answered_by_relevance() -> None:
    assert read("q=Radweg").order is Sort.RELEVANCE


def test_what_a_form_leaves_empty_is_not_asked() -> None:
    assert read("q=&from=&to=&year=&sort=&municipality=") == SearchParams()


def test_facets_can_be_left_out() -> None:
    assert read("facets=none").query(()).facets == ()


@pytest.mark.parametrize(
    ("query", "parameter", "fault"),
    [
        ("colour=red", "colour", Fault.UNKNOWN),
        ("date_from=2026-01-01", "date_from", Fault.UNKNOWN),
        ("page=1&page=2", "page", Fault.REPEATED),
        ("page=0", "page", Fault.BAD_VALUE),
        ("page=x", "page", Fault.BAD_VALUE),
        ("page=99999999999999999999", "page", Fault.BAD_VALUE),
        ("limit=101", "limit", Fault.BAD_VALUE),
        ("limit=0", "limit", Fault.BAD_VALUE),
        ("from=24.11.2026", "from", Fault.BAD_VALUE),
        ("to=2026-02-30", "to", Fault.BAD_VALUE),
        ("from=2026-02-02&to=2026-02-01", "from", Fault.BAD_RANGE),
        ("kind=person", "kind", Fault.BAD_VALUE),
        ("sort=best", "sort", Fault.BAD_VALUE),
        ("year=zwanzig", "year", Fault.BAD_VALUE),
        ("year=0", "year", Fault.BAD_VALUE),
        ("municipality=Köln", "municipality", Fault.BAD_VALUE),
        ("facets=colour", "facets", Fault.BAD_VALUE),
        ("q=" + "a" * 501, "q", Fault.TOO_LONG),
        ("&".join(["year=2026"] * 101), "year", Fault.TOO_MANY),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(query: str, parameter: str, fault: Fault) -> None:
    with pytest.raises(BadParameter) as refused:
        read(query)
    assert (refused.value.parameter, refused.value.fault) == (parameter, fault)


def test_a_question_of_too_many_words_is_refused() -> None:
    with pytest.raises(BadParameter) as refused:
        read("q=" + "+".join(f"wort{n}" for n in range(33))).clauses()
    assert (refused.value.parameter, refused.value.fault) == ("q", Fault.BAD_QUERY)


def test_a_link_says_the_same_search_again() -> None:
    params = read("q=Kita+%26+Hort&municipality=a&municipality=b&from=2025-01-02&sort=newest&limit=20&year=2026")
    assert read(urlsplit(params.link()).query) == params
    assert read(urlsplit(params.link(page=4)).query).page == 4


def test_another_filter_begins_at_the_first_page() -> None:
    params = read("q=Radweg&page=7&after=xyz&municipality=a&municipality=b")
    assert params.removing("municipality", "a") == "/suche?q=Radweg&municipality=b"
    assert params.unfiltered() == "/suche?q=Radweg"
    assert params.active == 2


@pytest.mark.parametrize(
    "typed", ["without=parts,spelling", "without=spelling&without=parts", "without=,spelling,parts,"]
)
def test_what_is_switched_off_is_named_in_one_way(typed: str) -> None:
    params = read(f"q=Kita&{typed}")
    assert params.without == (Rewriting.SPELLING, Rewriting.PARTS)
    assert params.link() == "/suche?q=Kita&without=spelling%2Cparts"
    assert params.query(params.clauses()).without == {Rewriting.SPELLING, Rewriting.PARTS}
    assert params.switched(Rewriting.PARTS) == "/suche?q=Kita&without=spelling"
    assert params.switched(Rewriting.SYNONYMS) == "/suche?q=Kita&without=spelling%2Csynonyms%2Cparts"
    assert params.removing("kind", "paper") == params.unfiltered() == params.link()
    assert ("without", "spelling,parts") in params.hidden("q")
    assert ("without", "spelling,parts") in params.hidden("filters")


def test_an_unknown_thing_to_switch_off_is_named_with_the_known_ones() -> None:
    with pytest.raises(BadParameter, match=r"'spelling', 'synonyms', 'parts', 'places'.*'meaning'.*'guessing'") as told:
        read("q=Kita&without=spelling,guessing")
    assert told.value.parameter == "without"


def test_a_form_carries_the_rest_along() -> None:
    params = read("q=Radweg&page=7&municipality=a&sort=newest&from=2026-01-01")
    assert params.hidden("q") == [("municipality", "a"), ("from", "2026-01-01"), ("sort", "newest")]
    assert params.hidden("filters") == [("q", "Radweg"), ("sort", "newest")]


def test_the_documentation_is_made_from_the_same_definition() -> None:
    parameters = {parameter["name"]: parameter for parameter in documented(SearchParams)["parameters"]}
    assert parameters.keys() == NAMES.keys()
    assert parameters["limit"]["schema"]["maximum"] == 100
    assert "$ref" not in str(parameters)


@pytest.mark.parametrize(
    ("page", "last", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, 3, None, 9]),
        (5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (50, 99, [1, None, 48, 49, 50, 51, 52, None, 99]),
    ],
)
def test_page_numbers(page: int, last: int, numbers: list[int | None]) -> None:
    assert page_numbers(page, last) == numbers
