"""Asking SessionNet: calendars by years, months or quarters, then each meeting's, paper's and committee's own pages.

One request at a time: the session remembers which list was asked for last.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from council.model import Kind, Meeting, Paper, Record, Tombstone
from crawlers.frontier.actions import Action, Answer, Fetch, Key
from crawlers.frontier.agendas import PapersWithoutPage, papers_off_agenda
from crawlers.frontier.merging import filled_in, with_consultations
from crawlers.frontier.page_crawl import TRIES, PageCrawl
from crawlers.frontier.policy import Policy
from crawlers.frontier.refusals import another_page
from crawlers.frontier.window import Window, without_far_months
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.page import Page
from crawlers.sessionnet import urls
from crawlers.sessionnet.agenda import paper_page
from crawlers.sessionnet.api import joined
from crawlers.sessionnet.pages import read_page
from crawlers.sessionnet.session import Entrance
from crawlers.sessionnet.urls import AGENDA_PAGES, MeetingList, page_name


def policy(crawl: PageCrawl) -> Policy:
    """How one body of a SessionNet is asked: php, asp, or the JSON of SessionNet 6."""
    asking = _Asking(crawl)
    return Policy(
        read=read_page,
        check=asking.check,
        record_key=urls.record_key,
        calendars=asking.calendars,
        seed_urls=asking.seed_urls,
        enter=asking.entrance.enter,
        should_follow=asking.should_follow,
        merge=asking.merge,
        fill_from_archive=asking.fill_from_archive,
        page_to_retry=urls.first_page,
        on_page_failed=asking.on_page_failed,
        on_failure=asking.entrance.choice.forget,  # systems are replaced by newer ones: the next crawl looks anew
        handle_page=asking.handle_page,
        handle_unexpected=asking.handle_unexpected,
        recheck_requests=asking.recheck_requests,
        before_tombstones=asking.before_tombstones,
    )


def together(first: Page, second: Page) -> Page:
    """The second page of a record, with what the first one showed of it: a paper with its consultations, a meeting
    with its agenda. A second page without anything says that nothing of it is public."""
    if second.page == "dokumente":
        meeting = next(record for record in first.records if isinstance(record, Meeting))
        documents = next(record for record in second.records if isinstance(record, Meeting))
        whole, papers = joined(meeting, [record for record in first.records if isinstance(record, Paper)], documents)
        return replace(second, records=(whole, *papers))
    shown = {(record.kind, record.native_id): record for record in first.records}
    records = (_whole(record, shown.get((record.kind, record.native_id))) for record in second.records)
    return replace(second, records=tuple(records))


def _whole(record: Record | Tombstone, before: Record | Tombstone | None) -> Record | Tombstone:
    if isinstance(record, Paper) and isinstance(before, Paper):
        return before.model_copy(update={"consultations": record.consultations})
    if isinstance(record, Meeting) and isinstance(before, Meeting):
        return filled_in(record, before)
    return record


class _Asking:
    """What one crawl of a SessionNet knows."""

    def __init__(self, crawl: PageCrawl) -> None:
        self._crawl, self._context = crawl, crawl.context
        self.entrance = Entrance(crawl)
        self._unnumbered = _Unnumbered(crawl)
        self._papers = PapersWithoutPage(
            crawl.context, lambda meeting: urls.agenda_of(self.entrance.base, meeting.native_id)
        )
        self._first: dict[Key, Page] = {}
        self._passed_over: set[Key] = set()
        self._shown: dict[MeetingList, set[str]] = {}

    @property
    def _meeting_list(self) -> MeetingList | None:
        return self.entrance.meeting_list

    # --- what is asked for

    def seed_urls(self) -> Iterator[str]:
        yield from self.entrance.newest
        if self._context.is_full and not self.entrance.tenant:
            yield urls.committees(self.entrance.base, self.entrance.extension, self._meeting_list)

    def calendars(self, window: Window) -> Iterator[str]:
        """As long as it is not known whether the calendar of years shows all, this year's and this month's."""
        where, today = (self.entrance.base, self.entrance.extension, self.entrance.tenant), self._context.today
        if self._meeting_list is None:
            yield urls.year_of(*where, today.year)
            yield urls.month_of(*where, today.year, today.month)
            return
        if self._meeting_list is MeetingList.MONTHS and not self._context.is_full:
            window = self._crawl.calendar.window = without_far_months(window, today)
        yield from urls.calendars(*where, self._meeting_list, window)

    def should_follow(self, url: str, named_by: Key | None) -> bool:
        """In an ordinary crawl, of a whole year's meetings those around today, and of the newest documents those that
        are not held."""
        if not self._crawl.should_follow(url, named_by):
            return False
        key = urls.record_key(url)
        if self._context.is_full or named_by is not None or key is None or self._brings_news(key):
            return True
        self._passed_over.add(key)
        return False

    def _brings_news(self, key: Key) -> bool:
        listed, held = self._crawl.listed.get(key), self._crawl.held(key)
        if isinstance(listed, Meeting):
            day, around = listed.start.date() if listed.start else None, self._crawl.calendar.window
            return held is None or day is None or around.first <= day <= around.last
        if isinstance(listed, Paper) and isinstance(held, Paper):
            return not {file.native_id for file in listed.files} <= {file.native_id for file in held.files}
        return True

    def check(self, page: Page, fetch: Fetch, answer: Answer) -> Page:
        """An answer of another kind than was asked for is none, whatever it holds; the start page may be any."""
        names = {(record.kind, record.native_id) for record in page.records}
        is_other = page.page not in urls.pages_at(fetch.url) or (fetch.key and names and fetch.key not in names)
        if fetch.steps is None and is_other:
            raise another_page(fetch, answer, page)
        if page.page in AGENDA_PAGES | {"tagesordnung"}:
            self._refuse_lost_agenda(page, answer.url)
        return page

    def _refuse_lost_agenda(self, page: Page, url: str) -> None:
        """Who takes an agenda back sends on to the meeting's information. A page that should show it and does not, or
        of which nothing is understood to be public, has another layout."""
        for meeting in page.records:
            if not isinstance(meeting, Meeting) or meeting.agenda or (meeting.withheld and not page.warnings):
                continue
            held = self._context.held_meeting(meeting.native_id)
            if held and held.agenda:
                raise UnexpectedResponse(
                    url, "an agenda", "none that is understood", "Look at the page: mend the reader"
                )

    # --- an answer

    def handle_page(self, page: Page, fetch: Fetch) -> Iterator[Action]:
        if self._meeting_list is None and page.page in (MeetingList.YEARS, MeetingList.MONTHS):
            yield from self._choose(
                MeetingList(page.page), {meeting.native_id for meeting in page.records if isinstance(meeting, Meeting)}
            )
        key = fetch.key
        if key is None:
            yield from self._crawl.handle_page(page, fetch)
            return
        first = self._first.pop(key, None)
        page = together(first, page) if first else page
        has_consultations = any(isinstance(record, Paper) and record.consultations for record in page.records)
        second = None if first or not page.records else urls.second_page(fetch.url, page.follow, has_consultations)
        if second and second not in self._crawl.queue.urls:
            yield from self._handle_first(page, key, second)
            return
        if key[0] is Kind.PAPER and not page.records:
            self._crawl.listed.pop(key, None)
            self._crawl.gone[key] = "it does not say that it is public"
        if self._meeting_list is not MeetingList.API and first is None:
            page = replace(page, records=tuple(self._with_held_consultations(record) for record in page.records))
        meetings = [record for record in page.records if isinstance(record, Meeting)]
        for meeting in meetings:
            self._unnumbered.number_seen(meeting)
        more = list(self._where_papers_went(meetings))
        yield from self._crawl.handle_page(page, fetch)
        for url in more:
            yield from self._crawl.follow(url)

    def _with_held_consultations(self, record: Record | Tombstone) -> Record | Tombstone:
        """A paper whose page shows no consultation keeps those in meetings whose agendas name it."""
        held = self._context.held_paper(record.native_id) if isinstance(record, Paper) else None
        if not isinstance(record, Paper) or record.consultations or held is None:
            return record
        kept = tuple(
            consultation
            for consultation in held.consultations
            if self._deals_with(consultation.meeting, record.native_id)
        )
        return record.model_copy(update={"consultations": kept})

    def _deals_with(self, meeting: str | None, paper: str) -> bool:
        held = self._context.held_meeting(meeting) if meeting else None
        return held is not None and any(item.paper == paper for item in held.agenda)

    def _handle_first(self, page: Page, key: Key, second: str) -> Iterator[Action]:
        """The first of two pages of an object is kept like a list's entry until the other one has come."""
        self._first[key] = page
        for record in page.records:
            if (record.kind, record.native_id) == key and not isinstance(record, Tombstone):
                yield from self._crawl.emit(record, None)
        for url in page.follow:
            if self.should_follow(url, key):
                yield from self._crawl.follow(url)
        self._crawl.queue.urls.add(second)
        yield self._crawl.fetch(second)

    def _choose(self, read: MeetingList, meetings: set[str]) -> Iterator[Action]:
        """Years take fewest requests, if that calendar is there and holds what the month shows."""
        self._shown.setdefault(read, meetings)
        if len(self._shown) == 2:
            year, month = self._shown[MeetingList.YEARS], self._shown[MeetingList.MONTHS]
            self.entrance.choice.choose((MeetingList.YEARS if year and month <= year else MeetingList.MONTHS).value)
            yield from self._crawl.ask_calendars()

    def _where_papers_went(self, meetings: list[Meeting]) -> Iterator[str]:
        """The pages of papers that have left a public agenda say whether they are still there. In SessionNet 6 they
        have none."""
        if self._meeting_list is MeetingList.API:
            yield from self._papers.other_meetings(meetings)
        else:
            yield from map(self._paper_page, papers_off_agenda(self._context, meetings))

    def _paper_page(self, native: str) -> str:
        return paper_page(native, f"{self.entrance.base}vo0050.{self.entrance.extension}")

    # --- broken pages

    def handle_unexpected(self, unexpected: UnexpectedResponse, fetch: Fetch) -> Iterator[Action]:
        calendar = page_name(fetch.url) if self._meeting_list is None else None
        if (
            fetch.tries < TRIES or calendar != MeetingList.YEARS
        ):  # few servers have no calendar of years: nothing is lost then
            yield from self.entrance.handle_unexpected(unexpected, fetch)
        if fetch.tries >= TRIES and calendar in (MeetingList.YEARS, MeetingList.MONTHS):
            yield from self._choose(MeetingList(calendar), set())

    def on_page_failed(self, url: str, why: str) -> Iterator[Action]:
        if page_name(url) == MeetingList.YEARS:
            self.entrance.choice.forget()
        return iter(())

    # --- records shown in pieces

    def merge(self, record: Record, other: Record) -> Record:
        """What two pages show of one record; in SessionNet 6 each agenda shows a consultation of a paper."""
        both = filled_in(record, other)
        if isinstance(both, Paper) and isinstance(other, Paper) and self._meeting_list is MeetingList.API:
            return with_consultations(both, other.consultations)
        return both

    def fill_from_archive(self, record: Record) -> Record:
        """A paper whose consultations are refused keeps those that are held; one of SessionNet 6 what meetings say that
        were not read."""
        held = self._crawl.held((record.kind, record.native_id))
        if not (isinstance(record, Paper) and isinstance(held, Paper)):
            return record
        if self._meeting_list is not MeetingList.API:
            return record.model_copy(update={"consultations": record.consultations or held.consultations})
        unread = [consultation for consultation in held.consultations if self._was_not_read(consultation.meeting)]
        whole = filled_in(record, held) if unread else record
        return with_consultations(whole, unread) if isinstance(whole, Paper) else record

    def _was_not_read(self, meeting: str | None) -> bool:
        key = (Kind.MEETING, meeting or "")
        return key not in self._crawl.detailed and (not self._context.is_full or key in self._crawl.lost)

    # --- before anything is concluded

    def recheck_requests(self) -> Iterator[Action]:
        """Papers that no agenda names and that are no longer among the newest are asked whether they are there."""
        papers = self._context.report.start_list(Kind.PAPER)
        if self._context.is_full and self._meeting_list is not MeetingList.API and not papers.skipped:
            for native in list(self._context.held.ids(Kind.PAPER)):
                if (Kind.PAPER, native) not in self._crawl.queue.objects:
                    yield from self._crawl.follow(self._paper_page(native))
        yield from self._unnumbered.recheck_requests()

    def before_tombstones(self) -> Iterator[Action]:
        for key in self._passed_over - self._crawl.queue.objects:  # a list shows less of them than is held
            self._crawl.listed.pop(key, None)
        self._crawl.gone |= self._papers.gone(self._crawl.detailed)
        yield from self._unnumbered.settle()


# --- meetings that the calendar shows without a number

_MADE_ID: Final = re.compile(r"(\d{4}-\d{2}-\d{2})T\d{2}:\d{2} ")

When = tuple[dt.datetime | None, str | None]


class _Unnumbered:
    """Takes a meeting of the calendar and one of a paper's consultations for the same, where they are: of one moment,
    and named like the meeting or its committee."""

    def __init__(self, crawl: PageCrawl) -> None:
        self._crawl, self._context = crawl, crawl.context
        self._numbered: dict[When, Key] = {}

    def number_seen(self, meeting: Meeting) -> None:
        """A meeting's own page has been read, or it is held."""
        for when in _names(meeting):
            self._numbered.setdefault(when, (Kind.MEETING, meeting.native_id))

    def recheck_requests(self) -> Iterator[Action]:
        """What is held with a number is asked for by it when the calendar names it without."""
        if not (made := self._made()):
            return
        for held in list(self._context.held.all(Kind.MEETING)):
            if not isinstance(held, Meeting) or _MADE_ID.match(held.native_id) or not held.source_url:
                continue
            if any(when in made for when in _names(held)):
                self.number_seen(held)
                yield from self._crawl.follow(held.source_url)

    def settle(self) -> Iterator[Tombstone]:
        """One meeting is written once: under its number where it has one."""
        meetings = self._context.report.start_list(Kind.MEETING)
        for when, key in self._made().items():
            if self._numbered.get(when, key) != key and self._numbered[when] not in self._crawl.gone:
                del self._crawl.listed[key]
                meetings.seen.discard(key[1])
        if not self._context.is_full and not meetings.skipped:
            yield from self._made_ids_gone(meetings.seen)

    def _made_ids_gone(self, seen: set[str]) -> Iterator[Tombstone]:
        """A meeting that the calendar showed without a number has one when its agenda is released."""
        window = self._crawl.calendar.window
        for native in self._context.held.ids(Kind.MEETING):
            found = _MADE_ID.match(native)
            day = dt.date.fromisoformat(found[1]) if found else None
            if day and window.first <= day <= window.last and native not in seen:
                yield Tombstone(kind=Kind.MEETING, native_id=native, reason="the calendar no longer shows it so")

    def _made(self) -> dict[When, Key]:
        return {
            (meeting.start, meeting.name): key
            for key, meeting in self._crawl.listed.items()
            if isinstance(meeting, Meeting) and _MADE_ID.match(meeting.native_id)
        }


def _names(meeting: Meeting) -> list[When]:
    return [(meeting.start, name) for name in (meeting.name, *(body.name for body in meeting.organization))]
