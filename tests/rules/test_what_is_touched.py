"""What is added touches the files that docs/architecture.md lists, and no others: of each kind a sample is sought."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.index.contract import FacetName

ROOT = Path(__file__).parents[2]
ROOMS = ("archive", "council", "crawlers", "indexer", "ratslupe", "search_api", "townhall")

SAMPLES = {
    "a facet or filter": (
        r'FacetName\.ORIGINATOR|"originator"|`originator`|entry\.originators|\boriginators=tuple',
        (*ROOMS, "docs/api.md"),
        (),
    ),
    "a searchable field": (r'"context"|\bcontext=|^    context: tuple', ("indexer",), ()),
    "an engine": (
        r"indexer\.index\.elasticsearch\b",
        (*ROOMS, "tests/contracts"),
        ("indexer/index/elasticsearch/",),
    ),
    "a file format": (r"\brtf\b", ("indexer", "crawlers/parsing"), ("indexer/text/rtf.py",)),
    "a page": (r"HelpPage|help\.html|/hilfe", ROOMS, ("search_api/templates/help.html",)),
    "a product": (r"(?i)\bcouncilservice\b", ROOMS, ("crawlers/councilservice/", "townhall/councilservice/")),
    "a noun with a page": (
        r"Kind\.ORGANIZATION\b|\bOrganization(?:Details|Body|Page)\b",
        ("archive", "council", "indexer", "ratslupe", "search_api"),
        (),
    ),
}
"""A pattern, where it is looked for, and what is the sample's own."""


def files(places: tuple[str, ...]) -> Iterator[Path]:
    for place in places:
        path = ROOT / place
        yield from (
            (path,)
            if path.is_file()
            else (
                file for file in path.rglob("*") if file.suffix in {".py", ".html"} and "__pycache__" not in file.parts
            )
        )


def documented() -> dict[str, set[str]]:
    """The files that docs/architecture.md lists, by what is added."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (an? [^|]+) \| `[^|]+` \| ([^|]+) \|$", text, re.MULTILINE)
    return {added: set(re.findall(r"`([^`]+)`", listed)) for added, listed in rows}


@pytest.mark.parametrize("added", SAMPLES)
def test_what_is_added_touches_what_is_written_down(added: str) -> None:
    pattern, places, own = SAMPLES[added]
    found = {
        str(path.relative_to(ROOT))
        for path in files(places)
        if re.search(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert {name for name in found if not name.startswith(own)} == documented()[added]


def test_every_row_of_the_document_has_a_sample() -> None:
    assert documented().keys() == SAMPLES.keys()


@pytest.mark.parametrize("facet", FacetName)
def test_a_facet_is_named_in_few_files(facet: FacetName) -> None:
    naming = {
        str(path.relative_to(ROOT))
        for path in files(ROOMS)
        if re.search(rf"FacetName\.{facet.name}\b", path.read_text(encoding="utf-8"))
    }
    special = {"search_api/result_page.py", "search_api/serializers.py", "search_api/understood.py"}
    shown_otherwise = facet in {FacetName.MUNICIPALITY, FacetName.YEAR}
    assert naming - (special if shown_otherwise else set()) == {"indexer/index/fields.py", "search_api/facets.py"}
    assert f"`{facet.value}`" in (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
