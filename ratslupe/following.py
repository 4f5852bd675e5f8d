"""`ratslupe index --follow`: goes on with whatever comes into the archive until told to stop."""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType

from archive.archive import ArchiveUnavailable
from indexer.index.contract import IndexFault
from indexer.pipeline import Indexer
from ratslupe.installation import Installation

LOG = logging.getLogger("ratslupe.index")
PAUSE_SECONDS = 1.0
PAUSE_AFTER_FAULT = 10.0
EXTRACT_SECONDS = 20.0
"""So long texts are extracted before what is there is indexed: a reader sees a crawl's fruits while it goes on."""
TITLE_SECONDS = 2.0
"""So long titles are worked out before the archive is asked again: at most two thirds of one processor."""


def follow(installation: Installation) -> None:
    """Bring the index up to date again and again until SIGTERM or SIGINT."""
    stop = threading.Event()

    def asked_to_stop(number: int, _: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, asked_to_stop)
    archive = installation.archive()
    indexer = Indexer(archive, installation.engine(), installation.indexer_settings.workers, stop.is_set)
    pause = 0.0
    while not stop.wait(pause):
        try:
            count = indexer.run(seconds=EXTRACT_SECONDS, title_seconds=TITLE_SECONDS)
        except (IndexFault, ArchiveUnavailable) as fault:
            LOG.error("%s; trying again in %.0f s", fault, PAUSE_AFTER_FAULT)
            pause = PAUSE_AFTER_FAULT
            continue
        pause = PAUSE_SECONDS
        if count.titles:
            LOG.info("%d titles worked out for the search by meaning", count.titles)
        if count.put or count.deleted or count.extracted:
            LOG.info(
                "%d entries written, %d taken out; texts: %d read, %d without text, %d unreadable (%.1f s)",
                count.put, count.deleted, count.extracted, count.without_text, count.unreadable, count.seconds,
            )  # fmt: skip
    archive.close()
