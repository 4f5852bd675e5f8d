"""What has been read of one page so far: each meeting, paper and document once, and nothing that is not public; then
what all pages of a website say of one meeting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce

from council.model import AgendaItem, File, FileRole, Location, Meeting, OrganizationRef, Paper, Record
from crawlers.notices.title import NoticeKind, Title, meeting_id
from crawlers.notices.urls import file_name, host, is_document_address, is_never_asked, native_id
from crawlers.parsing.clocks import moments
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.documents import each_once, media_type
from crawlers.parsing.visibility import names_nonpublic_file


@dataclass(slots=True)
class Collector:
    """Collected while one page is read. `url` is the page's own address."""

    url: str
    records: dict[tuple[str, str], Record] = field(default_factory=dict)
    withheld: set[str] = field(default_factory=set)
    diagnostics: Diagnostics = field(init=False)

    def __post_init__(self) -> None:
        self.diagnostics = Diagnostics(self.url)

    def follow(self, address: str | None) -> None:
        """An address that is to be asked next: only of the same site, and not of what is withheld."""
        if (
            address
            and not is_never_asked(address)
            and host(address) == host(self.url)
            and self.id_of(address) not in self.withheld | {self.id_of(self.url)}
        ):
            self.diagnostics.links.add(address)

    def id_of(self, address: str) -> str:
        """The native id of what stands at an address."""
        return native_id(address, self.url)

    def file(self, name: str | None, address: str, role: FileRole, date: dt.date | None) -> File | None:
        """A document as a File; None where its name, its file's name, or where else it stands says non-public."""
        own = file_name(address)
        if self.id_of(address) in self.withheld or names_nonpublic_file(name, own):
            return None
        media = media_type(own.rstrip("/")) if own else None if is_document_address(address) else "text/html"
        return File(
            native_id=self.id_of(address), role=role, name=name, file_name=own, url=address, media_type=media, date=date
        )

    def meeting(
        self,
        title: Title,
        address: str,
        *,
        files: tuple[File, ...] = (),
        agenda: tuple[AgendaItem, ...] = (),
        location: Location | None = None,
        withheld: tuple[str, ...] = (),
        withheld_papers: tuple[str, ...] = (),
        is_page: bool = False,
    ) -> None:
        """A meeting, or more about one that is held already."""
        if title.day is None:
            return
        native = meeting_id(title, self.id_of(address))
        if title.committee is None and not is_page and self.id_of(address) == self.id_of(self.url):
            native = f"{native}/{title.day.isoformat()}"
        names = ((title.committee.name,) if title.committee else ()) + title.others
        start, end = moments(title.day, title.start, title.end)
        more = Meeting(
            native_id=native,
            source_url=address if is_page else None,
            name=title.meeting_name,
            start=start,
            end=end,
            cancelled=title.cancelled,
            location=location,
            organization=tuple(OrganizationRef(name=name) for name in names),
            agenda=agenda,
            files=each_once([files])[0],
            withheld=withheld,
            withheld_papers=withheld_papers,
        )
        key = ("meeting", more.native_id)
        held = self.records.get(key)
        self.records[key] = merged(held, more) if isinstance(held, Meeting) else more

    def paper(
        self,
        title: Title,
        address: str,
        *,
        name: str | None = None,
        files: tuple[File, ...] = (),
        date: dt.date | None = None,
        is_page: bool = False,
    ) -> None:
        """A notice or an issue of the gazette, or more about one that is held already."""
        own_day = title.day if title.kind is not NoticeKind.NOTICE else None
        native = self.id_of(address)
        key = ("paper", native)
        held = self.records.get(key)
        if isinstance(held, Paper):
            self.records[key] = held.model_copy(
                update={"files": each_once([held.files + files])[0], "date": held.date or date}
            )
            return
        self.records[key] = Paper(
            native_id=native,
            source_url=address if is_page else None,
            name=name or title.text,
            reference=title.issue if title.kind is NoticeKind.GAZETTE else None,
            paper_type=title.kind.value,
            date=own_day or date,
            files=each_once([files])[0],
            originator=(OrganizationRef(name=title.committee.name),) if title.committee and name else (),
        )


# --- what the pages of a website say of one meeting


class MeetingPages:
    """`shown` is what former visits saw: by the address of a notice's own page the ids of the files on it."""

    def __init__(self, shown: Mapping[str, list[str]]) -> None:
        self.read: set[str] = set()
        """Notices' own pages that were read in this visit, or are gone: all that they show now is known."""
        self.gone_files: set[str] = set()
        self._shown = dict(shown)
        self._page_of = {file: page for page, files in shown.items() for file in files}
        self._pages: dict[str, dict[str, Meeting]] = {}
        self._lists: dict[str, dict[str, Meeting]] = {}

    def note(self, meeting: Meeting, address: str, *, is_own_page: bool) -> None:
        """What one page says of a meeting."""
        of = self._pages if is_own_page else self._lists
        of.setdefault(meeting.native_id, {})[address] = meeting

    def pages(self) -> set[str]:
        """Every own page of a meeting's notice, of former visits too."""
        return self._shown.keys() | {page for by_address in self._pages.values() for page in by_address}

    def whole(self, native_id: str) -> Meeting | None:
        """All that this visit saw of a meeting; None for nothing. First the page with the agenda, then the others,
        then the lists."""
        own = sorted(
            self._pages.get(native_id, {}).items(),
            key=lambda page: (not page[1].source_url, not page[1].agenda, page[0]),
        )
        lists = [self._without_pages(meeting) for _, meeting in sorted(self._lists.get(native_id, {}).items())]
        parts = [meeting for _, meeting in own] + lists
        return reduce(merged, parts) if parts else None

    def with_held(self, whole: Meeting, held: Meeting) -> Meeting:
        """What this visit saw, with what it did not look at. What the meeting's own page states is only as good as that
        page now is."""
        kept = self.kept(held, whole)
        if held.source_url in self.read:
            return merged(whole, Meeting(native_id=held.native_id, files=kept))
        return merged(held.model_copy(update={"files": tuple(f for f in held.files if self._stays(f))}), whole)

    def left_of(self, held: Meeting) -> Meeting | None:
        """What is left of a meeting of which this visit saw nothing; None where its own page shows it no more, or all
        its documents are gone."""
        kept = self.kept(held)
        is_page_gone = held.source_url in self.read
        if not kept and (is_page_gone or (held.files and held.source_url is None)):
            return None
        gone = {"source_url": None, "agenda": (), "withheld": (), "withheld_papers": ()} if is_page_gone else {}
        return held.model_copy(update={**gone, "files": kept})

    def kept(self, held: Meeting, whole: Meeting | None = None) -> tuple[File, ...]:
        """The held files that this visit did not see and that nothing proves gone."""
        seen = {file.native_id for file in whole.files} | set(whole.withheld_papers) if whole else set()
        return tuple(file for file in held.files if file.native_id not in seen and self._stays(file))

    def unread_page_of(self, file: File) -> str | None:
        """The notice's own page that a file was on."""
        return self._page_of.get(file.native_id)

    def shown(self) -> dict[str, list[str]]:
        """What is on the pages now, to be remembered."""
        shown = {page: files for page, files in self._shown.items() if page not in self.read}
        for page, meeting in self._said_by_pages():
            shown.setdefault(page, []).extend(file.native_id for file in meeting.files)
        return shown

    def _said_by_pages(self) -> Iterator[tuple[str, Meeting]]:
        for by_address in self._pages.values():
            yield from by_address.items()

    def _stays(self, file: File) -> bool:
        return file.native_id not in self.gone_files and self._page_of.get(file.native_id) not in self.read

    def _without_pages(self, listed: Meeting) -> Meeting:
        """A list takes a notice's page for the document; the page itself says better what is on it."""
        files = tuple(file for file in listed.files if file.url not in self.read and file.url not in self._shown)
        return listed.model_copy(update={"files": files})


def merged(held: Meeting, more: Meeting) -> Meeting:
    """One meeting from what two pages, or two entries of a list, say about it. Public only what neither withholds."""
    withheld = tuple(dict.fromkeys(held.withheld + more.withheld))
    starts = [
        meeting for meeting in (held, more) if meeting.start and (meeting.start.hour, meeting.start.minute) != (0, 0)
    ]
    papers = tuple(dict.fromkeys(held.withheld_papers + more.withheld_papers))
    agenda = tuple(item for item in held.agenda or more.agenda if item.native_id not in withheld)
    elsewhere = {file.native_id for item in agenda for file in item.files}.union(papers)
    files = tuple(file for file in held.files + more.files if file.native_id not in elsewhere)
    return held.model_copy(
        update={
            "source_url": held.source_url or more.source_url,
            "name": held.name or more.name,
            "start": starts[0].start if starts else held.start,
            "end": held.end or more.end,
            "cancelled": held.cancelled or more.cancelled,
            "location": held.location or more.location,
            "agenda": agenda,
            "files": each_once([files])[0],
            "withheld": withheld,
            "withheld_papers": papers,
        }
    )
