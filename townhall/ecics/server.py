"""A simulated website with ecics RIS: one list of all meetings; what each has for a page of its own nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby

from townhall.invention.model import Meeting
from townhall.server.council_server import HTML, CouncilServer
from townhall.server.loopback import Answer, Asked

LIST = "/ris"
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


class EcicsServer(CouncilServer):
    """The newest year stands first, in it the months as the calendar has them, empty ones too."""

    @property
    def url(self) -> str:
        return self.base + LIST

    def kind_of(self, path: str) -> str:
        """ "calendar", "meeting" (with its query), "robots" or "other"."""
        page, _, query = path.partition("?")
        if page != LIST:
            return "robots" if page == "/robots.txt" else "other"
        return "meeting" if "sitzung_id=" in query else "calendar"

    def kind(self, asked: Asked) -> str:
        return self.kind_of(f"{asked.path}?{asked.query}")

    def page(self, asked: Asked) -> Answer:
        if self.kind(asked) != "calendar":
            return self.missing()
        meetings = sorted(self.municipality.meetings, key=lambda meeting: meeting.start)
        years = [(year, list(found)) for year, found in groupby(meetings, lambda meeting: meeting.start.year)]
        boxes = "".join(self._year(year, found) for year, found in reversed(years))
        page = f"<html><head><title>{escape(self.municipality.name)}</title></head><body>{boxes}</body></html>"
        return Answer(200, page.encode(), HTML)

    def _year(self, year: int, meetings: list[Meeting]) -> str:
        months = (
            self._month(name, [meeting for meeting in meetings if meeting.start.month == number])
            for number, name in enumerate(MONTHS, 1)
        )
        return f'<h2 class="risng">{year}</h2><div class="ris-year-box">{"".join(months)}</div>'

    def _month(self, name: str, meetings: Iterable[Meeting]) -> str:
        entries = "".join(f"<li>{self._entry(meeting)}</li>" for meeting in meetings)
        if not entries:
            return f'<div class="month empty"><h3>{name}</h3></div>'
        return f'<div class="month"><h3>{name}</h3><ul>{entries}</ul></div>'

    def _entry(self, meeting: Meeting) -> str:
        """A link where the agenda is out. A cancelled meeting says so behind its name."""
        name = self.committee(meeting.committee).name + (" - entfällt" if meeting.cancelled else "")
        when = f"{meeting.start:%d.%m. - %H:%M} Uhr: "
        shown = f'<p class="date">{when}</p> <p class="title">{escape(name)}</p>'
        if meeting.invitation is None:
            return f"<div>{shown}</div>"
        address = f"{LIST}?action=show_sitzung&amp;sitzung_id={meeting.number}"
        return f'<a title="Sitzung anzeigen (Tagesordnung)" href="{address}">{shown}</a>'
