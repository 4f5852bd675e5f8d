"""Who proposed a paper: which labels say it, and who of those named is kept."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from crawlers.parsing.originators import is_body, names_originator, originators


@pytest.mark.parametrize(
    "label",
    ["Verfasser:", "Verfasserin:", "Verfasser/in", "Verfasser:in", "Verfasser*innen", "VerfasserIn", "Verfasser(in)",
     "Verfasser/Verfasserin:", "Verfasser bzw. Verfasserin", "Verfasser und Verfasserin", "Verfasser 2", "Initiatorin",
     "Antragsteller/-innen", "Antragsteller_in", "Antragstellende", "Einreicher:innen", "Eingereicht von:",
     "Fragestellerin", "Urheber", "Einbringer", "Beantragt von"],
)  # fmt: skip
def test_labels_of_who_proposed_it(label: str) -> None:
    assert names_originator(label)


@pytest.mark.parametrize("label", ["Termin", "Berichterstatterin", "Amt", "Federführend", "Bearbeiter/in", "", None])
def test_labels_of_others(label: str | None) -> None:
    assert not names_originator(label)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("SPD-Fraktion", True), ("Fraktion DIE LINKE", True), ("CDU / FDP", True), ("Bündnis 90/Die Grünen", True),
     ("Freie Wähler", True), ("Bauamt", True), ("Ortsbeirat Mühlental", True), ("Gruppe Volt/Piraten", True),
     ("Amsel, Anna", False), ("Anna Amsel (CDU)", False), ("Herr Specht", False), ("Ratsfrau Amsel", False)],
)  # fmt: skip
def test_bodies_are_kept_and_persons_are_not(text: str, kept: bool) -> None:
    assert is_body(text) is kept


def _values(markup: str) -> list[Tag]:
    return list(BeautifulSoup(markup, "lxml").select("td"))


@pytest.mark.parametrize(
    "markup",
    ["<td>Fraktion Mühlenliste<br/>SPD-Fraktion<br>Anna Amsel</td>",
     "<td><p>Fraktion Mühlenliste</p><p>SPD-Fraktion</p><!-- Amtsrat --></td>",
     "<td><ul><li>Fraktion <b>Mühlenliste</b></li><li>SPD-\u00adFraktion</li></ul></td>".replace("\u00ad", "")],
)  # fmt: skip
def test_one_a_line(markup: str) -> None:
    assert [one.name for one in originators(_values(markup))] == ["Fraktion Mühlenliste", "SPD-Fraktion"]
