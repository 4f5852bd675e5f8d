"""Reads the archive for those who show or index it: records as they may be shown, texts, changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Row, func, select

from archive.archive import Archive, current_seq
from archive.body import unpack
from archive.file import FileStatus
from archive.schema import FILE, FILE_OWNER, LINK, RECORD, TEXT
from archive.text import TextStatus, unpack_pages
from archive.upkeep import chunks
from council.identity import make_id, parse_id
from council.model import Consultation, File, Kind, Meeting, Paper, Record

HIDDEN_FILES = frozenset({FileStatus.GONE.value, FileStatus.REMOVED.value})


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A record as it may be shown: without withdrawn files. `seq` is its change number."""

    id: str
    municipality: str
    noun: Record
    seq: int
    first_seen: dt.datetime
    last_seen: dt.datetime
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class GoneRecord:
    """A tombstone: what was here was withdrawn by its source or removed by a person."""

    id: str
    gone_at: dt.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the feed of changes: a record has another state than before."""

    seq: int
    id: str
    gone: bool


@dataclass(frozen=True, slots=True)
class HeldFile:
    """What is known of one file beyond its record: what became of it, and how much text there is."""

    id: str
    status: FileStatus
    reason: str | None
    size: int | None
    media_type: str | None
    text_status: TextStatus | None
    text_reason: str | None
    pages_total: int | None
    characters: int


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of one file, page by page."""

    file_id: str
    pages: tuple[str, ...]


class ArchiveReader:
    """Reads; never writes. Safe to use from many threads."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def record(self, record_id: str) -> HeldRecord | GoneRecord | None:
        """One record, its tombstone, or None where there never was one. A paper that was dealt with in the non-public
        part of meetings only is as good as never there."""
        found = self.records([record_id])
        if found:
            return found[0]
        with self._archive.reading() as connection:
            row = connection.execute(
                select(RECORD.c.gone_at, RECORD.c.gone_reason).where(
                    RECORD.c.id == record_id, RECORD.c.gone_at.is_not(None)
                )
            ).one_or_none()
        return GoneRecord(record_id, row.gone_at, row.gone_reason or "") if row else None

    def records(self, record_ids: Iterable[str]) -> list[HeldRecord]:
        """Those of the records that may be shown, in the order of the ids."""
        wanted = list(dict.fromkeys(record_ids))
        rows: dict[str, Row[tuple[object, ...]]] = {}
        hidden: set[str] = set()
        with self._archive.reading() as connection:
            for ids in chunks(wanted):
                held = select(RECORD).where(RECORD.c.id.in_(ids), RECORD.c.gone_at.is_(None))
                rows |= {row.id: row for row in connection.execute(held)}
                hidden.update(
                    connection.scalars(
                        select(FILE.c.id)
                        .join(FILE_OWNER, FILE_OWNER.c.file_id == FILE.c.id)
                        .where(FILE_OWNER.c.record_id.in_(ids), FILE.c.status.in_(HIDDEN_FILES))
                    )
                )
            records = [_held(rows[i], hidden) for i in wanted if i in rows]
            withheld = self._withheld(connection, records)
            secret = self._withholding_meetings(connection, records)
        records = [open_to_all for one in records if (open_to_all := _without_secret_stations(one, secret)) is not None]
        return [shown for record in records if (shown := _public_part(record, withheld)) is not None]

    def changes(self, after: int, limit: int = 1000) -> list[Change]:
        """What changed since change number `after`, oldest first, each record once with its newest number."""
        query = select(RECORD.c.seq, RECORD.c.id, RECORD.c.gone_at).where(RECORD.c.seq > after)
        with self._archive.reading() as connection:
            rows = connection.execute(query.order_by(RECORD.c.seq, RECORD.c.id).limit(limit)).all()
            if len(rows) == limit:  # a whole transaction has one number: never stop in the midst of one
                last = rows[-1].seq
                rest = query.where(RECORD.c.seq == last).order_by(RECORD.c.id)
                rows = [row for row in rows if row.seq < last] + list(connection.execute(rest).all())
        return [Change(row.seq, row.id, row.gone_at is not None) for row in rows]

    def seq(self) -> int:
        """The newest change number."""
        with self._archive.reading() as connection:
            return current_seq(connection)

    def ids(self, kinds: Sequence[Kind]) -> Iterator[list[str]]:
        """The ids of all held records of these kinds, in lists of a few hundred, by id."""
        after = ""
        while True:
            query = (
                select(RECORD.c.id)
                .where(
                    RECORD.c.kind.in_([kind.value for kind in kinds]), RECORD.c.gone_at.is_(None), RECORD.c.id > after
                )
                .order_by(RECORD.c.id)
                .limit(500)
            )
            with self._archive.reading() as connection:
                ids = list(connection.scalars(query))
            if not ids:
                return
            yield ids
            after = ids[-1]

    def texts(self, record_ids: Iterable[str]) -> dict[str, list[FileText]]:
        """The texts of the records' files, by record id; files in the order of their ids."""
        found: dict[str, list[FileText]] = {}
        with self._archive.reading() as connection:
            for ids in chunks(record_ids):
                query = (
                    select(FILE_OWNER.c.record_id, FILE.c.id, TEXT.c.pages)
                    .join(FILE, FILE.c.id == FILE_OWNER.c.file_id)
                    .join(TEXT, TEXT.c.sha256 == FILE.c.sha256)
                    .where(
                        FILE_OWNER.c.record_id.in_(ids), TEXT.c.pages.is_not(None), FILE.c.status.not_in(HIDDEN_FILES)
                    )
                    .order_by(FILE_OWNER.c.record_id, FILE.c.id)
                )
                for row in connection.execute(query):
                    found.setdefault(row[0], []).append(FileText(row[1], unpack_pages(row[2])))
        return found

    def files(self, record_id: str) -> dict[str, HeldFile]:
        """What is known of the files of one record, by file id."""
        query = (
            select(FILE, TEXT.c.status.label("text_status"), TEXT.c.reason.label("text_reason"), TEXT.c.pages_total,
                   TEXT.c.characters, TEXT.c.media_type.label("real_media_type"))
            .join(FILE_OWNER, FILE_OWNER.c.file_id == FILE.c.id)
            .outerjoin(TEXT, TEXT.c.sha256 == FILE.c.sha256)
            .where(FILE_OWNER.c.record_id == record_id)
        )  # fmt: skip
        with self._archive.reading() as connection:
            return {
                row.id: HeldFile(
                    row.id,
                    FileStatus(row.status),
                    row.reason,
                    row.size,
                    row.real_media_type or row.media_type or row.declared_media_type,
                    TextStatus(row.text_status) if row.text_status else None,
                    row.text_reason,
                    row.pages_total,
                    row.characters or 0,
                )
                for row in connection.execute(query)
            }

    def file_text(self, file_id: str) -> tuple[str, tuple[str, ...]] | None:
        """(id of a record that may be shown and has this file, pages of its text), or None."""
        query = (
            select(FILE_OWNER.c.record_id, TEXT.c.pages)
            .join(FILE, FILE.c.id == FILE_OWNER.c.file_id)
            .join(TEXT, TEXT.c.sha256 == FILE.c.sha256)
            .where(FILE.c.id == file_id, FILE.c.status.not_in(HIDDEN_FILES))
            .order_by(FILE_OWNER.c.record_id)
        )
        with self._archive.reading() as connection:
            rows = connection.execute(query).all()
        shown = {record.id for record in self.records([row.record_id for row in rows])}
        return next(((row.record_id, unpack_pages(row.pages)) for row in rows if row.record_id in shown), None)

    def papers_of_consultations(self, municipality: str, consultations: Iterable[str]) -> dict[str, str]:
        """Ids of papers by the native ids of their consultations: an agenda often names only the consultation."""
        return self._linked(municipality, "consultation", consultations)

    def papers_of_agenda_items(self, municipality: str, items: Iterable[str]) -> dict[str, str]:
        """Ids of papers by the native ids of the agenda items that their consultations name."""
        return self._linked(municipality, "agenda_item", items)

    def _linked(self, municipality: str, relation: str, targets: Iterable[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        with self._archive.reading() as connection:
            for some in chunks(targets):
                query = select(LINK.c.target, LINK.c.record_id).where(
                    LINK.c.municipality == municipality, LINK.c.relation == relation, LINK.c.target.in_(some)
                )
                found |= {row.target: row.record_id for row in connection.execute(query)}
        return found

    def withheld_papers(self, municipality: str) -> set[str]:
        """Ids of papers that are not public: only non-public consultations of them are known. Not all are held."""
        marks = LINK.alias("marks")
        query = (
            select(LINK.c.record_id)
            .join(marks, (marks.c.municipality == LINK.c.municipality) & (marks.c.target == LINK.c.target))
            .join(RECORD, RECORD.c.id == LINK.c.record_id)
            .where(LINK.c.municipality == municipality, LINK.c.relation.in_(["consultation", "agenda_item"]))
            .where(marks.c.relation == "withheld", RECORD.c.gone_at.is_(None))
            .distinct()
        )
        named = select(LINK.c.target).where(LINK.c.municipality == municipality, LINK.c.relation == "withheld_paper")
        with self._archive.reading() as connection:
            suspects = set(connection.scalars(query))
            suspects |= {make_id(municipality, Kind.PAPER, native_id) for native_id in connection.scalars(named)}
        return suspects - {record.id for record in self.records(sorted(suspects))}

    def linked_records(self, record_id: str, relation: str, kind: Kind, limit: int = 100) -> list[str]:
        """Ids of held records of a kind that are linked to `record_id`: a committee's meetings."""
        named = parse_id(record_id)
        query = (
            select(RECORD.c.id)
            .join(LINK, LINK.c.record_id == RECORD.c.id)
            .where(
                LINK.c.municipality == named.municipality,
                LINK.c.relation == relation,
                LINK.c.target == named.native_id,
                RECORD.c.kind == kind.value,
                RECORD.c.gone_at.is_(None),
            )
            .order_by(RECORD.c.seq.desc())
            .limit(limit)
        )
        with self._archive.reading() as connection:
            return list(connection.scalars(query))

    def held(self) -> dict[str, dict[str, int]]:
        """How many records are held and may be shown, by municipality and kind."""
        query = (
            select(RECORD.c.municipality, RECORD.c.kind, func.count())
            .where(RECORD.c.gone_at.is_(None))
            .group_by(RECORD.c.municipality, RECORD.c.kind)
        )
        counts: dict[str, dict[str, int]] = {}
        with self._archive.reading() as connection:
            for municipality, kind, count in connection.execute(query):
                counts.setdefault(municipality, {})[kind] = count
            marked = list(
                connection.scalars(select(LINK.c.municipality).where(LINK.c.relation == "withheld").distinct())
            )
        for municipality in marked:
            papers = counts.get(municipality, {}).get(Kind.PAPER.value, 0)
            if papers:
                counts[municipality][Kind.PAPER.value] = papers - len(self.withheld_papers(municipality))
        return counts

    def file_counts(self) -> dict[str, dict[str, int]]:
        """Every file of every municipality, counted by what became of it: its text's status where its bytes came
        (text, no_text, failed, pending), its own status otherwise."""
        query = (
            select(FILE.c.municipality, FILE.c.status, TEXT.c.status, func.count())
            .select_from(FILE.outerjoin(TEXT, TEXT.c.sha256 == FILE.c.sha256))
            .group_by(FILE.c.municipality, FILE.c.status, TEXT.c.status)
        )
        counts: dict[str, dict[str, int]] = {}
        with self._archive.reading() as connection:
            for municipality, file_status, text_status, count in connection.execute(query):
                word = {None: f"not_fetched:{file_status}", "failed": "unreadable"}.get(text_status, text_status)
                mine = counts.setdefault(municipality, {})
                mine[word] = mine.get(word, 0) + count
        return counts

    def failures(self, municipality: str, limit: int = 20) -> list[tuple[str, int]]:
        """Why files of a municipality have no text: reasons and how often, most frequent first."""
        reason = func.coalesce(TEXT.c.reason, FILE.c.reason)
        query = (
            select(reason, func.count())
            .select_from(FILE.outerjoin(TEXT, TEXT.c.sha256 == FILE.c.sha256))
            .where(FILE.c.municipality == municipality, reason.is_not(None))
            .group_by(reason)
            .order_by(func.count().desc())
            .limit(limit)
        )
        with self._archive.reading() as connection:
            return [(row[0], row[1]) for row in connection.execute(query)]

    def _withheld(self, connection: Connection, records: Sequence[HeldRecord]) -> set[tuple[str, str]]:
        """(municipality, native id) of the papers' consultations and agenda items that stand in a non-public part."""
        targets: dict[str, set[str]] = {}
        for record in records:
            for consultation in record.noun.consultations if isinstance(record.noun, Paper) else ():
                targets.setdefault(record.municipality, set()).update(_marks(consultation))
        withheld: set[tuple[str, str]] = set()
        for municipality, native_ids in targets.items():
            for some in chunks(native_ids):
                query = select(LINK.c.target).where(
                    LINK.c.municipality == municipality, LINK.c.relation == "withheld", LINK.c.target.in_(some)
                )
                withheld.update((municipality, target) for target in connection.scalars(query))
        return withheld

    def _withholding_meetings(
        self, connection: Connection, records: Sequence[HeldRecord]
    ) -> dict[tuple[str, str], tuple[set[str], bool]]:
        """By (municipality, native id) of papers that an agenda names in its non-public part: the native ids of these
        meetings, and whether some public part names the paper too."""
        papers: dict[str, set[str]] = {}
        for record in records:
            if isinstance(record.noun, Paper):
                papers.setdefault(record.municipality, set()).add(record.noun.native_id)
        secret: dict[tuple[str, str], set[str]] = {}
        public: dict[tuple[str, str], set[str]] = {}
        for municipality, native_ids in papers.items():
            for some in chunks(native_ids):
                query = select(LINK.c.record_id, LINK.c.relation, LINK.c.target).where(
                    LINK.c.municipality == municipality,
                    LINK.c.relation.in_(("withheld_paper", "item_paper")),
                    LINK.c.target.in_(some),
                )
                for row in connection.execute(query):
                    named = secret if row.relation == "withheld_paper" else public
                    named.setdefault((municipality, row.target), set()).add(parse_id(row.record_id).native_id)
        return {key: (named - public.get(key, set()), key in public) for key, named in secret.items()}


def is_shown(file: File, municipality: str, hidden: frozenset[str] | set[str]) -> bool:
    """Whether a file of a record may be shown."""
    return make_id(municipality, Kind.FILE, file.native_id) not in hidden


def _held(row: Row[tuple[object, ...]], hidden: set[str]) -> HeldRecord:
    noun = unpack(Kind(row.kind), row.body)
    if hidden and isinstance(noun, Paper | Meeting):
        files = tuple(file for file in noun.files if is_shown(file, row.municipality, hidden))
        update: dict[str, object] = {"files": files}
        if isinstance(noun, Meeting):
            update["agenda"] = tuple(
                item.model_copy(update={"files": tuple(f for f in item.files if is_shown(f, row.municipality, hidden))})
                for item in noun.agenda
            )
        noun = noun.model_copy(update=update)
    return HeldRecord(row.id, row.municipality, noun, row.seq, row.first_seen, row.last_seen, row.changed_at)


def _marks(consultation: Consultation) -> set[str]:
    return {consultation.native_id} | ({consultation.agenda_item} if consultation.agenda_item else set())


def _without_secret_stations(
    record: HeldRecord, secret: dict[tuple[str, str], tuple[set[str], bool]]
) -> HeldRecord | None:
    """The record without its stations in meetings that dealt with it in the non-public part; None for a paper that no
    public part names."""
    if not isinstance(record.noun, Paper) or (record.municipality, record.noun.native_id) not in secret:
        return record
    meetings, is_public = secret[record.municipality, record.noun.native_id]
    if not is_public:
        return None
    shown = tuple(one for one in record.noun.consultations if one.meeting not in meetings)
    return replace(record, noun=record.noun.model_copy(update={"consultations": shown}))


def _public_part(record: HeldRecord, withheld: set[tuple[str, str]]) -> HeldRecord | None:
    """The record without its non-public consultations; None for a paper of which only such are known."""
    if not withheld or not isinstance(record.noun, Paper):
        return record
    way = record.noun.consultations
    shown = tuple(c for c in way if not any((record.municipality, mark) in withheld for mark in _marks(c)))
    if len(shown) == len(way):
        return record
    if all(consultation.agenda_item is None for consultation in shown):
        return None
    return replace(record, noun=record.noun.model_copy(update={"consultations": shown}))
