"""`ratslupe read`: what a spider would read out of one saved page or answer, for people who debug a source."""

from __future__ import annotations

from collections.abc import Callable

from council.system import System
from crawlers.allris3.pages import read_page as read_allris3
from crawlers.allris4.pages import read_page as read_allris4
from crawlers.councilservice.pages import read_page as read_councilservice
from crawlers.morerubin.pages import read_page as read_morerubin
from crawlers.notices.pages import read_page as read_notices
from crawlers.oparl.payload import read_answer
from crawlers.page import Page
from crawlers.sessionnet.pages import read_page as read_sessionnet


def read_oparl(body: bytes, url: str) -> Page:
    """What is read out of an OParl answer. Raises PageChanged."""
    answer = read_answer(body, url)
    return Page(answer.page, tuple(answer.records), tuple(answer.follow), tuple(answer.not_understood))


READERS: dict[System, Callable[[bytes, str], Page]] = {
    System.OPARL: read_oparl,
    System.SESSIONNET: read_sessionnet,
    System.MORERUBIN: read_morerubin,
    System.COUNCILSERVICE: read_councilservice,
    System.ALLRIS3: read_allris3,
    System.ALLRIS4: read_allris4,
    System.NOTICES: read_notices,
}
"""One reader a system. Every system that can be crawled can be read; a test holds it against `crawlers.systems`."""
