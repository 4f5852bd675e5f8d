"""`python -m townhall`: an invented town's OParl server until Ctrl-C, for people."""

from __future__ import annotations

import argparse
import datetime as dt
import threading
from zoneinfo import ZoneInfo

from townhall.oparl import OParlServer
from townhall.quirks import Quirks
from townhall.town import lindquell, obermuehlgrund

TOWNS = {"lindquell": lindquell, "obermuehlgrund": obermuehlgrund}


def main() -> None:
    """Serve, say where, and wait."""
    parser = argparse.ArgumentParser(prog="python -m townhall", description="An invented town's OParl server.")
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes any that is free")
    parser.add_argument("--town", choices=sorted(TOWNS), default="lindquell")
    parser.add_argument(
        "--quirk", action="append", default=[], metavar="NAME", help="a field of townhall.quirks.Quirks"
    )
    parser.add_argument("--version", choices=("1.0", "1.1"), default="1.1", help="of OParl")
    asked = parser.parse_args()
    try:
        quirks = Quirks.named(*asked.quirk)
    except ValueError as error:
        parser.error(str(error))
    town = TOWNS[asked.town](dt.datetime.now(ZoneInfo("Europe/Berlin")).date())
    with OParlServer(town, version=asked.version, quirks=quirks, port=asked.port) as server:
        print(f"{town.name}: {server.url}  (Ctrl-C ends it)", flush=True)  # noqa: T201 - for a person
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
