"""Labels: however a municipality spells one, it stands for its field; what is not known is reported."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.labels import SPELLINGS, Label, Labels, LabelTable, label_key, pairs_by_id, pairs_in

TABLE = LabelTable(
    marks={Label.ROOM: ("siraum", "simraum"), Label.STATUS: ("sistat",), Label.ORGANIZATION: ("sigremium",)},
    labels={Label.ITEM_NUMBER: ("Ordnungspunkt",)},
    not_kept=("Aktenplan",),
)


def labels(markup: str, terms: str = "td, th, dt", certain: str = "dt, td.label") -> Labels:
    page = BeautifulSoup(markup, "lxml")
    return Labels((*pairs_by_id(page, TABLE), *pairs_in(page, terms, certain)), TABLE)


def row(label: str, value: str) -> str:
    return f"<table><tr><td class=label>{label}</td><td>{value}</td></tr></table>"


@pytest.mark.parametrize(
    ("shown", "field"),
    [
        ("Sitzungsort:", Label.PLACE),
        ("SITZUNGSORT", Label.PLACE),
        ("Sitzungs-Ort :", Label.PLACE),
        ("Sitzungs\u00adort:", Label.PLACE),
        ("Sitzungs\u200bort\u00a0:", Label.PLACE),
        ("Federfu\u0308hrend", Label.OFFICE),
        ("Federfuehrend:", Label.OFFICE),
        ("Federführendes\n  Amt:", Label.OFFICE),
        ("Vorlage – Nr.", Label.REFERENCE),
        ("Vorlagen-Nr", Label.REFERENCE),
        ("Oeffentlichkeitsstatus:", Label.STATUS),
        ("Beschluß:", Label.RESULT),
        ("Verfasser/-innen:", Label.ORIGINATOR),
        ("Ordnungspunkt", Label.ITEM_NUMBER),
    ],
)
def test_a_label_stands_for_its_field_however_it_is_spelled(shown: str, field: Label) -> None:
    assert TABLE.names(shown, field)
    assert labels(row(shown, "Krähenweg")).text(field) == "Krähenweg"


@pytest.mark.parametrize("shown", ["Sitzungsorte der Gremien in diesem Jahr und im nächsten:", "", ":", "–", None])
def test_what_is_too_long_or_says_nothing_is_no_label(shown: str | None) -> None:
    assert label_key(shown) is None


def test_no_label_stands_for_another_field_of_the_same_noun() -> None:
    nouns = [
        {Label.MEETING_NAME, Label.ORGANIZATION, Label.DATE, Label.TIME, Label.END, Label.ROOM, Label.PLACE,
         Label.OCCASION, Label.STATUS},
        {Label.ITEM_NUMBER, Label.ITEM_NAME, Label.RESULT, Label.STATUS},
        {Label.PAPER_NAME, Label.PAPER_STATUS, Label.PAPER_TYPE, Label.REFERENCE, Label.CREATED, Label.OFFICE,
         Label.RELATED, Label.CONSULTATIONS},
        {Label.ORGANIZATION_NAME, Label.SHORT_NAME, Label.ORGANIZATION_TYPE},
    ]  # fmt: skip
    for fields in nouns:
        keys = [(field, {label_key(label) for label in SPELLINGS[field]}) for field in fields]
        assert [(a, b) for a, mine in keys for b, others in keys if a is not b and mine & others] == []


def test_a_mark_counts_before_a_label_and_what_says_nothing_never_counts() -> None:
    both = '<span id="siraum"> </span><b id="simraum">Ratsstube</b>' + row("Raum:", "Saal 2")
    assert labels(both).text(Label.ROOM) == "Ratsstube"
    assert labels('<b id="siraum"></b>' + row("Raum:", "Saal 2")).text(Label.ROOM) == "Saal 2"
    assert labels(row("Raum:", "") + row("Sitzungsraum:", "Saal 3")).text(Label.ROOM) == "Saal 3"
    assert labels(row("Raum:", "")).text(Label.ROOM) is None


def test_of_two_labels_the_surer_one_counts_and_of_two_alike_the_first() -> None:
    page = labels(row("Art:", "Nahverkehr") + row("Vorlagenart:", "Antrag") + row("Vorlage-Art:", "Anfrage"))
    assert page.text(Label.PAPER_TYPE) == "Anfrage"
    twice = labels(row("Status:", "öffentlich") + row("Status:", "nichtöffentlich"))
    assert [value.get_text() for value in twice.elements(Label.STATUS)] == ["öffentlich", "nichtöffentlich"]


def test_a_marked_value_and_the_cell_around_it_are_one_value() -> None:
    page = labels(row("Status:", '<i id="sistat">gemischt</i>') + row("Status:", "öffentlich"))
    assert [value.get_text() for value in page.elements(Label.STATUS)] == ["gemischt", "öffentlich"]


def test_a_place_that_says_nothing_is_told_apart_from_the_next_one() -> None:
    page = labels(row("Status:", "") + row("Status:", "öffentlich"))
    assert [value.get_text() for value in page.places(Label.STATUS)] == ["", "öffentlich"]
    around = labels(row("Status:", 'öffentlich <i id="sistat"></i>'))
    assert [value.get_text().strip() for value in around.places(Label.STATUS)] == ["öffentlich"]


def test_every_element_with_a_mark_is_a_value() -> None:
    page = labels('<dl><dt>Gremien</dt><dd><a id="sigremium">Rat</a><a id="sigremium">Bauausschuss</a></dd></dl>')
    assert [value.get_text() for value in page.elements(Label.ORGANIZATION)] == ["Rat", "Bauausschuss"]


@pytest.mark.parametrize(
    "markup",
    [
        "<dl><dt>Ort</dt><dd>Rathaus</dd></dl>",
        "<table><tr><td>Ort:</td><td>Rathaus</td></tr></table>",
        "<table><tr><td class=label colspan=2>Ort</td></tr><tr><td>Rathaus</td></tr></table>",
        "<div><dt aria-describedby=x>Ort</dt><i>Stadt</i><b id=x>Rathaus</b></div>",
    ],
)
def test_the_value_stands_beside_its_label_or_below(markup: str) -> None:
    assert labels(markup).text(Label.PLACE) == "Rathaus"


@pytest.mark.parametrize(
    "markup",
    [
        "<dl><dt>Ort</dt><dt>Raum</dt><dd>Saal</dd></dl>",
        "<table><tr><td class=label>Ort</td></tr><tr><td class=label>Raum</td><td>Saal</td></tr></table>",
        "<table><tr><td>Ort</td><td>Rathaus</td></tr></table>",
    ],
)
def test_a_label_is_no_value_and_words_without_a_mark_are_no_label(markup: str) -> None:
    assert labels(markup).text(Label.PLACE) is None


def test_a_page_may_be_known_by_its_labels() -> None:
    page = labels(row("Gremium:", "") + row("Sitzungs-Datum", "3.2.2031"))
    assert page.has("Gremium", "Sitzungsdatum")
    assert not page.has("Gremium", "Datum")


def test_a_label_that_is_not_known_is_reported_once() -> None:
    diagnostics = Diagnostics("https://moorhausen.example/")
    known = row("Raum:", "1") + row("Aktenplan", "2") + row("Bearbeiter/in:", "N. N.") + row("Antragsteller", "SPD")
    page = labels(known + row("Mondphase", "voll") + row("Mondphase", "leer") + "<td>Bemerkung:</td><td>x</td>")
    page.report_unknown(diagnostics)
    assert [str(warning) for warning in diagnostics.warnings] == ['labels: a label that is not known: "Mondphase"']
