"""An invented district: one municipality a system, each on a simulated server; its register is ready to be used."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Any, Self

from townhall.allris3.server import Allris3Server
from townhall.allris4.server import Allris4Server
from townhall.councilservice.server import CouncilserviceServer
from townhall.ecics.server import EcicsServer
from townhall.invention.model import Municipality
from townhall.invention.municipalities import invent_municipality
from townhall.morerubin.server import MoreRubinServer
from townhall.notices.server import NoticesServer
from townhall.oparl.server import OParlServer
from townhall.server.loopback import LoopbackServer
from townhall.sessionnet.server import SessionNetServer

SERVERS: dict[str, Callable[..., Any]] = {
    "oparl": OParlServer,
    "sessionnet": SessionNetServer,
    "morerubin": MoreRubinServer,
    "councilservice": CouncilserviceServer,
    "allris3": partial(Allris3Server, export=True),
    "allris4": Allris4Server,
    "ecics": EcicsServer,
    "notices": NoticesServer,
}
"""By the system's name in the register."""


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality of the district."""

    system: str
    key: str
    name: str
    seed: int
    kind: str = "Stadt"
    papers: int = 30
    meetings: int = 12


PLACES = (
    Place("oparl", "lindquell", "Lindquell", 4711, papers=120, meetings=40),
    Place("sessionnet", "moorbruecken", "Moorbrücken", 21),
    Place("morerubin", "tannenkropf", "Tannenkropf", 22),
    Place("councilservice", "weidenfurt", "Weidenfurt", 23),
    Place("allris3", "ellernscheid", "Ellernscheid", 24, "Verbandsgemeinde"),
    Place("allris4", "harlbach", "Harlbach", 25),
    Place("notices", "mueckenwiese", "Mückenwiese", 26, "Verbandsgemeinde"),
)


class District:
    """All places whose system has a simulated server. Use it in a `with` statement."""

    def __init__(
        self,
        today: dt.date | None = None,
        *,
        papers: int | None = None,
        meetings: int | None = None,
        change: Callable[[Municipality], Municipality] = lambda municipality: municipality,
    ) -> None:
        """`papers`, `meetings`: so many in every municipality. `change` is done to each before it is served."""
        self.places = tuple(place for place in PLACES if place.system in SERVERS)
        self.municipalities = {place.key: change(_invent(place, papers, meetings, today)) for place in self.places}
        self.servers: dict[str, Any] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        for number, place in enumerate(self.places, 1):
            server: LoopbackServer = SERVERS[place.system](self.municipalities[place.key], host=_host(number))
            self.servers[place.key] = self._open.enter_context(server)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open.close()

    def register(self, every: str = "6h") -> str:
        """The register that names all of them, as YAML."""
        return "municipalities:\n" + "".join(self._entry(place, every) for place in self.places)

    def _entry(self, place: Place, every: str) -> str:
        municipality, server = self.municipalities[place.key], self.servers[place.key]
        lines = [
            f"  {place.key}:",
            f"    name: {municipality.name}",
            f"    kind: {municipality.kind}",
            f'    ags: "{municipality.ags}"',
            f"    system: {place.system}",
            f"    url: {server.url}",
            "    politeness: {delay_seconds: 0, parallel: 4}",
            f"    schedule: {{every: {every}}}",
            *(f"    {line}" for line in getattr(server, "register_lines", ())),
        ]
        return "\n".join(lines) + "\n"


def _invent(place: Place, papers: int | None, meetings: int | None, today: dt.date | None) -> Municipality:
    size = {"papers": papers or place.papers, "meetings": meetings or place.meetings}
    return invent_municipality(place.name, place.seed, kind=place.kind, today=today, **size)


def _host(number: int) -> str:
    """A loopback address of its own, so that each municipality is another provider; where there is only one, that."""
    host = f"127.0.0.{number}"
    with socket.socket() as probe:
        try:
            probe.bind((host, 0))
        except OSError:
            return "127.0.0.1"
    return host
