"""Several municipalities on one SessionNet: an empty calendar of nobody's names them."""

from __future__ import annotations

import pytest

from crawlers.parsing.page import Page
from crawlers.sessionnet.pages import read_page

HOST = "https://ris.quellstedt.example/bi/"
_DAYS = '<tr><td class="sidat"><span class="weekday">1</span></td><td></td></tr>'
_MEETING = (
    '<tr><td class="sidat"><span class="weekday">2</span></td><td class="silink"><div class="smc-el-h">'
    '<a href="si0057.php?__ksinr=9" title="Details anzeigen: Rat 02.09.2026">Rat</a></div></td></tr>'
)


def entry(number: int, name: str, parameter: str = "__cpanr") -> str:
    return f'<a href="si0040.php?{parameter}={number}" class="dropdown-item smcfiltermenumandant">{name}</a>'


MENU = entry(20, "Forstverband Wehr") + entry(37, "Gemeinde Mühlau") + entry(2, "Alle Mandanten", "__cmandant")


def calendar(menu: str = MENU, query: str = "__cjahr=2026&__cmonat=9", rows: str = _DAYS) -> Page:
    page = (
        '<html><head><meta name="sessionnet" content="V:050407"><title>September 2026</title></head>'
        f'<body><div class="smc_page_si0040_layout"><h1>Kalender September 2026</h1>{menu}'
        f'<table id="smc_page_si0040_contenttable1" class="smctablesitzungen">{rows}</table></div></body></html>'
    )
    return read_page(page.encode(), f"{HOST}si0040.php?{query}")


@pytest.mark.parametrize(
    "menu",
    [MENU, '<select name="__cpanr"><option value="">Bitte wählen</option><option value="20">Forstverband Wehr</option>'
     '<option value="37">Gemeinde Mühlau</option></select>'],
    ids=["links", "choice"],
)  # fmt: skip
def test_an_empty_calendar_of_no_tenant_says_which_there_are(menu: str) -> None:
    found = calendar(menu)
    (warning,) = found.warnings
    assert warning.where == "tenants: Forstverband Wehr (?__cpanr=20), Gemeinde Mühlau (?__cpanr=37)"
    assert "none of 2 tenants" in warning.what


@pytest.mark.parametrize("query", ["__cpanr=37&__cjahr=2026&__cmonat=9", "__cjahr=2026&__cmonat=9&__cmandant=7"])
def test_an_empty_month_of_a_tenant_is_an_empty_month(query: str) -> None:
    found = calendar(query=query)
    assert (found.records, found.warnings) == ((), ())


def test_nothing_is_said_where_there_are_meetings_or_no_tenants() -> None:
    assert calendar(menu="").warnings == ()
    shown = calendar(rows=_MEETING)
    assert len(shown.records) == 1
    assert shown.warnings == ()
