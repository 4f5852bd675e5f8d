"""The whole list of systems that can be read, on one screen."""

from __future__ import annotations

from collections.abc import Callable

from council.system import System
from crawlers.allris3.pages import read_page as read_allris3
from crawlers.allris3.spider import Allris3Spider
from crawlers.allris4.pages import read_page as read_allris4
from crawlers.allris4.spider import Allris4Spider
from crawlers.councilservice.pages import read_page as read_councilservice
from crawlers.councilservice.spider import CouncilserviceSpider
from crawlers.fetching.spider import CouncilSpider
from crawlers.morerubin.pages import read_page as read_morerubin
from crawlers.morerubin.spider import MoreRubinSpider
from crawlers.notices.pages import read_page as read_notices
from crawlers.notices.spider import NoticesSpider
from crawlers.oparl.payload import read_page as read_oparl
from crawlers.oparl.spider import OParlSpider
from crawlers.parsing.page import Page
from crawlers.sessionnet.pages import read_page as read_sessionnet
from crawlers.sessionnet.spider import SessionNetSpider

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

READERS: dict[System, Callable[[bytes, str], Page]] = {
    System.OPARL: read_oparl,
    System.SESSIONNET: read_sessionnet,
    System.COUNCILSERVICE: read_councilservice,
    System.MORERUBIN: read_morerubin,
    System.ALLRIS3: read_allris3,
    System.ALLRIS4: read_allris4,
    System.NOTICES: read_notices,
}
"""One reader a system: (bytes, url) to Page, as `ratslupe read` shows it. A test holds the two tables together."""
