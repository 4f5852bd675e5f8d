"""Every saved page of every system: read or refused as it is listed, and field by field what a person found on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import pytest

from tests.saved_pages.comparing import Declared
from tests.saved_pages.factory import ABOUT, NEEDS_PAGES, ROOT, Result, SavedPages, look_at
from tests.saved_pages.systems import NOT_READ, SYSTEMS

pytestmark = NEEDS_PAGES


def _each(names: str) -> Iterator[Any]:
    for pages in SYSTEMS:
        for name in getattr(pages, names)(ROOT):
            yield pytest.param(pages, name, id=name)


def _systems() -> list[Any]:
    return [pytest.param(pages, id=pages.system.value) for pages in SYSTEMS]


@cache
def _results(pages: SavedPages) -> Mapping[str, Result]:
    return {name: pages.result(ROOT, name) for name in pages.expected(ROOT)}


@pytest.mark.parametrize(("pages", "name"), list(_each("saved")))
def test_every_saved_page_is_read_or_refused_as_listed(pages: SavedPages, name: str) -> None:
    assert look_at(pages, ROOT, name).problems == ()


@pytest.mark.parametrize(("pages", "name"), list(_each("expected")))
def test_field_by_field(pages: SavedPages, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    comparison = pages.compared(_results(pages)[name], name)
    with capsys.disabled():
        print(f" [{comparison.fields} fields]", end="")
    assert [str(one) for one in comparison.differences] == []
    assert comparison.fields > 0


@pytest.mark.parametrize("pages", _systems())
def test_everything_declared_is_needed(pages: SavedPages) -> None:
    about = set(ABOUT.one_by_one())
    unneeded = [one for one in pages.rules if one not in about and not _is_needed(pages, one)]
    assert [(one.fields, one.reason) for one in unneeded] == []


def test_every_word_about_the_results_is_needed() -> None:
    assert all(any(_is_needed(pages, one) for pages in SYSTEMS) for one in ABOUT.one_by_one())


@pytest.mark.parametrize("pages", _systems())
def test_every_table_names_pages_that_there_are(pages: SavedPages) -> None:
    names = pages.saved(ROOT)
    tables = (*pages.refused, *pages.gaps, *pages.without_records, *pages.addresses)
    assert [one for one in tables if not any(fnmatchcase(name, one) for name in names)] == []


def test_every_folder_is_read_or_said_not_to_be() -> None:
    there = {path.name for path in ROOT.iterdir() if path.is_dir()}
    assert there == NOT_READ.keys() | {folder for pages in SYSTEMS for folder in pages.folders if "/" not in folder}


def test_every_result_is_compared() -> None:
    there = {path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.expected.json")}
    compared = {name for pages in SYSTEMS for name in pages.expected(ROOT)}
    assert {name for name in there - compared if name.partition("/")[0] not in NOT_READ} == set()


def _is_needed(pages: SavedPages, rule: Declared) -> bool:
    """Whether there is a difference without it."""
    return any(pages.compared(result, name, without=rule).differences for name, result in _results(pages).items())
