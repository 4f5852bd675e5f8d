"""The whole list of systems that can be read, on one screen."""

from __future__ import annotations

from council.system import System
from crawlers.allris3.spider import Allris3Spider
from crawlers.allris4.spider import Allris4Spider
from crawlers.councilservice.spider import CouncilserviceSpider
from crawlers.morerubin.spider import MoreRubinSpider
from crawlers.notices.spider import NoticesSpider
from crawlers.oparl.spider import OParlSpider
from crawlers.sessionnet.spider import SessionNetSpider
from crawlers.spider import CouncilSpider

SPIDERS: dict[System, type[CouncilSpider]] = {
    System.OPARL: OParlSpider,
    System.SESSIONNET: SessionNetSpider,
    System.COUNCILSERVICE: CouncilserviceSpider,
    System.MORERUBIN: MoreRubinSpider,
    System.ALLRIS3: Allris3Spider,
    System.ALLRIS4: Allris4Spider,
    System.NOTICES: NoticesSpider,
}

READABLE: frozenset[System] = frozenset(SPIDERS)
