"""The one way in which saved pages are tested, whatever the system: read or refused as listed, and beside a result that
a person wrote (`NAME.expected.json`) field by field the same.

A system's module here holds tables and the mapping of its nouns into the words of its results, and nothing else. The
pages are the councils' and lie beside the repository, never in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urljoin

import pytest

from council.system import System
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.page import Page
from tests.saved_pages.comparing import Comparison, Declared, compare

SHARED = Path(__file__).resolve().parents[3] / "shared"
ROOT = SHARED / "pages"
EXPECTED = ".expected.json"

Said = TypeVar("Said")

NEEDS_PAGES = [
    pytest.mark.shared,
    pytest.mark.skipif(not ROOT.is_dir(), reason="the real pages are not laid beside the repository (../shared/pages)"),
]

ABOUT = Declared("file fixture note rules municipality system", "about the result itself, no field of the page")


@dataclass(frozen=True, slots=True)
class Result:
    """What a person found on one page or on several that belong together, and what is read out of them."""

    wanted: dict[str, Any]
    pages: tuple[Page, ...]
    addresses: tuple[str, ...]

    @property
    def page(self) -> Page:
        return self.pages[0]

    @property
    def records(self) -> list[Any]:
        """The records of all its pages, in order."""
        return [record for page in self.pages for record in page.records]


def as_written(wanted: dict[str, Any], _: str) -> dict[str, Any]:
    """A result that needs nothing but what is declared."""
    return wanted


@dataclass(frozen=True, eq=False, slots=True)
class SavedPages:
    """What the module of a system says. Pages are named by their path below the folder of all pages; every table but
    `addresses` takes names with `*`."""

    system: System
    folders: tuple[str, ...]
    suffixes: frozenset[str]
    read: Callable[[bytes, str], Page]
    guess: Callable[[str], str]
    """The address that a page of that name would have: for pages that neither `addresses` nor a result tells."""
    ours: Callable[[Result], dict[str, Any]]
    """What was read, in the words of the results."""
    theirs: Callable[[dict[str, Any], str], dict[str, Any]] = as_written
    """A result with its addresses written as ours, the page's own address given."""
    page_type: Callable[[str], str | None] = lambda _: None
    """The page type that the name tells; None where it tells none."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    refused: Mapping[str, tuple[type[UnexpectedResponse], str]] = field(default_factory=dict)
    """What is no page of the system: how it is refused, and why that is right."""
    gaps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What is not understood on a page, word by word; nothing on all others."""
    without_records: Mapping[str, str] = field(default_factory=dict)
    """Pages on which there is no record, with the reason; at least one on all others."""
    never: tuple[str, ...] = ()
    """What stands nowhere in anything that was read."""
    never_followed: tuple[str, ...] = ()
    notation: tuple[Declared, ...] = ()
    """The same said in other words: dates, kinds, ids."""
    declared: tuple[Declared, ...] = ()
    """Where ours is meant to differ from a result."""

    @property
    def rules(self) -> tuple[Declared, ...]:
        """All that is declared, each pattern alone."""
        return tuple(one for more in (ABOUT, *self.notation, *self.declared) for one in more.one_by_one())

    def saved(self, root: Path) -> list[str]:
        """The names of all pages."""
        return sorted(name for name in self._names(root) if not name.endswith(EXPECTED))

    def expected(self, root: Path) -> list[str]:
        """The names of all results."""
        return sorted(name for name in self._names(root) if name.endswith(EXPECTED))

    def page(self, root: Path, name: str) -> Page:
        """One page, read. Raises UnexpectedResponse."""
        return self.read((root / name).read_bytes(), self.address(root, name))

    def address(self, root: Path, name: str) -> str:
        """Where the page came from: as listed, else as the result beside it tells, else guessed from its name."""
        if name in self.addresses:
            return self.addresses[name]
        beside = (root / name).parent / f"{Path(name).name.partition('.')[0]}{EXPECTED}"
        told = json.loads(beside.read_text(encoding="utf-8")).get("url") if beside.is_file() else None
        return str(urljoin(self.guess(name), told or ""))

    def result(self, root: Path, name: str) -> Result:
        """A result with the pages that it tells of, read. Raises UnexpectedResponse."""
        wanted = json.loads((root / name).read_text(encoding="utf-8"))
        names = [f"{Path(name).parent.as_posix()}/{file}" for file in self._files(root, name, wanted)]
        pages = tuple(self.page(root, one) for one in names)
        return Result(wanted, pages, tuple(self.address(root, one) for one in names))

    def compared(self, result: Result, name: str, without: Declared | None = None) -> Comparison:
        """The result field by field beside what was read, but for one rule that is left out."""
        theirs = self.theirs(result.wanted, result.addresses[0])
        return compare(self.ours(result), theirs, (one for one in self.rules if one != without), name)

    def _names(self, root: Path) -> Iterator[str]:
        for folder in self.folders:
            for path in (root / folder).rglob("*.*"):
                name = path.relative_to(root).as_posix()
                is_ours = path.suffix in self.suffixes or name.endswith(EXPECTED)
                if is_ours and path.is_file() and not any(fnmatchcase(name, one) for one in self.left_out):
                    yield name

    def _files(self, root: Path, name: str, wanted: dict[str, Any]) -> list[str]:
        told = wanted.get("file", wanted.get("fixture"))
        if told is None:
            stem = Path(name).name.removesuffix(EXPECTED)
            folder = (root / name).parent
            found = sorted(path.name for path in folder.glob(f"{stem}.*") if path.suffix in self.suffixes)
            return [one for one in found if not one.endswith(EXPECTED)]
        # a file may be followed by what it is good for: "gremien.json (committee name)"
        return [one.partition(" (")[0] for one in ([told] if isinstance(told, str) else told)]


def listed(table: Mapping[str, Said], name: str) -> Said | None:
    """What a table says of a page; None where it says nothing."""
    return next((said for pattern, said in table.items() if fnmatchcase(name, pattern)), None)


@dataclass(frozen=True, slots=True)
class Look:
    """One saved page: read, or refused with these words, and what is not as listed."""

    refusal: UnexpectedResponse | None
    problems: tuple[str, ...]


def look_at(pages: SavedPages, root: Path, name: str) -> Look:
    """Whether the page is read or refused as it is listed."""
    refused = listed(pages.refused, name)
    try:
        page = pages.page(root, name)
    except UnexpectedResponse as refusal:
        as_listed = refused is not None and type(refusal) is refused[0]
        return Look(refusal, () if as_listed else (f"refused: {refusal}",))
    problems = ["was read, but is listed as refused"] if refused else []
    return Look(None, (*problems, *_problems(pages, page, name)))


def _problems(pages: SavedPages, page: Page, name: str) -> Iterator[str]:
    wanted = pages.page_type(name)
    if wanted is not None and page.page != wanted:
        yield f"read as {page.page!r}, its name says {wanted!r}"
    gaps = tuple(gap.what for gap in page.warnings)
    known = listed(pages.gaps, name) or ()
    yield from (f"not understood: {gap}" for gap in gaps if gap not in known)
    yield from (f"listed as not understood, and it is: {gap}" for gap in known if gap not in gaps)
    if bool(page.records) is (listed(pages.without_records, name) is not None):
        yield "has records, but is listed as having none" if page.records else "no records"
    text = json.dumps(page.as_json(), ensure_ascii=False)
    yield from (f"{one!r} is in what was read" for one in pages.never if one in text)
    yield from (f"{one!r} would be asked for" for one in pages.never_followed if any(one in to for to in page.follow))
