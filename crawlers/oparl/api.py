"""Envelopes: an answer's bytes → the JSON objects in it, which of OParl's they are, and where the list goes on."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crawlers.oparl import values
from crawlers.oparl.fields import OParlDiagnostics
from crawlers.parsing.access import denied_by_message, refuse_body
from crawlers.parsing.errors import DenialKind, UnexpectedResponse
from crawlers.parsing.html import decoded

_SANE_TOTAL = 100_000_000


@dataclass(frozen=True, slots=True)
class Envelope:
    """`members` are the objects as they stand there; `is_list` says whether they came as a list; `cut_off`: there is a
    next page, but no usable address of it."""

    members: list[object]
    is_list: bool
    next: str | None = None
    total: int | None = None
    cut_off: bool = False


def parse(body: bytes, url: str, content_type: str | None) -> Any:
    """The JSON value of an answer. Raw control characters inside strings are let through (ALLRIS 3, Braunschweig);
    of a key that is there twice the last counts; NaN counts as nothing. Raises UnexpectedResponse."""
    text = decoded(body).strip()
    kind = f" (Content-Type {content_type})" if content_type else ""
    if not text:
        raise UnexpectedResponse(url, "an OParl answer in JSON", f"an empty answer{kind}", _LATER)
    if text[0] == "<":
        refuse_body(body, url, "an OParl answer in JSON")
        raise UnexpectedResponse(url, "an OParl answer in JSON", f"HTML{kind}: {_start(text)}", _LOOK)
    try:
        return json.loads(text, strict=False, parse_constant=lambda _: None)
    except RecursionError:
        raise UnexpectedResponse(
            url, "an OParl answer in JSON", "JSON nested deeper than any OParl object", _LOOK
        ) from None
    except ValueError as error:
        refuse_body(body, url, "an OParl answer in JSON")
        found = f"{_start(text)}{kind}, which is no JSON: {error}"
        raise UnexpectedResponse(url, "an OParl answer in JSON", found, _LATER) from None


_LATER = "Ask again later; if it stays so, open the address in a browser and see what the server says."
_LOOK = "Open the address in a browser: an error page, a log-in or a new address; correct the register if it has moved."


def _start(text: str) -> str:
    return values.found(text[:60])


def refuse_errors(value: object, url: str) -> None:
    """Raises AccessDenied for an OParl Error object and for any other object that is only about an error."""
    if not isinstance(value, dict):
        return
    declared = value.get("type")
    is_error = isinstance(declared, str) and declared.rstrip("/").rpartition("/")[2].lower() == "error"
    is_foreign = not value.get("id") and "data" not in value and any(value.get(key) for key in ("error", "errors"))
    if is_error or is_foreign:
        message = next((value[key] for key in ("message", "error", "errors", "debug") if value.get(key)), "no reason")
        message = message.get("message", message) if isinstance(message, dict) else message
        code = f", code {values.found(value['code'])}" if "code" in value else ""
        advice = "The municipality or its vendor can switch OParl on; until then read its pages instead."
        shown = f"{values.found(message)}{code}"
        raise denied_by_message(message, shown, url, "an OParl answer", advice=dict.fromkeys(DenialKind, advice))


def open_envelope(value: object, diagnostics: OParlDiagnostics) -> Envelope:
    """A parsed answer → its members. Raises UnexpectedResponse when it is neither an object nor a list of any."""
    if isinstance(value, list):
        return Envelope(_members(value, diagnostics.url), is_list=True)
    if not isinstance(value, dict):
        raise UnexpectedResponse(diagnostics.url, "an OParl object or list", f"only {values.found(value)}", _LOOK)
    if "data" not in value or value.get("id"):
        if not (value.get("id") or value.get("type") or value.get("deleted")):
            raise UnexpectedResponse(diagnostics.url, "an OParl object or list", values.found(value), _LOOK)
        return Envelope([value], is_list=False)
    data = value["data"]
    members = _members(values.many(data), diagnostics.url)
    total = _total(value.get("pagination"), len(members))
    if not isinstance(data, list | dict) and total != 0:
        raise UnexpectedResponse(diagnostics.url, "a list under data", values.found(data), _LOOK)
    following, cut_off = _next(value.get("links"), diagnostics)
    return Envelope(members, is_list=True, next=following, total=total, cut_off=cut_off)


def _members(members: list[object], url: str) -> list[object]:
    """A list's members; a list in which not one could be an object is no list of objects."""
    if members and not any(isinstance(raw, dict | str) for raw in members):
        raise UnexpectedResponse(url, "a list of OParl objects", f"a list of {values.found(members[0])}", _LOOK)
    return members


def _total(pagination: object, here: int) -> int | None:
    """`pagination.totalElements`, where it can be true."""
    if not isinstance(pagination, dict):
        return None
    try:
        total = values.whole_number(pagination.get("totalElements"))
    except ValueError:
        return None
    return total if total is not None and here <= total < _SANE_TOTAL else None


def _next(links: object, diagnostics: OParlDiagnostics) -> tuple[str | None, bool]:
    """(`links.next`, whether it stands there but is no address or leads back to this very page: noted and dropped)."""
    if not isinstance(links, dict):
        return None, False
    try:
        address = values.web_address(links.get("next"), diagnostics.url)
    except ValueError as error:
        diagnostics.add(f"{diagnostics.url} links.next", str(error))
        return None, True
    if address == diagnostics.url:
        diagnostics.add(f"{diagnostics.url} links.next", "expected the address of another page, found this page's own")
        return None, True
    return address, False


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
