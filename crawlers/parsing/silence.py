"""A list of which nothing is read: it must prove that it is empty, or it is an error.

A reader that finds nothing, follows nothing and says nothing looks healthy, and a whole installation stays unseen
(ALLRIS 3, Kirchen, November 2026: its list of councils linked by calendars). Every reader's page passes through here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Final, TypeVar

from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.page import Page

LONGEST: Final = 3_000
"""Characters of text up to which words of emptiness are the list's; in a longer one they may stand in an entry."""

_NOUNS = (
    r"(?:bekanntmachungen?|eintr(?:ä|ae)ge?n?|meldungen?|beitr(?:ä|ae)ge|nachrichten|sitzungen?|sitzungstermine?|artikel"
    r"|ergebnisse?|treffer|dokumente?|datens(?:ä|ae)tze?|termine?|ausschreibungen?|vorlagen?|drucksachen?|gremien|gremium"
    r"|ausschüsse|räte|fraktionen|veranstaltungen|tagesordnungen)"
)
_NOUNS_OF_MORE = r"(?:daten|personen|mitglieder|elemente|informationen)"
"""What a page may say of something else than its list: "Wir speichern keine Daten"."""

_THERE = r"(?:vorhanden|gefunden|verfügbar|vor\b|veröffentlicht|geplant|statt\b|eingetragen|hinterlegt|angezeigt)"
_EMPTY: Final = re.compile(
    rf"\bkeine?\s+(?:\w+\s+){{0,4}}?(?:{_NOUNS}\b.{{0,60}}?(?:{_THERE}|[.!]|$)|{_NOUNS_OF_MORE}\b.{{0,40}}?{_THERE})"
    rf"|\b(?:0|null)\s+{_NOUNS}\b|\bno\s+(?:records|results|entries|meetings|data)\b|\bnichts\s+gefunden\b",
    re.IGNORECASE,
)
_VERBS: Final = re.compile(r"\b(?:liegen|sind|gibt es|wurden|finden|bestehen)\s+", re.IGNORECASE)

AnyPage = TypeVar("AnyPage", bound=Page)


def says_empty(text: str | None) -> bool:
    """Whether a list says in its own words that nothing is in it: "Derzeit liegen keine Bekanntmachungen vor"."""
    words = text or ""
    return len(words) < LONGEST and bool(_EMPTY.search(_VERBS.sub("", words)))


def refuse_silent(page: AnyPage, url: str, lists: Collection[str], is_proven_empty: Callable[[], bool]) -> AnyPage:
    """The page as it was read. Raises UnexpectedResponse where it is one of these lists (names of page types), has no
    record, nothing to follow and no warning, and nothing proves it empty: its own words, a calendar that shows its
    days, a row of column heads above nothing, entries that are all withheld."""
    if page.page not in lists or page.records or page.follow or page.warnings or is_proven_empty():
        return page
    raise UnexpectedResponse(
        url,
        f"entries in the list {page.page}, or words that there are none",
        "a list of which nothing is read",
        "Look at the page: mend the reader if there is something on it",
    )
