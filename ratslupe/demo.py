"""`ratslupe demo`: an invented district on this machine, one municipality a system, up to its search page."""

from __future__ import annotations

import datetime as dt
import socket
import tempfile
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from ratslupe.installation import Installation, find_installation
from ratslupe.supervisor import supervise
from townhall.district import District

THINGS_TO_TRY = ("Radverkehrskonzept", "Kita Neubau", '"Feuerwehrgerätehaus" -Haushalt')


def free_port(host: str, port: int) -> int:
    """The port, or the next one up that is free (at most fifty are tried)."""
    for candidate in range(port, min(port + 50, 65536)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    return port


def demo(home: Path | None, host: str, port: int) -> None:
    """Run the demo until Ctrl-C. Without a home everything is kept in a temporary folder and removed at the end."""
    today = dt.datetime.now(ZoneInfo("Europe/Berlin")).date()
    with tempfile.TemporaryDirectory(prefix="ratslupe-demo-") as temporary, District(today) as district:
        installation = _installation(home or Path(temporary), district)
        supervise(installation, host, free_port(host, port), lambda address: _say(address, district))


def _installation(home: Path, district: District) -> Installation:
    home.mkdir(parents=True, exist_ok=True)
    register = home / "demo-municipalities.yaml"
    register.write_text(district.register(), encoding="utf-8")
    return replace(find_installation(home, register, {}), quiet=True, demo=True)


def _say(address: str, district: District) -> None:
    servers = district.servers
    width = max(len(place.name) for place in district.places)
    lines = [
        "",
        f"  The search page of an invented district is at  {address}",
        "  It is being crawled and indexed while you look, which takes a minute or two: a crawl says when it ends.",
        "  After that nothing is asked again for hours. Each municipality runs another system, on a simulated server:",
        *(f"    {place.name:{width}}  {place.system:14}  {servers[place.key].url}" for place in district.places),
        "  Three things to try:",
        *(f"    {number}. search for  {query}" for number, query in enumerate(THINGS_TO_TRY, 1)),
        f"  The API:  {address}api/v1/search?q=Spielplatz",
        f"  See what a server is:  ratslupe probe {servers[district.places[0].key].url}",
        "  Ctrl-C ends everything.",
        "",
    ]
    print("\n".join(lines), flush=True)  # noqa: T201 - this is what the command is for
