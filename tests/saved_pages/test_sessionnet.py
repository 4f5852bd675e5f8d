"""Every saved SessionNet page is read or refused as it should be; where a hand-written result lies beside it, field by
field the same.

The pages are the councils' and lie beside the repository, never in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from council.model import AgendaItem, File, FileRole, Meeting, Organization, Paper, Person
from crawlers.page import Page
from crawlers.reading import PageChanged
from crawlers.sessionnet.pages import read_page
from crawlers.sessionnet.payload import joined

SHARED = Path(__file__).resolve().parents[3] / "shared"
PAGES = SHARED / "pages"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not (PAGES / "sessionnet").is_dir(),
        reason="the real pages are not laid beside the repository (../shared/pages)",
    ),
]

REFUSED: dict[str, tuple[type[PageChanged], str]] = {
    "sessionnet6/sangerhausen/shell.html": (
        PageChanged,
        "the empty frame that SessionNet 6 answers to any unknown path",
    ),
}

HOSTS = {
    "eschweiler": "https://rat.eschweiler.de/bi/{}.php?{}",
    "gerolstein": "https://sessionnet.owl-it.de/gerolstein/bi/{}.asp?{}",
    "halle": "https://buergerinfo.halle.de/{}.asp?{}",
    "kaiserslautern": "https://ris.kaiserslautern.de/buergerinfo/{}.asp?{}",
    "speyer": "https://buergerinfo.speyer.de/{}.php?{}",
    "sulzberg": "https://buergerinfo-sulzberg.digitalfabrix.de/{}.asp?{}",
}
QUERIES = {
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
API = "https://buergerinfo.sangerhausen.de/api/v1/"

DECLARED: dict[str, str] = {
    "number (of a meeting), municipality, year, month, mandants, currentMandant, term, count": "no fields of ours",
    "public: false items": "the result lists them for a parser; ours leaves them out",
    "vote": "compared in the last line of our resolution_text, where it stands as 'Abstimmung: …'",
    "removedFromAgenda": "no field of ours: stays the first word of the item's name, and is compared there",
    "links": "an address on another host (YouTube) is no document of the council",
    "code": "what the icon shows is read for the role alone; kind is compared with the role",
    "inlineText": "the paper's text in the page is not kept as text of the paper: its documents hold the same",
    "kind other": "our roles know no other: attachment",
    "section, party": "of persons only names and memberships of committees are kept",
    "lastMeeting, lastKsinr, nextMeeting": "days of meetings, no fields of a committee",
    "SessionNet 6 level, released, kind": "no fields of ours; the day of release is compared as the file's date",
    "SessionNet 6 paperType": "the result infers it from the first document's name",
    "SessionNet 6 organization.name": "the agenda's answer has the number alone",
    "SessionNet 6 consultation date": "the agenda's answer has no day: the meeting's own answer says it",
    "SessionNet 6 documents null": "not answered yet: ours are empty until the documents' answer is joined",
}
"""Where our result is meant to differ from the one that lies beside a page."""

ROLES = {
    "invitation": FileRole.INVITATION,
    "agenda": FileRole.INVITATION,
    "announcement": FileRole.INVITATION,
    "minutes": FileRole.MINUTES,
    "paper": FileRole.MAIN,
    "attachment": FileRole.ATTACHMENT,
    "supplement": FileRole.ATTACHMENT,
    "other": FileRole.ATTACHMENT,
}
KNOWN_DIFFERENCES: dict[tuple[str, str], str] = {}
"""Single fields in which we differ on purpose: (page, field) → reason."""

COMPARED = {"fields": 0}


def _saved() -> list[Path]:
    folders = [PAGES / "sessionnet", PAGES / "sessionnet6"]
    paths = (path for folder in folders if folder.is_dir() for path in folder.glob("*/*.*"))
    return sorted(path for path in paths if not path.name.endswith(".expected.json"))


def _name(path: Path) -> str:
    return path.relative_to(PAGES).as_posix()


def _url(path: Path) -> str:
    """Where the page came from, as far as its name tells."""
    name = path.name.partition(".")[0]
    if path.parent.parent.name == "sessionnet6":
        number, _, rest = name.removeprefix("sitzung-").partition("-")
        documents = "/dokumente" if rest == "dokumente" else ""
        return f"{API}sitzungen/{number}/tagesordnung{documents}" if rest else f"{API}{name}"
    town = path.parent.name
    return HOSTS[town].format(name.partition("-")[0], QUERIES.get(f"{town}/{name}", ""))


def _read(path: Path) -> Page:
    return read_page(path.read_bytes(), _url(path))


@pytest.mark.parametrize("path", _saved(), ids=_name)
def test_every_saved_page(path: Path) -> None:
    if _name(path) in REFUSED:
        with pytest.raises(REFUSED[_name(path)][0]):
            _read(path)
        return
    page = _read(path)
    last = path.name.partition(".")[0].rpartition("-")[2]
    assert page.page == (last if path.parent.parent.name == "sessionnet6" else path.name[:6])
    assert page.not_understood == ()
    assert page.records or path.parent.name == "gerolstein"
    shown = json.dumps(page.as_json())
    assert "youtube" not in shown
    assert "to0045" not in shown
    assert "pe0051" not in shown
    assert "smcspf" not in shown


def _expected(folder: str) -> list[Path]:
    return sorted((PAGES / folder).glob("*/*.expected.json")) if (PAGES / folder).is_dir() else []


@pytest.mark.parametrize("path", _expected("sessionnet"), ids=_name)
def test_field_by_field(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = json.loads(path.read_text(encoding="utf-8"))
    page = _read(path.with_name(path.name.replace(".expected.json", ".html")))
    before = COMPARED["fields"]
    differences = list(_differences("", _ours(page, wanted), _theirs(wanted)))
    with capsys.disabled():
        print(f" [{COMPARED['fields'] - before} fields]", end="")
    left = [one for one in differences if (_name(path), one[0]) not in KNOWN_DIFFERENCES]
    assert left == []
    assert COMPARED["fields"] > before


def _differences(where: str, ours: Any, theirs: Any) -> Iterator[tuple[str, Any, Any]]:
    """Every field in which the two differ."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key in theirs.keys() | ours.keys():
            yield from _differences(f"{where}.{key}", ours.get(key, "not read"), theirs.get(key, "not expected"))
    elif isinstance(theirs, list) and isinstance(ours, list) and len(ours) == len(theirs):
        for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _differences(f"{where}[{place}]", one, other)
    else:
        COMPARED["fields"] += 1
        if ours != theirs:
            yield where, ours, theirs


def _theirs(wanted: dict[str, Any]) -> dict[str, Any]:
    """A result in the words of the comparison, without what is declared above."""
    match wanted["page"]:
        case "si0040":
            return {"page": "si0040", "meetings": [_their_listed(one) for one in wanted["meetings"]]}
        case "si0050" | "si0057":
            keys: tuple[str, ...] = ("ksinr", "name", "organization", "start", "end", "location", "cancelled")
            items = [one for one in wanted["agenda"] or () if one["public"]]
            return {key: wanted[key] for key in keys} | {
                "page": wanted["page"],
                "documents": [_their_file(one) for one in wanted["documents"]],
                "agenda": [_their_item(one) for one in items],
            }
        case "vo0050":
            keys = ("kvonr", "name", "reference", "paperType", "date")
            return {key: wanted[key] for key in keys} | {
                "page": "vo0050",
                "documents": [_their_file(one) for one in wanted["documents"]],
                "consultations": wanted["consultations"] or [],
                "office": wanted["responsibleOffice"],
            }
        case "gr0040":
            found = [{"name": one["name"], "kgrnr": one["kgrnr"]} for one in wanted["organizations"]]
            return {"page": "gr0040", "organizations": found}
        case _:
            found = [{key: one[key] for key in ("name", "kpenr", "role")}
                     | {"votes": one["function"] == "stimmberechtigtes Mitglied" or None}
                     for one in wanted["members"]]  # fmt: skip
            return {
                "page": "kp0040",
                "kgrnr": wanted["kgrnr"],
                "organization": wanted["organization"],
                "members": found,
            }


def _their_listed(one: dict[str, Any]) -> dict[str, Any]:
    keys = ("date", "start", "end", "name", "organization", "ksinr", "cancelled", "location")
    return {key: one[key] for key in keys} | {"documents": [_their_file(file) for file in one["documents"]]}


def _their_file(one: dict[str, Any]) -> dict[str, Any]:
    return {"id": one["id"], "name": one["name"], "role": ROLES[one["kind"]].value}


def _their_item(one: dict[str, Any]) -> dict[str, Any]:
    keys = ("number", "name", "kvonr", "reference", "result", "vote")
    return {key: one[key] for key in keys} | {"documents": [_their_file(file) for file in one["documents"]]}


def _ours(page: Page, wanted: dict[str, Any]) -> dict[str, Any]:
    """Our page in the words of the comparison."""
    records = page.records
    match wanted["page"]:
        case "si0040":
            meetings = [_our_listed(one) for one in records if isinstance(one, Meeting)]
            return {"page": page.page, "meetings": meetings}
        case "si0050" | "si0057":
            (meeting,) = (one for one in records if isinstance(one, Meeting))
            return _our_meeting(meeting) | {"page": page.page}
        case "vo0050":
            (paper,) = (one for one in records if isinstance(one, Paper))
            return _our_paper(paper) | {"page": page.page}
        case "gr0040":
            found = [one for one in records if isinstance(one, Organization)]
            organizations = [{"name": one.name, "kgrnr": int(one.native_id)} for one in found]
            return {"page": page.page, "organizations": organizations}
        case _:
            (committee,) = (one for one in records if isinstance(one, Organization))
            people = [_our_person(one) for one in records if isinstance(one, Person)]
            return {"page": page.page, "kgrnr": int(committee.native_id), "organization": committee.name,
                    "members": people}  # fmt: skip


def _our_person(one: Person) -> dict[str, Any]:
    (membership,) = one.memberships
    number = int(one.native_id) if one.native_id.isdecimal() else None
    return {"name": one.name, "kpenr": number, "role": membership.role, "votes": membership.voting_right}


def _our_listed(one: Meeting) -> dict[str, Any]:
    assert one.start
    return {
        "date": one.start.date().isoformat(),
        "start": f"{one.start:%H:%M}",
        "end": f"{one.end:%H:%M}" if one.end else None,
        "name": one.name,
        "organization": one.organization[0].name,
        "ksinr": int(one.native_id) if one.native_id.isdecimal() else None,
        "cancelled": one.cancelled,
        "location": one.location.description if one.location else None,
        "documents": [_our_file(file) for file in one.files],
    }


def _our_file(file: File) -> dict[str, Any]:
    assert file.url
    assert f"id={file.native_id}&type=do" in file.url
    return {"id": int(file.native_id), "name": file.name, "role": file.role.value}


def _our_item(item: AgendaItem) -> dict[str, Any]:
    return {
        "number": item.number,
        "name": item.name,
        "kvonr": int(item.paper) if item.paper else None,
        "reference": item.reference,
        "result": item.result,
        "vote": (item.resolution_text or "").partition("Abstimmung: ")[2] or None,
        "documents": [_our_file(file) for file in item.files],
    }


def _our_meeting(meeting: Meeting) -> dict[str, Any]:
    assert meeting.start
    return {
        "ksinr": int(meeting.native_id),
        "name": meeting.name,
        "organization": meeting.organization[0].name,
        "start": f"{meeting.start:%Y-%m-%dT%H:%M}",
        "end": f"{meeting.end:%Y-%m-%dT%H:%M}" if meeting.end else None,
        "location": meeting.location.description if meeting.location else None,
        "cancelled": meeting.cancelled,
        "documents": [_our_file(file) for file in meeting.files],
        "agenda": [_our_item(item) for item in meeting.agenda],
    }


def _our_paper(paper: Paper) -> dict[str, Any]:
    return {
        "kvonr": int(paper.native_id),
        "name": paper.name,
        "reference": paper.reference,
        "paperType": paper.paper_type,
        "date": paper.date.isoformat() if paper.date else None,
        "office": paper.under_direction_of[0].name if paper.under_direction_of else None,
        "documents": [_our_file(file) for file in paper.files],
        "consultations": list(paper.consultations),
    }


def test_halle_leaves_the_non_public_part_out() -> None:
    """The excerpt of Halle has papers and documents below its non-public heading."""
    page = _read(PAGES / "sessionnet/halle/to0040.html")
    (meeting,) = (one for one in page.records if isinstance(one, Meeting))
    assert [item.number for item in meeting.agenda] == ["1", "3.1", "4.1", "5.1"]
    assert meeting.agenda[1].name == "Fragestellerin 1 zur Schulplatzzuweisung und zum Kindeswohl"
    assert [item.result for item in meeting.agenda] == [None, None, "einstimmig zugestimmt", "einstimmig zugestimmt"]
    assert [file.native_id for item in meeting.agenda for file in item.files] == ["340369", "340371"]
    assert meeting.files == ()
    assert meeting.withheld == ("245811", "245812", "32200/21804")
    assert meeting.withheld_papers == ("32200",)
    assert meeting.start
    assert meeting.start.isoformat() == "2026-09-01T17:00:00+02:00"
    assert "Vergabe" not in json.dumps(page.as_json())


@pytest.mark.parametrize("path", _expected("sessionnet6"), ids=_name)
def test_sessionnet_6_field_by_field(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = json.loads(path.read_text(encoding="utf-8"))
    folder, before = path.parent, COMPARED["fields"]
    listed = {one.native_id: one for one in _read(folder / "sitzungen.json").records if isinstance(one, Meeting)}
    names = {one.native_id: one.name for one in _read(folder / "gremien.json").records if isinstance(one, Organization)}
    if path.name.startswith("sitzungen"):
        ours, papers = list(listed.values()), list[Paper]()
    else:
        meeting, papers = _joined(path)
        shown = listed[meeting.native_id]
        ours = [meeting.model_copy(update={"name": shown.name, "start": shown.start, "end": shown.end,
                                           "location": shown.location})]  # fmt: skip
    differences = list(_differences("meetings", [_our6(one, names) for one in ours],
                                    [_their6(one) for one in wanted["meetings"]]))  # fmt: skip
    differences += _differences("papers", [_our_paper6(one, names) for one in papers],
                                [_their_paper6(one) for one in wanted.get("papers", [])])  # fmt: skip
    with capsys.disabled():
        print(f" [{COMPARED['fields'] - before} fields]", end="")
    assert differences == []


def _joined(path: Path) -> tuple[Meeting, list[Paper]]:
    start = path.name.removesuffix(".expected.json")
    read = _read(path.with_name(f"{start}-tagesordnung.json")).records
    (meeting,) = (one for one in read if isinstance(one, Meeting))
    papers = [one for one in read if isinstance(one, Paper)]
    documents = path.with_name(f"{start}-dokumente.json")
    if not documents.is_file():
        return meeting, papers
    (held,) = (one for one in _read(documents).records if isinstance(one, Meeting))
    return joined(meeting, papers, held)


def _our6(one: Meeting, names: dict[str, str | None]) -> dict[str, Any]:
    return {
        "nativeId": one.native_id,
        "name": one.name,
        "organization": [{"nativeId": ref.native_id, "name": names[ref.native_id or ""]} for ref in one.organization],
        "start": one.start.isoformat() if one.start else None,
        "end": one.end.isoformat() if one.end else None,
        "location": one.location.description if one.location else None,
        "cancelled": one.cancelled,
        "items": [{"nativeId": item.native_id, "number": item.number, "name": item.name, "result": item.result,
                   "paper": item.paper, "documents": [_our_file6(file) for file in item.files]}
                  for item in one.agenda],
    }  # fmt: skip


def _our_file6(file: File) -> dict[str, Any]:
    path = (file.url or "").removeprefix("https://buergerinfo.sangerhausen.de")
    return {"nativeId": file.native_id, "name": file.name, "url": path, "released": str(file.date)}


def _their_file6(one: dict[str, Any]) -> dict[str, Any]:
    return {key: one[key] for key in ("nativeId", "name", "url", "released")}


def _their6(one: dict[str, Any]) -> dict[str, Any]:
    items = [{"nativeId": item["nativeId"], "number": item["number"], "name": item["name"], "result": item["result"],
              "paper": item["paper"]["nativeId"] if item["paper"] else None,
              "documents": [_their_file6(file) for file in item["documents"] or ()]}
             for item in one["agendaItems"] or ()]  # fmt: skip
    keys = ("nativeId", "name", "start", "end", "cancelled")
    return {key: one[key] for key in keys} | {
        "organization": one["organization"] or [],
        "location": one["location"]["description"],
        "items": items,
    }


def _our_paper6(one: Paper, names: dict[str, str | None]) -> dict[str, Any]:
    stations = [{"meeting": step.meeting, "result": step.result,
                 "organization": [{"nativeId": ref.native_id, "name": names[ref.native_id or ""]}
                                  for ref in step.organization]}
                for step in one.consultations]  # fmt: skip
    return {"nativeId": one.native_id, "name": one.name, "reference": one.reference, "consultations": stations,
            "documents": [_our_file6(file) for file in one.files]}  # fmt: skip


def _their_paper6(one: dict[str, Any]) -> dict[str, Any]:
    stations = [{key: step[key] for key in ("meeting", "result", "organization")} for step in one["consultations"]]
    return {key: one[key] for key in ("nativeId", "name", "reference")} | {
        "consultations": stations,
        "documents": [_their_file6(file) for file in one["documents"] or ()],
    }
