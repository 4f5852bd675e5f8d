"""`python -m tests.saved_pages [FOLDER]`: how the readers stand with the saved pages, one line a system.

FOLDER is another set of pages laid out the same way (SYSTEM/TOWN/NAME, `NAME.expected.json` beside): of pages that the
tables do not know nothing is expected, so that what was refused and not understood is listed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crawlers.parsing.errors import UnexpectedResponse
from tests.saved_pages.factory import ROOT, SavedPages, listed, look_at
from tests.saved_pages.systems import SYSTEMS

HEADINGS = ("system", "files", "read", "refused", "(as listed)", "results", "fields", "differences", "declared")

UNEXPECTED = (UnexpectedResponse, OSError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What comes of a page or a result that is not laid out as those that the mappings were written for."""


@dataclass(slots=True)
class Line:
    """What is told of one system."""

    files: int = 0
    refused: int = 0
    as_listed: int = 0
    results: int = 0
    fields: int = 0
    differences: int = 0
    told: list[str] = field(default_factory=list)


def line(pages: SavedPages, root: Path) -> Line:
    """Read every page and compare every result of one system."""
    told = Line()
    for name in pages.saved(root):
        look = look_at(pages, root, name)
        told.files += 1
        told.refused += look.refusal is not None
        told.as_listed += look.refusal is not None and listed(pages.refused, name) is not None
        told.told += [f"{name}: {one}" for one in look.problems]
    for name in pages.expected(root):
        told.results += 1
        try:
            comparison = pages.compared(pages.result(root, name), name)
        except UNEXPECTED as problem:
            told.differences += 1
            told.told.append(f"{name}: cannot be compared: {type(problem).__name__}: {problem}")
            continue
        told.fields += comparison.fields
        told.differences += len(comparison.differences)
        told.told += [f"{name}: {one}" for one in comparison.differences]
    return told


def table(lines: dict[SavedPages, Line]) -> Iterator[str]:
    """The lines below their headings, then what there is to say."""
    rows = {pages.system.value: _row(pages, one) for pages, one in lines.items()}
    rows["all"] = [sum(column) for column in zip(*rows.values(), strict=True)]
    width = max(map(len, rows))
    yield "  ".join((HEADINGS[0].ljust(width), *HEADINGS[1:]))
    for system, numbers in rows.items():
        cells = (f"{number:>{len(head)}}" for head, number in zip(HEADINGS[1:], numbers, strict=True))
        yield "  ".join((system.ljust(width), *cells))
    told = [said for one in lines.values() for said in one.told]
    yield from ("", *told) if told else ()


def _row(pages: SavedPages, one: Line) -> list[int]:
    read = one.files - one.refused
    declared = len(pages.declared)
    return [one.files, read, one.refused, one.as_listed, one.results, one.fields, one.differences, declared]


def main(arguments: list[str]) -> int:
    """Print the table. 0: all as listed, or another folder was looked at; 1: something is not; 2: no pages."""
    root = Path(arguments[0]) if arguments else ROOT
    if not root.is_dir():
        print(f"no pages at {root}: the real pages lie beside the repository (../shared/pages), or name their folder")
        return 2
    lines = {pages: line(pages, root) for pages in SYSTEMS}
    print("\n".join(table(lines)))
    return 0 if arguments else int(any(one.told for one in lines.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
