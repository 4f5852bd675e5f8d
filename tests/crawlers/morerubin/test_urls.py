"""Which interface an address names, where its calendars are, and whose own answer an address asks for."""

from __future__ import annotations

import datetime as dt

import pytest

from council.model import Consultation, Meeting, Paper
from crawlers.frontier.window import Window
from crawlers.morerubin import urls
from crawlers.morerubin.spider import with_agendas
from crawlers.morerubin.urls import Interface
from tests.crawlers.morerubin.invented import HOST

WINDOW = Window(dt.date(2030, 11, 20), dt.date(2031, 2, 3))


@pytest.mark.parametrize(
    ("path", "interface"),
    [
        ("/", None),
        ("/ris", None),
        ("/api.php", Interface.API),
        ("/ris/webservice-mobile/webservice.php", Interface.MOBILE),
        ("/calendar.php", Interface.MOBILE),
        ("/meeting.php?id=2031-SR-7", Interface.MOBILE),
        ("/sitzungskalender.php", Interface.TABLES),
        ("/sitzungen_top.php?sid=7", Interface.TABLES),
    ],
)
def test_what_an_address_in_the_register_says(path: str, interface: Interface | None) -> None:
    assert urls.named_by(HOST + path) is interface


def test_older_interfaces_are_looked_for_until_there_is_none() -> None:
    assert urls.older_than(Interface.API) is Interface.MOBILE
    assert urls.older_than(Interface.MOBILE) is Interface.TABLES
    assert urls.older_than(Interface.TABLES) is None


def test_calendars() -> None:
    base = urls.system_base(f"{HOST}/ris/")
    assert list(urls.calendars(base, Interface.API, WINDOW)) == [
        f"{HOST}/ris/api.php?id=calendar&action=get&from=2031-01&to=2031-02&view=list",
        f"{HOST}/ris/api.php?id=calendar&action=get&from=2030-11&to=2030-12&view=list",
    ]
    assert list(urls.calendars(base, Interface.TABLES, WINDOW))[-1] == f"{HOST}/ris/sitzungskalender.php?month=2030-11"
    (today,) = urls.calendars(f"{HOST}/", Interface.MOBILE, Window(WINDOW.last, WINDOW.last))
    assert today.startswith(f"{HOST}/webservice-mobile/webservice.php?id=calendar&action=get&from=2031-02&to=2031-02")


@pytest.mark.parametrize(
    ("path", "number", "pages"),
    [
        ("/api.php?id=meetings&action=get&meeting_id=ni_2031-SR-7&x=1", "2031-SR-7", ("meeting", "sitzungen_top")),
        ("/meeting.php?id=2031-SR-7", "2031-SR-7", ("meeting", "sitzungen_top")),
        ("/sitzungen_top.php?sid=4711", "4711", ("meeting", "sitzungen_top")),
        ("/api.php?id=calendar&action=get&from=2031-01", None, ("calendar", "sitzungskalender")),
        ("/api.php?id=organizations&action=bodies", None, ("bodies",)),
        ("/api.php?document_type_id=1&meeting_id=2031-SR-7&id=69", None, ("calendar", "sitzungskalender")),
    ],
)
def test_whose_own_answer_an_address_asks_for(path: str, number: str | None, pages: tuple[str, ...]) -> None:
    assert urls.meeting_at(HOST + path) == number
    assert urls.pages_at(HOST + path) == pages


@pytest.mark.parametrize(
    ("interface", "shown", "asked"),
    [
        (
            Interface.API,
            "meeting?id=ni_7",
            "api.php?id=meetings&action=get&meeting_id=ni_7&with_agenda_item_documents=1",
        ),
        (Interface.MOBILE, "meeting.php?id=ni_7", "meeting.php?id=ni_7"),
        (Interface.TABLES, "sitzungen_top.php?sid=7", "sitzungen_top.php?sid=7"),
    ],
)
def test_a_meeting_that_is_held_is_asked_for_as_it_was_shown(interface: Interface, shown: str, asked: str) -> None:
    held = Meeting(native_id="7", source_url=f"{HOST}/{shown}")
    assert urls.meeting(f"{HOST}/", interface, held) == f"{HOST}/{asked}"


def test_a_meeting_without_a_page_is_asked_for_by_its_number() -> None:
    assert "meeting_id=7&" in urls.meeting(f"{HOST}/", Interface.API, Meeting(native_id="7"))


def test_stations_of_agendas_are_put_together_and_a_list_of_them_is_kept() -> None:
    first = Consultation(native_id="1|a", agenda_item="1|a", date=dt.date(2031, 5, 1))
    later = Consultation(native_id="2|a", agenda_item="2|a", date=dt.date(2031, 6, 1))
    both = with_agendas(Paper(native_id="a", consultations=(later,)), [first, later])
    assert both.consultations == (first, later)
    listed = Paper(native_id="a", consultations=(later.model_copy(update={"native_id": "9001"}),))
    assert with_agendas(listed, [first]) == listed
