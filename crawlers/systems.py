"""The whole list of systems that can be read, on one screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from council.system import System
from crawlers.allris3.pages import read_page as read_allris3
from crawlers.allris3.spider import policy as allris3
from crawlers.allris4.pages import read_page as read_allris4
from crawlers.allris4.spider import policy as allris4
from crawlers.councilservice.pages import read_page as read_councilservice
from crawlers.councilservice.spider import policy as councilservice
from crawlers.ecics.pages import read_page as read_ecics
from crawlers.ecics.spider import policy as ecics
from crawlers.frontier.page_crawl import PageCrawl
from crawlers.frontier.policy import Policy
from crawlers.frontier.product import Product
from crawlers.morerubin.pages import read_page as read_morerubin
from crawlers.morerubin.spider import policy as morerubin
from crawlers.notices.pages import read_page as read_notices
from crawlers.notices.spider import policy as notices
from crawlers.oparl.pages import read_page as read_oparl
from crawlers.oparl.spider import OParlCrawl
from crawlers.parsing.page import Page
from crawlers.sessionnet.pages import read_page as read_sessionnet
from crawlers.sessionnet.spider import policy as sessionnet

COOKIES: Final = {"COOKIES_ENABLED": True}
ONE_PER_HOST: Final = COOKIES | {"CONCURRENT_REQUESTS_PER_DOMAIN": 1, "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0}
ONE_AT_A_TIME: Final = ONE_PER_HOST | {"CONCURRENT_REQUESTS": 1}


def _pages(
    read: Callable[[bytes, str], Page],
    policy: Callable[[PageCrawl], Policy],
    settings: Mapping[str, Any],
    lists_are_complete: bool = True,
) -> Product:
    begin = partial(PageCrawl, make_policy=policy)
    return Product(read, begin, settings, full_crawl_is_expensive=True, lists_are_complete=lists_are_complete)


PRODUCTS: dict[System, Product] = {
    System.OPARL: Product(read_oparl, OParlCrawl),
    System.SESSIONNET: _pages(read_sessionnet, sessionnet, ONE_AT_A_TIME),
    System.COUNCILSERVICE: _pages(read_councilservice, councilservice, ONE_PER_HOST),
    System.MORERUBIN: _pages(read_morerubin, morerubin, COOKIES),
    System.ALLRIS3: _pages(read_allris3, allris3, COOKIES),
    System.ALLRIS4: _pages(read_allris4, allris4, ONE_AT_A_TIME),
    System.ECICS: _pages(read_ecics, ecics, ONE_PER_HOST),
    System.NOTICES: _pages(read_notices, notices, COOKIES, lists_are_complete=False),
}

READABLE: frozenset[System] = frozenset(PRODUCTS)

READERS: dict[System, Callable[[bytes, str], Page]] = {system: product.read for system, product in PRODUCTS.items()}
"""One reader a system: (bytes, url) to Page, as `ratslupe read` shows it."""
