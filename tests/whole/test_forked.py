"""A command that is forked says and does what it says and does when it is started by itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from archive.run import Outcome
from tests.simulation.faults import slow
from tests.simulation.oparl import EditableOParl
from tests.waiting import PATIENCE
from tests.whole.forked import run_forked
from tests.whole.house import KEY, House


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--help"], 0), (["nonsense"], 2), (["check"], 0), (["crawl", "nobody"], 1), (["search", "Radweg"], 1)],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_it_says_the_same_and_ends_with_the_same_code(tmp_path: Path, arguments: list[str], code: int) -> None:
    house = House(tmp_path, "http://127.0.0.1:9/oparl/system")
    started = subprocess.run(
        house.command(arguments), capture_output=True, text=True, check=False, env=house.surroundings()
    )
    forked = house.run(*arguments)
    assert (forked.returncode, forked.stdout, forked.stderr) == (code, started.stdout, started.stderr)
    assert forked.stdout + forked.stderr


def test_a_crawl_holds_the_same(tmp_path: Path, server: EditableOParl) -> None:
    forked, started = House(tmp_path / "forked", server.url), House(tmp_path / "started", server.url)
    assert forked.crawl().outcome is Outcome.COMPLETE
    with started.start("crawl", KEY) as process:
        process.communicate(timeout=PATIENCE)
    assert started.last_run().outcome is Outcome.COMPLETE
    assert forked.held() == started.held()
    assert forked.files() == started.files()
    assert forked.held()


def test_one_that_does_not_end_is_killed(tmp_path: Path, server: EditableOParl) -> None:
    slowly = slow(server, 600)
    house = House(tmp_path, server.url)
    with pytest.raises(subprocess.TimeoutExpired):
        run_forked(house.options(["crawl", KEY]), house.surroundings(), timeout=2)
    server.middleware.remove(slowly)
    assert house.crawl().outcome is Outcome.COMPLETE
