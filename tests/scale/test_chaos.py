"""A short chaos: nothing is lost, nothing found wrongly. The long one is `python -m tests.scale.chaos`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.engines import NO_SERVER, servers
from tests.scale.chaos import run_chaos

SECONDS = 40


def test_a_short_chaos_ends_as_if_nothing_had_been(tmp_path: Path) -> None:
    if not servers():
        pytest.skip(NO_SERVER)
    *_, cluster = servers().values()
    seen, differences = run_chaos(SECONDS, tmp_path, cluster)
    assert sum(seen.ends.values()) >= 4
    assert seen.wrong == []
    assert differences == []
