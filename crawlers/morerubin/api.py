"""The JSON of api.php: what its objects say about being public and what counts as proof of it, and what they name.

`status` of an agenda item, `Status` of a paper, `topstatus` of a consultation and `documentPublicStatusId` of a
document are 1 for public and 2 for non-public (rockenhausen.gremien.info, read September 2026). The `status` of a
meeting is something else, a state of release (1, 2, 4), and says nothing here.
"""

from __future__ import annotations

from typing import Final

from crawlers.parsing.badges import read_badge
from crawlers.parsing.json_fields import Fields
from crawlers.parsing.verdicts import Evidence, Visibility
from crawlers.parsing.visibility import Section, section_of_heading

_CODES: Final = {"1": Section.PUBLIC, "1.0": Section.PUBLIC, "2": Section.NONPUBLIC, "2.0": Section.NONPUBLIC}
_STATES: Final = {Section.PUBLIC: Visibility.PUBLIC, Section.NONPUBLIC: Visibility.NONPUBLIC}


def declared_visibility(fields: Fields, *keys: str) -> Visibility | None:
    """What the first key with a value says, as a code or in words; None where nothing is stated. A value that is not
    known is UNPROVEN, and reported."""
    for key in keys:
        raw = fields.raw.get(key)
        if isinstance(raw, dict):
            raw = raw.get("id", raw.get("name"))
        written = "" if raw is None or isinstance(raw, bool | list | dict) else str(raw).strip()
        if raw is None or raw == "" or (isinstance(raw, str) and not written):
            continue
        section = _CODES.get(written) or section_of_heading(written)
        if section is not None:
            return _STATES[section]
        where = f"{fields.where} {key}"
        fields.diagnostics.add(where, f"expected 1 (public) or 2 (non-public), found {fields.found(raw)}: left out")
        return Visibility.UNPROVEN
    return None


def evidence_of(item: Fields) -> Evidence:
    """What an agenda item says of itself: by its status, its number and its title. A draft is not public."""
    declared = declared_visibility(item, "status", "topstatus", "topstatus_lang")
    if declared is None:
        declared = Visibility.UNPROVEN
    elif declared is Visibility.UNPROVEN or item.is_set("is_draft"):
        declared = Visibility.NONPUBLIC
    title = item.line("title", "titel", "name")
    return Evidence(badge=read_badge(item.line("topnummer", "number")), titles=(title,), declared=declared)


def is_public_file(document: Fields) -> bool:
    """Whether a document is proven public: its release or the attachment's own (`status_anlage`) says so, neither says
    otherwise, and it is no draft. One of which neither is stated is reported."""
    states = {declared_visibility(document, key) for key in ("documentPublicStatusId", "status_anlage")} - {None}
    if not states:
        document.diagnostics.add(document.where, "expected a documentPublicStatusId, found none: left out")
    return states == {Visibility.PUBLIC} and not document.is_set("is_draft")


def name_in(fields: Fields, key: str) -> str | None:
    """The name in an object such as `type` or `counselling_status`, or the text that stands in its place."""
    held = fields.inner(key)
    if held is not None:
        return held.line("name", "bezeichnung", "Bezeichnung")
    return fields.line(key) if isinstance(fields.raw.get(key), str) else None
