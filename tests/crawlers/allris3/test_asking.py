"""What a crawl of ALLRIS 3 asks for where several councils share an installation: each council's own calendar."""

from __future__ import annotations

import pytest

from archive.run import RunMode
from council.model import Kind
from crawlers.allris3.spider import policy
from crawlers.frontier.actions import Answer
from crawlers.frontier.page_crawl import PageCrawl
from tests.crawlers.allris3.invented import calendar, day, page
from tests.crawlers.frontier.driving import OWN, Driven, context

CALENDAR = f"{OWN}si010_a.asp"
SEPTEMBER = f"{CALENDAR}?MM=9&YY=2026"
COUNCILS = {3: "Rat der Gemeinde Wehr", 5: "Rat der Gemeinde Mühlau"}
CHOICE = f"{OWN}pa000.asp?REDIRTO=si010%5Fa.asp"


def choice(query: str) -> Answer:
    """The answer to a calendar: a redirect to the councils, which lead to their calendars of the same month."""
    links = "".join(
        f'<tr><td><a href="si010_a.asp?{query}&amp;PALFDNR={number}">{name}</a></td></tr>'
        for number, name in COUNCILS.items()
    )
    return Answer(CHOICE, 200, page("pa000", "Räte - Auswahl", f"<table>{links}</table>").encode("windows-1252"))


def answer(url: str) -> Answer:
    """Both councils meet in September 2026 only."""
    query = url.partition("?")[2]
    if not url.startswith(CALENDAR):
        return Answer(url, 404, b"")
    if "PALFDNR" not in query:
        return choice(query.replace("&", "&amp;") if query.startswith("MM=") else "MM=11&amp;YY=2026")
    council = int(query.rpartition("=")[2])
    link = f'<a href="to010.asp?SILFDNR={council}00">{COUNCILS[council]}</a>'
    meets = day("Mi", 2, "18:00", "", link, "", "Aula") if query.startswith("MM=9&YY=2026&") else day("Mi", 2)
    return Answer(url, 200, calendar(meets).encode("windows-1252"))


@pytest.mark.parametrize("mode", [RunMode.FULL, RunMode.INCREMENTAL])
def test_where_the_calendar_answers_with_the_choice_of_councils_each_councils_month_is_asked_for(mode: RunMode) -> None:
    known = context(mode=mode, memory={"calendar": CALENDAR})
    asked = Driven(PageCrawl(known, policy), answer).asked
    assert {SEPTEMBER, f"{SEPTEMBER}&PALFDNR=3", f"{SEPTEMBER}&PALFDNR=5"} <= set(asked)
    assert {f"{OWN}to010.asp?SILFDNR=300", f"{OWN}to010.asp?SILFDNR=500"} <= set(asked)
    calendars = [url for url in asked if "si010" in url]
    assert len(calendars) == len(set(calendars))
    assert known.report.start_list(Kind.MEETING).seen == {"300", "500"}


def test_the_choice_is_no_answer_to_a_councils_own_calendar() -> None:
    known = context(mode=RunMode.INCREMENTAL, memory={"calendar": CALENDAR, "export": False})
    crawl = Driven(PageCrawl(known, policy), lambda url: choice("MM=9&amp;YY=2026") if "si010" in url else answer(url))
    assert crawl.asked.count(f"{SEPTEMBER}&PALFDNR=3") == 3
    assert known.report.incomplete
