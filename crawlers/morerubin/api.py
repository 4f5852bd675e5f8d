"""The JSON of api.php: bodies, calendars, meetings, papers and committees, told apart by their keys."""

from __future__ import annotations

from typing import Any, Final

from council.model import OrganizationRef, Record, Tombstone
from crawlers.morerubin import quirks
from crawlers.morerubin.calendar import read_calendar
from crawlers.morerubin.fields import Fields, read_many
from crawlers.morerubin.meeting import read_meeting_with_agenda
from crawlers.morerubin.organization import read_body, read_committee, read_members
from crawlers.morerubin.paper import read_paper
from crawlers.morerubin.urls import parameter
from crawlers.parsing import access
from crawlers.parsing.denial_phrases import Phrase
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.errors import DenialKind, UnexpectedResponse
from crawlers.parsing.json_values import found, parsed_json

_WRAPPERS = ("data", "result", "meeting", "submission", "committee", "organization")
_COMMITTEE_KEYS = frozenset({"Kuerzel", "Bezeichnung", "Koerperschaftsnummer"})
_PAPER_KEYS = frozenset({"consultations", "erstellungsdatum", "vorlage_dokument_groesse"})
_LISTS = ("bodies", "committees", "organizations", "submissions")
MEND = "The answer's structure is not known: mend the reader"
_AGAIN = "Ask again later; if it stays so, look at the address in a browser"
Found = tuple[str, list[Record | Tombstone]]


def read_json(body: bytes, diagnostics: Diagnostics) -> Found:
    value = parsed_json(body, diagnostics.url, "an answer of api.php in JSON")
    refuse_answer(value, diagnostics.url)
    read = read_value(unwrapped(value), diagnostics)
    if read is None:
        raise UnexpectedResponse(diagnostics.url, "bodies, a calendar, a meeting or a paper", found(value), MEND)
    return read


def unwrapped(value: Any) -> Any:
    """What stands inside `{"data": …}` and the like, where nothing else of an answer stands beside it."""
    for _ in range(3):
        if not isinstance(value, dict) or _is_meeting(value) or "meetings" in value:
            return value
        key = next((name for name in _WRAPPERS if isinstance(value.get(name), dict | list)), None)
        if key is None or _COMMITTEE_KEYS & value.keys() or _PAPER_KEYS & value.keys():
            return value
        value = value[key]
    return value


def _is_meeting(value: dict[str, Any]) -> bool:
    return "agenda_items" in value or ("datum" in value and bool({"nummer", "nummer_si"} & value.keys()))


def read_value(value: Any, diagnostics: Diagnostics, key: str = "") -> Found | None:
    if isinstance(value, list):
        return _read_list(value, diagnostics, key)
    if not isinstance(value, dict):
        return None
    if _is_meeting(value):
        return "meeting", _meeting(value, diagnostics)
    if len(_COMMITTEE_KEYS & value.keys()) >= 2 or (_COMMITTEE_KEYS & value.keys() and "members" in value):
        return "committee", _committee(value, diagnostics)
    if _PAPER_KEYS & value.keys():
        return "submission", _paper(value, diagnostics)
    if "meetings" in value and value["meetings"] is not None:
        return "calendar", list(read_calendar(_by_day(value["meetings"]), diagnostics))
    name = next((name for name in _LISTS if isinstance(value.get(name), list)), None)
    return _read_list(value[name], diagnostics, name) if name else None


def _by_day(value: Any) -> list[Any]:
    """The entries of a calendar, as a list or as lists by their days."""
    if isinstance(value, dict) and value and all(isinstance(entries, list) for entries in value.values()):
        return [entry for entries in value.values() for entry in entries]
    return read_many(value)


def _meeting(value: dict[str, Any], diagnostics: Diagnostics) -> list[Record | Tombstone]:
    """A meeting's answer has its agenda; without that it is none, and what is held of the agenda stays."""
    if not isinstance(value.get("agenda_items"), list | dict):
        raise UnexpectedResponse(
            diagnostics.url, "a meeting with agenda_items", found(value.get("agenda_items")), _AGAIN
        )
    return list(read_meeting_with_agenda(Fields(value, "meeting", diagnostics)))


def _committee(value: dict[str, Any], diagnostics: Diagnostics) -> list[Record | Tombstone]:
    fields = Fields(value, "committee", diagnostics)
    committee = read_committee(fields)
    if committee is None:
        return []
    ref = OrganizationRef(native_id=committee.native_id, name=committee.name)
    meetings = read_calendar(read_many(value.get("meetings")), diagnostics)
    return [committee, *read_members(fields, ref), *meetings]


def _paper(value: dict[str, Any], diagnostics: Diagnostics) -> list[Record | Tombstone]:
    paper = read_paper(Fields(value, "submission", diagnostics))
    return [paper] if paper else []


def _read_list(value: list[Any], diagnostics: Diagnostics, key: str) -> Found | None:
    """A bare list: by what its first object is; of mere ids and names the address says what they are of."""
    first = next((one for one in value if isinstance(one, dict)), None)
    if first is None:
        return None
    members = [
        Fields(one, f"{key or 'list'}[{place}]", diagnostics)
        for place, one in enumerate(value)
        if isinstance(one, dict)
    ]
    if "agenda_items" in first:
        return "meeting", [record for one in members for record in _meeting(one.raw, diagnostics)]
    if _is_meeting(first):
        return "calendar", list(read_calendar(value, diagnostics))
    if _PAPER_KEYS & first.keys():
        return "submissions", [paper for one in members if (paper := read_paper(one))]
    if _COMMITTEE_KEYS & first.keys() or key in {"committees", "organizations"}:
        return "committees", [committee for one in members if (committee := read_committee(one))]
    if not {"id", "name"} <= first.keys():
        return None
    asked = f"{parameter(diagnostics.url, 'id')} {parameter(diagnostics.url, 'action')}".lower()
    if key != "bodies" and ("committee" in asked or "gremi" in asked):
        return "committees", [committee for one in members if (committee := read_committee(one))]
    return "bodies", [read for one in members if (read := read_body(one))]


_PHRASES: Final = (Phrase(DenialKind.GONE, None, (r"unbekannte sitzung",)),)


def refuse_answer(value: Any, url: str) -> None:
    """Raises for JSON that is only about an error, and for an OParl answer."""
    if not isinstance(value, dict):
        return
    kind = value.get("type")
    if quirks.is_of_oparl(kind):
        advice = "Read it as system oparl, or ask api.php"
        raise UnexpectedResponse(url, "an answer of api.php", f"an OParl object: {found(kind)}", advice)
    is_error = isinstance(kind, str) and kind.rstrip("/").rpartition("/")[2].lower() == "error"
    names = ("ErrorCode", "errorCode", "error", "errors", "exception")
    named = next((name for name in names if value.get(name)), None)
    is_bare = set(value) <= {"message", "status", "success", "code", "data"} and not value.get("data")
    says_no = is_bare and (value.get("message") or value.get("success") is False)
    if is_error or named or says_no:
        said = value.get("message") or value.get("ErrorMessage") or (value.get(named) if named else value.get("status"))
        raise access.denied_by_message(said, found(said), url, "an answer of api.php", _PHRASES)
