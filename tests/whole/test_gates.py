"""A server that turns into a gate in the middle of a crawl: whatever the product, the crawl stops at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from archive.run import Outcome
from council.system import System
from tests.simulation.faults import Fault, faults_of
from tests.whole.house import KEY, REGISTER, House
from townhall.allris3.server import Allris3Server
from townhall.allris4.server import Allris4Server
from townhall.councilservice.server import CouncilserviceServer
from townhall.invention.model import Town
from townhall.invention.municipalities import invent_town
from townhall.morerubin.server import MoreRubinServer
from townhall.notices.server import NoticesServer
from townhall.server.council_server import CouncilServer
from townhall.sessionnet.server import SessionNetServer

SERVERS: Final[dict[System, Callable[[Town], CouncilServer]]] = {
    System.SESSIONNET: SessionNetServer,
    System.ALLRIS3: Allris3Server,
    System.ALLRIS4: Allris4Server,
    System.MORERUBIN: MoreRubinServer,
    System.COUNCILSERVICE: lambda town: CouncilserviceServer(town, tenant="localhost"),
    System.NOTICES: NoticesServer,
}
BEFORE: Final = 4
"""Requests that are answered before the gate shuts."""


@cache
def town() -> Town:
    """A small town that lives today, so that there is more to ask for when the gate shuts."""
    return invent_town("Prüflingen", 11, papers=24, meetings=8, today=dt.date.today())  # noqa: DTZ011


def house_at(server: CouncilServer, system: System, home: Path) -> House:
    """One request at a time, so that none is under way beside the one that meets the gate."""
    register = REGISTER.format(key=KEY, url=server.url, system=system.value).replace("parallel: 4", "parallel: 1")
    more = getattr(server, "register_lines", ())
    return House.of(home, register + "".join(f"    {line}\n" for line in more), {})


@pytest.mark.parametrize("system", SERVERS)
@pytest.mark.parametrize("fault", [Fault.BOT_CHALLENGE, Fault.GATE])
def test_a_server_that_becomes_a_gate_is_left_alone(fault: Fault, system: System, tmp_path: Path) -> None:
    with SERVERS[system](town()) as server:
        faults_of(server).switch_on(fault, after=BEFORE)
        run = house_at(server, system, tmp_path).crawl()
        asked = [line for line in server.requests.lines if line.kind != "robots"]
    assert run.outcome is Outcome.BLOCKED, run.detail
    assert BEFORE < len(asked) <= BEFORE + 3, "the one that meets the gate, and two more at most"
