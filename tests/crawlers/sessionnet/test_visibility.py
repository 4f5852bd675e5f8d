"""Only what is proven public is read: the non-public in every place it was seen or can be thought of."""

from __future__ import annotations

import json

import pytest

from tests.crawlers.sessionnet.invented import (
    agenda4,
    agenda6,
    calendar6,
    day6,
    detail4,
    document,
    documents,
    head,
    heading4,
    heading6,
    item4,
    item6,
    layout6,
    listed,
    meeting_of,
    meetings,
    numbers,
    read,
    url,
)

PUBLIC = heading6("Öffentlicher Teil")
SECRET = item6("5", "Verkauf Mühlgrundstück", "66 V/66", document(31, "Kaufvertrag"))


def _leaks(page_text: str) -> bool:
    return any(word in page_text for word in ("Mühlgrundstück", "Kaufvertrag", "V/66", "id=31&"))


@pytest.mark.parametrize(
    "heading",
    [
        "Nichtöffentlicher Teil",
        "Nicht &ouml;ffentlicher Teil:",
        "II. Nicht-öffentliche Sitzung",
        "NICHTÖFFENTLICHER TEIL: Beginn 18:17&nbsp;Uhr",
        "Nicht öffentlicher Teil 19:00 - 20:15 Uhr",
        "N i c h t ö f f e n t l i c h e r Teil",
        "nichtöffentlich",
        "Vertraulicher Teil",
        "Interner Teil",
        "Sonstiges",
    ],
)
def test_every_heading_but_a_public_one_ends_the_public_part(heading: str) -> None:
    page = read(agenda6(PUBLIC, item6("1", "Haushalt"), heading6(heading), SECRET), url("si0057", "__ksinr=7001"))
    (meeting,) = meetings(page)
    assert numbers(meeting.agenda) == ["1"]
    assert meeting.withheld == ("7001/5", "66/7001")
    assert meeting.withheld_papers == ("66",)
    assert not _leaks(json.dumps(page.as_json(), ensure_ascii=False))


@pytest.mark.parametrize(
    "heading", ["Öffentlicher Teil:", "&Ouml;ffentliche Sitzung",
                "I. Öffentlicher Teil: Beginn 17:00 Uhr Ende 18:16 Uhr",
                "Öffentlicher Teil (18:00 - 19:00 Uhr)", "Wiederherstellung der Öffentlichkeit"]
)  # fmt: skip
def test_public_headings(heading: str) -> None:
    assert numbers(meeting_of(agenda6(heading6(heading), item6("1", "Haushalt"))).agenda) == ["1"]


def test_an_unknown_heading_is_noted() -> None:
    page = read(agenda6(PUBLIC, heading6("Beratung im Kreis"), SECRET), url("si0057", "__ksinr=7001"))
    assert "the public part ends here" in page.warnings[0].what


def test_without_heading_and_badge_nothing_is_public() -> None:
    page = read(agenda6(SECRET), url("si0057", "__ksinr=7001"))
    assert meetings(page)[0].agenda == ()
    assert "neither Ö" in page.warnings[0].what


def test_a_badge_in_the_non_public_part_proves_nothing() -> None:
    page = read(
        agenda6(heading6("Nichtöffentlicher Teil"), item6("Ö 5", "Verkauf Mühlgrundstück")), url("si0057", "__ksinr=1")
    )
    assert meetings(page)[0].agenda == ()
    assert "left out" in page.warnings[0].what


@pytest.mark.parametrize(
    "number",
    ["N 2", "NÖ 2", "nö 2.1", "N2", "N-2", "N", "n.ö. 2", "N 2 Nachtrag: 01.03.2026 *",
     "2 N", "(N) 2", "[NÖ] 2", "(NÖ) 2",
     "TOP (NÖ) 2", "nichtöff. 2", "Punkt N 2", "2 (NÖ)", "Ö/N 2", "TOP 2 - nichtöffentlich", "NO\u0308 2"],
)  # fmt: skip
def test_a_non_public_badge_between_public_items(number: str) -> None:
    secret = item6(number, "Verkauf Mühlgrundstück", "66 V/66", document(31, "Kaufvertrag"))
    page = read(agenda6(PUBLIC, item6("Ö 1", "Eins"), secret, item6("Ö 3", "Drei")), url("si0057", "__ksinr=7001"))
    assert numbers(meetings(page)[0].agenda) == ["1", "3"]
    assert not _leaks(json.dumps(page.as_json(), ensure_ascii=False))


@pytest.mark.parametrize("number", ["V 2", "G 2", "X 2", "2 Beirat"])
def test_a_badge_that_is_not_known_is_withheld_and_reported(number: str) -> None:
    secret = item6(number, "Verkauf Mühlgrundstück", "66 V/66", document(31, "Kaufvertrag"))
    page = read(agenda6(PUBLIC, item6("1", "Eins"), secret, item6("3", "Drei")), url("si0057", "__ksinr=7001"))
    assert numbers(meetings(page)[0].agenda) == ["1", "3"]
    assert not _leaks(json.dumps(page.as_json(), ensure_ascii=False))
    assert [warning.what for warning in page.warnings] == ["a badge before the number that is not known: left out"]


@pytest.mark.parametrize(
    "shown", ["öff. 3", "(Ö) 3", "[Ö] 3", "Ö-3", "Punkt Ö 3", "TOP Ö 3 (Nachtrag)", "O\u0308 3", "Ö 3."]
)
def test_a_public_badge_in_another_spelling_needs_no_heading(shown: str) -> None:
    assert numbers(meeting_of(agenda6(item6(shown, "Drei"))).agenda) == ["3"]


@pytest.mark.parametrize(
    "title",
    [
        "gesperrte Information",
        "Gesperrter Tagesordnungspunkt",
        "NÖ: Verkauf Mühlgrundstück",
        "Verkauf Mühlgrundstück (nichtöffentlich)",
        "Nichtöffentlicher Teil: Verkauf Mühlgrundstück",
        "nicht öffentlich",
        '<i class="fa fa-lock" aria-hidden="true"></i> Verkauf Mühlgrundstück',
        'Verkauf Mühlgrundstück <img src="im/x.gif" alt="nichtöffentlich">',
    ],
)
def test_titles_and_locks_that_say_non_public(title: str) -> None:
    page = read(
        agenda6(PUBLIC, item6("Ö 1", "Eins"), item6("Ö 2", title), item6("Ö 3", "Drei")), url("si0057", "__ksinr=7")
    )
    assert "Mühlgrundstück" not in json.dumps(page.as_json(), ensure_ascii=False)
    assert "2" not in numbers(meetings(page)[0].agenda)


@pytest.mark.parametrize(
    "title",
    ["Bekanntgabe nicht öffentlich gefasster Beschlüsse", "Genehmigung der Niederschrift (nichtöffentlicher Teil)",
     "Satzung über die Öffentlichkeitsarbeit", "Blockade der Locksteige"],
)  # fmt: skip
def test_titles_about_the_non_public_part_are_public(title: str) -> None:
    assert [item.name for item in meeting_of(agenda6(PUBLIC, item6("Ö 1", title))).agenda] == [title]


def test_a_heading_in_the_place_of_an_item_ends_the_public_part() -> None:
    heading = item6("", "Nichtöffentlicher Teil")
    page = read(agenda6(PUBLIC, item6("1", "Eins"), heading, SECRET), url("si0057", "__ksinr=7001"))
    assert numbers(meetings(page)[0].agenda) == ["1"]
    assert not _leaks(json.dumps(page.as_json(), ensure_ascii=False))


@pytest.mark.parametrize(
    "name",
    ["Niederschrift nichtöffentlicher Teil", "NÖ_Anlage.pdf", "Anlage 3 (nicht öffentlich)", "Vertraulich: Angebot"],
)
def test_files_whose_name_says_non_public(name: str) -> None:
    files = document(1, "Vorlage", "VO", 2) + document(31, name, extra=True)
    meeting = meeting_of(agenda6(PUBLIC, item6("Ö 1", "Eins", "5 V/5", files), top=documents(document(32, name))))
    assert [file.native_id for file in (*meeting.files, *meeting.agenda[0].files)] == ["1"]


def test_the_code_of_public_minutes_is_no_sign_of_the_non_public() -> None:
    meeting = meeting_of(
        agenda6(PUBLIC, item6("Ö 1", "Eins"), top=documents(document(1, "Niederschrift öffentlich", "NÖ", 5)))
    )
    assert [file.native_id for file in meeting.files] == ["1"]


def test_hidden_documents_of_a_full_box_are_kept() -> None:
    files = document(1, "Vorlage") + document(2, "Anlage", hidden=True)
    assert len(meeting_of(agenda6(PUBLIC, item6("Ö 1", "Eins", "5 V/5", files))).agenda[0].files) == 2


def test_documents_of_a_withheld_item_come_in_by_no_other_door() -> None:
    top = documents(document(31, "Anlage 1"), document(8, "Einladung"))
    public = item6("Ö 1", "Eins", "5 V/5", document(31, "Anlage 1"))
    meeting = meeting_of(agenda6(PUBLIC, public, heading6("Nichtöffentlicher Teil"), SECRET, top=top))
    assert [file.native_id for file in (*meeting.files, *meeting.agenda[0].files)] == ["8"]


def test_a_box_of_non_public_documents() -> None:
    box = f"""<div class="card"><div class="card-header"><h2>Nichtöffentliche Dokumente</h2></div>
<div class="card-body">{documents(document(31, "Anlage"))}</div></div>"""
    assert meeting_of(agenda6(PUBLIC, item6("Ö 1", "Eins"), top=box)).files == ()


def test_a_paper_in_both_parts_is_public() -> None:
    rows = (
        PUBLIC,
        item6("1", "Haushalt", "66 V/66"),
        heading6("Nichtöffentlicher Teil"),
        item6("2", "Haushalt", "66 V/66"),
    )
    meeting = meeting_of(agenda6(*rows))
    assert meeting.withheld_papers == ()
    assert meeting.withheld == ("7001/2",)


def test_layout_4_details_of_withheld_items_are_withheld() -> None:
    link = '<a href="vo0050.asp?__kvonr=66">V/66</a> <a href="getfile.asp?id=31&type=do&">Kaufvertrag</a>'
    page = read(
        agenda4(
            heading4("Öffentlicher Teil"),
            item4(1, "1", "Eins"),
            item4(2, "N 2", "Verkauf Mühlgrundstück"),
            detail4("Beschluss", f"Mühlgrundstück verkauft {link}"),
            item4(3, "3", "Drei"),
            detail4("Beschluss", "zugestimmt"),
        ),
        url("to0040", "__ksinr=5", "asp"),
    )
    (meeting,) = meetings(page)
    assert [(item.native_id, item.result) for item in meeting.agenda] == [("1", None), ("3", "zugestimmt")]
    assert meeting.withheld == ("2", "66/5")
    assert not _leaks(json.dumps(page.as_json(), ensure_ascii=False))


def test_nested_tables_cannot_bring_in_non_public_items() -> None:
    nested = f'<table class="smctablesitzung"><tbody>{item6("Ö 9", "Verkauf Mühlgrundstück")}</tbody></table>'
    page = read(agenda6(PUBLIC, item6("N 1", "Eins", below=nested)), url("si0057", "__ksinr=7001"))
    assert meetings(page)[0].agenda == ()
    assert not _leaks(json.dumps(page.as_json(), ensure_ascii=False))


def test_two_agenda_tables_begin_anew() -> None:
    second = f'<table class="smctablesitzung"><tbody>{SECRET}</tbody></table>'
    page = read(
        agenda6(PUBLIC, item6("1", "Eins"), heading6("Nichtöffentlicher Teil"), after=second),
        url("si0057", "__ksinr=7"),
    )
    assert numbers(meetings(page)[0].agenda) == ["1"]


WORDS = "Verkauf Mühlgrundstück"


@pytest.mark.parametrize(
    "page",
    [
        agenda6(PUBLIC, heading6(f"GEHEIM {WORDS}"), SECRET),
        agenda6(heading6(WORDS), SECRET),
        agenda6(SECRET),
        agenda6(PUBLIC, item6("1", "Eins"), h1=f"{WORDS} - 31.02.2026"),
        agenda6(PUBLIC, item6("1", "Eins"), top=head(sidat=f"30.02.2026 {WORDS}"), h1=""),
        agenda6(PUBLIC, item6("1", "Eins"), top=head(sidat=WORDS), h1=""),
    ],
)
def test_notes_quote_no_words_of_an_agenda(page: str) -> None:
    diagnostics = read(page, url("si0057", "__ksinr=7001")).warnings
    assert diagnostics
    assert not _leaks(str(diagnostics))


def test_notes_quote_no_name_of_a_calendar_or_a_paper() -> None:
    page = calendar6(day6("", listed(WORDS, 1)), day6("", listed(WORDS)), day6(f"3./4. {WORDS}", listed(WORDS, 3)))
    assert len(page.warnings) == 5
    assert not _leaks(str(page.warnings))
    cells = head(vobetr="Neubau", voname="V/1", vodat=WORDS)
    noted = read(layout6("vo0050", cells, h1="Neubau"), url("vo0050", "__kvonr=7")).warnings
    assert noted
    assert not _leaks(str(noted))


def test_a_badge_that_reaches_down_over_rows_proves_no_item_below_it_public() -> None:
    heads = "<tr><th>TOP</th><th>Betreff</th><th>Vorlage</th></tr>"
    rows = """<tr><td rowspan="2">Ö 1</td><td>Neubau</td><td>V/8</td></tr>
<tr><td>Verkauf der Alten Mühle</td><td>V/9</td></tr>"""
    table = f"<table class='smctabletagesordnung'>{heads}{rows}</table>"
    page = read(layout6("si0057", table, h1="Rat - 05.03.2026"), url("si0057", "__ksinr=7001"))
    (meeting,) = meetings(page)
    assert [item.name for item in meeting.agenda] == ["Neubau"]
    assert "Mühle" not in json.dumps(page.as_json())
