"""How tests are shared out among processes (pytest-xdist): what uses the same server is done one after the other."""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

ON_SERVERS = (
    "tests/archive", "tests/contracts", "tests/indexer/index", "tests/ratslupe", "tests/scale", "tests/servers",
    "tests/whole/test_cluster.py", "tests/whole/test_several_machines.py", "tests/whole/test_up.py",
)  # fmt: skip
"""One PostgreSQL, which each test empties, and one Elasticsearch of each version serve all of these."""


class ByServer(LoadScopeScheduling):
    """Tests on servers are one piece of work, those of every other module another: what a module makes is made once.
    The marks for groups of pytest-xdist 3.8 have no effect with pytest 9.2."""

    def _split_scope(self, nodeid: str) -> str:
        return "servers" if nodeid.startswith(ON_SERVERS) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByServer:
    """Asked by pytest-xdist, where tests run in several processes."""
    return ByServer(config, log)
