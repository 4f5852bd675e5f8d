"""What proves an item public, and what says otherwise: numbers, badges, pictures, trees, columns, headings."""

from __future__ import annotations

import random
import re

import pytest

from crawlers.parsing.badges import Marking, read_badge
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.page import Page
from tests.crawlers.allris4.invented import (
    ITEM,
    MEETING,
    agenda,
    document,
    frame,
    heading,
    item,
    items,
    labelled,
    meeting,
    paper_link,
    read,
    the_meeting,
)

OPEN, CLOSED = heading("Öffentlicher Teil"), heading("Nichtöffentlicher Teil")


@pytest.mark.parametrize(
    ("shown", "number"),
    [
        ("Ö 1", "1"),
        ("Ö1", "1"),
        ("TOP Ö 2.1", "2.1"),
        ("(Ö) 3", "3"),
        ("Ö-4", "4"),
        ("ö 5", "5"),
        ("O\u0308 6", "6"),
        ("Oe 7", "7"),
        ("Öffentlich 8", "8"),
        ("Ö 9 (Nachtrag)", "9"),
        ("Ö 10 NT", "10"),
        ("Ö 11*", "11"),
        ("Ö 3.1.1", "3.1.1"),
    ],
)
def test_public_badges(shown: str, number: str) -> None:
    assert read_badge(shown).marking is Marking.PUBLIC
    assert [agenda_item.number for agenda_item in items(read(meeting(item(1, shown, "Torf"))))] == [number]


@pytest.mark.parametrize("shown", ["N 1", "NÖ 2", "nö 3", "TOP N 4", "N", "N1", "(N) 5", "N ²", "V 3", "Öl 1", "1 N"])
def test_other_badges_prove_nothing_even_below_a_public_heading(shown: str) -> None:
    assert read_badge(shown).marking in {Marking.NONPUBLIC, Marking.UNKNOWN}
    assert [
        agenda_item.native_id for agenda_item in items(read(meeting(OPEN, item(1, "Ö 1", "A"), item(2, shown, "B"))))
    ] == ["1"]


@pytest.mark.parametrize("shown", ["3", "2.1", "4 a", "IV.2", "b)", "TOP 5", "6."])
def test_plain_numbers_are_as_public_as_their_heading(shown: str) -> None:
    assert [agenda_item.native_id for agenda_item in items(read(meeting(OPEN, item(1, shown, "A"))))] == ["1"]
    assert items(read(meeting(CLOSED, item(1, shown, "A")))) == ()
    assert items(read(meeting(item(1, shown, "A")))) == ()


def test_behind_an_n_only_an_ö_is_proof() -> None:
    page = read(meeting(OPEN, item(1, "1", "A"), item(2, "N 2", "B"), item(3, "3", "C"), item(4, "Ö 4", "D")))
    assert [item.native_id for item in items(page)] == ["1", "4"]
    assert the_meeting(page).withheld == ("2", "3")


def test_what_hangs_below_a_withheld_item_in_the_tree() -> None:
    above = item(1, "Ö 1", "A (nichtöffentlich)", more='data-tt-id="7"')
    below = item(2, "Ö 8", "B", more='data-tt-id="8" data-tt-parent-id="7"')
    lowest = item(3, "Ö 9", "C", more='data-tt-id="9" data-tt-parent-id="8"')
    page = read(meeting(OPEN, above, below, lowest, item(4, "Ö 2", "D", more='data-tt-id="10"')))
    assert [item.native_id for item in items(page)] == ["4"]
    assert the_meeting(page).withheld == ("1", "2", "3")


def test_what_hangs_below_a_withheld_item_by_its_number() -> None:
    named = item(1, "Ö 1", "A (nichtöffentlich)"), item(2, "Ö 1.1", "B"), item(3, "Ö 1.1.1", "C"), item(4, "Ö 1.2", "D")
    assert [agenda_item.native_id for agenda_item in items(read(meeting(OPEN, *named, item(5, "Ö 10", "E"))))] == ["5"]
    plain = item(1, "1", "A (nichtöffentlich)"), item(2, "1.1", "B"), item(3, "2", "C")
    assert [item.native_id for item in items(read(meeting(OPEN, *plain)))] == ["3"]
    two_counts = item(1, "N 1", "A"), item(2, "Ö 1.1", "of Ö 1")
    assert [item.native_id for item in items(read(meeting(OPEN, *two_counts)))] == ["2"]


SIGNS = {
    "picture": '<img src="x.svg" alt="Nichtöffentlich"/>',
    "lock": '<i class="icon-lock"></i>',
    "lock icon": '<span title="Schloss"></span>',
    "badge": '<span class="badge nonpublic"></span>',
    "label": '<span aria-label="nicht öffentlicher TOP"></span>',
    "note": '<span class="zusatzinfo">nichtöffentlich</span>',
    "confidential": '<span title="vertraulich"></span>',
}


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("column", ["tonr", "tobetreff", "tobanr"])
def test_signs_without_words(sign: str, column: str) -> None:
    row = item(666, "Ö 2", "Geheimes", paper_link(666, "2031/66")).replace(
        f'<td class="{column}">', f'<td class="{column}">{SIGNS[sign]}'
    )
    page = read(meeting(OPEN, item(1, "Ö 1", "A"), row))
    assert [item.native_id for item in items(page)] == ["1"]
    assert "Geheim" not in str(page.as_json())


def test_the_tooltip_of_the_item_s_own_link() -> None:
    row = item(2, "Ö 2", "B").replace('id="link_2"', 'id="link_2" data-simpletooltip-text="nichtöffentlicher TOP"')
    assert items(read(meeting(OPEN, row))) == ()


def test_a_tooltip_that_repeats_a_subject_about_the_closed_part() -> None:
    tip = "Bekanntgabe der in nichtöffentlicher Sitzung gefassten Beschlüsse"
    row = item(2, "Ö 2", tip).replace('id="betreff_2"', f'id="betreff_2" data-simpletooltip-text="{tip}"')
    assert [item.name for item in items(read(meeting(OPEN, row)))] == [tip]


def test_a_picture_that_says_public_is_a_flag() -> None:
    row = item(1, "1", "A").replace('<td class="tonr">', '<td class="tonr"><img alt="öffentlich"/>')
    assert [item.native_id for item in items(read(meeting(row)))] == ["1"]


@pytest.mark.parametrize(
    ("text", "kept"), [("öffentlich", 1), ("nichtöffentlich", 0), ("", 0), ("nicht öffentlich", 0), ("intern", 0)]
)
def test_a_column_that_says_it(text: str, kept: int) -> None:
    columns = (("TOP", ""), ("Tagesordnungspunkt", ""), ("Öffentlichkeit", ""))
    row = f'<tr><td><a id="link_5">1</a></td><td>Torf</td><td>{text}</td></tr>'
    assert len(items(read(meeting(table=agenda(row, columns=columns))))) == kept


def test_a_column_that_is_not_known_does_not_hide_the_badge() -> None:
    row = item(2, "N 2", "Geheimes").replace("tonr", "x")
    assert items(read(meeting(table=agenda(OPEN, row, columns=(("?", ""), ("??", ""), ("???", "")))))) == ()


def test_a_badge_in_a_column_that_is_not_known_and_without_a_link() -> None:
    row = "<tr><td>N 2</td><td><a href='./to020?TOLFDNR=2'>Geheimes</a></td></tr>"
    assert items(read(meeting(table=agenda(OPEN, row, columns=(("?", ""), ("Betreff", "")))))) == ()


def test_a_heading_over_each_table() -> None:
    tables = f"<h3>Öffentlicher Teil</h3>{agenda(item(1, '1', 'A'))}<h3>II. Nichtöffentlicher Teil</h3>"
    page = read(meeting(table=tables + agenda(item(2, "2", "Geheimes"), item(3, "Ö 3", "Geheimes"))))
    assert [item.native_id for item in items(page)] == ["1"]
    assert "Geheim" not in str(page.as_json())


def test_an_unfolded_text_of_a_withheld_item_withholds_its_documents() -> None:
    detail = f'<tr><td colspan="6"><div class="docPart">Geheim {document(8, "Akte")}</div></td></tr>'
    page = read(meeting(OPEN, item(1, "N 1", "Akte"), detail, item(2, "Ö 2", "B"), documents=document(8, "Akte")))
    assert the_meeting(page).files == ()
    assert [item.native_id for item in items(page)] == ["2"]


@pytest.mark.parametrize("beside", ["nichtöffentlich", "(nicht öffentlich)", '<span class="lock"></span>'])
def test_a_document_beside_which_it_says_so(beside: str) -> None:
    listed = document(5, "Einladung") + "</li><li>" + document(6, "Akte") + f"<span>{beside}</span>"
    assert [file.native_id for file in the_meeting(read(meeting(OPEN, documents=listed))).files] == ["5"]


def test_a_paper_in_two_columns_and_a_number_that_recurs() -> None:
    rows = item(1, "Ö 1", "A", paper_link(5, "V/5") + paper_link(6, "V/6")), item(1, "Ö 2", "B")
    page = read(meeting(OPEN, *rows))
    assert [(item.native_id, item.paper) for item in items(page)] == [("1", "5"), ("77/2", None)]
    assert [gap.where for gap in page.warnings] == ["agenda row 2", "agenda row 3"]


def test_a_subject_s_links_to_older_papers_are_none_of_the_item() -> None:
    row = item(1, "Ö 1", f"Ergänzung zu {paper_link(5, 'V/5')}", '<a id="vo_1">V/5a</a>')
    [one] = items(read(meeting(OPEN, row)))
    assert (one.paper, one.reference) == (None, "V/5a")


def _mutated(markup: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 5)):
        start, end = chance.choice([found.span() for found in re.finditer(r"<[^>]+>", markup)])
        tag = markup[start:end]
        changed = chance.choice(
            [
                "",
                tag * 3,
                f"<table><tr><td>{tag}",
                f"{tag}<td colspan=99999999999999999999>",
                re.sub(r'(?:class|id)="[^"]*"', "", tag),
                re.sub(r'href="[^"]*"', 'href="http://[::1"', tag),
            ]
        )
        markup = markup[:start] + changed + markup[end:]
    return markup


@pytest.mark.parametrize("seed", range(8))
def test_broken_markup_never_lets_the_closed_part_out(seed: int) -> None:
    chance = random.Random(seed)
    closed = item(2, "N 2", "Geheimes", paper_link(6, "G/66"))
    last = item(7, "N 1", "Geheimes", paper_link(8, "G/66"), document(9, "Geheimes"))
    whole = meeting(OPEN, item(1, "Ö 1", "A", paper_link(5, "V/5")), closed, item(4, "Ö 3", "C"), CLOSED, last)
    for _ in range(25):
        try:
            page = read(_mutated(whole, chance), MEETING)
        except UnexpectedResponse:
            continue
        shown = str(page.as_json())
        assert "Geheim" not in shown
        assert "G/66" not in shown


@pytest.mark.parametrize(
    ("status", "is_shown"),
    [
        ("öffentlich", True),
        ("öffentlich (Sitzung abgeschlossen)", True),
        ("öffentlich (teilweise)", False),
        ("öffentlich (Sitzung teilweise nichtöffentlich)", False),
        ("öffentlich (nicht öffentlich)", False),
        ("gemischt", False),
    ],
)
def test_a_meetings_status_proves_its_items_public_where_it_says_so_without_reserve(
    status: str, is_shown: bool
) -> None:
    shown = the_meeting(read(meeting(item(501, "3", "Torfabbau"), status=status), MEETING))
    assert [point.native_id for point in shown.agenda] == (["501"] if is_shown else [])
    assert shown.withheld == (() if is_shown else ("501",))


def test_a_marked_status_that_is_empty_is_not_made_up_for_by_another_one() -> None:
    def item_page(own: str) -> Page:
        head = labelled("TOP", "2", "toname") + labelled("Betreff", "Torf", "tobetreff") + own
        link = '<a href="./to010?SILFDNR=77">Moorrat</a>'
        return read(frame("to020", f'<div id="head">{link}{head}{labelled("Status", "öffentlich")}</div>'), ITEM)

    assert [point.name for point in the_meeting(item_page("")).agenda] == ["Torf"]
    assert the_meeting(item_page('<span id="tostatus"> </span>')).agenda == ()
