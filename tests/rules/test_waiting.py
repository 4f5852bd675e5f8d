"""Tests wait for events, not for a while, and measure no time of a machine that has other things to do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]
LONGEST = 0.5
FOR_EVER = 60
"""From here on a sleep is no wait: it is a process that hangs until somebody ends it."""


def sleeps(tree: ast.AST) -> Iterator[float]:
    """The seconds of every `sleep(seconds)` that are written down."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(seconds := node.args[0], ast.Constant):
            named = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if named == "sleep" and isinstance(seconds.value, int | float):
                yield float(seconds.value)


def test_no_test_sleeps_where_it_could_wait() -> None:
    assert list(sleeps(ast.parse("time.sleep(2); asyncio.sleep(0.1); sleep(60)"))) == [2, 0.1, 60]
    found = {
        f"{path.relative_to(TESTS)}: {seconds}"
        for path in TESTS.rglob("*.py")
        for seconds in sleeps(ast.parse(path.read_text(encoding="utf-8")))
        if LONGEST < seconds < FOR_EVER
    }
    assert found == set(), "wait for the event with tests/waiting.py"


def test_no_test_judges_a_computation_by_the_clock() -> None:
    """`time.process_time()` counts this process alone, whatever else the machine does."""
    used = [path for path in TESTS.rglob("test_*.py") if "perf_" + "counter" in path.read_text(encoding="utf-8")]
    assert used == []
