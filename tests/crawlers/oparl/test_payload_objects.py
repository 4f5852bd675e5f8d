"""Papers, meetings, organizations, persons and their files, field by field."""

from __future__ import annotations

import json
from typing import Any

import pytest

from council.model import File, FileRole, Location, Meeting, Organization, OrganizationRef, Paper, Person
from crawlers.oparl.pages import OParlAnswer, read_answer

HOST = "https://rat.example.test/oparl"


def read(raw: object) -> OParlAnswer:
    return read_answer(json.dumps(raw).encode(), f"{HOST}/list")


def file(number: int, **fields: object) -> dict[str, Any]:
    return {"id": f"{HOST}/files/{number}", "type": "File", "accessUrl": f"{HOST}/{number}.pdf", **fields}


def paper(**fields: object) -> Paper:
    (record,) = read({"id": f"{HOST}/papers/1", "type": "Paper", **fields}).records
    assert isinstance(record, Paper)
    return record


def meeting(**fields: object) -> Meeting:
    (record,) = read({"id": f"{HOST}/meetings/1", "type": "Meeting", **fields}).records
    assert isinstance(record, Meeting)
    return record


def roles(files: tuple[File, ...]) -> list[tuple[str, str]]:
    return [(file.native_id, file.role.value) for file in files]


def test_a_paper() -> None:
    record = paper(
        web="https://rat.example.test/vo020?VOLFDNR=1",
        name="Schwimmbad",
        reference="12/2026",
        paperType="Antrag",
        date="2026-09-01",
        originatorOrganization=[f"{HOST}/organizations/gr/1", ""],
        underDirectionOf=f"{HOST}/organizations/at/51",
        superordinatedPaper=f"{HOST}/papers/2",
        subordinatedPaper=[f"{HOST}/papers/3", {"id": f"{HOST}/papers/4"}, None],
        relatedPaper=[],
        **{"Vendor:secret": "x", "keyword": ["bad"]},
    )
    assert record.native_id == "papers/1"
    assert record.source_id == f"{HOST}/papers/1"
    assert record.source_url == "https://rat.example.test/vo020?VOLFDNR=1"
    assert record.originator == (OrganizationRef(native_id="organizations/gr/1"),)
    assert record.under_direction_of == (OrganizationRef(native_id="organizations/at/51"),)
    assert record.superordinated == ("papers/2",)
    assert record.subordinated == ("papers/3", "papers/4")
    assert record.related == ()


def test_consultations_in_their_order_and_the_same_id_twice() -> None:
    """Somacos uses an id again for a postponed consultation."""
    shared = {"id": f"{HOST}/consultations/9", "role": "Vorberatung", "organization": [f"{HOST}/organizations/gr/1"]}
    record = paper(
        consultation=[
            shared | {"meeting": f"{HOST}/meetings/2", "agendaItem": f"{HOST}/agendaitems/3", "authoritative": "0"},
            shared | {"meeting": f"{HOST}/meetings/1", "agendaItem": None, "authoritative": 1},
            {"id": f"{HOST}/consultations/10", "deleted": True},
        ]
    )
    assert [(step.native_id, step.meeting, step.agenda_item, step.authoritative) for step in record.consultations] == [
        ("consultations/9", "meetings/2", "agendaitems/3", False),
        ("consultations/9", "meetings/1", None, True),
    ]
    assert record.consultations[0].organization == (OrganizationRef(native_id="organizations/gr/1"),)


def test_one_object_where_a_list_belongs() -> None:
    record = paper(
        auxiliaryFile=file(1), consultation={"id": f"{HOST}/consultations/1", "organization": f"{HOST}/organizations/2"}
    )
    assert roles(record.files) == [("files/1", "attachment")]
    assert record.consultations[0].organization == (OrganizationRef(native_id="organizations/2"),)
    numbered = paper(auxiliaryFile={"0": file(1), "2": file(2)}, mainFile=[file(3)])
    assert roles(numbered.files) == [("files/3", "main"), ("files/1", "attachment"), ("files/2", "attachment")]


def test_embedded_organizations_bring_their_name() -> None:
    record = meeting(organization=[{"id": f"{HOST}/organizations/gr/1", "name": "Rat &amp; Ausschuss"}])
    assert record.organization == (OrganizationRef(native_id="organizations/gr/1", name="Rat & Ausschuss"),)


def test_the_roles_of_files() -> None:
    record = meeting(
        invitation=file(1),
        resultsProtocol=file(2),
        verbatimProtocol=[file(3)],
        auxiliaryFile=[file(4)],
        agendaItem=[{"id": f"{HOST}/agendaitems/1", "resolutionFile": file(5), "auxiliaryFile": file(6)}],
    )
    assert [role for _, role in roles(record.files)] == ["invitation", "minutes", "verbatim_minutes", "attachment"]
    assert [role for _, role in roles(record.agenda[0].files)] == ["resolution", "attachment"]


def test_the_same_file_twice_is_kept_once_in_the_better_role() -> None:
    assert roles(paper(auxiliaryFile=[file(1), file(2), file(2)], mainFile=file(1)).files) == [
        ("files/1", "main"),
        ("files/2", "attachment"),
    ]
    record = meeting(
        auxiliaryFile=[file(1), file(2)],
        agendaItem=[{"id": f"{HOST}/agendaitems/1", "resolutionFile": file(1), "auxiliaryFile": [file(2)]}],
    )
    assert roles(record.files) == [("files/2", "attachment")]
    assert roles(record.agenda[0].files) == [("files/1", "resolution")]


def test_a_files_fields() -> None:
    (read_file,) = paper(
        mainFile=file(
            1,
            name="Anlage\r\n1",
            fileName="a.pdf",
            date="2026-09-01T08:00:00+02:00",
            text=" Volltext\n",
            fileLicense="CC-BY",
        )
    ).files
    assert (read_file.name, read_file.file_name, str(read_file.date)) == ("Anlage 1", "a.pdf", "2026-09-01")
    assert (read_file.text, read_file.license) == ("Volltext", "CC-BY")


def test_blank_text_is_no_text() -> None:
    assert paper(mainFile=file(1, text=" \n")).files[0].text is None


def test_a_file_without_any_address_is_kept() -> None:
    (kept,) = paper(mainFile={"id": f"{HOST}/files/1", "accessUrl": "", "downloadUrl": None}).files
    assert kept.url is None


def test_a_deleted_file_is_left_out() -> None:
    assert paper(mainFile=file(1, deleted=True), auxiliaryFile=[file(2, deleted="true")]).files == ()


@pytest.mark.parametrize("key", ["mainFile", "auxiliaryFile"])
def test_a_file_as_a_bare_address_is_noted_and_followed(key: str) -> None:
    answer = read({"id": f"{HOST}/papers/1", "type": "Paper", key: f"{HOST}/files/1"})
    assert answer.follow == (f"{HOST}/files/1",)
    assert [gap.where for gap in answer.warnings] == [f"{HOST}/papers/1 {key}"]


def test_a_file_without_an_id_is_noted() -> None:
    answer = read({"id": f"{HOST}/papers/1", "type": "Paper", "mainFile": {"name": "x", "accessUrl": f"{HOST}/1.pdf"}})
    assert len(answer.warnings) == 1


@pytest.mark.parametrize(
    ("names", "main"),
    [
        (["Anlage 1", "Beschlussvorlage"], 1),
        (["Stellungnahme Antrag", "Antrag"], 1),
        (["TOP 4, Antrag", "TOP 4, Stellungnahme"], 0),
        (["Vorlage_ö", "Protokoll TOP 2"], 0),
        (["Änderungs-/Ergänzungsantrag"], 0),
        (["Vorlage", "Vorlage Anlage 2"], 0),
        (["Beschlussvorlage Schwimmbad", "Karte"], 0),
        (["Antrag", "Anfrage"], None),
        (["Antrag A", "Antrag B"], None),
        (["Antragsteller", "Vorlagenliste"], None),
        (["Karte"], None),
    ],
)
def test_somacos_main_file_by_its_name(names: list[str], main: int | None) -> None:
    record = paper(auxiliaryFile=[file(place, name=name) for place, name in enumerate(names)])
    found = [place for place, kept in enumerate(record.files) if kept.role is FileRole.MAIN]
    assert found == ([] if main is None else [main])


def test_a_main_file_of_the_source_stays_the_only_one() -> None:
    assert [role for _, role in roles(paper(mainFile=file(1), auxiliaryFile=[file(2, name="Antrag")]).files)] == [
        "main",
        "attachment",
    ]


def test_a_meeting_s_place() -> None:
    place = {"id": f"{HOST}/locations/1", "description": "Rathaus,\r\nSaal", "room": "", "postalCode": 12345}
    assert meeting(location=place).location == Location(description="Rathaus, Saal", postal_code="12345")
    assert meeting(location=[place]).location is not None
    assert meeting(location={"id": f"{HOST}/locations/1"}).location is None
    assert meeting(location={}).location is None


def test_agenda_items() -> None:
    record = meeting(
        agendaItem=[
            {
                "id": f"{HOST}/agendaitems/1",
                "number": 7,
                "order": "3",
                "name": "Haushalt",
                "public": True,
                "consultation": {"id": f"{HOST}/consultations/5", "paper": f"{HOST}/papers/8"},
                "result": "einstimmig",
            }
        ]
    )
    (item,) = record.agenda
    assert (item.number, item.order, item.name, item.public, item.result) == ("7", 3, "Haushalt", True, "einstimmig")
    assert (item.consultation, item.paper) == ("consultations/5", "papers/8")


def items(*orders: int | None) -> list[dict[str, object]]:
    return [{"id": f"{HOST}/agendaitems/{place}", "order": order} for place, order in enumerate(orders)]


@pytest.mark.parametrize(
    ("orders", "places"),
    [
        ((3, 1, 2), "120"),
        ((100003, 100001, 100002), "120"),
        ((3, None, 2), "012"),
        ((2, 1, 1), "012"),
        ((None, None), "01"),
    ],
)
def test_the_order_of_the_agenda(orders: tuple[int | None, ...], places: str) -> None:
    record = meeting(agendaItem=items(*orders))
    assert "".join(item.native_id.rpartition("/")[2] for item in record.agenda) == places


def test_an_organization() -> None:
    (record,) = read(
        {
            "id": f"{HOST}/organizations/gr/1",
            "type": "Organization",
            "name": "Fraktion",
            "shortName": "",
            "organizationType": "Gremium",
            "classification": "Fraktion",
            "startDate": "2024-07-01",
            "endDate": "9999-12-31",
            "membership": [f"{HOST}/memberships/1"],
            "location": {"streetAddress": "Privatweg 1"},
        }
    ).records
    assert isinstance(record, Organization)
    assert (record.name, record.short_name, record.organization_type, record.classification) == (
        "Fraktion",
        None,
        "Gremium",
        "Fraktion",
    )
    assert str(record.start_date) == "2024-07-01"
    assert record.end_date is None


PERSON = {
    "id": f"{HOST}/people/29",
    "type": "Person",
    "name": "Dr. Erika Beispiel",
    "familyName": "Beispiel",
    "givenName": "Erika",
    "formOfAddress": "Frau GEHEIM",
    "title": ["Dr. GEHEIM, Privatweg 1"],
    "affix": "GEHEIM",
    "gender": "GEHEIM",
    "phone": ["GEHEIM 0123"],
    "email": ["GEHEIM@example.test"],
    "status": ["GEHEIM"],
    "life": "GEHEIM",
    "lifeSource": "GEHEIM",
    "location": {"streetAddress": "GEHEIM 1"},
    "locationObject": {"streetAddress": "GEHEIM 1"},
    "image": {"id": f"{HOST}/files/GEHEIM", "accessUrl": f"{HOST}/GEHEIM.jpg"},
    "keyword": ["GEHEIM"],
    "membership": [
        {
            "id": f"{HOST}/memberships/1",
            "organization": f"{HOST}/organizations/gr/5",
            "role": "Vorsitzende",
            "votingRight": "true",
            "startDate": "2013-12-03",
            "endDate": "",
            "onBehalfOf": f"{HOST}/GEHEIM",
            "phone": "GEHEIM",
        },
        {"id": f"{HOST}/memberships/2", "organization": f"{HOST}/organizations/gr/6", "deleted": True},
    ],
}


def test_of_a_person_only_name_and_memberships() -> None:
    answer = read(PERSON)
    (record,) = answer.records
    assert isinstance(record, Person)
    assert record.name == "Dr. Erika Beispiel"
    (membership,) = record.memberships
    assert membership.organization == OrganizationRef(native_id="organizations/gr/5")
    assert (membership.role, membership.voting_right, membership.end_date) == ("Vorsitzende", True, None)
    assert "GEHEIM" not in repr(answer)
    assert answer.follow == ()
    assert answer.warnings == ()


def test_a_person_s_strange_values_do_not_come_in_through_the_notes() -> None:
    answer = read(
        [PERSON | {"name": {"phone": "GEHEIM"}, "membership": [{"email": "GEHEIM"}, {"organization": ["GEHEIM", 1]}]}]
    )
    assert answer.warnings
    assert "GEHEIM" not in repr(answer.warnings)


def test_a_person_without_name_but_with_its_parts() -> None:
    (record,) = read({key: value for key, value in PERSON.items() if key != "name"}).records
    assert isinstance(record, Person)
    assert record.name == "Erika Beispiel"


def test_a_membership_as_one_object_and_one_without_organization() -> None:
    (record,) = read(PERSON | {"membership": {"organization": f"{HOST}/organizations/1"}}).records
    assert isinstance(record, Person)
    assert len(record.memberships) == 1
    answer = read(PERSON | {"membership": [{"id": f"{HOST}/memberships/1"}]})
    assert len(answer.warnings) == 1
