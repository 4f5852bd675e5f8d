"""What the archive holds of one municipality, as a crawl asks for it (`crawlers.frontier.context.HeldRecords`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from archive.archive import Archive
from archive.held_reader import HeldReader
from archive.record_writer import RecordWriter
from council.identity import parse_id
from council.model import Kind, Meeting, Record
from crawlers.frontier.actions import Key

MOST_LINKED: Final = 200_000


class ArchivedRecords:
    """Reads the archive; `flush` writes what waits to be written."""

    def __init__(self, archive: Archive, municipality: str, writer: RecordWriter, flush: Callable[[], None]) -> None:
        self._reader = HeldReader(archive, municipality)
        self._writer, self._flush = writer, flush

    def get(self, key: Key) -> Record | None:
        """One record as it was written, public or not; None where none is held."""
        return self._reader.noun(*key)

    def ids(self, kind: Kind) -> Iterator[str]:
        """The native ids of a kind."""
        return iter(self._reader.native_ids(kind))

    def all(self, kind: Kind) -> Iterator[Record]:
        """The records of a kind."""
        return self._reader.nouns(kind)

    def unseen(self, kind: Kind) -> tuple[list[str], int]:
        """(native ids that this run has not written, how many are held)."""
        self._flush()
        record_ids, count = self._writer.missing(kind)
        return [parse_id(record_id).native_id for record_id in record_ids], count

    def meetings_with(self, paper: str) -> list[Meeting]:
        """The meetings whose agenda names a paper."""
        linked = self._reader.linked(paper, "item_paper", Kind.MEETING)
        return [meeting for meeting in linked if isinstance(meeting, Meeting)]

    def papers_of(self, meeting: str) -> list[str]:
        """The native ids of the papers with a consultation in a meeting."""
        return [paper.native_id for paper in self._reader.linked(meeting, "meeting", Kind.PAPER, MOST_LINKED)]
