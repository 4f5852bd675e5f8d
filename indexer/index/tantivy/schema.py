"""The table of fields as a Tantivy schema, and its values as a Tantivy document."""

from __future__ import annotations

from typing import Final

import tantivy

from indexer.index.analysis import Values
from indexer.index.fields import FIELDS, Field, Kept

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


def document(values: Values, schema: tantivy.Schema) -> tantivy.Document:
    """One analysed entry. Built by `from_dict` with the schema: otherwise a wrong type kills the writing thread."""
    return tantivy.Document.from_dict({**values, "stored": str(values["stored"]).encode()}, schema)
