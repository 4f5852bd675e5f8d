"""Asking a municipality's website: its lists of notices, then each notice's own page.

Lists are never complete: notices drop out of them and stay where they are. What a visit no longer sees is asked for at
its own address, and is gone only where that says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, ClassVar, Final

from scrapy import Request
from scrapy.http import Response

from archive.held_reader import HeldReader
from archive.run import RunMode
from council.model import File, Kind, Meeting, Paper, Record, Tombstone
from crawlers.fetching.page_spider import GONE, GONE_FREE, GONE_SHARE, TRIES, Key, PageSpider
from crawlers.frontier.window import LOOK_BACK, Window
from crawlers.notices.addresses import native_id, stable
from crawlers.notices.description import Description
from crawlers.notices.pages import NOTICE, NoticesPage, read_page
from crawlers.notices.paging import year_in
from crawlers.notices.parts import Parts
from crawlers.notices.refusal import says_not_found
from crawlers.parsing.diagnostics import ParseWarning
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse, looks_like_html
from crawlers.parsing.page import Page

MOST_DOUBTS: Final = 50
"""So many addresses of what it did not see an ordinary visit asks for, the newest first."""
PAGES, ELSEWHERE, ENDS = "pages", "elsewhere", "pages end"
"""In the spider's memory: which files are on which meeting's page; ids of notices whose page shows no such paper;
whether the site's pages end as pages do."""


class NoticesSpider(PageSpider):
    """One crawl of one website. A notice's page has the key of a paper: what it shows is known when it has come."""

    name = "notices"
    LISTS_ARE_COMPLETE: ClassVar = False

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        entry = self.municipality.notices
        said = entry.model_dump(exclude_none=True) if entry else {}
        self._description = Description(**({"place": self.municipality.name} | said))
        self._first = tuple(dict.fromkeys(map(stable, (self.municipality.url, *self._description.lists))))
        self._lists = set(self._first)
        self._parts = Parts(self.memory.get(PAGES, {}))
        self._elsewhere: set[str] = set(self.memory.get(ELSEWHERE, []))
        self._unwanted: set[str] = set()
        self._unseen: list[Meeting] = []
        self._looked_at = 0
        self._has_doubted = False
        self._held: dict[Key, Paper | Meeting] = {}
        self._known: dict[str, Paper | Meeting | None] = {}

    # --- what the base asks for

    def ask_lists(self) -> Iterator[Request]:
        ids = [record_id for kind in (Kind.PAPER, Kind.MEETING) for record_id in self.writer.missing(kind)[0]]
        held = HeldReader(self.archive, self.municipality.key).nouns_of(ids)
        self._held = {(one.kind, one.native_id): one for one in held if isinstance(one, Paper | Meeting)}
        self._known = dict.fromkeys(self._parts.pages())
        self._known |= {one.source_url: one for one in self._held.values() if one.source_url}
        yield from super().ask_lists()

    def calendars(self, window: Window) -> Iterator[str]:
        """The lists, once: they know no years that can be asked for."""
        return (url for url in self._first if url not in self._asked)

    def object_at(self, url: str) -> Key | None:
        return None if url in self._lists else (Kind.PAPER, native_id(url, url))

    def wants(self, url: str, named_by: Key | None) -> bool:
        return url not in self._unwanted

    def read(self, response: Response) -> Page:
        asked, tries = response.cb_kwargs["asked"], response.cb_kwargs["tries"]
        is_list = asked in self._lists
        if not is_list and response.body and not looks_like_html(response.body):
            advice = "a document at an address that does not say so: write `document` into the entry"
            return Page("document", warnings=(ParseWarning(asked, advice),))
        try:
            page = read_page(response.body, response.url, self._description)
        except AccessDenied as no:
            if no.is_gate or says_not_found(no):
                raise
            raise UnexpectedResponse(no.url, no.expected, no.found, no.advice) from None
        if not page.ends and (ENDS in self.memory or tries < TRIES):
            raise UnexpectedResponse(response.url, "a whole page", "one that is cut off", "Ask again later")
        if page.ends:
            self.memory[ENDS] = True
        is_elsewhere = native_id(response.url, response.url) != native_id(asked, asked)
        if is_elsewhere and not is_list and page.page != NOTICE:  # sent to the start page: no proof of anything
            return Page(page.page)
        return page

    def put_together(self, noun: Record, other: Record) -> Record:
        if isinstance(noun, Meeting):
            return noun  # `completed` does it, in an order that does not depend on which page came first
        if isinstance(noun, Paper) and isinstance(other, Paper) and noun.source_url:
            files = tuple(file for file in other.files if file.native_id != noun.native_id)
            other = other.model_copy(update={"files": files})
        return super().put_together(noun, other)

    def completed(self, record: Record) -> Record:
        whole = self._parts.whole(record.native_id) if isinstance(record, Meeting) else None
        if whole is None:
            return record
        held = self._held.get((record.kind, record.native_id))
        return self._parts.with_held(whole, held) if isinstance(held, Meeting) else whole

    # --- what a page says about others

    def _take(self, page: Page, asked: str, stale: int) -> Iterator[Any]:
        if isinstance(page, NoticesPage):
            self._note(page, asked)
        yield from super()._take(page, asked, stale)

    def _note(self, page: NoticesPage, asked: str) -> None:
        key = self.object_at(asked)
        is_own_page = page.page == NOTICE and key is not None
        for one in page.records:
            if isinstance(one, Meeting):
                self._parts.note(one, asked, is_own_page=is_own_page)
        if key is not None and is_own_page:
            self._parts.read.add(asked)
            if key in {(one.kind, one.native_id) for one in page.records}:
                self._elsewhere.discard(key[1])
            else:  # "Öffentliche Bekanntmachung" in the list, a meeting on its page: the meeting wins
                self._elsewhere.add(key[1])
                self._listed.pop(key, None)
            return
        self._lists.update(url for url in (page.after, *page.years) if url)
        if self.mode is not RunMode.FULL:
            self._unwanted.update(self._not_worth_it(page))

    def _not_worth_it(self, page: NoticesPage) -> Iterator[str]:
        """What an ordinary visit does not ask for: years that are over, the next page behind one without news, and
        pages of what is held and past."""
        yield from (url for url in page.years if (year_in(url) or 0) < (self._today - LOOK_BACK).year)
        named = [one for one in page.records if isinstance(one, Paper | Meeting)]
        if page.after and all(self._is_held_already(one) for one in named):
            yield page.after
        by_page = {one.source_url: one for one in named}
        for url in page.follow:
            if url in self._known and not self._is_of_now(by_page.get(url) or self._known[url]):
                yield url

    def _is_held_already(self, one: Paper | Meeting) -> bool:
        return (one.kind, one.native_id) in self._held or one.native_id in self._elsewhere

    def _is_of_now(self, one: Paper | Meeting | None) -> bool:
        return self.mode is RunMode.FULL or _day_of(one) >= self._today - LOOK_BACK

    # --- what was not seen

    def doubts(self) -> Iterator[Request]:
        """The own addresses of what this visit should have seen and did not."""
        if self._has_doubted or self.account.failure:
            return
        self._has_doubted = True
        doubted = [one for key, one in self._held.items() if key not in self._lost_objects and self._is_of_now(one)]
        doubted.sort(key=lambda one: (_day_of(one), one.native_id), reverse=True)
        left = None if self.mode is RunMode.FULL else MOST_DOUBTS
        for one in doubted:
            for request in self._doubts_of(one):
                if left == 0:
                    return
                left = None if left is None else left - 1
                yield request

    def _doubts_of(self, one: Paper | Meeting) -> Iterator[Request]:
        key = (one.kind, one.native_id)
        is_seen = key in self._listed or key in self._detailed
        if isinstance(one, Paper):
            if not is_seen and one.source_url:
                yield from self._follow(one.source_url)
            elif not is_seen:
                yield from (ask for file in one.files[:1] for ask in self._look_at(file, key))
            return
        if not is_seen:
            self._unseen.append(one)
            yield from self._follow(one.source_url) if one.source_url else ()
        for file in self._parts.kept(one, self._parts.whole(one.native_id)):
            page = self._parts.unread_page_of(file)
            yield from self._follow(page) if page else self._look_at(file, None)

    def _look_at(self, file: File, paper: Key | None) -> Iterator[Request]:
        """Ask whether a document is there, not for its bytes."""
        if file.url and self._may_ask(file.url):
            self._open += 1
            self._looked_at += 1
            self._objects_asked[Kind.PAPER] += 1
            yield self.request(
                self.upgraded(file.url), method="HEAD", callback=self.looked, errback=self.not_looked,
                cb_kwargs={"file": file.native_id, "paper": paper},
            )  # fmt: skip

    def looked(self, response: Response, file: str, paper: Key | None) -> Iterator[Any]:
        """Whether a document is there."""
        if response.status in GONE and paper is not None:
            self._gone[paper] = f"HTTP {response.status}"
        elif response.status in GONE:
            self._parts.gone_files.add(file)
        self._open -= 1
        yield from self._go_on()

    def not_looked(self, _: Any) -> Iterator[Any]:
        """No answer: nothing is known, and what is held stays."""
        self._open -= 1
        yield from self._go_on()

    # --- the end

    def _finish(self) -> Iterator[Any]:
        self.began(Kind.PAPER).seen -= self._elsewhere
        yield from super()._finish()
        self.memory[PAGES] = self._parts.shown()
        self.memory[ELSEWHERE] = sorted(self._elsewhere)

    def _would_lose(self, key: Key) -> bool:
        """A page that is gone may be one of several of a meeting, which is held under the meeting's own id."""
        return True

    def _bury_gone(self) -> Iterator[Tombstone]:
        pages = {native_id(url, url): url for url in self._asked}
        if len(self._parts.gone_files) > max(GONE_FREE, GONE_SHARE * self._looked_at):
            self._incomplete(f"{len(self._parts.gone_files)} documents are refused: too many to believe at once")
            self._parts.gone_files.clear()
        for gone in super()._bury_gone():
            self._parts.read.add(pages.get(gone.native_id, ""))
            if (gone.kind, gone.native_id) in self._held:
                yield gone
        for key in [key for key in self._held if key[0] is Kind.PAPER and key[1] in self._elsewhere]:
            yield Tombstone(kind=Kind.PAPER, native_id=key[1], reason="its own page shows something else")
        for one in self._unseen:
            if (one.kind, one.native_id) not in self._listed and self._parts.left_of(one) is None:
                yield Tombstone(kind=Kind.MEETING, native_id=one.native_id, reason="no page shows it any more")

    def _without_own_page(self) -> Iterator[Record]:
        """What only a list shows. A paper that is held has its own page, which was not asked for in this visit."""
        for record in super()._without_own_page():
            is_known = record.native_id in self._elsewhere or (record.kind, record.native_id) in self._held
            if not (isinstance(record, Paper) and record.source_url and is_known):
                yield record
        for one in self._unseen:
            left = self._parts.left_of(one) if (one.kind, one.native_id) not in self._listed else one
            if left is not None and left != one:
                yield left


def _day_of(one: Paper | Meeting | None) -> dt.date:
    """The day that says whether something is of now; a far one where none is known, so that it is looked at."""
    if isinstance(one, Meeting):
        return one.start.date() if one.start else dt.date.max
    return one.date if one is not None and one.date else dt.date.max
