"""The archive's tables, on one page. `migrations/` holds the steps that lead here; a test compares both."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Engine,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.engine import Dialect

METADATA = MetaData()


class Moment(TypeDecorator[dt.datetime]):
    """An aware moment, kept in UTC; SQLite would otherwise forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone: the archive keeps aware times only")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


# The change number: one row, raised inside every writing transaction, so that numbers become visible in their order.
SEQUENCE = Table(
    "sequence", METADATA, Column("name", String, primary_key=True), Column("value", BigInteger, nullable=False)
)

# Which opening of the archive has given out the change numbers from which one on. Two archives that went apart, such as
# a restored copy that went on, differ in it, though their numbers may be the same.
LINEAGE = Table(
    "lineage",
    METADATA,
    Column("opening", String, primary_key=True),
    Column("first_seq", BigInteger, nullable=False),
    Index("lineage_by_first_seq", "first_seq"),
)

# What the archive keeps of itself, by name.
ABOUT = Table("about", METADATA, Column("name", String, primary_key=True), Column("value", Text, nullable=False))

# The newest state of every paper, meeting, organization and person, and the tombstones of those that are gone.
RECORD = Table(
    "record",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("municipality", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("native_id", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("content_hash", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),  # zlib of the noun's JSON; empty on a tombstone
    # Whether it may be shown, and the body as it may be: archive.visibility_writer alone writes both.
    Column("visible", Boolean, nullable=False, default=False),
    Column("visible_body", LargeBinary),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("last_run", Integer, nullable=False),
    Column("gone_at", Moment),
    Column("gone_reason", Text),
    Index("record_by_seq", "seq"),
    Index("record_by_kind", "municipality", "kind", "gone_at", "visible"),
)

# How records hang together, by native ids: what a change of one may change in another's place in the index.
LINK = Table(
    "link",
    METADATA,
    Column("record_id", Text, ForeignKey("record.id", ondelete="CASCADE"), primary_key=True),
    Column("relation", String, primary_key=True),
    Column("municipality", String, nullable=False),
    Column("target", Text, primary_key=True),
    Index("link_by_target", "municipality", "relation", "target"),
)

# Every file of every record: where its bytes are, and what became of asking for them.
FILE = Table(
    "file",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("municipality", String, nullable=False),
    Column("url", Text),
    Column("fingerprint", LargeBinary, nullable=False),  # what the source says of it; another one: ask again
    Column("status", String, nullable=False),  # archive.file.FileStatus
    Column("reason", Text),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_try", Moment),
    Column("sha256", String),
    Column("name", Text),
    Column("declared_media_type", String),
    Column("media_type", String),
    Column("size", BigInteger),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("checked_at", Moment),
    Index("file_by_status", "municipality", "status"),
    Index("file_by_url", "municipality", "url"),
    Index("file_by_sha256", "sha256"),
)

FILE_OWNER = Table(
    "file_owner",
    METADATA,
    Column("record_id", Text, ForeignKey("record.id", ondelete="CASCADE"), primary_key=True),
    Column("file_id", Text, ForeignKey("file.id", ondelete="CASCADE"), primary_key=True),
    Column("visible", Boolean, nullable=False, default=False),  # the record's visible part has it; as record.visible
    Index("file_owner_by_file", "file_id"),
)

# Files that were here, and that nothing names any more: their addresses say so.
GONE_FILE = Table("gone_file", METADATA, Column("id", Text, primary_key=True))

# The text of every distinct content, page by page; never an old version's.
TEXT = Table(
    "text",
    METADATA,
    Column("sha256", String, primary_key=True),
    Column("status", String, nullable=False),  # archive.text.TextStatus
    Column("reason", Text),
    Column("media_type", String),
    Column("extractor", Integer, nullable=False, default=0),
    Column("pages_total", Integer),
    Column("pages_without_text", Integer, nullable=False, default=0),
    Column("characters", BigInteger, nullable=False, default=0),
    Column("pages", LargeBinary),  # zlib of the JSON list of pages
    Column("extracted_at", Moment),
    Index("text_by_status", "status"),
)

# What the title of every paper that is shown means, as numbers (indexer.index.embedding): gone in the transaction in
# which the title is. The same title is worked out once.
TITLE_VECTOR = Table(
    "title_vector",
    METADATA,
    Column("record_id", Text, ForeignKey("record.id", ondelete="CASCADE"), primary_key=True),
    Column("model", String, nullable=False),
    Column("title_hash", LargeBinary, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Index("title_vector_by_title", "title_hash"),
)

RUN = Table(
    "run",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("municipality", String, nullable=False),
    Column("mode", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("detail", Text),
    Column("started_at", Moment, nullable=False),
    Column("heartbeat_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("host", String, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("requests", Integer, nullable=False, default=0),
    Column("bytes", BigInteger, nullable=False, default=0),
    Column("seconds", Float, nullable=False, default=0.0),
    Index("run_by_municipality", "municipality", "id"),
)

# Per run and kind: what the source lists and what is held. "Complete" is only ever concluded from these numbers.
RUN_COUNT = Table(
    "run_count",
    METADATA,
    Column("run_id", Integer, ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("listed", Integer),
    Column("held", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("gone", Integer, nullable=False),
)

RUN_WARNING = Table(
    "run_warning",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("run_id", Integer, ForeignKey("run.id", ondelete="CASCADE"), nullable=False),
    Column("what", Text, nullable=False),
    Column("example", Text),
    Column("count", Integer, nullable=False),
    Index("run_warning_by_run", "run_id"),
)

# What a spider has learned of a source and wants to know next time (does its filter work? since when to ask?).
SOURCE = Table(
    "source",
    METADATA,
    Column("municipality", String, primary_key=True),
    Column("memory", Text, nullable=False),  # JSON object
)

# Bytes that wait for the extraction of their text, in pieces, where there is no folder that all machines share.
WAITING_BYTES = Table(
    "waiting_bytes",
    METADATA,
    Column("sha256", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)

# When whom the schedule of several machines means to visit next.
PLANNED = Table(
    "planned",
    METADATA,
    Column("municipality", String, primary_key=True),
    Column("next_visit", Moment, nullable=False),
)

# What a person has taken out. It outlives every crawl.
REMOVAL = Table(
    "removal",
    METADATA,
    Column("target", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("removed_by", Text, nullable=False),
    Column("removed_at", Moment, nullable=False),
    Column("active", Boolean, nullable=False),
)


def is_sqlite(engine: Engine) -> bool:
    """Whether the archive is one file on this machine."""
    return engine.dialect.name == "sqlite"
