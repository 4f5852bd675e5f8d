"""An agenda item's own page: its paper's number in one line with the subject, and what was decided, in folds."""

from __future__ import annotations

import pytest

from council.model import AgendaItem, Meeting
from tests.crawlers.allris4.invented import ITEM, frame, labelled, read

_EMPTY_HEADING = '<h2 class="expandedTitle"></h2>'
_VOTE = (
    "<table><tr><td><p>Abstimmung:</p></td><td><p>Dafür:</p></td><td><p>21</p></td></tr>"
    "<tr><td></td><td><p>Dagegen:</p></td><td><p>4</p></td></tr></table>"
)


def fold(tip: str, text: str, heading: str = _EMPTY_HEADING) -> str:
    """A text that can be folded away; the tooltip of its link says what it is."""
    link = f'<div class="expcol"><a href="#" data-simpletooltip-text="{tip}"><img alt="Reduzieren"/></a></div>'
    return f'<div><div class="compFull">{link}<div>{heading}<div class="docPart">{text}</div></div></div></div>'


def item(*folds: str, paper: str = "", shown: str = "Ö 7") -> Meeting:
    head = labelled("TOP", shown, "toname") + labelled("Sitzung", '<a href="./to010?SILFDNR=77">Rat</a>', "sibetreff")
    named = labelled("Vorlage", f'<a href="./vo020?VOLFDNR=900&TOLFDNR=501"><p>{paper}</p></a>', "vobetreff")
    result = labelled("Beschluss", "ungeändert beschlossen", "toBeschlussart")
    content = f'<div id="head">{head}{named if paper else ""}</div><div id="mainContent">{result}{"".join(folds)}</div>'
    (meeting,) = read(frame("to020", content), ITEM).records
    assert isinstance(meeting, Meeting)
    return meeting


def public(meeting: Meeting) -> AgendaItem:
    (only,) = meeting.agenda
    return only


@pytest.mark.parametrize(
    ("line", "reference", "name"),
    [
        ("DRS. 25/161 Satzung über das Moor", "DRS. 25/161", "Satzung über das Moor"),
        ("VO/2031/044 - Satzung über das Moor", "VO/2031/044", "Satzung über das Moor"),
        ("31-0815: Satzung über das Moor", "31-0815", "Satzung über das Moor"),
    ],
)
def test_number_and_subject_of_the_paper_in_one_line(line: str, reference: str, name: str) -> None:
    found = public(item(paper=line))
    assert (found.reference, found.name, found.paper) == (reference, name, "900")


def test_a_line_without_a_number_is_the_subject() -> None:
    found = public(item(paper="2031/2032 Doppelhaushalt"))
    assert (found.reference, found.name) == (None, "2031/2032 Doppelhaushalt")


def test_what_was_decided_where_the_headings_are_empty() -> None:
    meeting = item(
        fold("Begründung ausblenden", "<p>Das Moor ist alt.</p>"),
        fold("Beschluss ausblenden", "<p>Die Satzung</p><p>wird beschlossen.</p>"),
        fold("Abstimmungsergebnis ausblenden", _VOTE),
    )
    text = "Die Satzung\nwird beschlossen.\n\nAbstimmung: Dafür: 21\nDagegen: 4"
    assert public(meeting).resolution_text == text


def test_a_heading_of_its_own_tells_before_the_tooltip_does() -> None:
    found = public(item(fold("Text ausblenden", "<p>Angenommen.</p>", '<h2 class="expandedTitle">Beschluss</h2>')))
    assert found.resolution_text == "Angenommen."


@pytest.mark.parametrize(
    "tip", ["Beschlussvorschlag ausblenden", "Beschluss nichtöffentlich ausblenden", "Wortprotokoll ausblenden", ""]
)
def test_what_is_no_public_decision_is_not_kept(tip: str) -> None:
    assert public(item(fold(tip, "<p>Geheim</p>"))).resolution_text is None


def test_nothing_is_kept_of_an_item_that_is_not_public() -> None:
    meeting = item(fold("Beschluss ausblenden", "<p>Der Kauf</p>"), paper="DRS. 25/162 Kauf", shown="N 3")
    assert (meeting.agenda, meeting.withheld, meeting.withheld_papers) == ((), ("501",), ("900",))
    assert "Kauf" not in meeting.model_dump_json()
