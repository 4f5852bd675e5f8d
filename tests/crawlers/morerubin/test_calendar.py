"""Calendars, bodies and committees: each meeting once, where its agenda is asked for, and what is no meeting."""

from __future__ import annotations

import json
from typing import Any

import pytest

from council.model import Person
from crawlers.morerubin.pages import read_page
from crawlers.parsing.errors import UnexpectedResponse
from tests.crawlers.morerubin.invented import (
    CALENDAR,
    HOST,
    component_page,
    entry,
    meetings_of,
    organizations_of,
    read,
)

ASKED = f"{HOST}/api.php?id=meetings&action=get&meeting_id="
MOBILE = "https://ris.kleinstadt.example.test/rat/webservice-mobile/webservice.php?id=calendar&action=get"


def calendar(*entries: Any, **fields: Any) -> dict[str, Any]:
    """An answer of the calendar."""
    return {"first_day": "2031-03-01", "last_day": "2031-05-31", "meetings": list(entries), "holidays": [], **fields}


def test_a_calendar() -> None:
    page = read(
        calendar(entry(), entry(nummer="2031-HA-2", datum="2031-04-01", gremium_1="HA", gremium_2="SR")), CALENDAR
    )
    first, second = meetings_of(page)
    assert (page.page, page.warnings) == ("calendar", ())
    assert (first.native_id, str(first.start)) == ("2031-SR-7", "2031-03-20 18:30:00+01:00")
    assert str(second.start) == "2031-04-01 18:30:00+02:00"
    assert [ref.native_id for ref in second.organization] == ["HA", "SR"]
    assert page.follow == (
        f"{ASKED}2031-SR-7&with_agenda_item_documents=1",
        f"{ASKED}2031-HA-2&with_agenda_item_documents=1",
    )


def test_an_empty_calendar_is_one() -> None:
    assert read(calendar(), CALENDAR).records == ()
    assert read(calendar() | {"meetings": {}}, CALENDAR).records == ()


def test_entries_by_their_days() -> None:
    by_day = {"2031-03-20": [entry()], "2031-03-21": [entry(nummer="2031-HA-2", datum="2031-03-21")]}
    assert len(meetings_of(read(calendar() | {"meetings": by_day}, CALENDAR))) == 2


@pytest.mark.parametrize("order", [1, -1])
def test_twins_are_one_meeting_asked_for_by_the_one_with_the_minutes(order: int) -> None:
    twin = entry(nummer="ni_2031-SR-7", nummer_si="2031-SR-7", ende="20:00:00")
    page = read(calendar(*[entry(), twin][::order]), CALENDAR)
    (found,) = meetings_of(page)
    assert found.native_id == "2031-SR-7"
    assert found.end is not None
    assert page.follow == (f"{ASKED}ni_2031-SR-7&with_agenda_item_documents=1",)


def test_two_meetings_of_one_committee_are_two() -> None:
    page = read(calendar(entry(), entry(nummer="2031-SR-8", datum="2031-03-22")), CALENDAR)
    assert len(meetings_of(page)) == 2


@pytest.mark.parametrize(
    "fields", [{"is_draft": True}, {"is_draft": "1"}, {"fraktionssitzung": "1"}, {"fraktionssitzung": 1}]
)
def test_drafts_and_factions_are_neither_kept_nor_asked_for(fields: dict[str, Any]) -> None:
    page = read(calendar(entry(**fields)), CALENDAR)
    assert (page.records, page.follow, page.warnings) == ((), (), ())


def test_other_events_are_left_out_and_said() -> None:
    page = read(calendar(entry(event_type_id=4, event_type={"name": "Empfang"})), CALENDAR)
    assert (page.records, page.follow) == ((), ())
    assert "found 4" in page.warnings[0].what
    assert "Empfang" not in str(page.as_json()), "what is no meeting of a council is not told"


@pytest.mark.parametrize("key", ["full_url", "fullUrl"])
def test_the_page_of_a_meeting_may_be_named_in_two_ways_and_lie_on_another_host(key: str) -> None:
    own = entry()
    del own["full_url"]
    own[key] = "https://nachbarstadt.gremien.example.test/meeting?id=2031-SR-7"
    page = read(calendar(own), CALENDAR)
    assert meetings_of(page)[0].source_url == own[key]
    assert page.follow[0].startswith(ASKED)


@pytest.mark.parametrize(
    "address",
    [
        f"{HOST}/meeting?id=2031-SR-7",
        "https:///meeting?id=2031-SR-7",
        "javascript:alert(1)",
        "https://boese.example.test/anmelden?id=3",
        None,
        3,
    ],
)
def test_asked_is_always_the_own_host(address: object) -> None:
    page = read(calendar(entry(full_url=address)), CALENDAR)
    assert page.follow == (f"{ASKED}2031-SR-7&with_agenda_item_documents=1",)
    assert "boese" not in json.dumps(page.as_json())
    assert "javascript" not in json.dumps(page.as_json())


def test_the_older_interface_is_asked_for_its_page() -> None:
    own = entry(full_url="https://ris.kleinstadt.example.test/rat//meeting.php?id=ni_2031-SR-7", nummer="ni_2031-SR-7")
    page = read(calendar(own), MOBILE)
    assert page.follow == ("https://ris.kleinstadt.example.test/rat/meeting.php?id=ni_2031-SR-7",)


def test_an_address_with_a_slash_too_many_is_mended() -> None:
    page = read(calendar(entry(full_url="http:///kleinstadt.gremien.example.test/meeting?id=2031-SR-7")), CALENDAR)
    assert meetings_of(page)[0].source_url == "http://kleinstadt.gremien.example.test/meeting?id=2031-SR-7"


@pytest.mark.parametrize("script", ["calendar.php?month=2031-03", "sitzungskalender.php"])
def test_a_calendar_in_an_older_page_leads_to_older_pages(script: str) -> None:
    body = component_page({"passed-meetings": [entry(full_url=None)]}, name="CalendarPage__1")
    assert read_page(body, f"{HOST}/{script}").follow == (f"{HOST}/meeting.php?id=2031-SR-7",)


def test_numbers_with_umlauts_and_blanks_are_quoted() -> None:
    page = read(calendar(entry(nummer="2031-GR Vö-3")), CALENDAR)
    assert page.follow == (f"{ASKED}2031-GR%20V%C3%B6-3&with_agenda_item_documents=1",)


@pytest.mark.parametrize("fields", [{"datum": None}, {"datum": "bald"}, {"datum": "0000-00-00"}, {"nummer": None}])
def test_an_entry_without_number_or_day_is_said(fields: dict[str, Any]) -> None:
    page = read(calendar(entry(), entry(nummer="2031-SR-9") | fields | {"full_url": None}), CALENDAR)
    assert len(page.records) == 1
    assert page.warnings


def test_entries_that_are_none_are_no_calendar() -> None:
    with pytest.raises(UnexpectedResponse, match="nummer and datum"):
        read(calendar({"id": 1}, {"id": 2}), CALENDAR)
    page = read(calendar(entry(), "Pause", None), CALENDAR)
    assert (len(page.records), len(page.warnings)) == (1, 2)


def test_one_odd_value_spoils_one_field_only() -> None:
    page = read(calendar(entry(beginn="abends", room=["Saal"])), CALENDAR)
    (found,) = meetings_of(page)
    assert (found.location, str(found.start)[:10]) == (None, "2031-03-20")
    assert [gap.where for gap in page.warnings] == ["meeting 2031-SR-7 beginn"]


def test_a_room_by_its_name_only() -> None:
    (found,) = meetings_of(read(calendar(entry(room="Alte Schmiede", raum="AS")), CALENDAR))
    assert found.location is not None
    assert found.location.description == "Alte Schmiede"
    (found,) = meetings_of(read(calendar(entry(room=None, raum="AS")), CALENDAR))
    assert found.location is None


def test_a_calendar_inside_a_page() -> None:
    page = read_page(component_page({"passed-meetings": [entry()]}, name="CalendarPage__1"), f"{HOST}/calendar.php")
    assert (page.page, len(meetings_of(page))) == ("calendar", 1)


# --- bodies and committees


def test_several_bodies_in_one_system() -> None:
    bodies = [
        {"id": "KS", "name": "Stadt Kleinstadt Der Bürgermeister", "committees_count": 3},
        {"id": "OT", "name": "Gemeinde  Pfützdorf"},
        {"id": "ME1", "name": "Gruppen der Verwaltung"},
    ]
    page = read(bodies, f"{HOST}/api.php?id=organizations&action=bodies")
    assert page.page == "bodies"
    assert [(organization.native_id, organization.name) for organization in organizations_of(page)] == [
        ("body:KS", "Stadt Kleinstadt Der Bürgermeister"),
        ("body:OT", "Gemeinde Pfützdorf"),
    ]


def test_committees() -> None:
    committee = {"id": "SR", "Kuerzel": "SR", "Bezeichnung": "Stadtrat", "Koerperschaftsnummer": "KS", "fraktion": "0"}
    faction = committee | {"id": "GRÜN", "Kuerzel": "GRÜN", "Bezeichnung": "Fraktion Moos", "fraktion": "1"}
    gone = committee | {"id": "ALT", "deleted_at": "2029-01-01 00:00:00"}
    page = read([committee, faction, gone], f"{HOST}/api.php?id=organizations&action=committees")
    kinds = [(organization.native_id, organization.organization_type) for organization in organizations_of(page)]
    assert (page.page, kinds) == ("committees", [("SR", "Gremium"), ("GRÜN", "Fraktion")])


def test_a_committee_with_its_members_tells_names_and_offices_only() -> None:
    members = [
        {"id": 5, "fullName": "Erika Beispiel", "role": "Mitglied", "email": "e@example.test", "hasImage": "1"},
        {"id": 6, "Vorname": "Hans", "Name": "Muster", "is_administrative_staff": True},
    ]
    committee = {
        "id": "SR",
        "Kuerzel": "SR",
        "Bezeichnung": "Stadtrat",
        "Koerperschaftsnummer": "KS",
        "members": members,
    }
    page = read({"data": committee}, f"{HOST}/api.php?id=organizations&action=get&committee_id=SR")
    people = [record for record in page.records if isinstance(record, Person)]
    assert [(person.name, person.memberships[0].role) for person in people] == [("Erika Beispiel", "Mitglied")]
    text = json.dumps(page.as_json())
    assert "e@example" not in text
    assert "Muster" not in text
