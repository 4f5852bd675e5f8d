"""The story on one page: bytes → text → changed records → entries → index → publish.

Nothing here asks a council's server anything; all of it can be thrown away and done again from the archive."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from archive.archive import Archive
from archive.blob_store import LocalCopies
from archive.change_reader import Change, ChangeReader
from archive.record_reader import RecordReader
from archive.text import ExtractedText, TextStatus
from archive.text_writer import TextWriter
from archive.title_vectors import TitleVectors
from council.identity import parse_id
from indexer.entry import SEARCHED, compose_entries
from indexer.index.contract import Engine, IndexFault, IndexNotReady, IndexState, IndexWriter
from indexer.index.embedding import Embedder, open_embedder
from indexer.index.fields import SCHEMA_VERSION
from indexer.text import EXTRACTOR_VERSION, Extraction, ExtractionPool, Job, Limits

LOG = logging.getLogger("ratslupe.index")
TEXTS_AT_ONCE = 50
RECORDS_AT_ONCE = 200
COMMIT_AFTER = 2000
COMMIT_SECONDS = 15.0
TITLES_AT_ONCE = 16
"""So many titles are worked out before `stop` is asked: half a second of a busy processor."""


@dataclass(slots=True)
class IndexCount:
    """What one pass did. `characters` is the text that was written into the index."""

    extracted: int = 0
    without_text: int = 0
    unreadable: int = 0
    put: int = 0
    deleted: int = 0
    characters: int = 0
    titles: int = 0
    """Papers that got the vector of their title."""
    seconds: float = 0.0
    rebuilt: bool = False
    reasons: dict[str, int] = field(default_factory=dict)


class Indexer:
    """Keeps one index true to one archive. `stop` is asked between batches; when it says yes, the pass ends early and
    the next one goes on where it was."""

    def __init__(
        self,
        archive: Archive,
        engine: Engine,
        workers: int,
        stop: Callable[[], bool] = lambda: False,
        embedder: Callable[[], Embedder | None] = open_embedder,
    ) -> None:
        self._texts = TextWriter(archive)
        self._changes = ChangeReader(archive)
        self._archive = archive
        self._engine = engine
        self._workers = workers
        self._stop = stop
        self._embedder = embedder

    def run(
        self, rebuild: bool = False, seconds: float | None = None, title_seconds: float | None = None
    ) -> IndexCount:
        """One pass: extract what waits (for at most `seconds`), then bring the index up to date, or build it anew
        beside the old one; and when all that is there can be found by its words, work out what titles mean (for at most
        `title_seconds`). Raises IndexLocked, IndexFault, IndexUnavailable."""
        count = IndexCount()
        started = time.monotonic()
        self.extract(count, seconds)
        if rebuild or self._must_rebuild():
            self.rebuild(count)
        else:
            self.update(count)
        if not self._texts.pending(limit=1, older_than=EXTRACTOR_VERSION):
            self.embed(count, title_seconds)
        count.seconds = time.monotonic() - started
        return count

    def extract(self, count: IndexCount, seconds: float | None = None) -> None:
        """Turn waiting bytes into text, each content once."""
        first = self._texts.pending(limit=1, older_than=EXTRACTOR_VERSION)
        if not first:
            return
        deadline = time.monotonic() + seconds if seconds is not None else None
        with self._archive.blobs.local_copies() as files, ExtractionPool(self._workers, Limits()) as pool:
            done: list[ExtractedText] = []
            for job, extraction in pool.extract_many(self._jobs(files, deadline)):
                files.done(job.key)
                done.append(_extracted(job.key, extraction))
                _count(count, done[-1])
                if len(done) >= TEXTS_AT_ONCE:
                    self._texts.put(done)
                    done = []
            self._texts.put(done)

    def embed(self, count: IndexCount, seconds: float | None = None) -> None:
        """Work out what papers' titles mean, on one processor, a few at once: each few are kept as soon as they are
        done. Nothing, where the extra `meaning` is not installed."""
        deadline = time.monotonic() + seconds if seconds is not None else None
        embedder = self._embedder()
        if embedder is None:
            return
        vectors = TitleVectors(self._archive, embedder.model)
        while not self._stop() and (batch := vectors.pending(TITLES_AT_ONCE)):
            worked_out = embedder.titles(list(batch.titles.values()))
            count.titles += vectors.put(batch, dict(zip(batch.titles, worked_out, strict=True)))
            if deadline is not None and time.monotonic() > deadline:
                return

    def update(self, count: IndexCount) -> None:
        """Write what changed since the index was last true."""
        if not self._changes.changes(self._cursor(), limit=1):
            if self._state() is None:
                self.rebuild(count)  # an empty index says that nothing is there; without one nobody knows
            return
        with self._engine.update() as writer:
            self._catch_up(writer, writer.cursor, count)

    def rebuild(self, count: IndexCount) -> None:
        """Build the index anew beside the one that is searched, and put it in its place when it is whole."""
        start, composed = self._changes.seq(), 0
        with self._engine.rebuild() as writer:
            for ids in RecordReader(self._archive).ids(SEARCHED):
                if self._stop():
                    raise IndexFault("stopped while building: the index before stays in its place")
                composed += len(self._put(writer, ids, count))
            writer.commit(start, self._changes.origin(start))
            self._engine.publish(writer, composed)
        count.rebuilt = True
        self.update(count)  # what changed meanwhile

    def _jobs(self, files: LocalCopies, deadline: float | None) -> Iterator[Job]:
        after = ""
        while pending := self._texts.pending(after, older_than=EXTRACTOR_VERSION):
            after = pending[-1].sha256
            for content in pending:
                if self._stop() or (deadline is not None and time.monotonic() > deadline):
                    return
                if (path := files.path(content.sha256)) is not None:
                    yield Job(content.sha256, path, content.declared_media_type, content.name)

    def _catch_up(self, writer: IndexWriter, cursor: int, count: IndexCount) -> None:
        uncommitted, since = 0, time.monotonic()
        while not self._stop() and (changes := self._changes.changes(cursor, RECORDS_AT_ONCE)):
            self._apply(writer, changes, count)
            cursor = changes[-1].seq
            uncommitted += len(changes)
            if uncommitted >= COMMIT_AFTER or time.monotonic() - since > COMMIT_SECONDS:
                writer.commit(cursor, self._changes.origin(cursor))
                uncommitted, since = 0, time.monotonic()
        if uncommitted or writer.cursor != cursor:
            writer.commit(cursor, self._changes.origin(cursor))

    def _apply(self, writer: IndexWriter, changes: list[Change], count: IndexCount) -> None:
        mine = [change for change in changes if parse_id(change.id).kind in SEARCHED]
        for start in range(0, len(mine), RECORDS_AT_ONCE):
            some = mine[start : start + RECORDS_AT_ONCE]
            shown = self._put(writer, [change.id for change in some if change.visible], count)
            gone = [change.id for change in some if change.id not in shown]
            writer.delete(gone)
            count.deleted += len(gone)

    def _put(self, writer: IndexWriter, ids: list[str], count: IndexCount) -> set[str]:
        entries = compose_entries(self._archive, ids)
        count.put += writer.put(entries)
        count.characters += sum(len(text) for entry in entries for text in entry.texts)
        return {entry.id for entry in entries}

    def _cursor(self) -> int:
        state = self._state()
        return state.cursor if state else 0

    def _state(self) -> IndexState | None:
        reader = self._engine.reader()
        try:
            return reader.state()
        except IndexNotReady:
            return None
        finally:
            reader.close()

    def _must_rebuild(self) -> bool:
        """Whether the published index was made for other fields, or for another archive than this one."""
        state = self._state()
        if state is None:
            return False
        is_mine = self._changes.is_of_this_archive(state.cursor, state.origin)
        return state.schema_version != SCHEMA_VERSION or not is_mine


def _extracted(sha256: str, extraction: Extraction) -> ExtractedText:
    return ExtractedText(
        sha256=sha256,
        status=TextStatus(extraction.status.value),
        reason=extraction.reason,
        media_type=extraction.media_type,
        pages=extraction.pages,
        pages_total=extraction.pages_total,
        pages_without_text=extraction.pages_without_text,
        extractor=EXTRACTOR_VERSION,
    )


def _count(count: IndexCount, text: ExtractedText) -> None:
    count.extracted += text.status is TextStatus.TEXT
    count.without_text += text.status is TextStatus.NO_TEXT
    count.unreadable += text.status is TextStatus.FAILED
    if text.status is TextStatus.FAILED and text.reason:
        count.reasons[text.reason] = count.reasons.get(text.reason, 0) + 1
