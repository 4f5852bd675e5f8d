"""Which titles say that a meeting is held on another day."""

from __future__ import annotations

import datetime as dt

import pytest

from crawlers.parsing.cancellation import is_cancelled

DAY = dt.date(2031, 3, 5)


@pytest.mark.parametrize(
    "title",
    [
        "Moorrat (verschoben auf 12.03.2031)",
        "Moorrat - verschoben auf den 12.3.",
        "Moorrat verlegt auf Mittwoch, 12. März 2031",
        "Moorrat (neuer Termin: 12. März 2031)",
        "Moorrat wird auf den 12.03. verschoben",
        "Moorrat - verschoben",
        "Moorrat (verschoben auf den 05.03.2032)",
    ],
)
def test_moved_away(title: str) -> None:
    assert is_cancelled(DAY, title)


@pytest.mark.parametrize(
    "title",
    [
        "Moorrat",
        "Moorrat (verschoben vom 26.02.2031)",
        "Moorrat (verschoben vom 26.02. auf den 05.03.2031)",
        "Moorrat: Beginn auf 19 Uhr verschoben",
        "Moorrat: auf 18.30 Uhr verlegt",
        "Verlegung der Bushaltestelle Torfgasse",
    ],
)
def test_on_its_day(title: str) -> None:
    assert not is_cancelled(DAY, title)
