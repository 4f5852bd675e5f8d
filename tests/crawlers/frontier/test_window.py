"""Which time a crawl asks for."""

from __future__ import annotations

import datetime as dt

from crawlers.frontier.window import FIRST_YEAR, Window, around, newest_years, year_before

TODAY = dt.date(2031, 2, 10)


def test_an_ordinary_visit_asks_for_the_last_months_and_all_that_is_planned() -> None:
    window = around(TODAY, None)
    assert window == Window(dt.date(2030, 10, 13), dt.date(2032, 12, 31))
    months = list(window.months())
    assert (months[0], months[-1], len(months)) == ((2032, 12), (2030, 10), 27)
    assert list(window.years()) == [2032, 2031, 2030]


def test_since_cuts_every_window() -> None:
    since = dt.date(2031, 1, 15)
    assert around(TODAY, since).first == since
    assert newest_years(TODAY, since).first == since
    assert year_before(newest_years(TODAY, since), since) is None


def test_a_full_visit_goes_back_year_by_year_to_since() -> None:
    since = dt.date(2027, 7, 1)
    window = newest_years(TODAY, since)
    firsts = [window.first]
    while (earlier := year_before(window, since)) is not None:
        assert earlier.last == window.first - dt.timedelta(days=1)
        window = earlier
        firsts.append(window.first)
    assert firsts == [dt.date(2030, 1, 1), dt.date(2029, 1, 1), dt.date(2028, 1, 1), since]


def test_it_ends_where_no_system_has_anything() -> None:
    assert year_before(Window(dt.date(FIRST_YEAR, 1, 1), dt.date(FIRST_YEAR, 12, 31)), None) is None
