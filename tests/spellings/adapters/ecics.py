"""ecics RIS: a list of meetings and nothing else."""

from __future__ import annotations

from typing import Final

from council.system import System
from crawlers.ecics.pages import read_page
from crawlers.parsing.page import Page
from tests.crawlers.ecics.invented import LIST, entry, month, read, year
from tests.spellings.reader import Cannot, Reader


def _listed(name: str) -> Page:
    return read(year(month(entry(name=name, number=None))))


ECICS: Final = Reader(
    name="ecics",
    system=System.ECICS,
    agenda=Cannot("no page with an agenda is known"),
    day=Cannot("the year stands in a heading above: a day is written without it"),
    times=lambda times: read(year(month(entry(f"05.03. - {times}: ")))),
    name_of_meeting=_listed,
    committee=_listed,
    native_id=_listed,
    file=Cannot("no page with files is known"),
    answer=lambda body: read_page(body, LIST),
)
