"""What the pages of a website say of one meeting, put together in the same order, whichever came first; and what is
kept of it where a visit did not see all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce

from council.model import File, Meeting
from crawlers.parsing.documents import each_once


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
        return self._shown.keys() | {page for said in self._pages.values() for page in said}

    def whole(self, native_id: str) -> Meeting | None:
        """All that this visit saw of a meeting; None for nothing. First the page with the agenda, then the others,
        then the lists."""
        own = sorted(
            self._pages.get(native_id, {}).items(), key=lambda one: (not one[1].source_url, not one[1].agenda, one[0])
        )
        lists = [self._without_pages(one) for _, one in sorted(self._lists.get(native_id, {}).items())]
        said = [one for _, one in own] + lists
        return reduce(merged, said) if said else None

    def with_held(self, whole: Meeting, held: Meeting) -> Meeting:
        """What this visit saw, with what it did not look at. What the meeting's own page said is only as good as that
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
        for said in self._pages.values():
            yield from said.items()

    def _stays(self, file: File) -> bool:
        return file.native_id not in self.gone_files and self._page_of.get(file.native_id) not in self.read

    def _without_pages(self, listed: Meeting) -> Meeting:
        """A list takes a notice's page for the document; the page itself says better what is on it."""
        files = tuple(file for file in listed.files if file.url not in self.read and file.url not in self._shown)
        return listed.model_copy(update={"files": files})


def merged(held: Meeting, more: Meeting) -> Meeting:
    """One meeting from what two pages, or two entries of a list, say about it. Public only what neither withholds."""
    withheld = tuple(dict.fromkeys(held.withheld + more.withheld))
    starts = [one for one in (held, more) if one.start and (one.start.hour, one.start.minute) != (0, 0)]
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
