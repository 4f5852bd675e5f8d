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


def test_every_vendor_is_free_of_scrapy_without_exception() -> None:
    free = contract("Only crawlers.fetching speaks to the network")
    assert {f"crawlers.{name}" for name in VENDORS} <= set(free["source_modules"])
    assert {"scrapy", "twisted", "crawlers.fetching"} <= set(free["forbidden_modules"])
    assert not free.get("ignore_imports")
