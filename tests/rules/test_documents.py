"""The project's papers: every link between them leads somewhere, every file and module they name is there."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob(".github/*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
ROOMS = [
    "archive",
    "council",
    "crawlers",
    "indexer",
    "ratslupe",
    "search_api",
    "townhall",
    "tests",
    "docs",
    "config",
    ".ci",
]
PATH = re.compile(rf"`((?:{'|'.join(map(re.escape, ROOMS))})/[\w./-]*)`")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def anchors(paper: Path) -> set[str]:
    headings = HEADING.findall(paper.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(paper: Path) -> Iterator[str]:
    for target in LINK.findall(paper.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        leads_to = (paper.parent / name).resolve() if name else paper
        if not leads_to.exists() or (anchor and anchor not in anchors(leads_to)):
            yield target


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_and_named_files_are_there(paper: Path) -> None:
    assert not list(broken_links(paper))
    if paper.name != "CHANGELOG.md":  # which speaks of what was
        named = PATH.findall(paper.read_text(encoding="utf-8"))
        assert not [name for name in named if "NEW" not in name and not is_there(name)]


def is_there(name: str) -> bool:
    """A file or folder; `folder/noun` is the module, `FOLDER/SYSTEM` stands for any."""
    path = ROOT / name
    return path.exists() or path.with_suffix(".py").exists() or re.search(r"[A-Z]{4}", name) is not None


def test_every_paper_is_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        paper = waiting.pop()
        if paper in reached or paper.suffix != ".md":
            continue
        reached.add(paper)
        for target in LINK.findall(paper.read_text(encoding="utf-8")):
            leads_to = (paper.parent / target.partition("#")[0]).resolve()
            if leads_to.is_dir():
                waiting += leads_to.glob("*.md")
            elif leads_to.is_file():
                waiting.append(leads_to)
    tracked = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    papers = {ROOT / name for name in tracked.split() if not name.startswith(".github/")}
    assert sorted(str(paper.relative_to(ROOT)) for paper in papers - reached) == []
