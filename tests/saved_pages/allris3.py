"""The saved pages of ALLRIS 3."""

from __future__ import annotations

from typing import Any

from council.model import AgendaItem, File, Meeting, Organization, Paper
from council.system import System
from crawlers.allris3.pages import read_page
from tests.saved_pages import allris_words
from tests.saved_pages.allris_words import number
from tests.saved_pages.comparing import Declared
from tests.saved_pages.factory import Result, SavedPages

ATTACHMENTS = (
    "attachments whose addresses (temporary folder) answer in one session only: named without an address; the "
    "collected document, where there is one, holds them"
)
_PARAMETERS = {"to010": "SILFDNR", "vo020": "VOLFDNR", "to020": "TOLFDNR", "pa021": "PALFDNR", "au020": "AULFDNR"}


def _guess(name: str) -> str:
    program, _, rest = name.rpartition("/")[2].partition(".")[0].partition("-")
    year, _, month = rest.partition("-")
    parameter = _PARAMETERS.get(program[:5])
    query = f"?{parameter}={rest}" if parameter else f"?MM={int(month)}&YY={year}" if month.isdecimal() else ""
    return f"https://{name.split('/')[-2]}.example/bi/{program}.asp{query}"


def _ours(result: Result) -> dict[str, Any]:
    ours: dict[str, Any] = {"page": result.page.page, "url": result.addresses[0]}
    kind = result.wanted["kind"]
    if kind == "calendar":
        asked = {address.rpartition("SILFDNR=")[2] for address in result.page.follow}
        meetings = [one for one in result.records if isinstance(one, Meeting)]
        return ours | {"kind": kind, "meetings": [_listed(one, asked) for one in meetings]}
    if kind == "organizations":
        found = [one for one in result.records if isinstance(one, Organization)]
        parts = [{"palfdnr": number(one.native_id.removeprefix("pa-")), "name": one.name} for one in found]
        return ours | {"kind": kind, "organizations": parts}
    if kind in {"start", "search"}:
        followed = {address.rpartition("/")[2] for address in result.page.follow}
        told = {key: value if value in followed else None for key, value in result.wanted.items() if key in _STARTS}
        return ours | told | {"kind": kind if not result.records else "records"}
    if kind == "paperList":
        return ours | {"kind": kind, "papers": [_listed_paper(one) for one in result.records if isinstance(one, Paper)]}
    (record,) = result.records
    if isinstance(record, Paper):
        attachments = [_attachment(one) for one in record.files if one.url is None]
        paper = _told(allris_words.paper(record)) | {
            "authorsShown": " ".join(one.name or "" for one in record.originator)
        }
        return ours | paper | {"kind": "paper", "attachments": attachments}
    meeting = _told(_meeting(record))
    if kind != "agendaItem":
        return ours | meeting | {"kind": "meeting"}
    item = _item(record.agenda[0])
    return (
        ours | item | {"kind": kind, "meeting": meeting, "paper": {key: item[key] for key in ("volfdnr", "reference")}}
    )


_STARTS = ("calendarProgram", "council", "committees", "papers", "search")


def _told(ours: dict[str, Any]) -> dict[str, Any]:
    """Without the address: what was asked is compared."""
    return {key: value for key, value in ours.items() if key != "url"}


def _listed(one: Meeting, asked: set[str]) -> dict[str, Any]:
    return {
        "date": f"{one.start:%Y-%m-%d}" if one.start else None,
        "start": f"{one.start:%H:%M}" if one.start else None,
        "end": f"{one.end:%H:%M}" if one.end else None,
        "name": one.name,
        "organization": one.organization[0].name if one.organization else None,
        "silfdnr": number(one.native_id),
        "agendaLinked": one.native_id in asked,
        "cancelled": one.cancelled,
        "location": one.location.description if one.location else None,
    }


def _listed_paper(one: Paper) -> dict[str, Any]:
    shown = allris_words.paper(one)
    return {key: shown[key] for key in ("volfdnr", "reference", "name", "date", "paperType")}


def _meeting(one: Meeting) -> dict[str, Any]:
    body = one.organization[0] if one.organization else None
    kind, _, native_id = (body.native_id or "").partition("-") if body else ("", "", "")
    return allris_words.meeting(one) | {
        "organizationId": f"{kind.upper()}LFDNR={native_id}" if body else None,
        "agenda": [allris_words.agenda_item(item) for item in one.agenda],
    }


def _item(one: AgendaItem) -> dict[str, Any]:
    """An item's own page: the decision with its vote, and what was said."""
    decision = " ".join((one.resolution_text or "").split())
    said = [{"anchor": "allrisWP", "first200": (file.text or "")[:200]} for file in one.files if file.text]
    said += [{"anchor": "allrisBS", "first200": decision.partition(" Abstimmungsergebnis: ")[0]}]
    said += [{"anchor": "allrisAE", "first200": decision.partition(" Abstimmungsergebnis: ")[2]}]
    return allris_words.agenda_item(one) | {
        "textBlocks": said,
        "vote": {"text": decision.partition(" Abstimmungsergebnis: ")[2]},
    }


def _attachment(file: File) -> dict[str, Any]:
    return {
        "nr": number(file.native_id.rpartition("-")[2]),
        "name": file.name,
        "date": file.date.isoformat() if file.date else None,
        "url": file.file_name,
        "status": "öffentlich",
    }


def _theirs(wanted: dict[str, Any], asked: str) -> dict[str, Any]:
    """A number that is in the request only; the address whole."""
    theirs = allris_words.whole(wanted, asked) | {"url": asked}
    if "requestVolfdnr" in wanted:
        theirs["volfdnr"] = theirs.pop("requestVolfdnr")
    return theirs


PAGES = SavedPages(
    system=System.ALLRIS3,
    folders=("allris3",),
    suffixes=frozenset({".html"}),
    read=read_page,
    guess=_guess,
    ours=_ours,
    theirs=_theirs,
    addresses={
        "allris3/regensburg/rgb-si010.html": "https://ratsinfo.regensburg.example/bi/si010.asp?MM=9&YY=2026",
        "allris3/regensburg/rgb-to010.html": "https://ratsinfo.regensburg.example/bi/to010.asp?SILFDNR=2667",
        "allris3/regensburg/rgb-vo020.html": "https://ratsinfo.regensburg.example/bi/vo020.asp?VOLFDNR=22820",
    },
    page_type=lambda name: name.rpartition("/")[2].removeprefix("rgb-").removesuffix(".html").partition("-")[0],
    gaps={"allris3/hildesheim/vo020-8000.html": (ATTACHMENTS,)},
    without_records={
        "allris3/mering/yw040_r.html": "a search form",
        "allris3/westerstede/allris.net.html": "the start page",
    },
    never=("Nachname, Vorname", "Müller, Michelle", "König, Michelle", "Opitz", "Thomas Könnecker", "___tmp"),
    never_followed=("kp0", "si019", "yw0", "sid=", "topSelected", "history"),
    notation=(
        Declared(
            "meetings[].start",
            "a meeting without a time (called off) begins at its day's midnight: a start is a moment",
            lambda start: start or "00:00",
        ),
        Declared(
            "attachments[].url attachments[].date",
            "the file's own name, and the day",
            lambda said: said.rpartition("/")[2].partition("T")[0],
        ),
        Declared("documents[].tooltip agenda[].documents[].tooltip", "the name is compared"),
        Declared("textBlocks[].title", "the anchor is compared", pages="*/to020*"),
    ),
    declared=(
        Declared(
            "start",
            "a day without a time is its midnight: a meeting's start is a moment",
            lambda start: start if "T" in start else f"{start}T00:00",
        ),
        allris_words.NOT_PUBLIC,
        allris_words.NO_FIELDS,
        allris_words.PEOPLE,
        Declared("authorsLabel", "what employees are called is not kept"),
        allris_words.STEPS,
        Declared("title", "the page's heading is committee and day, both of which are compared"),
        Declared(
            "agenda[].note agenda[].addendum", "no fields of ours: a bracket behind a name; that an item came later"
        ),
        Declared("agenda[].linkedMeeting", "another meeting's minutes are approved: no field of ours"),
        Declared("meeting.status meeting.occasion", "no fields of ours; the status decides on publicity"),
        Declared(
            "paper.name paper.paperType paper.status paper.responsibleOffice paper.authors paper.clerk",
            "an item names its paper by id and number; the paper's own page says the rest",
        ),
        Declared("attachments[].sizeText", "rounded: a size is kept in bytes only"),
        Declared(
            "textBlocks", "of papers with a main document its own text is kept by that document", pages="*/vo020*"
        ),
        Declared("vote.unanimous vote.yes vote.no vote.abstentions", "in words, in the decision's text"),
        Declared("month monthTakenFrom", "the meetings' days are compared"),
        Declared("calendarProgram", "a calendar is asked for by its system's own rule", pages="*/pa000*"),
        Declared("search", "is not followed", lambda _: None),
    ),
)
