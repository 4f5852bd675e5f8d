"""One invented town, read through the server of every vendor, ends in the same content: what a vendor does not give is
declared here, field by field, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from council.system import System
from tests.whole.content import content_of, content_of_town, differences
from tests.whole.house import KEY, House
from townhall.oparl import OParlServer
from townhall.town import Town, invent_town

Declared = dict[str, Callable[[Any], Any] | None]

SERVERS: dict[System, Callable[[Town], Any]] = {
    System.OPARL: OParlServer,
}
DECLARED: dict[System, Declared] = {
    System.OPARL: {},
}


@cache
def town() -> Town:
    """A town with everything in it, non-public items too."""
    return invent_town("Prüflingen", 11, papers=40, meetings=14)


@pytest.mark.parametrize("system", SERVERS, ids=str)
def test_the_same_town_through_every_vendor_is_the_same_content(system: System, tmp_path: Path) -> None:
    with SERVERS[system](town()) as server:
        house = House(tmp_path, server.url, system=system)
        run = house.crawl()
        assert run.outcome == "complete", (run.detail, run.warnings)
        archive = house.archive()
        wrong = differences(content_of_town(town()), content_of(archive, KEY), DECLARED[system])
        archive.close()
    assert not wrong, "\n".join(str(one) for one in wrong[:40])
