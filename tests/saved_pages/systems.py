"""Every system whose saved pages are tested, on one screen, and the folders of pages that nothing reads yet."""

from __future__ import annotations

from tests.saved_pages import allris3, allris4, councilservice, ecics, morerubin, notices, oparl, sessionnet
from tests.saved_pages.factory import SavedPages

SYSTEMS: tuple[SavedPages, ...] = (
    oparl.PAGES,
    sessionnet.PAGES,
    allris3.PAGES,
    allris4.PAGES,
    morerubin.PAGES,
    councilservice.PAGES,
    ecics.PAGES,
    notices.PAGES,
)

NOT_READ = {
    "hitcom": "no reader yet",
    "kic": "no reader yet",
    "komfa": "no reader yet; that nothing of it is given away is tested in test_notices.py",
    "muenchen": "no reader yet",
    "parlis": "no reader yet",
    "provox": "no reader yet",
    "regisafe": "no reader yet",
    "sdnet": "no reader yet",
    "sim": "no reader yet",
}
