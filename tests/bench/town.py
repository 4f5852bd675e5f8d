"""A large invented town in a server process of its own: `python -m tests.bench.municipality PORT PAPERS`."""

from __future__ import annotations

import sys
import time

from townhall.invention.municipalities import invent_municipality
from townhall.oparl.server import OParlServer

if __name__ == "__main__":
    town = invent_municipality("Messlingen", 3, papers=int(sys.argv[2]), meetings=max(4, int(sys.argv[2]) // 4))
    with OParlServer(town, page_size=100, port=int(sys.argv[1])):
        while True:
            time.sleep(3600)
