"""How tests are shared out among processes (pytest-xdist): what uses the same server is done one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent
ON_SERVERS = (
    "tests/archive", "tests/contracts", "tests/indexer/index", "tests/ratslupe", "tests/scale", "tests/servers",
    "tests/whole/test_cluster.py", "tests/whole/test_several_machines.py", "tests/whole/test_up.py",
)  # fmt: skip
"""One PostgreSQL, which each test empties, and one Elasticsearch of each version serve all of these."""


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist looks for the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests on servers are one group, those of every other module another: fixtures of a module are made once."""
    for item in items:
        module = item.path.relative_to(ROOT).as_posix()
        group = "servers" if module.startswith(ON_SERVERS) else module
        item.add_marker(pytest.mark.xdist_group(group))
