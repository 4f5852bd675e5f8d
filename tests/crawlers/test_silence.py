"""A list that yields nothing, follows nothing and says nothing is an error in every reader, unless it proves that it is
empty."""

from __future__ import annotations

import pytest

from council.system import System
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.page import Page
from crawlers.parsing.silence import refuse_silent, says_empty
from crawlers.systems import READERS
from tests.crawlers.allris3 import invented as allris3
from tests.crawlers.allris4 import invented as allris4

URL = "https://ris.quellstedt.example/bi/"


@pytest.mark.parametrize(
    "text",
    ["Keine Einträge gefunden", "Es sind keine Sitzungen vorhanden.", "Im Zeitraum finden keine Sitzungen statt",
     "Derzeit liegen keine Bekanntmachungen vor", "Keine Sitzungen", "0 Treffer", "Es wurden keine Daten gefunden",
     "Keine Termine für diesen Monat geplant.", "Keine Vorlagen!", "No records found", "Es gibt keine Drucksachen."],
)  # fmt: skip
def test_words_that_a_list_is_empty(text: str) -> None:
    assert says_empty(text)


@pytest.mark.parametrize(
    "text",
    ["Wir speichern keine Daten", "", None, "Sitzungen", "Keine Haftung", "keine Daten " * 400, "Kein Anschluss"],
)
def test_other_words(text: str | None) -> None:
    assert not says_empty(text)


def _refused(page: Page, *, proven: bool = False) -> bool:
    try:
        refuse_silent(page, URL, {"liste"}, lambda: proven)
    except UnexpectedResponse:
        return True
    return False


def test_silence_of_a_list_is_an_error_and_nothing_else_is() -> None:
    assert _refused(Page("liste"))
    assert not _refused(Page("liste"), proven=True)
    assert not _refused(Page("liste", follow=(URL,)))
    assert not _refused(Page("suche"))


def _sessionnet(name: str, content: str) -> tuple[System, str, str]:
    head = '<meta name="sessionnet" content="V:050407">'
    body = f'<div id="smclayout" class="smc_page_{name}_layout"><div id="page-content">{content}</div></div>'
    return System.SESSIONNET, f"<html><head>{head}</head><body>{body}</body></html>", f"{URL}{name}.php"


_COUNCILS = '<table><tr><td><a href="/bi/irgendwas.asp?PALFDNR=3">Rat der Gemeinde Wehr</a></td></tr></table>'
_OTHER_COUNCILS = '<table><tr><td><a href="si0099.php?__xgrnr=3">Rat</a></td></tr></table>'
_PAPERS = '<table id="smc_page_do0040_contenttable1"><tr><td><a href="vo0099.php?__x=3">Brücke</a></td></tr></table>'
_MORE = f'<a href="{allris3.HOST}kp020.asp?KPLFDNR=4"></a>'


@pytest.mark.parametrize(
    ("system", "markup", "url"),
    [
        (System.ALLRIS3, allris3.page("pa000", "Räte - Auswahl", _COUNCILS + _MORE), f"{allris3.HOST}pa000.asp"),
        (System.ALLRIS3, allris3.page("vo040", "Vorlagen", '<table class="tl1"><tr><td>x</td></tr></table>'),
         f"{allris3.HOST}vo040.asp"),
        (System.ALLRIS3, allris3.page("si010", "Kalender", '<table class="tl1"><tr><td>Rat</td></tr></table>'),
         f"{allris3.HOST}si010.asp?MM=9&YY=2026"),
        (System.ALLRIS4, allris4.frame("gr010", '<ul><li><a href="./gr099?GRLFDNR=3">Rat</a></li></ul>'),
         f"{allris4.HOST}gr010"),
        _sessionnet("gr0040", _OTHER_COUNCILS),
        _sessionnet("do0040", _PAPERS),
    ],
)  # fmt: skip
def test_a_list_that_no_reader_understands_is_an_error(system: System, markup: str, url: str) -> None:
    with pytest.raises(UnexpectedResponse):
        READERS[system](markup.encode(), url)


_DAYS = "".join(f'<tr><td class="text2">Mo</td><td>{day}</td><td colspan="8">&nbsp;</td></tr>' for day in (7, 14))


@pytest.mark.parametrize(
    ("system", "markup", "url"),
    [
        (System.ALLRIS3, allris3.page("si010", "Kalender", f'<table class="tl1">{_DAYS}</table>'),
         f"{allris3.HOST}si010.asp?MM=9&YY=2026"),
        (System.ALLRIS3, allris3.page("vo040", "Vorlagen", '<table class="tl1"><tr><th>Betreff</th></tr></table>'),
         f"{allris3.HOST}vo040.asp"),
        (System.ALLRIS4, allris4.frame("gr010", "<p>Es sind keine Gremien vorhanden.</p>"), f"{allris4.HOST}gr010"),
        _sessionnet("si0040", "<p>Im September finden keine Sitzungen statt.</p>"),
    ],
)  # fmt: skip
def test_a_list_that_proves_that_it_is_empty_is_no_error(system: System, markup: str, url: str) -> None:
    found = READERS[system](markup.encode(), url)
    assert (found.records, found.warnings) == ((), ())
