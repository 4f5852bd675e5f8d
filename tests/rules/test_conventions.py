"""The house's conventions that a tool of its own does not hold."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("archive", "council", "crawlers", "indexer", "ratslupe", "search_api", "townhall")
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "core", "manager", "handler", "processor"}


def modules() -> Iterator[Path]:
    for room in ROOMS:
        yield from (ROOT / room).rglob("*.py")


def test_no_file_is_named_after_nothing() -> None:
    assert [path for path in modules() if path.stem in NO_NAMES] == []


def test_every_package_says_that_it_is_typed() -> None:
    assert [room for room in ROOMS if not (ROOT / room / "py.typed").is_file()] == []


@pytest.mark.parametrize("path", sorted(modules()), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_owns(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_the_environment_is_read_in_settings_only() -> None:
    allowed = {"child_processes.py", "installation.py"}
    readers = [
        path
        for path in modules()
        if re.search(r"os\.(environ|getenv)", path.read_text(encoding="utf-8")) and path.stem != "settings"
    ]
    assert {path.name for path in readers} <= allowed


def test_no_address_of_a_machine_and_no_package_registry_is_in_any_file() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: nothing says which files belong to the project")
    hosts = re.compile(
        "|".join(("py" + "pi\\.org", "files\\.python" + "hosted", "repo1\\.ma" + "ven", "registry\\.npm" + "js"))
    )
    paths = re.compile("/(?:work|root|home)/" + r"[a-z]+/")
    for name in listed.stdout.split():
        path = ROOT / name
        if path.is_file() and path.suffix in {".py", ".md", ".toml", ".yaml", ".lock", ".html", ".css", ""}:
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert not hosts.search(text), name
            assert not paths.search(text), name


def test_every_setting_is_documented() -> None:
    named = {name for path in modules() for name in re.findall(r"RATSLUPE_[A-Z_]+\b", path.read_text(encoding="utf-8"))}
    documented = set(re.findall(r"`(RATSLUPE_[A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")))
    assert {name for name in named if not name.endswith("_")} <= documented
