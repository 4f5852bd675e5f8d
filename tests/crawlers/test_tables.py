"""Tables: what the columns hold, named by their heads, by the cells' own names or by what the cells say."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from crawlers.parsing.columns import AGENDA, PAPERS, Column, Columns
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.tables import columns_by_content, fields_of_header, rows_of


def _clock(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,2}[.:]\d{2}(?: Uhr)?", text))


def _day(text: str) -> bool:
    return bool(re.fullmatch(r"(?:Mo|Di|Mi|Do|Fr|Sa|So)|\d{1,2}\.?(?:\d{1,2}\.)?", text))


KINDS = ((Column.TIME, _clock), (Column.DATE, _day))


def columns(*rows: tuple[str, ...]) -> dict[int, Column]:
    grid = [{at: text for at, text in enumerate(row) if text} for row in rows]
    return columns_by_content(grid, KINDS, lambda text: text not in {"Pro", "TOP"})


def test_day_time_name_and_room() -> None:
    found = columns(
        ("Mo", "2.", "18:00", "", "Mühlenausschuss", "Pro", "Alte Mühle, Zi. 4"),
        ("", "", "", "", "AUSFALL - Rat", "", ""),
        ("Di", "3.", "19.30", "TOP", "Rat", "", "Rathaus"),
    )
    assert found == {0: Column.DATE, 1: Column.DATE, 2: Column.TIME, 4: Column.NAME, 6: Column.PLACE}


def test_the_columns_stand_in_any_order() -> None:
    assert columns(("Rat", "Kulturhaus", "02.09.", "18:00"), ("Jugendrat", "", "03.09.", "17:00")) == {
        0: Column.NAME, 1: Column.PLACE, 2: Column.DATE, 3: Column.TIME,
    }  # fmt: skip


@pytest.mark.parametrize("beside", ["Frau Amsel", "siehe Bekanntmachung", "öffentlich"])
def test_people_and_remarks_are_no_places(beside: str) -> None:
    assert columns(("Mo", "18:00", "Rat", beside), ("Di", "18:00", "Bauausschuss", beside)) == {
        0: Column.DATE, 1: Column.TIME, 2: Column.NAME,
    }  # fmt: skip


def test_of_a_contact_and_a_room_the_room_is_the_place() -> None:
    rows = [("Mo", "Rat", "Herr Specht", "Sitzungssaal 2"), ("Di", "Ortsbeirat", "Frau Amsel", "Dorfgemeinschaftshaus")]
    for order in ((0, 1, 2, 3), (0, 1, 3, 2)):
        found = columns(*(tuple(row[at] for at in order) for row in rows))
        assert found[order.index(3)] == Column.PLACE
        assert order.index(2) not in found


def test_nothing_is_known_of_an_empty_table() -> None:
    assert columns() == {}
    assert columns(("", "")) == {}


BY_HEADS = Columns(AGENDA)


def read(markup: str, how: Columns = BY_HEADS) -> tuple[list[dict[str, str]], Diagnostics]:
    """What the rows of a table say by field, without its rows of heads."""
    diagnostics = Diagnostics("https://rat.example/si0057.php")
    (table,) = BeautifulSoup(f"<table>{markup}</table>", "lxml").select("body > table")
    rows = [row for row in rows_of(table, how, "agenda", diagnostics) if not row.is_header]
    return [{field.value: row.text(field) or "" for field in row.fields} for row in rows], diagnostics


def line(*cells: str, name: str = "td") -> str:
    return f"<tr>{''.join(f'<{name}>{cell}</{name}>' for cell in cells)}</tr>"


def heads(*cells: str) -> str:
    return line(*cells, name="th")


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("TOP", "number"), ("TOP-Nr.:", "number"), ("Lfd. Nr.", "number"), ("T\u00adO\u00adP ▲", "number"),
        ("BETREFF", "name"), ("Gegenstand der Beratung", "name"), ("Vorlagen-Nr.", "reference"),
        ("Vorlagen Nr", "reference"), ("DRUCKSACHE NR.", "reference"), ("Beschluß", "result"),
        ("Abstimmung", "vote"), ("Öffentlichkeit", "status"), ("O\u0308ffentlichkeit", "status"),
        ("Oeffentlichkeit", "status"),
        ("Drs.-Art / Vorlagenart", "type"), ("Betreff/Thema", "name"),
    ],
)  # fmt: skip
def test_a_head_is_known_however_it_is_written(head: str, field: str) -> None:
    other = "Datum"
    assert read(heads(other, head) + line("01.02.2026", "Wert"))[0] == [{"date": "01.02.2026", field: "Wert"}]


def test_columns_stand_in_any_order_and_may_have_no_head() -> None:
    rows, diagnostics = read(heads("Beschluss", "", "Betreff", "TOP") + line("ja", "x", "Neubau", "3"))
    assert rows == [{"result": "ja", "name": "Neubau", "number": "3"}]
    assert not diagnostics.warnings


def test_a_head_with_two_meanings_takes_the_one_that_is_left() -> None:
    assert read(heads("TOP", "Tagesordnungspunkt") + line("3", "Neubau"))[0] == [{"number": "3", "name": "Neubau"}]
    assert read(heads("Tagesordnungspunkt", "Betreff") + line("3", "Neubau"))[0] == [{"number": "3", "name": "Neubau"}]
    assert read(heads("Name", "Betreff") + line("V/3", "Neubau"), Columns(PAPERS))[0] == [
        {"reference": "V/3", "name": "Neubau"}
    ]
    assert read(heads("Nummer", "Name") + line("V/3", "Neubau"), Columns(PAPERS))[0] == [
        {"reference": "V/3", "name": "Neubau"}
    ]


def test_heads_and_cells_over_several_columns() -> None:
    table = "<tr><th>TOP</th><th colspan=3>Inhalt</th><th>Beschluss</th></tr>"
    rows, _ = read(table + line("1", "", "Neubau", "", "ja") + "<tr><td>2<td colspan=3>Umbau<td>nein</tr>")
    assert rows == [
        {"number": "1", "name": "Neubau", "result": "ja"},
        {"number": "2", "name": "Umbau", "result": "nein"},
    ]


def test_a_cell_over_several_rows_counts_for_each_of_them() -> None:
    first = "<tr><td rowspan=2>1</td><td>Neubau</td><td>ja</td></tr>"
    rows, _ = read(heads("TOP", "Betreff", "Beschluss") + first + line("Umbau", "nein") + line("2", "Abriss", "ja"))
    assert rows == [
        {"number": "1", "name": "Neubau", "result": "ja"},
        {"number": "1", "name": "Umbau", "result": "nein"},
        {"number": "2", "name": "Abriss", "result": "ja"},
    ]


@pytest.mark.parametrize(
    "divider",
    ["<tr><td colspan=3>Fraktionsanträge</td></tr>", "<tr><td>Fraktionsanträge</td></tr>", heads("Fraktionsanträge")],
)
def test_a_divider_holds_no_column_and_ends_none(divider: str) -> None:
    rows, _ = read(heads("TOP", "Betreff", "Beschluss") + divider + line("1", "Neubau", "ja"))
    assert rows[-1] == {"number": "1", "name": "Neubau", "result": "ja"}
    assert rows[:-1] in ([], [{}])


def test_a_row_wider_than_its_heads_is_known_by_its_own_labels_alone() -> None:
    wide = (
        '<tr><td data-label="TOP">1</td><td>x</td><td data-label="Titel">Neubau</td><td data-label="Titel">N.</td></tr>'
    )
    rows, _ = read(heads("TOP", "Betreff", "Beschluss") + wide)
    assert rows == [{"number": "1", "name": "Neubau"}]


def test_what_a_cell_says_of_itself_counts_before_its_head() -> None:
    how = Columns(AGENDA, classes={"tobetr": Column.NAME}, weak_classes={"c2": Column.RESULT})
    row = '<tr><td class="c2">1</td><td data-label="Beschluss">ja</td><td class="tobetr c2">Neubau</td></tr>'
    assert read(heads("TOP", "Betreff", "Status") + row, how)[0] == [{"name": "Neubau", "number": "1", "result": "ja"}]


def test_a_table_without_heads_is_read_in_its_declared_order() -> None:
    how = Columns(AGENDA, order=(Column.NUMBER, None, Column.NAME))
    assert read(line("1", "x", "Neubau"), how)[0] == [{"number": "1", "name": "Neubau"}]
    assert read(heads("Betreff", "TOP") + line("Neubau", "1"), how)[0] == [{"name": "Neubau", "number": "1"}]
    assert read(line("1", "x", "Neubau"))[0] == [{}]


def test_old_pages_have_heads_in_ordinary_cells() -> None:
    rows, _ = read(line("TOP", "Inhalt", "Dokumente") + line("1", "Neubau", "") + line("2", "Vorlage", "Antrag"))
    assert rows == [{"number": "1", "name": "Neubau"}, {"number": "2", "name": "Vorlage"}]
    assert read(line("Antrag", '<a href="vo0050.php">Beschluss</a>', "Status"))[0] == [{}]


def test_a_head_that_is_not_known_is_reported_without_its_words() -> None:
    rows, diagnostics = read(heads("TOP", "Betreff", "Geheimsache") + line("1", "Neubau", "x"))
    assert rows == [{"number": "1", "name": "Neubau"}]
    (warning,) = diagnostics.warnings
    assert warning.where == "agenda, column 3"
    assert "head is not known" in warning.what
    assert "Geheimsache" not in str(warning)


def test_a_head_that_is_not_known_is_not_reported_where_its_column_is_empty() -> None:
    rows, diagnostics = read(heads("TOP", "Rang", "Betreff") + line("1", "", "Neubau") + line("2", " ", "Abriss"))
    assert [row["name"] for row in rows] == ["Neubau", "Abriss"]
    assert list(diagnostics.warnings) == []


def test_a_form_may_stand_between_a_row_and_its_cells() -> None:
    inside = "<tr><form><td>1</td><td>Neubau<table><tr><td>x</td></tr></table></td></form></tr>"
    rows, _ = read(heads("TOP", "Betreff") + inside)
    assert rows == [{"number": "1", "name": "Neubau"}]


def test_heads_of_which_none_is_known_are_no_heads() -> None:
    rows, diagnostics = read(heads("Montag", "Dienstag") + line("1", "2"))
    assert (rows, list(diagnostics.warnings)) == ([{}], [])


def test_tables_within_cells_are_no_rows() -> None:
    inner = f"<table>{heads('Betreff', 'TOP')}{line('Anlage', '9')}</table>"
    rows, _ = read(heads("TOP", "Betreff") + line("1", f"Neubau{inner}"))
    assert rows == [{"number": "1", "name": "Neubau"}]


def test_spans_without_end_cost_no_memory() -> None:
    wild = '<td colspan="99999" rowspan="99999">x</td>' * 300
    rows, _ = read(heads("TOP", "Betreff") + f"<tr>{wild}</tr>" * 300)
    assert rows == [{}] * 300


def test_what_kind_of_table_it_is_its_heads_say() -> None:
    table = BeautifulSoup(f"<table>{heads('TOP', 'Betreff', 'x')}{line('1', '2', '3')}</table>", "lxml").select("table")
    assert fields_of_header(table[0], BY_HEADS) == {Column.NUMBER, Column.NAME}
