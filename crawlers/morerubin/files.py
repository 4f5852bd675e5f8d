"""Files: the documents of a meeting, an agenda item or a paper; what is not released stays out.

Types seen (rockenhausen, lauenburg, eibenstock, September 2026): 1 Bekanntmachung, 4 Vorlage, 5 Beschluss,
13 Vorlagen-Anlage, 14 TOP-Anlage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from council.model import File, FileRole
from crawlers.morerubin import quirks
from crawlers.morerubin.api import declared_visibility, is_public_file, name_in
from crawlers.morerubin.urls import Link, absolute, document_address, parameter
from crawlers.parsing.documents import media_type, role_by_name
from crawlers.parsing.json_fields import Fields
from crawlers.parsing.verdicts import Visibility
from crawlers.parsing.visibility import names_nonpublic_file

PAPER, RESOLUTION, PAPER_ATTACHMENT, ITEM_ATTACHMENT = 4, 5, 13, 14
_ROLES: Final = {
    1: FileRole.INVITATION,
    PAPER: FileRole.MAIN,
    RESOLUTION: FileRole.RESOLUTION,
    PAPER_ATTACHMENT: FileRole.ATTACHMENT,
    ITEM_ATTACHMENT: FileRole.ATTACHMENT,
}
_MAIN = re.compile(r"vorlage|antrag|anfrage")
_RELATIONS = (
    "submission_attachment_id",
    "agenda_item_attachment_id",
    "submission_id",
    "agenda_item_id",
    "meeting_id",
    "document_relation_id",
)


@dataclass(frozen=True, slots=True)
class Document:
    """A released document; `belongs_to_paper` says whether it is the paper itself or one of its attachments."""

    file: File
    belongs_to_paper: bool


def read_documents(holder: Fields, *keys: str) -> list[Document]:
    """The released documents in the lists under the keys, each once."""
    read: dict[str, Document] = {}
    for fields in holder.objects(*keys):
        if document := read_document(fields):
            read.setdefault(document.file.native_id, document)
    return list(read.values())


def read_document(fields: Fields) -> Document | None:
    """One document; None where it is not released, has no address or says in its name that it is not public."""
    if not is_public_file(fields):
        return None
    names = [name for key in ("documentName", "name", "beschreibung", "dateiname") if (name := fields.line(key))]
    if names_nonpublic_file(*names):
        return None
    raw_url = fields.raw.get("documentUrl") or fields.raw.get("url")
    url = document_address(raw_url, fields.diagnostics.url)
    if url is None:
        if raw_url:
            fields.diagnostics.add(f"{fields.where} documentUrl", "expected an address of this system: left out")
        return None
    kind = _type_of(fields, url)
    native = _native_id(fields, url, kind)
    if native is None:
        fields.diagnostics.add(fields.where, "expected a document with a number, found none: left out")
        return None
    file = _file(fields, native, names, url, _role(kind, fields, names))
    return Document(file, kind in {PAPER, PAPER_ATTACHMENT} or _relation(fields, url).startswith("submission"))


def _file(fields: Fields, native: str, names: list[str], url: str, role: FileRole) -> File:
    return File(
        native_id=native,
        role=role,
        name=names[0] if names else None,
        url=url,
        media_type=media_type(fields.line("documentExtension")),
        size=fields.number("documentSize", "dateigroesse") or None,
        date=fields.day("documentDate", "datum"),
    )


def _type_of(fields: Fields, url: str) -> int | None:
    held = fields.inner("documentType")
    number = held.number("id") if held else None
    return number if number is not None else quirks.type_in_address(parameter(url, "document_type_id"))


def _relation(fields: Fields, url: str) -> str:
    """What the document hangs on, in the system's word: "submission", "agenda_item", "meeting" …"""
    named = next((name for name in _RELATIONS[:-1] if parameter(url, name)), "")
    return named or (fields.line("relationType") or "").rpartition("\\")[2].lower()


def _native_id(fields: Fields, url: str, kind: int | None) -> str | None:
    """The number in `id`, else what the document hangs on; with the type behind it where several can hang there."""
    own = fields.ident("id")
    relation = fields.ident("relationId") or parameter(url, *_RELATIONS)
    if own and own != relation:
        return own
    native = relation or own
    is_alone = kind in {PAPER, RESOLUTION, PAPER_ATTACHMENT, ITEM_ATTACHMENT}
    return native if native is None or is_alone or kind is None else f"{native}|{kind}"


def _role(kind: int | None, fields: Fields, names: list[str]) -> FileRole:
    """By the type; of an unknown one by its name, then by the first words of the document's own name."""
    if kind in _ROLES:
        return _ROLES[kind]
    for words in (name_in(fields, "documentType"), *names):
        if role := role_by_name(words) or (FileRole.MAIN if _MAIN.search((words or "").lower()[:60]) else None):
            return role
    return FileRole.ATTACHMENT


def closed_ids(item: Fields, is_public: bool) -> set[str]:
    """The native ids of an item's documents that must not come in by another door: those declared non-public, and of
    an item that is itself not public all that are not declared public."""
    closed: set[str] = set()
    for fields in item.objects("documents"):
        state = declared_visibility(fields, "documentPublicStatusId", "status_anlage")
        if state is not Visibility.PUBLIC and (state is not None or not is_public):
            url = absolute(fields.raw.get("documentUrl"), fields.diagnostics.url) or ""
            ids = (fields.ident("id"), fields.ident("relationId"), parameter(url, *_RELATIONS))
            closed.update(native for native in ids if native)
    return closed


_OLD_ROLES: Final = (
    ("vorl", FileRole.MAIN),
    ("einl", FileRole.INVITATION),
    ("bekannt", FileRole.INVITATION),
    ("nied", FileRole.MINUTES),
    ("prot", FileRole.MINUTES),
    ("besch", FileRole.RESOLUTION),
)


def file_of(link: Link, name: str | None) -> File | None:
    """The document behind a link. The hidden `status` says 1 for public; a document that says otherwise, or whose name
    does, is left out."""
    label = link.label or name
    if parameter(link.url, "status") not in {None, "1"} or names_nonpublic_file(label, name):
        return None
    kind = (parameter(link.url, "_typ_432", "document_type_id") or "").lower()
    stored = parameter(link.url, "_doc_n1")
    about = parameter(link.url, "_nid_nr", "sitzungsnummer", "document_relation_id")
    native = link.paper() or "|".join(part for part in (kind, about, stored) if part)
    if not native:
        return None
    by_kind = next((role for word, role in _OLD_ROLES if kind.startswith(word)), None)
    otherwise = FileRole.MAIN if "vorlage" in (label or "").lower() else FileRole.ATTACHMENT
    role = by_kind or role_by_name(label) or otherwise
    return File(
        native_id=native,
        role=role or FileRole.ATTACHMENT,
        name=label,
        file_name=stored,
        url=link.url,
        media_type=media_type(stored),
    )
