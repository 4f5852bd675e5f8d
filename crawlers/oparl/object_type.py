"""Object types: which of OParl's objects a JSON object is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum


class ObjectType(StrEnum):
    """OParl's types, in the words of page types."""

    SYSTEM = "system"
    BODY = "body"
    ORGANIZATION = "organization"
    PERSON = "person"
    MEETING = "meeting"
    PAPER = "paper"
    FILE = "file"
    AGENDA_ITEM = "agenda-item"
    CONSULTATION = "consultation"
    MEMBERSHIP = "membership"
    LOCATION = "location"
    LEGISLATIVE_TERM = "legislative-term"
    ERROR = "error"


_NAMES = {kind.value.replace("-", ""): kind for kind in ObjectType}
_PLURALS = {"bodies": ObjectType.BODY, "people": ObjectType.PERSON}
_SEGMENTS = _NAMES | {f"{name}s": kind for name, kind in _NAMES.items()} | _PLURALS
_TELLING_KEYS: dict[ObjectType, frozenset[str]] = {
    ObjectType.SYSTEM: frozenset({"oparlVersion", "otherOparlVersions"}),
    ObjectType.BODY: frozenset({"legislativeTerm", "ags", "rgs", "oparlSince", "licenseValidSince"}),
    ObjectType.ORGANIZATION: frozenset({"organizationType", "subOrganizationOf", "post", "externalBody"}),
    ObjectType.PERSON: frozenset({"familyName", "givenName", "formOfAddress"}),
    ObjectType.MEETING: frozenset({"agendaItem", "meetingState", "invitation", "resultsProtocol", "participant"}),
    ObjectType.PAPER: frozenset({"paperType", "mainFile", "reference", "underDirectionOf", "superordinatedPaper"}),
    ObjectType.FILE: frozenset({"accessUrl", "downloadUrl", "mimeType", "fileName"}),
}


def type_of(raw: Mapping[str, object]) -> ObjectType | None:
    """The type by the last segment of `type`; where that is missing or no text, by the id's address or by keys only one
    type has (SD.NET RIM leaves `type` out on deleted objects). None: a type we do not know, or nothing to tell by."""
    declared = raw.get("type")
    if isinstance(declared, str) and declared.strip().lower() not in ("", "n/a"):
        return _NAMES.get(declared.strip().rstrip("/").rpartition("/")[2].lower())
    return _by_address(raw.get("id")) or _by_keys(raw)


def _by_address(oparl_id: object) -> ObjectType | None:
    """`…/body/1/meeting/726` → MEETING, `…/papers.asp?id=4` → PAPER: the last segment that names a type."""
    if not isinstance(oparl_id, str):
        return None
    path = re.sub(r"^[a-z]+://[^/?#]*", "", oparl_id.strip(), flags=re.IGNORECASE).partition("?")[0].partition("#")[0]
    for segment in reversed(path.split("/")):
        kind = _SEGMENTS.get(re.sub(r"\.(?:asp|aspx|php)$", "", segment.lower()))
        if kind:
            return kind
    return None


def _by_keys(raw: Mapping[str, object]) -> ObjectType | None:
    candidates = [kind for kind, keys in _TELLING_KEYS.items() if not keys.isdisjoint(raw)]
    return candidates[0] if len(candidates) == 1 else None
