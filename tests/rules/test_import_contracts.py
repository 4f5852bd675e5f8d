"""The contracts of import-linter name every vendor: one that is added is held by them, too."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
VENDORS = {path.parent.name for name in ("pages.py", "payload.py") for path in (ROOT / "crawlers").glob(f"*/{name}")}


def contract(beginning: str) -> dict[str, Any]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: dict[str, Any]
    (found,) = (one for one in project["tool"]["importlinter"]["contracts"] if one["name"].startswith(beginning))
    return found


def test_vendors_are_independent_of_each_other_all_of_them() -> None:
    assert set(contract("Vendors are independent")["modules"]) == {f"crawlers.{name}" for name in VENDORS}


def test_reading_is_free_of_asking_in_every_vendor() -> None:
    assert {f"crawlers.{name}" for name in VENDORS} <= set(contract("Reading is free of asking")["source_modules"])


def test_what_is_let_off_for_asking_is_protected_from_readers() -> None:
    let_off = {one.partition(" -> ")[0] for one in contract("Reading is free of asking")["ignore_imports"]}
    protected = contract("Who asks is known")
    assert let_off == set(protected["protected_modules"])
    asking = {"crawlers.systems", "crawlers.crawl", "crawlers.fetching.**", "ratslupe.probing.sample"}
    assert set(protected["allowed_importers"]) == let_off | asking
