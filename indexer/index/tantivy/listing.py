"""The list of hits of one answer: its length, its pages, and which hits hold all words of the question."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import tantivy
from tantivy import Query as Condition

from indexer.index.conditions import is_unscored
from indexer.index.contract import Hit, Match, Query
from indexer.index.matching import Interpretation
from indexer.index.sections import ListSection, chosen_match, ranked, sections
from indexer.index.stored_fields import hit
from indexer.index.tantivy.conditions import Conditions
from indexer.index.tantivy.order import Order, PageStart, Ranked


class Listing:
    """The list that a question means, from a place on, among the entries that match the `limits`."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        conditions: Conditions,
        meant: Interpretation,
        query: Query,
        place: PageStart,
        limits: Collection[Condition],
    ) -> None:
        self._searcher = searcher
        self._conditions = conditions
        self._meant = meant
        self._query = query
        self._place = place
        self._limits = limits
        self._all = conditions.of(meant.all_words)
        self._some = self._all if meant.some_words is None else conditions.of(meant.some_words)
        self.total = self._count(self._all)
        self.total_some = self._count(self._some) - self.total if meant.some_words is not None else 0
        wanted = chosen_match(query.match, self.total, self.total_some)
        self.match = wanted if place.section is None else place.section.match

    @property
    def condition(self) -> Condition:
        """What all that is listed matches, without a score."""
        return self._all if self.match is Match.ALL else self._some

    def page(self) -> tuple[tuple[Hit, ...], PageStart | None]:
        """A page, and where the next one begins; None behind the last hit."""
        listed = sections(self.match, self._query.sort)
        number, place = self._start(listed)
        hits: list[Hit] = []
        for section in listed[number:]:
            if hits and len(hits) == self._query.limit:
                return tuple(hits), PageStart(0, section=section) if self._total(section) else None
            found, following = self._order(section).page(place, self._query.limit - len(hits), self._query.sort)
            hits += self._hits(section, found)
            if following is not None:
                return tuple(hits), replace(following, section=section)
            place = PageStart(0)
        return tuple(hits), None

    def _start(self, listed: tuple[ListSection, ...]) -> tuple[int, PageStart]:
        """The number of the section that the page begins in, and the place in it."""
        if self._place.section is not None:
            return listed.index(self._place.section), self._place
        skip = self._place.skip
        for number, section in enumerate(listed[:-1]):
            if skip < self._total(section):
                return number, PageStart(skip)
            skip -= self._total(section)
        return len(listed) - 1, PageStart(skip)

    def _total(self, section: ListSection) -> int:
        match section:
            case ListSection.BOTH:
                return self.total + self.total_some
            case ListSection.DATED_PART:
                return self.total_some
            case _:
                return self.total

    def _order(self, section: ListSection) -> Order:
        node = ranked(section, self._meant)
        query = self._conditions.limited(self._conditions.of(node), *self._limits)
        return Order(self._searcher, self._conditions, query, self._total(section), unscored=is_unscored(node))

    def _hits(self, section: ListSection, found: Ranked) -> list[Hit]:
        hits = [
            hit(self._stored(address), score, matches_all=section is not ListSection.DATED_PART)
            for score, address in found
        ]
        if section is not ListSection.BOTH or not hits:
            return hits
        among = self._conditions.any_of("id", [one.id for one in hits])
        holding = self._searcher.search(self._conditions.limited(self._all, among), len(hits), count=False).hits
        all_words = {hit(self._stored(address), None).id for _, address in holding}
        return [replace(one, matches_all=one.id in all_words) for one in hits]

    def _stored(self, address: tantivy.DocAddress) -> bytes:
        return bytes(self._searcher.doc(address).get_first("stored") or b"")

    def _count(self, condition: Condition) -> int:
        found = self._conditions.limited(condition, *self._limits)
        return self._searcher.search(found, 1).count  # type: ignore[attr-defined,no-any-return]
