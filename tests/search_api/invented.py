"""An invented town with everything a page can show, written into a real archive."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from archive.archive import Archive
from archive.file import FetchedFile
from archive.file_writer import FileWriter
from archive.record_reader import RecordReader
from archive.record_writer import RecordWriter
from archive.run import Outcome, RunMode
from archive.run_writer import RunWriter
from archive.text import ExtractedText, TextStatus
from archive.text_writer import TextWriter
from council.model import (
    AgendaItem,
    Consultation,
    File,
    FileRole,
    Kind,
    Location,
    Meeting,
    Organization,
    OrganizationRef,
    Paper,
)
from council.municipality import Municipality
from indexer.entry import compose_entries
from indexer.index.contract import Entry

TOWN = "lindquell"
NOW = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)
PAGES = (
    "Der Rat beschließt den Radweg in der Bahnhofstraße.",
    "Die Kosten betragen 5 Euro.",
    "Noch ein Radweg am Fluss.",
)

COUNCIL = Organization(native_id="o1", name="Stadtrat", source_id="https://ris.example/oparl/o1")
PAPER = Paper(
    native_id="7",
    name="Radweg Bahnhofstraße",
    reference="BV/2026/0007",
    paper_type="Beschlussvorlage",
    date=dt.date(2026, 5, 4),
    source_id="https://ris.example/oparl/7",
    source_url="https://ris.example/7",
    related=("8",),
    originator=(OrganizationRef(name="Bauamt"),),
    consultations=(
        Consultation(native_id="c2", meeting="m2", agenda_item="t2", organization=(OrganizationRef(native_id="o1"),)),
        Consultation(
            native_id="c1", meeting="m1", agenda_item="t1", role="Vorberatung",
            organization=(OrganizationRef(name="Bauausschuss"),),
        ),
        Consultation(
            native_id="c3", meeting="m1", agenda_item="secret", organization=(OrganizationRef(name="Geheimrat"),)
        ),
    ),
    files=(
        File(native_id="f7", role=FileRole.MAIN, name="Vorlage.pdf", url="https://ris.example/7.pdf"),
        File(native_id="g7", name="Anlage 2.pdf", url="https://ris.example/7-2.pdf"),
    ),
)  # fmt: skip
OTHER = Paper(native_id="8", name="Haushaltssatzung", reference="BV/2025/0008", date=dt.date(2025, 2, 3))
ONE = Meeting(
    native_id="m1",
    name="Sitzung des Bauausschusses",
    start=dt.datetime(2026, 6, 1, 16, 30, tzinfo=dt.UTC),
    source_url="https://ris.example/m1",
    organization=(OrganizationRef(name="Bauausschuss"),),
    agenda=(
        AgendaItem(native_id="t0", number="Ö 1", name="Eröffnung"),
        AgendaItem(native_id="t1", number="Ö 2", name="Radweg Bahnhofstraße", consultation="c1", result="empfohlen"),
    ),
    withheld=("secret",),
    location=Location(room="Ratssaal", street_address="Markt 1", locality="Lindquell"),
    files=(
        File(
            native_id="e1", role=FileRole.INVITATION, name="Einladung", url="https://ris.example/e1.pdf",
            text="Der Radweg.",
        ),
    ),
)  # fmt: skip
TWO = Meeting(
    native_id="m2",
    name="Sitzung des Stadtrates",
    start=dt.datetime(2026, 12, 1, 17, 30, tzinfo=dt.UTC),
    cancelled=True,
    organization=(OrganizationRef(native_id="o1"),),
    agenda=(
        AgendaItem(native_id="t2", number="3", name="Radweg", paper="7", result="beschlossen", resolution_text="Ja."),
    ),
)


def entry(**more: object) -> Municipality:
    """A town of the register."""
    given = {"key": TOWN, "name": "Lindquell", "kind": "Stadt", "ags": "15088220", "system": "oparl"}
    return Municipality.model_validate(given | {"url": "https://ris.example/oparl/system"} | more)


@dataclass
class Town:
    """The archive with the town in it."""

    archive: Archive
    municipalities: tuple[Municipality, ...] = field(default_factory=lambda: (entry(),))

    def current(self) -> Town:
        return self

    def run(self, mode: RunMode = RunMode.FULL) -> tuple[RunWriter, RecordWriter]:
        run = RunWriter(self.archive, TOWN)
        return run, RecordWriter(self.archive, TOWN, run.begin(mode))

    def fill(self, listed_papers: int = 2) -> None:
        """One full complete run; the text of the paper's main file is read, its second file is not fetched yet."""
        run, records = self.run()
        records.put([COUNCIL, PAPER, OTHER, ONE, TWO])
        self.read("https://ris.example/7.pdf", PAGES)
        records.counts["paper"].listed = listed_papers
        run.finish(Outcome.COMPLETE, None, records.counts, [], (5, 1000), 2.0)

    def read(self, url: str, pages: tuple[str, ...]) -> None:
        """Bytes came from an address, and this text out of them."""
        sha256 = self.archive.blobs.put(url.encode())
        FileWriter(self.archive, TOWN).put([FetchedFile(url, sha256, 2_345_678, "application/pdf", None, None)])
        status = TextStatus.TEXT if pages else TextStatus.NO_TEXT
        TextWriter(self.archive).put([ExtractedText(sha256, status, None, None, pages, len(pages), 0, 1)])

    def entries(self) -> list[Entry]:
        """What an index of it holds."""
        reader = RecordReader(self.archive)
        ids = [i for some in reader.ids([Kind.PAPER, Kind.MEETING]) for i in some]
        return compose_entries(self.archive, ids)
