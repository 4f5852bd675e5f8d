"""The saved pages of SessionNet, and the saved answers of SessionNet 6."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from council.model import AgendaItem, File, Meeting, Organization, Paper, Person
from council.system import System
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.sessionnet.api import joined
from crawlers.sessionnet.pages import read_page
from tests.saved_pages import council_words
from tests.saved_pages.comparing import CUT, Declared
from tests.saved_pages.council_words import KINDS
from tests.saved_pages.factory import Result, SavedPages

_HOSTS = {
    "eschweiler": "https://rat.eschweiler.de/bi/{}.php?{}",
    "gerolstein": "https://sessionnet.owl-it.de/gerolstein/bi/{}.asp?{}",
    "halle": "https://buergerinfo.halle.de/{}.asp?{}",
    "kaiserslautern": "https://ris.kaiserslautern.de/buergerinfo/{}.asp?{}",
    "speyer": "https://buergerinfo.speyer.de/{}.php?{}",
    "sulzberg": "https://buergerinfo-sulzberg.digitalfabrix.de/{}.asp?{}",
}
_QUERIES = {
    "eschweiler/si0050": "__ksinr=4849",
    "eschweiler/si0057": "__ksinr=4849",
    "eschweiler/vo0050": "__kvonr=12546",
    "eschweiler/kp0040": "__kgrnr=107",
    "halle/to0040": "__ksinr=21804",
    "kaiserslautern/si0057-2331": "__ksinr=2331",
    "kaiserslautern/vo0050-19902": "__kvonr=19902",
    "speyer/si0057-4730": "__ksinr=4730&smcspf=4",
    "sulzberg/si0056": "__ksinr=161",
}
_PARAMETERS = {"si": "__ksinr", "to": "__ksinr", "vo": "__kvonr", "kp": "__kgrnr"}
API = "https://buergerinfo.sangerhausen.de"


def _guess(name: str) -> str:
    """Where the page came from, as far as its name tells."""
    system, town, file = name.split("/")[-3:]
    stem = file.partition(".")[0]
    if system == "sessionnet6":
        number, _, rest = stem.removeprefix("sitzung-").partition("-")
        documents = "/dokumente" if rest == "dokumente" else ""
        return f"{API}/api/v1/sitzungen/{number}/tagesordnung{documents}" if rest else f"{API}/api/v1/{stem}"
    program, _, number = stem.partition("-")
    guessed = f"{_PARAMETERS[program[:2]]}={number}" if number.isdecimal() and program[:2] in _PARAMETERS else ""
    host = _HOSTS.get(town, f"https://{town}.example/bi/{{}}.php?{{}}")
    return host.format(program, _QUERIES.get(f"{town}/{stem}", guessed))


def _page_type(name: str) -> str:
    stem = name.rpartition("/")[2].partition(".")[0]
    return stem.rpartition("-")[2] if name.startswith("sessionnet6/") else stem[:6]


def _ours(result: Result) -> dict[str, Any]:
    if "page" not in result.wanted:
        return _ours_of_six(result)
    found = _of(Meeting, result), _of(Paper, result), _of(Organization, result)
    ours: dict[str, Any] = {"page": result.page.page}
    if ours["page"] == "si0040":
        return ours | {"meetings": [_listed(one) for one in found[0]]}
    if ours["page"] == "gr0040":
        return ours | {"organizations": [{"name": one.name, "kgrnr": _number(one.native_id)} for one in found[2]]}
    if ours["page"] == "kp0040":
        (committee,), people = found[2], [_member(one) for one in _of(Person, result)]
        return ours | {"kgrnr": _number(committee.native_id), "organization": committee.name, "members": people}
    (only,) = [_meeting(one) for one in found[0]] + [_paper(one) for one in found[1]]
    return ours | only


def _of(kind: type[Any], result: Result) -> list[Any]:
    return [one for one in result.records if isinstance(one, kind)]


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isdecimal() else None


def _member(one: Person) -> dict[str, Any]:
    (membership,) = one.memberships
    return {
        "name": one.name,
        "kpenr": _number(one.native_id),
        "role": membership.role,
        "function": membership.voting_right,
    }


def _listed(one: Meeting) -> dict[str, Any]:
    return _meeting(one) | {
        "date": one.start.date().isoformat() if one.start else None,
        "start": f"{one.start:%H:%M}" if one.start else None,
        "end": f"{one.end:%H:%M}" if one.end else None,
    }


def _meeting(one: Meeting) -> dict[str, Any]:
    return {
        "ksinr": _number(one.native_id),
        "name": one.name,
        "organization": one.organization[0].name if one.organization else None,
        "start": f"{one.start:%Y-%m-%dT%H:%M}" if one.start else None,
        "end": f"{one.end:%Y-%m-%dT%H:%M}" if one.end else None,
        "location": one.location.description if one.location else None,
        "cancelled": one.cancelled,
        "documents": _documents(one.files),
        "agenda": [_item(item) for item in one.agenda],
    }


def _documents(files: Iterable[File]) -> list[dict[str, Any]]:
    return [
        {
            "id": _number(one.native_id) if f"id={one.native_id}&type=do" in (one.url or "") else one.url,
            "name": one.name,
            "kind": one.role.value,
        }
        for one in files
    ]


def _item(item: AgendaItem) -> dict[str, Any]:
    return {
        "badge": f"Ö {item.number or ''}".strip(),
        "number": item.number,
        "name": item.name,
        "public": item.public,
        "kvonr": _number(item.paper),
        "reference": item.reference,
        "result": item.result,
        "vote": (item.resolution_text or "").partition("Abstimmung: ")[2] or None,
        "removedFromAgenda": (item.name or "").startswith("abgesetzt"),
        "documents": _documents(item.files),
    }


def _paper(one: Paper) -> dict[str, Any]:
    return {
        "kvonr": _number(one.native_id),
        "name": one.name,
        "reference": one.reference,
        "paperType": one.paper_type,
        "date": one.date.isoformat() if one.date else None,
        "responsibleOffice": one.under_direction_of[0].name if one.under_direction_of else None,
        "documents": _documents(one.files),
        "consultations": list(one.consultations),
    }


def _ours_of_six(result: Result) -> dict[str, Any]:
    """A meeting's answers joined with what the lists say of it."""
    names = {one.native_id: one.name for one in _of(Organization, result)}
    by_page = {page.page: [one for one in page.records if isinstance(one, Meeting)] for page in result.pages}
    listed = {one.native_id: one for one in by_page["sitzungen"]}
    if "tagesordnung" not in by_page:
        listed_only = [_six(council_words.meeting(one), names) for one in by_page["sitzungen"]]
        return {"meetings": listed_only, "papers": council_words.papers(result.records)}
    (meeting,), papers = by_page["tagesordnung"], _of(Paper, result)
    if "dokumente" in by_page:
        meeting, papers = joined(meeting, papers, by_page["dokumente"][0])
    shown = listed[meeting.native_id]
    told = {key: getattr(shown, key) for key in ("name", "start", "end", "location")}
    return {
        "meetings": [_six(council_words.meeting(meeting.model_copy(update=told)), names)],
        "papers": [_six(council_words.paper(one), names) for one in papers],
    }


def _six(ours: dict[str, Any], names: dict[str, str | None]) -> dict[str, Any]:
    """Addresses without the host, committees with their names out of the list of committees."""
    for holder in (ours, *ours.get("agendaItems", ())):
        for document in holder["documents"]:
            document["url"] = (document["url"] or "").removeprefix(API)
    for holder in (ours, *ours.get("consultations", ())):
        for committee in holder.get("organization", ()):
            committee["name"] = names.get(committee["nativeId"])
    return ours


def _theirs(wanted: dict[str, Any], asked: str) -> dict[str, Any]:
    return wanted if "page" in wanted else council_words.nothing_else(wanted, asked)


_SIX = "sessionnet6/*"

PAGES = SavedPages(
    system=System.SESSIONNET,
    folders=("sessionnet", "sessionnet6"),
    suffixes=frozenset({".html", ".json"}),
    left_out=("*/upstream-expected/*",),
    read=read_page,
    guess=_guess,
    ours=_ours,
    theirs=_theirs,
    page_type=_page_type,
    refused={
        "sessionnet6/sangerhausen/shell.html": (
            UnexpectedResponse,
            "the empty frame that SessionNet 6 answers to any unknown path",
        ),
    },
    gaps={
        "sessionnet/gerolstein/si0040-2026-10.html": (  # the tenant that is shown unasked has no meeting
            "no meeting is shown, and the address names none of 50 tenants: write one into the register's address",
        ),
    },
    without_records={"sessionnet/gerolstein/*": "a month without meetings"},
    never=("youtube", "to0045", "pe0051", "smcspf"),
    notation=(
        KINDS,
        Declared("members[].function", "compared as the right to vote", lambda said: said and said.startswith("stimm")),
        Declared("papers[].documents *agendaItems[].documents", "none are none", lambda x: x or []),
    ),
    declared=(
        Declared("number year month mandants currentMandant allMandantsParam term count status", "no fields of ours"),
        Declared("meetings[].number", "no field of ours"),
        Declared(
            "agenda[]",
            "the result lists what is not public for a parser; ours leaves it out",
            lambda item: item if item["public"] else CUT,
        ),
        Declared("agenda consultations", "not on this page: ours are empty", lambda found: found or []),
        Declared("links", "an address on another host (YouTube) is no document of the council"),
        Declared("*documents[].code", "what the icon shows is read for the role alone; kind is compared with the role"),
        Declared("inlineText", "the paper's text in the page is not kept as text of the paper: its documents hold it"),
        Declared("members[].section members[].party", "of persons only names and memberships of committees are kept"),
        Declared(
            "organizations[].lastMeeting organizations[].lastKsinr organizations[].nextMeeting",
            "days of meetings, no fields of a committee",
        ),
        Declared("meetings[].url", "the page for people is not in the answer; ours is made of the number", pages=_SIX),
        Declared("*agendaItems[].level", "no field of ours", pages=_SIX),
        Declared("meetings[].released", "no field of a meeting; compared as the date of files", pages=_SIX),
        Declared("papers[].paperType", "the result infers it from the first document's name", pages=_SIX),
        Declared(
            "papers[].consultations[].date papers[].consultations[].agendaItemNumber",
            "the agenda's answer has no day: the meeting's own answer says it; the item is named by its id",
            pages=_SIX,
        ),
        Declared(
            "meetings[].documents meetings[].agendaItems meetings[].organization",
            "not answered yet: ours are empty until the answers are joined",
            lambda found: found or [],
            pages=_SIX,
        ),
    ),
)
