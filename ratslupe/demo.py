"""`ratslupe demo`: an invented town's OParl server on this machine, and the whole way from it to the search page."""

from __future__ import annotations

import socket
import tempfile
from pathlib import Path

from ratslupe.conductor import conduct
from ratslupe.installation import Installation, find_installation
from townhall.oparl import OParlServer
from townhall.town import demo_town

REGISTER = """\
municipalities:
  {key}:
    name: {name}
    kind: Stadt
    ags: "{ags}"
    system: oparl
    url: {url}
    politeness: {{delay_seconds: 0, parallel: 4}}
    schedule: {{every: 1m}}
"""
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
    with tempfile.TemporaryDirectory(prefix="ratslupe-demo-") as temporary, OParlServer(demo_town()) as server:
        installation = _installation(home or Path(temporary), server)
        conduct(installation, host, free_port(host, port), _say)


def _installation(home: Path, server: OParlServer) -> Installation:
    town = server.town
    home.mkdir(parents=True, exist_ok=True)
    register = home / "demo-municipalities.yaml"
    register.write_text(REGISTER.format(key="demo", name=town.name, ags=town.ags, url=server.url), encoding="utf-8")
    return find_installation(home, register, {})


def _say(address: str) -> None:
    lines = [
        "",
        f"  The search page of an invented town is at  {address}",
        "  It is being crawled and indexed while you look, which takes some seconds. Three things to try:",
        *(f"    {number}. search for  {query}" for number, query in enumerate(THINGS_TO_TRY, 1)),
        f"  The API:  {address}api/v1/search?q=Spielplatz",
        "  Ctrl-C ends everything.",
        "",
    ]
    print("\n".join(lines), flush=True)  # noqa: T201 - this is what the command is for
