"""Visibility: what more!rubin says about being public, and what counts as proof of it.

`status` of an agenda item, `Status` of a paper, `topstatus` of a consultation and `documentPublicStatusId` of a
document are 1 for public and 2 for non-public (rockenhausen.gremien.info, read September 2026). The `status` of a
meeting is something else, a state of release (1, 2, 4), and says nothing here.
"""

from __future__ import annotations

from enum import StrEnum

from crawlers.morerubin.fields import Fields
from crawlers.parsing.json_values import found
from crawlers.parsing.visibility import Section, is_nonpublic_number, names_nonpublic_item, section_of_heading


class Said(StrEnum):
    """What an object says of itself."""

    PUBLIC = "public"
    NONPUBLIC = "nonpublic"
    NOTHING = "nothing"
    SOMETHING_ELSE = "something else"


_WORDS = {"öffentlich": Said.PUBLIC, "ö": Said.PUBLIC, "nichtöffentlich": Said.NONPUBLIC, "nö": Said.NONPUBLIC}


def said(fields: Fields, *keys: str) -> Said:
    """What the first key with a value says; a value that is not known is noted."""
    for key in keys:
        raw = fields.raw.get(key)
        if isinstance(raw, dict):
            raw = raw.get("id", raw.get("name"))
        text = "" if raw is None or isinstance(raw, bool | list | dict) else str(raw).strip().lower()
        if raw is None or (text == "" and isinstance(raw, str)):
            continue
        if text in {"1", "1.0"}:
            return Said.PUBLIC
        if text in {"2", "2.0"}:
            return Said.NONPUBLIC
        word = text.replace(" ", "").replace("-", "")
        if word in _WORDS:
            return _WORDS[word]
        where = f"{fields.where} {key}"
        fields.diagnostics.add(where, f"expected 1 (public) or 2 (non-public), found {found(raw)}: left out")
        return Said.SOMETHING_ELSE
    return Said.NOTHING


def is_public_item(item: Fields) -> bool:
    """Whether an agenda item is proven public: it says so, and neither its number nor its title says otherwise."""
    state = said(item, "status", "topstatus", "topstatus_lang")
    if state is Said.NOTHING:
        item.diagnostics.add(item.where, "expected a status (1 public, 2 non-public), found none: left out")
    if state is not Said.PUBLIC or item.is_set("is_draft"):
        return False
    number, title = item.line("topnummer", "number") or "", item.line("title", "titel", "name") or ""
    return not (
        is_nonpublic_number(number) or names_nonpublic_item(title) or section_of_heading(title) is Section.NONPUBLIC
    )


def is_public_file(document: Fields) -> bool:
    """Whether a document is proven public: its release or the attachment's own (`status_anlage`) says so, neither says
    otherwise, and it is no draft. One of which neither is said is noted."""
    signs = {said(document, "documentPublicStatusId"), said(document, "status_anlage")}
    if signs == {Said.NOTHING}:
        document.diagnostics.add(document.where, "expected a documentPublicStatusId, found none: left out")
    return Said.PUBLIC in signs and signs <= {Said.PUBLIC, Said.NOTHING} and not document.is_set("is_draft")
