"""The table of fields as a Tantivy schema, and an Entry as a Tantivy document."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Final

import tantivy

from indexer.index.contract import Entry, Hit
from indexer.index.fields import DAY_OR_LAST, FIELDS, UNKNOWN_DAY, Field, Kept
from indexer.index.language import German
from indexer.index.reference import keys_of

_BLANKS: Final = "whitespace"
_WHOLE: Final = "raw"


def index_option(field: Field) -> str:
    """What Tantivy writes down of a token field."""
    if field.positions:
        return "position"
    return "freq" if field.frequencies else "basic"


def schema() -> tantivy.Schema:
    """The schema of every build of this version."""
    builder = tantivy.SchemaBuilder()
    for field in FIELDS:
        if field.kept is Kept.TOKENS:
            builder.add_text_field(field.name, tokenizer_name=_BLANKS, index_option=index_option(field))
        elif field.kept is Kept.VALUE:
            builder.add_text_field(field.name, tokenizer_name=_WHOLE, index_option="basic", fast=field.ordered)
        elif field.kept is Kept.NUMBER:
            builder.add_integer_field(field.name, indexed=True, fast=field.ordered)
        else:
            builder.add_bytes_field(field.name, stored=True)
    return builder.build()


def register_tokenizers(index: tantivy.Index) -> None:
    """To be called after every opening: Tantivy does not keep them with the index."""
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_BLANKS, blanks)


def document(entry: Entry, german: German, schema: tantivy.Schema) -> tantivy.Document:
    """One entry, analysed. Built by `from_dict` with the schema: otherwise a wrong type kills the writing thread."""
    title = german.streams([entry.title])
    context = german.streams([entry.reference or "", *entry.context])
    body = german.streams(entry.texts)
    values: dict[str, Any] = {
        "id": entry.id,
        "title": title.tokens,
        "title_parts": title.parts,
        "context": context.tokens,
        "body": body.tokens,
        "parts": f"{context.parts} {body.parts}",
        "words": " ".join(title.surfaces | context.surfaces | body.surfaces),
        "reference": " ".join(keys_of(entry.reference)) if entry.reference else "",
        "kind": entry.kind,
        "municipality": entry.municipality,
        "paper_type": [entry.paper_type] if entry.paper_type is not None else [],
        "organization": list(dict.fromkeys(entry.organizations)),
        "year": [entry.date.year] if entry.date else [],
        "day": entry.date.toordinal() if entry.date else UNKNOWN_DAY,
        "day_or_last": entry.date.toordinal() if entry.date else DAY_OR_LAST,
        "card": _card(entry),
    }
    return tantivy.Document.from_dict(values, schema)


def _card(entry: Entry) -> bytes:
    return json.dumps(
        [
            entry.id,
            entry.kind,
            entry.municipality,
            entry.title,
            entry.reference,
            entry.date.isoformat() if entry.date else None,
            entry.paper_type,
            list(entry.organizations),
            entry.source_id,
            entry.source_url,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def hit(card: bytes, score: float | None) -> Hit:
    """What `document` wrote down for display."""
    id_, kind, municipality, title, reference, date, paper_type, organizations, source_id, source_url = json.loads(card)
    return Hit(
        id=id_,
        kind=kind,
        municipality=municipality,
        title=title,
        reference=reference,
        date=dt.date.fromisoformat(date) if date else None,
        paper_type=paper_type,
        organizations=tuple(organizations),
        source_id=source_id,
        source_url=source_url,
        score=score,
    )
