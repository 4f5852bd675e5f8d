"""`python -m townhall`: an invented municipality's server, or a whole district's, until Ctrl-C, for people."""

from __future__ import annotations

import argparse
import datetime as dt
import signal
import threading
from contextlib import AbstractContextManager
from typing import Any
from zoneinfo import ZoneInfo

from townhall.district import SERVERS, District
from townhall.invention.municipalities import lindquell, obermuehlgrund
from townhall.oparl.quirks import Quirks
from townhall.oparl.server import OParlServer

MUNICIPALITIES = {"lindquell": lindquell, "obermuehlgrund": obermuehlgrund}


def main() -> None:
    """Serve, say where, and wait."""
    parser = _parser()
    asked = parser.parse_args()
    today = dt.datetime.now(ZoneInfo("Europe/Berlin")).date()
    try:
        quirks = Quirks.named(*asked.quirk)
    except ValueError as error:
        parser.error(str(error))
    if asked.district:
        serve(District(today))
    elif asked.system == "oparl":
        serve(
            OParlServer(
                MUNICIPALITIES[asked.municipality](today), version=asked.version, quirks=quirks, port=asked.port
            )
        )
    elif asked.quirk:
        parser.error("quirks are OParl's: leave out --system, or --quirk")
    else:
        serve(SERVERS[asked.system](MUNICIPALITIES[asked.municipality](today), port=asked.port))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m townhall", description="An invented municipality's council server."
    )
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes any that is free")
    parser.add_argument("--municipality", choices=sorted(MUNICIPALITIES), default="lindquell")
    parser.add_argument("--system", choices=sorted(SERVERS), default="oparl")
    parser.add_argument(
        "--district", action="store_true", help="a municipality for every system, and the register for them"
    )
    parser.add_argument(
        "--quirk", action="append", default=[], metavar="NAME", help="of OParl: a field of townhall.oparl.quirks.Quirks"
    )
    parser.add_argument("--version", choices=("1.0", "1.1"), default="1.1", help="of OParl")
    return parser


def serve(what: AbstractContextManager[Any]) -> None:
    """Serve a municipality or a district until Ctrl-C, also where the shell that started it ignores it."""
    for asked_to_stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked_to_stop, signal.default_int_handler)
    try:
        with what as running:
            if isinstance(running, District):
                line = running.register(every="24h")
            else:
                line = f"{running.municipality.name}: {running.url}  (Ctrl-C ends it)"
            print(line, flush=True)  # noqa: T201 - for a person
            threading.Event().wait()
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
