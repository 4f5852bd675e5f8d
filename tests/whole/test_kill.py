"""kill -9 at random moments of crawl and indexer: afterwards one run completes, nothing lost, nothing doubled."""

from __future__ import annotations

import random
import time
from pathlib import Path

from archive.run import Outcome
from tests.simulation.faults import slow
from tests.whole.conftest import small_municipality
from tests.whole.house import House
from tests.whole.test_quirks import essence, undisturbed
from townhall.oparl.server import OParlServer

KILLS = 5


def test_killed_crawls_and_indexers_lose_and_double_nothing(tmp_path: Path) -> None:
    chance = random.Random(2026)
    with OParlServer(small_municipality(), page_size=10) as server:
        slow(server, 0.01)
        house = House(tmp_path / "killed", server.url)
        for _ in range(KILLS):
            kill(house, "crawl", chance.uniform(0.5, 2.0))
        server.middleware.clear()
        assert house.crawl("--full").outcome is Outcome.COMPLETE
        assert essence(house) == undisturbed()
        for _ in range(KILLS):
            kill(house, "index", chance.uniform(0.4, 2.0))
        house.index()
        calm = House(tmp_path / "calm", server.url)
        calm.crawl()
        calm.index()
    assert house.texts() == calm.texts()
    assert house.files() == calm.files()
    mine, theirs = (h.search("", "--limit", "100") for h in (house, calm))
    assert mine["total"] == theirs["total"] == len({hit["id"] for hit in mine["hits"]})
    assert [hit["id"] for hit in mine["hits"]] == [hit["id"] for hit in theirs["hits"]]


def kill(house: House, command: str, after: float) -> None:
    process = house.start(command)
    time.sleep(after)
    process.kill()
    process.communicate()
