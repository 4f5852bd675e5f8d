"""Whole crawls of a source in tests, with a DNS of the test's own; each in a process of its own, since Scrapy's reactor
starts once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archive.archive import open_archive
from archive.run import Run
from archive.settings import archive_settings
from council.municipality import Municipality
from crawlers.crawl import crawl
from crawlers.settings import crawl_settings

LONGEST = 600
_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["crawlers.crawl"])


@dataclass(slots=True)
class Names:
    """For each name its answers, one look-up after the other; the last one stays. Addresses are their own answer."""

    answers: Mapping[str, list[Sequence[str]]]

    async def __call__(self, host: str) -> Sequence[str]:
        given = self.answers.get(host)
        if given is None:
            return [host]
        return given.pop(0) if len(given) > 1 else given[0]


def crawled(home: Path, url: str, names: Mapping[str, Sequence[Sequence[str]]] | None = None, **entry: Any) -> Run:
    """Crawl the OParl source at an address; `entry` is what else stands in the register."""
    with ProcessPoolExecutor(1, mp_context=_SERVER) as pool:
        return pool.submit(crawl_here, home, entry_of(url) | entry, names or {}).result(LONGEST)


def entry_of(url: str) -> dict[str, Any]:
    """The register's entry of an OParl source."""
    return {
        "key": "prueflingen", "name": "Prüflingen", "kind": "Stadt", "ags": "15999001", "system": "oparl", "url": url,
    }  # fmt: skip


def crawl_here(home: Path, entry: dict[str, Any], names: Mapping[str, Sequence[Sequence[str]]]) -> Run:
    """The same in this process, which can do so only once."""
    archive = open_archive(archive_settings(home, {}))
    try:
        settings = replace(
            crawl_settings({}), lookup=Names({name: list(given) for name, given in names.items()}), retries=1
        )
        return crawl(Municipality.model_validate(entry), archive, settings)
    finally:
        archive.close()
