"""One invented municipality, read through the server of every vendor, ends in the same content."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from council.system import System
from tests.whole.content import content_of, content_of_municipality, differences
from tests.whole.house import KEY, House
from tests.whole.products.declared import DECLARED
from townhall.allris3.server import Allris3Server
from townhall.allris4.server import Allris4Server
from townhall.councilservice.server import CouncilserviceServer
from townhall.ecics.server import EcicsServer
from townhall.invention.municipalities import Municipality, invent_municipality
from townhall.morerubin.server import MoreRubinServer
from townhall.notices.server import NoticesServer
from townhall.oparl.server import OParlServer
from townhall.sessionnet.server import SessionNetServer

SERVERS: dict[System, Callable[[Municipality], Any]] = {
    System.OPARL: OParlServer,
    System.SESSIONNET: SessionNetServer,
    System.COUNCILSERVICE: CouncilserviceServer,
    System.MORERUBIN: MoreRubinServer,
    # Without the export a meeting that is off has neither number nor committee: compared in test_allris3.py.
    System.ALLRIS3: lambda municipality: Allris3Server(municipality, export=True),
    System.ALLRIS4: Allris4Server,
    System.ECICS: EcicsServer,
    System.NOTICES: NoticesServer,
}


@cache
def municipality() -> Municipality:
    """A municipality with everything in it, non-public items too."""
    return invent_municipality("Prüflingen", 11, papers=40, meetings=14)


@pytest.mark.parametrize("system", SERVERS, ids=str)
def test_the_same_municipality_through_every_vendor_is_the_same_content(system: System, tmp_path: Path) -> None:
    with SERVERS[system](municipality()) as server:
        more = "".join(f"    {line}\n" for line in getattr(server, "register_lines", ()))
        house = House(tmp_path, server.url, more, system=system)
        run = house.crawl()
        assert run.outcome == "complete", (run.detail, run.warnings)
        archive = house.archive()
        wrong = differences(content_of_municipality(municipality()), content_of(archive, KEY), DECLARED[system])
        archive.close()
    assert not wrong, "\n".join(str(difference) for difference in wrong[:40])
