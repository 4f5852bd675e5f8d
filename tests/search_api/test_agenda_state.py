"""What is said of an agenda that is not there: never that there is none where it is only not known."""

from __future__ import annotations

import datetime as dt

import pytest

from archive.record_reader import HeldRecord
from archive.run import Outcome
from archive.visibility import AgendaMarks, visible_part
from council.model import AgendaItem, File, FileRole, Meeting
from council.offering import OFFERINGS
from council.system import System
from search_api.agenda_state import AgendaState, agenda_state
from search_api.formats import BERLIN
from search_api.municipalities import VisitSummary
from tests.search_api.conftest import Client, Clock
from tests.search_api.fake_index import FakeIndex
from tests.search_api.invented import NOW, TOWN, Town, entry
from tests.search_api.test_site import words

DAY = dt.timedelta(days=1)
ITEM = AgendaItem(native_id="t", name="Eröffnung")
SECRET = AgendaItem(native_id="s", name="Personalsache", public=False)
INVITATION = File(native_id="e", role=FileRole.INVITATION, name="Einladung")
MINUTES = File(native_id="n", role=FileRole.MINUTES, name="Niederschrift")
WELL = VisitSummary(OFFERINGS[System.SESSIONNET], NOW, current=True)
TOLD, NOT_YET = "Keine öffentliche Tagesordnung veröffentlicht", "Noch keine öffentliche Tagesordnung"


def state(
    start: dt.datetime | None,
    visits: VisitSummary | None = WELL,
    first_seen: dt.datetime = NOW - 30 * DAY,
    last_seen: dt.datetime = NOW,
    **more: object,
) -> AgendaState:
    meeting = visible_part(Meeting.model_validate({"native_id": "m", "start": start, **more}), AgendaMarks(), ())
    assert isinstance(meeting, Meeting)
    held = HeldRecord(f"{TOWN}:meeting:m", TOWN, meeting, 1, first_seen, last_seen, first_seen)
    return agenda_state(held, meeting, visits, NOW)


def test_a_meeting_to_come_has_none_yet_and_one_that_is_over_has_none() -> None:
    assert state(NOW + DAY) is AgendaState.NOT_YET
    assert state(NOW - DAY) is AgendaState.NONE
    assert state(NOW - DAY, files=(MINUTES,)) is AgendaState.NONE


def test_items_are_an_agenda_unless_they_are_not_public() -> None:
    assert state(NOW + DAY, agenda=(ITEM,)) is AgendaState.PUBLISHED
    assert state(NOW + DAY, agenda=(ITEM, SECRET), visits=None) is AgendaState.PUBLISHED
    assert state(NOW + DAY, agenda=(SECRET,)) is AgendaState.NOT_YET
    assert state(NOW - DAY, agenda=(ITEM,), withheld=("t",)) is AgendaState.NONE


@pytest.mark.parametrize("start", [NOW + DAY, NOW - DAY, None])
def test_an_invitation_may_hold_the_agenda(start: dt.datetime | None) -> None:
    assert state(start, files=(INVITATION,)) is AgendaState.IN_INVITATION


@pytest.mark.parametrize("start", [NOW + DAY, NOW - DAY])
@pytest.mark.parametrize(
    ("visits", "first_seen"),
    [
        (None, NOW - DAY),
        (VisitSummary(OFFERINGS[System.SESSIONNET], None, current=False), NOW - DAY),
        (WELL, NOW + DAY),
        (VisitSummary(OFFERINGS[System.NOTICES], NOW, current=True), NOW - DAY),
        (VisitSummary(OFFERINGS[System.SDNET], NOW, current=True), NOW - DAY),
    ],
    ids=["no town", "no complete visit", "seen since the last complete visit only", "notices", "SD.NET"],
)
def test_what_nobody_looked_for_is_not_known(
    start: dt.datetime, visits: VisitSummary | None, first_seen: dt.datetime
) -> None:
    assert state(start, visits, first_seen=first_seen) is AgendaState.UNKNOWN


def test_what_may_have_come_since_is_not_known() -> None:
    stale = VisitSummary(OFFERINGS[System.SESSIONNET], NOW - 9 * DAY, current=False)
    assert state(NOW + DAY, stale) is AgendaState.UNKNOWN
    assert state(NOW - DAY, last_seen=NOW - 2 * DAY) is AgendaState.UNKNOWN
    assert state(None) is AgendaState.UNKNOWN


def test_a_day_without_a_time_is_not_over_before_its_evening() -> None:
    today = NOW.astimezone(BERLIN).replace(hour=0)
    assert state(today) is AgendaState.NOT_YET
    assert state(today - DAY) is AgendaState.NONE
    assert state(today - DAY, last_seen=NOW - DAY) is AgendaState.UNKNOWN, "seen in the morning of that day"


COMING, OVER, OFF, INVITED = "coming", "over", "off", "invited"


@pytest.fixture
def meetings(town: Town, index: FakeIndex) -> Town:
    run, records = town.run()
    records.put([
        Meeting(native_id=COMING, name="Sitzung des Hauptausschusses", start=NOW + 9 * DAY),
        Meeting(native_id=OVER, name="Sitzung des Finanzausschusses", start=NOW - 9 * DAY),
        Meeting(native_id=OFF, name="Sitzung des Kulturausschusses", start=NOW + 8 * DAY, cancelled=True),
        Meeting(native_id=INVITED, name="Sitzung des Ortschaftsrates", start=NOW + 7 * DAY, files=(INVITATION,)),
    ])  # fmt: skip
    run.finish(Outcome.COMPLETE, None, records.counts, [], (5, 1000), 2.0)
    index.entries = town.entries()
    return town


def page(client: Client, native_id: str) -> str:
    return words(client.page(f"/meetings/{TOWN}:meeting:{native_id}"))


def test_a_meetings_page_says_it(client: Client, meetings: Town) -> None:
    assert f"{NOT_YET}. Kommunen stellen sie meist einige Tage vor der Sitzung ins Netz." in page(client, COMING)
    assert "Zuletzt nachgesehen: 24.11.2026, 13:00 Uhr." in page(client, COMING)
    assert f"{TOLD}. Zuletzt nachgesehen" in page(client, OVER)
    assert "Meist steht sie in der Einladung" in page(client, INVITED)


def test_it_is_said_no_longer_when_the_data_is_old(client: Client, meetings: Town, clock: Clock) -> None:
    clock.now += 5 * DAY
    assert "hier nicht bekannt" in page(client, COMING)
    assert NOT_YET not in page(client, COMING)
    clock.now += 9 * DAY
    assert TOLD not in page(client, COMING), "nobody has looked since"
    assert TOLD in page(client, OVER)


def test_a_run_that_was_not_complete_tells_nothing_of_what_it_brought(
    client: Client, meetings: Town, clock: Clock
) -> None:
    clock.now += dt.timedelta(hours=1)
    run, records = meetings.run()
    records.put([Meeting(native_id="new", name="Neu", start=NOW - DAY), Meeting(native_id="next", start=NOW + DAY)])
    run.finish(Outcome.INCOMPLETE, None, records.counts, [], (5, 1000), 2.0)
    for native_id in ("new", "next"):
        assert "hier nicht bekannt" in page(client, native_id)
    assert TOLD in page(client, OVER), "known from before"


def test_a_cancelled_meeting_is_marked_wherever_it_stands(client: Client, meetings: Town) -> None:
    shown = client.page(f"/meetings/{TOWN}:meeting:{OFF}")
    assert shown.select_one("title").get_text().startswith("Abgesagt: Sitzung des Kulturausschusses, 02.12.2026")  # type: ignore[union-attr]
    assert shown.select_one("h1 .badge").get_text() == "Abgesagt"  # type: ignore[union-attr]
    assert NOT_YET not in words(shown)
    assert "kommt noch" not in words(shown)
    (hit,) = client.page("/suche?q=Kulturausschusses").select(".hits > li")
    assert " ".join(hit.select_one("h2").get_text().split()) == "Abgesagt Sitzung des Kulturausschusses"  # type: ignore[union-attr]
    assert NOT_YET not in hit.get_text()
    listed = [li.get_text(" ", strip=True) for li in client.page(f"/municipalities/{TOWN}").select("#termine ~ ul li")]
    assert [("Abgesagt" in line) for line in listed] == ["Kultur" in line or "Stadtrat" in line for line in listed]
    assert sum("Abgesagt" in line for line in listed) == 2


def test_the_list_of_hits_says_it(client: Client, meetings: Town) -> None:
    hits = {hit.h2.get_text(): hit.get_text() for hit in client.page("/suche?kind=meeting").select(".hits > li")}  # type: ignore[union-attr]
    assert NOT_YET in hits["Sitzung des Hauptausschusses"]
    assert TOLD in hits["Sitzung des Finanzausschusses"]
    assert sum("öffentliche Tagesordnung" in text for text in hits.values()) == 2


def test_programs_are_told_too(client: Client, meetings: Town) -> None:
    hits = client.get("/api/v1/search?limit=50").json()["hits"]
    states = {hit["id"]: hit["agenda_state"] for hit in hits}
    expected = {COMING: "not_yet", OVER: "none", OFF: "not_yet", INVITED: "in_invitation", "m1": "published"}
    for native_id, said in expected.items():
        record_id = f"{TOWN}:meeting:{native_id}"
        assert states[record_id] == said
        assert client.get(f"/api/v1/meetings/{record_id}").json()["agenda_state"] == said
    assert states[f"{TOWN}:paper:7"] is None


def test_a_town_that_is_not_visited_any_more_tells_nothing_of_what_comes(client: Client, meetings: Town) -> None:
    meetings.municipalities = (entry(enabled=False),)
    assert "hier nicht bekannt" in page(client, COMING)
    assert TOLD in page(client, OVER)
    meetings.municipalities = ()
    assert "hier nicht bekannt" in page(client, OVER)
