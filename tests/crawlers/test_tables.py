"""What the columns of a table without a header hold."""

from __future__ import annotations

import re

import pytest

from crawlers.parsing.tables import NAME, PLACE, columns_by_content


def _clock(said: str) -> bool:
    return bool(re.fullmatch(r"\d{1,2}[.:]\d{2}(?: Uhr)?", said))


def _day(said: str) -> bool:
    return bool(re.fullmatch(r"(?:Mo|Di|Mi|Do|Fr|Sa|So)|\d{1,2}\.?(?:\d{1,2}\.)?", said))


KINDS = (("time", _clock), ("date", _day))


def columns(*rows: tuple[str, ...]) -> dict[int, str]:
    grid = [{at: said for at, said in enumerate(row) if said} for row in rows]
    return columns_by_content(grid, KINDS, lambda said: said not in {"Pro", "TOP"})


def test_day_time_name_and_room() -> None:
    found = columns(
        ("Mo", "2.", "18:00", "", "Mühlenausschuss", "Pro", "Alte Mühle, Zi. 4"),
        ("", "", "", "", "AUSFALL - Rat", "", ""),
        ("Di", "3.", "19.30", "TOP", "Rat", "", "Rathaus"),
    )
    assert found == {0: "date", 1: "date", 2: "time", 4: NAME, 6: PLACE}


def test_the_columns_stand_in_any_order() -> None:
    assert columns(("Rat", "Kulturhaus", "02.09.", "18:00"), ("Jugendrat", "", "03.09.", "17:00")) == {
        0: NAME, 1: PLACE, 2: "date", 3: "time",
    }  # fmt: skip


@pytest.mark.parametrize("beside", ["Frau Amsel", "siehe Bekanntmachung", "öffentlich"])
def test_people_and_remarks_are_no_places(beside: str) -> None:
    assert columns(("Mo", "18:00", "Rat", beside), ("Di", "18:00", "Bauausschuss", beside)) == {
        0: "date", 1: "time", 2: NAME,
    }  # fmt: skip


def test_of_a_contact_and_a_room_the_room_is_the_place() -> None:
    rows = [("Mo", "Rat", "Herr Specht", "Sitzungssaal 2"), ("Di", "Ortsbeirat", "Frau Amsel", "Dorfgemeinschaftshaus")]
    for order in ((0, 1, 2, 3), (0, 1, 3, 2)):
        found = columns(*(tuple(row[at] for at in order) for row in rows))
        assert found[order.index(3)] == PLACE
        assert order.index(2) not in found


def test_nothing_is_known_of_an_empty_table() -> None:
    assert columns() == {}
    assert columns(("", "")) == {}
