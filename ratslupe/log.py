"""How the project speaks on the terminal: plain lines with time, level and who says it."""

from __future__ import annotations

import logging
import sys


def set_up_logging(verbose: bool = False) -> None:
    """Lines on stderr. Libraries are only heard when something is wrong."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        datefmt="%Y-%m-%d %H:%M:%S",
        force=True,
    )
    logging.getLogger("ratslupe").setLevel(logging.DEBUG if verbose else logging.INFO)
    for name in ("scrapy", "twisted", "apscheduler", "alembic", "elastic_transport"):
        logging.getLogger(name).setLevel(logging.ERROR)
