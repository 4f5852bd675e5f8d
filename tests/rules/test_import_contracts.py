"""What import-linter cannot say with wildcards: which folders are products, and that no product knows another."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PRODUCTS = sorted(path.parent.name for path in (ROOT / "crawlers").glob("*/pages.py"))
"""A product's folder is one that reads pages."""


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def contract(beginning: str) -> dict[str, Any]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: dict[str, Any]
    contracts = project["tool"]["importlinter"]["contracts"]
    (found,) = (contract for contract in contracts if contract["name"].startswith(beginning))
    return found


@pytest.mark.parametrize("product", PRODUCTS)
def test_no_product_knows_another_and_every_module_is_reached_from_its_spider_or_pages(product: str) -> None:
    others = tuple(f"crawlers.{name}." for name in PRODUCTS if name != product)
    folder = ROOT / "crawlers" / product
    modules = {f"crawlers.{product}.{path.stem}": path for path in folder.glob("*.py") if path.stem != "__init__"}
    for path in modules.values():
        known = [name for name in imported(path) if f"{name}.".startswith(others)]
        assert not known, f"{path.name} imports {known}: what two products need belongs to crawlers/parsing or frontier"
    assert {f"crawlers.{product}.pages", f"crawlers.{product}.spider"} <= modules.keys()
    waiting, reached = [f"crawlers.{product}.pages", f"crawlers.{product}.spider"], set()
    while waiting:
        if (module := waiting.pop()) not in reached:
            reached.add(module)
            names = set(imported(modules[module]))
            waiting += [found for found in modules if any(f"{name}.".startswith(f"{found}.") for name in names)]
    assert modules.keys() == reached, "the contracts speak of pages and spider and of what these import"


def test_every_product_is_free_of_scrapy_without_exception() -> None:
    free = contract("Only crawlers.fetching speaks to the network")
    assert {"crawlers.*.pages", "crawlers.*.spider"} <= set(free["source_modules"])
    assert {"scrapy", "twisted", "crawlers.fetching"} <= set(free["forbidden_modules"])
    assert not free.get("ignore_imports")
