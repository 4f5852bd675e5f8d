from __future__ import annotations

import pytest

from council.model import Meeting
from crawlers.ecics.pages import read_page
from crawlers.ecics.urls import meeting_number
from crawlers.parsing.diagnostics import WarningKind
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.page import Page
from tests.crawlers.ecics.invented import LIST, entry, month, read, year


def meetings(page: Page) -> list[Meeting]:
    return [record for record in page.records if isinstance(record, Meeting)]


def test_a_list_of_two_years_takes_the_year_from_the_heading_above() -> None:
    older = year(month(entry(number=493)), heading='<h2 class="risng">2025</h2>')
    page = read(year(month(entry(), entry("31.03. - 19:30 Uhr: ", "Bauausschuss", 533))), older)
    assert page.page == "sitzungsliste"
    assert not page.warnings
    assert [(found.native_id, f"{found.start:%Y-%m-%d %H:%M}", found.name) for found in meetings(page)] == [
        ("531", "2026-03-05 18:00", "Gemeinderat"),
        ("533", "2026-03-31 19:30", "Bauausschuss"),
        ("493", "2025-03-05 18:00", "Gemeinderat"),
    ]
    first = meetings(page)[0]
    assert first.source_url == f"{LIST}?action=show_sitzung&sitzung_id=531"
    assert [ref.name for ref in first.organization] == ["Gemeinderat"]
    assert not page.follow  # nobody has seen what stands there


def test_a_meeting_without_an_agenda_has_no_number_yet_and_leads_to_the_list() -> None:
    (found,) = meetings(read(year(month(entry(number=None)))))
    assert found.native_id == "day-2026-03-05-gemeinderat"
    assert found.source_url == LIST


def test_a_cancelled_meeting_keeps_id_and_committee() -> None:
    (found,) = meetings(read(year(month(entry(name="Gemeinderat - entfällt", number=None)))))
    assert found.cancelled
    assert found.native_id == "day-2026-03-05-gemeinderat"
    assert [ref.name for ref in found.organization] == ["Gemeinderat"]


@pytest.mark.parametrize(
    "box",
    [
        year(month(entry()), heading="<h2>Sitzungen</h2>"),
        year(month(entry()), heading=""),
        year(month(entry("05.04. - 18:00 Uhr: "))),
        year(month(entry("31.02. - 18:00 Uhr: "), name="Februar")),
        year(month(entry("demnächst"))),
        year(month(entry(), name="Sommer")),
        year(month(entry(name=""))),
    ],
    ids=["no year", "no heading", "another month", "no such day", "no day", "no month", "no name"],
)
def test_what_is_not_understood_is_left_out_and_makes_the_list_incomplete(box: str) -> None:
    page = read(year(month(entry(number=499))), box)
    assert [found.native_id for found in meetings(page)] == ["499"]
    assert [warning.kind for warning in page.warnings] == [WarningKind.LIST_INCOMPLETE]


def test_a_box_of_entries_that_are_written_in_another_way_is_an_error() -> None:
    with pytest.raises(UnexpectedResponse, match="of which nothing is read"):
        read(year('<div class="month"><h3>März</h3><p>05.03. Gemeinderat</p></div>'))


def test_empty_months_are_an_empty_list() -> None:
    assert not read(year('<div class="month empty"><h3>August</h3></div>')).records


def test_another_page_is_refused() -> None:
    with pytest.raises(UnexpectedResponse, match="list of meetings of ecics"):
        read_page(b"<html><body><h1>Rathaus</h1><p>Willkommen in Muster</p></body></html>", LIST)
    with pytest.raises(AccessDenied):
        read_page(b"<html><head><title>Making sure you're not a bot!</title></head></html>", LIST)


@pytest.mark.parametrize(
    ("url", "number"),
    [
        (f"{LIST}?action=show_sitzung&sitzung_id=531", "531"),
        (f"{LIST}?sitzung_id=531&action=show_sitzung", "531"),
        (f"{LIST}?action=show_sitzung&sitzung_id=5x", None),
        (f"{LIST}?action=show_person&sitzung_id=5", None),
        (LIST, None),
    ],
)
def test_whose_page_an_address_is(url: str, number: str | None) -> None:
    assert meeting_number(url) == number
