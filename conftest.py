"""How tests are shared out among processes (pytest-xdist), which are quick, and what a run says at its end."""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from council.system import System

SLOW = (
    "tests/quality", "tests/contracts", "tests/scale", "tests/whole/test_cluster.py", "tests/whole/test_district.py",
    "tests/whole", "tests/servers", "tests/indexer/index/test_elasticsearch.py", "tests/ratslupe", "tests/archive",
    "tests/spellings", "tests/saved_pages", "tests/crawlers/fetching", "tests/crawlers/test_asking.py",
    "tests/crawlers/sessionnet/test_hostile.py", "tests/crawlers/allris4/test_evidence.py",
    "tests/crawlers/oparl/test_payload_mutations.py", "tests/crawlers/detection/test_findings.py",
)  # fmt: skip
"""What is not for every save (`make quick`): tests that start servers or processes, and long tables. Begun first and in
this order, since what is long and begins last is waited for."""
SHARED_BY = re.compile(rf"[\[-](elasticsearch-[\d.]+|{'|'.join(System)})(?=[-\]])")
"""In a test's name: the server, or the product, that it is about."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, and begin with it."""
    for item in items:
        if item.nodeid.startswith(SLOW):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: next((n for n, path in enumerate(SLOW) if item.nodeid.startswith(path)), len(SLOW)))


class ByModule(LoadScopeScheduling):
    """The tests of a module about one server or one product are one piece of work: what they share is made once.
    The marks for groups of pytest-xdist 3.8 have no effect with pytest 9.2."""

    def _split_scope(self, nodeid: str) -> str:
        module, _, name = nodeid.partition("::")
        shared_by = SHARED_BY.search(name)
        return f"{module} {shared_by[1]}" if shared_by else module


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByModule:
    """Asked by pytest-xdist, where tests run in several processes. Pieces are begun in their order."""
    config.option.loadscopereorder = False
    return ByModule(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One process more than there are processors: slow tests wait for others' processes much of their time."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors + ("not slow" not in config.option.markexpr)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many tests were skipped and why, before what failed."""
    reasons = Counter(reason_of(report) for report in terminalreporter.stats.get("skipped", []))
    if reasons:
        terminalreporter.section("skipped")
        for reason, times in reasons.most_common():
            terminalreporter.line(f"{times:5} {reason}")


def reason_of(report: Any) -> str:
    """Why a test was skipped, without where."""
    told = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return str(told).removeprefix("Skipped: ")
