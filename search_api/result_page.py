"""Puts the page of results together: chips, facets, the picture of the years, page numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.index.contract import FacetCount, FacetName
from search_api.dependencies import Services
from search_api.facets import SHOWN_FACETS, ShownFacet
from search_api.formats import day
from search_api.municipalities import DataWarning
from search_api.params import SearchParams
from search_api.search import SearchResult
from search_api.understood import SwitchedOff, UnderstoodChip, chips, switched_off


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and the address without it. `what` says of what it is a value."""

    name: str
    what: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet. `count` is None where it is chosen but not among the counted ones."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet: the choices shown at once, and the further ones."""

    name: str
    label: str
    choices: list[Choice]
    further: list[Choice]


@dataclass(frozen=True, slots=True)
class Bar:
    """A year in the picture: x and height in the picture's units, and the address that limits to it."""

    year: int
    count: int
    x: int
    height: float
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class YearChart:
    """Hits by year; `first` and `last` are the years at its ends. `axis` has the label of every year's place, empty
    where there is no room. `undated`: how many hits have no date; None where that cannot be told from the counts."""

    first: int
    last: int
    bars: list[Bar]
    width: int
    most: Bar
    axis: list[str]
    undated: int | None


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Hits, or why there are none. `pages` are page numbers with None for a gap. `suggestion` is a question that may
    be meant, and its address."""

    found: SearchResult
    params: SearchParams
    suggestion: tuple[str, str] | None
    understood: list[UnderstoodChip]
    off: list[SwitchedOff]
    chips: list[Chip]
    facets: list[FacetGroup]
    chart: YearChart | None
    years: tuple[int, int] | None
    pages: list[int | None]
    last_page: int
    warnings: list[tuple[str, str, tuple[DataWarning, ...]]]
    """(key, name, warnings)"""


FACET_SIZE = 25
MOST_BARS, LEAST_BARS = 60, 6
BAR_WIDTH, BAR_HEIGHT = 10, 48
MAX_AXIS_LABELS = 6


def result_page(services: Services, found: SearchResult) -> ResultPage:
    """Everything the page shows."""
    params = found.params
    years = sorted((int(c.value), c.count) for c in found.facets.get(FacetName.YEAR, ()) if c.value.isdigit())
    last = max(1, -(-found.results.listed // params.limit))
    by_key = services.municipalities.warnings([str(key) for key in params.values(FacetName.MUNICIPALITY)] or None)
    return ResultPage(
        found=found,
        params=params,
        suggestion=(found.suggestion, params.link(q=found.suggestion)) if found.suggestion else None,
        understood=list(chips(found.understood, params)),
        off=list(switched_off(params)),
        chips=_chips(params, found.names),
        facets=[_facet(row, found, params) for row in SHOWN_FACETS if found.facets.get(row.name)],
        chart=_chart(years, params, found.results.listed),
        years=(years[0][0], years[-1][0]) if years else None,
        pages=[] if params.after or last == 1 else page_numbers(params.page, last),
        last_page=last,
        warnings=[(key, found.names.get(key, key), warnings) for key, warnings in by_key.items()],
    )


def page_numbers(page: int, last: int) -> list[int | None]:
    """The first, the last, and those around the page; None stands for a gap."""
    wanted = sorted({1, last} | {n for n in range(page - 2, page + 3) if 1 <= n <= last})
    numbers: list[int | None] = []
    for before, number in zip([0, *wanted], wanted, strict=False):
        if number - before == 2:
            numbers.append(number - 1)
        elif number - before > 2:
            numbers.append(None)
        numbers.append(number)
    return numbers


def _chips(params: SearchParams, names: Mapping[str, str]) -> list[Chip]:
    chips = []
    for row in SHOWN_FACETS:
        name = row.name.value
        for value in map(str, params.values(row.name)):
            label = names.get(value, value) if row.name is FacetName.MUNICIPALITY else value
            chips.append(Chip(name, f"{row.label}: ", label, params.removing(name, value)))
    if params.date_from:
        chips.append(Chip("from", "ab ", day(params.date_from), params.link(date_from=None)))
    if params.date_to:
        chips.append(Chip("to", "bis ", day(params.date_to), params.link(date_to=None)))
    return chips


def _facet(row: ShownFacet, found: SearchResult, params: SearchParams) -> FacetGroup:
    name = row.name
    counts: Iterable[FacetCount] = found.facets[name]
    if name is FacetName.YEAR:
        counts = sorted(counts, key=lambda c: c.value, reverse=True)
    chosen = set(map(str, params.values(name)))
    names = found.names if name is FacetName.MUNICIPALITY else {}
    choices = [Choice(c.value, names.get(c.value, c.value), c.count, c.value in chosen) for c in counts]
    uncounted = chosen - {choice.value for choice in choices}
    first = [Choice(value, names.get(value, value), None, True) for value in sorted(uncounted)]
    shown = first + [choice for place, choice in enumerate(choices) if place < row.shown or choice.chosen]
    return FacetGroup(name.value, row.label, shown, [choice for choice in choices if choice not in shown])


def _chart(years: list[tuple[int, int]], params: SearchParams, total: int) -> YearChart | None:
    if len(years) < 2:
        return None
    counts = dict(years)
    last = years[-1][0]
    first = min(max(years[0][0], last - MOST_BARS + 1), last - LEAST_BARS + 1)
    highest = max(count for year, count in years if year >= first)
    bars = [
        Bar(
            year,
            count,
            (year - first) * BAR_WIDTH,
            max(2.0, round(count / highest * BAR_HEIGHT, 1)),
            params.link(year=(year,)),
            year in params.values(FacetName.YEAR),
        )
        for year in range(first, last + 1)
        if (count := counts.get(year, 0))
    ]
    span = last - first + 1
    step = -(-span // MAX_AXIS_LABELS)
    axis = [str(year) if (last - year) % step == 0 else "" for year in range(first, last + 1)]
    all_counted = not params.values(FacetName.YEAR) and len(years) < FACET_SIZE
    undated = total - sum(counts.values()) if all_counted else None
    most = max(bars, key=lambda bar: bar.count)
    return YearChart(first, last, bars, span * BAR_WIDTH, most, axis, undated)
