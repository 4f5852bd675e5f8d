"""What has been read of one page so far: each meeting, paper and document once, and nothing that is not public."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from council.model import AgendaItem, File, FileRole, Location, Meeting, OrganizationRef, Paper, Record
from crawlers.notices.merging import merged
from crawlers.notices.title import Says, Title, meeting_id
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
        own_day = title.day if title.says is not Says.NOTICE else None
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
            reference=title.issue if title.says is Says.GAZETTE else None,
            paper_type=title.says.value,
            date=own_day or date,
            files=each_once([files])[0],
            originator=(OrganizationRef(name=title.committee.name),) if title.committee and name else (),
        )
