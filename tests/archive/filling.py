"""What the tests of the archive put into it: records of one run, bytes that came, texts that were read out of them."""

from __future__ import annotations

from archive.archive import Archive
from archive.file import FetchedFile
from archive.file_writer import FileWriter
from archive.record_reader import HeldRecord, RecordReader
from archive.record_writer import RecordWriter
from archive.run import RunMode
from archive.run_writer import RunWriter
from archive.text import ExtractedText, TextStatus
from archive.text_writer import TextWriter
from council.model import Record

MUNICIPALITY = "lindquell"


def url_of(native_id: str) -> str:
    """Where a file is."""
    return f"https://ris.example/{native_id}.pdf"


def writer(archive: Archive, mode: RunMode = RunMode.FULL) -> RecordWriter:
    """The writer of a new run."""
    return RecordWriter(archive, MUNICIPALITY, RunWriter(archive, MUNICIPALITY).begin(mode))


def hold(archive: Archive, *records: Record) -> RecordWriter:
    """Put records in, in a run of their own; returns its writer."""
    run = writer(archive)
    run.put(records)
    return run


def fetch(archive: Archive, content: bytes, url: str) -> str:
    """The bytes of a file came; returns their sha256."""
    sha256 = archive.blobs.put(content)
    fetched = FetchedFile(url, sha256, len(content), "application/pdf", '"e1"', None)
    FileWriter(archive, MUNICIPALITY).put([fetched])
    return sha256


def read(archive: Archive, sha256: str, *pages: str) -> None:
    """A content gave this text, or none."""
    status = TextStatus.TEXT if pages else TextStatus.NO_TEXT
    TextWriter(archive).put([ExtractedText(sha256, status, None, "application/pdf", pages, len(pages), 0, 1)])


def shown_record(archive: Archive, record_id: str) -> HeldRecord | None:
    """A record as it may be shown; None where it is not."""
    record = RecordReader(archive).record(record_id)
    return record if isinstance(record, HeldRecord) else None
