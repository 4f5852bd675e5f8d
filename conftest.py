"""How tests are shared out among processes (pytest-xdist), which are quick, and what a run says at its end."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

SLOW = (
    "tests/whole", "tests/scale", "tests/servers", "tests/contracts", "tests/archive", "tests/ratslupe",
    "tests/indexer/index/test_elasticsearch.py",
)  # fmt: skip
"""Where tests start servers and whole installations: not for every save (`make quick`), and begun first, since what is
long and begins last is waited for."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, and begin with it, in the order of SLOW."""
    for item in items:
        if item.nodeid.startswith(SLOW):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: next((n for n, path in enumerate(SLOW) if item.nodeid.startswith(path)), len(SLOW)))


class ByModule(LoadScopeScheduling):
    """The tests of a module are one piece of work: what a module makes is made once.
    The marks for groups of pytest-xdist 3.8 have no effect with pytest 9.2."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByModule:
    """Asked by pytest-xdist, where tests run in several processes. Pieces are begun in their order."""
    config.option.loadscopereorder = False
    return ByModule(config, log)


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
