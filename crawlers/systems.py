"""The whole list of systems that can be read, on one screen."""

from __future__ import annotations

from council.system import System
from crawlers.oparl.spider import OParlSpider
from crawlers.spider import CouncilSpider

SPIDERS: dict[System, type[CouncilSpider]] = {
    System.OPARL: OParlSpider,
}

READABLE: frozenset[System] = frozenset(SPIDERS)
