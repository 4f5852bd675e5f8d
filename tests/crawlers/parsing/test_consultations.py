"""A paper's way through committees, from the rows of a table that gives them no numbers."""

from __future__ import annotations

import datetime as dt

from crawlers.parsing.agendas import result_of
from crawlers.parsing.badges import Marking, badge_of_row
from crawlers.parsing.consultations import ConsultationHistory

DAY = dt.date(2026, 9, 2)


def test_a_committee_without_a_meeting_stands_for_itself_and_ids_are_counted_where_they_recur() -> None:
    history = ConsultationHistory()
    history.begin("Mühlenausschuss", "Vorberatung")
    history.begin("Rat", "Entscheidung")
    history.add_meeting(DAY, "vertagt", "5", None)
    history.add_meeting(DAY, "beschlossen", "6", "61")
    history.begin("Mühlenausschuss", "Vorberatung")
    found = history.consultations("77")
    assert [consultation.native_id for consultation in found] == [
        "77-Mühlenausschuss:Vorberatung", "77-Rat:Entscheidung", "77-61", "77-Mühlenausschuss:Vorberatung:2"
    ]  # fmt: skip
    assert [(consultation.meeting, consultation.result, consultation.authoritative) for consultation in found] == [
        (None, None, None), ("5", "vertagt", True), ("6", "beschlossen", True), (None, None, None)
    ]  # fmt: skip


def test_a_committee_or_role_that_is_called_nonpublic_leads_to_no_meeting() -> None:
    for organization, role in (("Rat (nichtöffentlich)", "Entscheidung"), ("Rat", "Entscheidung (nichtöffentlich)")):
        history = ConsultationHistory()
        history.begin(organization, role)
        assert history.is_nonpublic
        history.add_meeting(DAY, None, "5", "51")
        history.begin("Mühlenausschuss", "Anhörung")
        assert not history.is_nonpublic
        history.add_meeting(DAY, None, "6", "61")
        assert [consultation.meeting for consultation in history.consultations("77")] == [None, "6"]


def test_a_meeting_behind_the_end_of_a_committee_is_of_none() -> None:
    history = ConsultationHistory()
    history.begin("Rat", "Entscheidung")
    history.end()
    assert not history.has_committee
    history.add_meeting(DAY, None, "5", None)
    assert [consultation.organization for consultation in history.consultations("77")][1:] == [()]


def test_what_is_no_result() -> None:
    given = ("(offen)", "–", "…", "", None, " Offen ", "Beschluss")
    assert [result_of(text, {"beschluss"}) for text in given] == [None] * len(given)
    assert result_of("Beschluss") == "Beschluss"


def test_a_cell_with_nothing_but_a_nonpublic_badge_counts_before_the_numbers_own() -> None:
    assert badge_of_row("Ö 3", ["Radweg", "N", "Ö 3"]).marking is Marking.NONPUBLIC
    assert badge_of_row("Ö 3", ["Radweg", "N", "Ö 3"]).number == "3"
    assert badge_of_row("Ö 3", ["Radweg N", None, "Ö 3"]).marking is Marking.PUBLIC
