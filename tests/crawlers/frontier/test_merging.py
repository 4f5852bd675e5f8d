"""What two pages of a system show of one noun, put together."""

from __future__ import annotations

import datetime as dt

from council.model import AgendaItem, Consultation, File, Location, Meeting, Membership, OrganizationRef, Paper, Person
from crawlers.frontier.merging import filled_in, with_consultations

START = dt.datetime(2031, 3, 5, 18, tzinfo=dt.UTC)


def test_what_is_open_is_filled_and_what_is_known_stays() -> None:
    own = Meeting(native_id="7", name="Rat", agenda=(AgendaItem(native_id="1"),), withheld=("9",))
    listed = Meeting(
        native_id="7", name="Sitzung", start=START, location=Location(room="Saal"), cancelled=True, withheld=("8",),
        files=(File(native_id="f"),),
    )  # fmt: skip
    merged = filled_in(own, listed)
    assert isinstance(merged, Meeting)
    assert (merged.name, merged.start, merged.location) == ("Rat", START, Location(room="Saal"))
    assert merged.cancelled
    assert (merged.withheld, [file.native_id for file in merged.files]) == (("9", "8"), ["f"])
    assert merged.agenda == own.agenda


def test_a_file_named_twice_is_held_once_as_the_own_page_says_it() -> None:
    own = Paper(native_id="7", files=(File(native_id="f", name="Vorlage"),))
    merged = filled_in(own, Paper(native_id="7", files=(File(native_id="f", name="PDF"), File(native_id="g"))))
    assert isinstance(merged, Paper)
    assert [(file.native_id, file.name) for file in merged.files] == [("f", "Vorlage"), ("g", None)]


def test_nouns_of_two_kinds_are_not_mixed() -> None:
    own = Paper(native_id="7")
    assert filled_in(own, Meeting(native_id="7", name="Rat")) is own


def test_a_time_wins_over_a_day_without_one() -> None:
    day = dt.datetime(2031, 3, 4, 23, tzinfo=dt.UTC)  # midnight in Berlin
    own = Meeting(native_id="7", start=day)
    assert filled_in(own, Meeting(native_id="7", start=START)) == own.model_copy(update={"start": START})
    assert filled_in(own, Meeting(native_id="7", start=START + dt.timedelta(days=1))) == own


def test_a_person_sits_in_the_committees_of_both_pages() -> None:
    seats = [Membership(organization=OrganizationRef(native_id=number)) for number in "12"]
    one = Person(native_id="7", name="Kim Beispiel", memberships=(seats[1],))
    merged = filled_in(one, one.model_copy(update={"memberships": tuple(seats)}))
    assert isinstance(merged, Person)
    assert merged.memberships == tuple(seats)


def test_a_person_with_two_seats_in_one_committee_has_them_by_day_whichever_page_came_first() -> None:
    committee = OrganizationRef(native_id="1")
    seats = [Membership(organization=committee, start_date=dt.date(year, 1, 1)) for year in (2028, 2031)]
    pages = [Person(native_id="7", name="Kim Beispiel", memberships=(seat,)) for seat in seats]
    assert filled_in(pages[0], pages[1]) == filled_in(pages[1], pages[0])


def test_consultations_of_several_agendas_stand_by_day_and_the_papers_own_are_the_newer_ones() -> None:
    first = Consultation(native_id="b", date=dt.date(2031, 5, 1))
    later = Consultation(native_id="a", date=dt.date(2031, 6, 1), result="beschlossen")
    own = Paper(native_id="7", consultations=(later,))
    more = [first, later.model_copy(update={"result": "vertagt"}), Consultation(native_id="c")]
    assert [shown.native_id for shown in with_consultations(own, more).consultations] == ["b", "a", "c"]
    assert with_consultations(own, more).consultations[1].result == "beschlossen"
