"""A meeting's head, documents and agenda, in every layout."""

from __future__ import annotations

import pytest

from council.model import FileRole
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from tests.crawlers.sessionnet.invented import (
    agenda4,
    agenda6,
    button,
    detail4,
    document,
    documents,
    head,
    heading4,
    heading6,
    item4,
    item6,
    layout3,
    layout4,
    layout6,
    meeting_of,
    meetings,
    numbers,
    read,
    url,
)

PUBLIC, CLOSED = heading6("&Ouml;ffentlicher Teil:"), heading6("Nicht &ouml;ffentlicher Teil:")
HEAD = head(
    siname="R/3/2026",
    sigrname="Rat der Stadt",
    siort="Saal,  Markt 1",
    sidat="05.03.2026",
    yytime="18:00-20:15&nbsp;Uhr",
)


def test_layout_6_whole() -> None:
    files = document(1, "Beschlussvorlage", "VO", 2) + document(2, "Anlage 1 - Lageplan", extra=True)
    below = (
        '<p class="smc_field_smcdv0_box2_beschluss"><strong>Beschluss:</strong> mehrheitlich zugestimmt</p>'
        '<p class="smc_field_smcdv0_box2_abstimmung"><strong>Abstimmung:</strong>  Ja:&nbsp;9, Nein:&nbsp;2</p>'
    )
    page = read(
        agenda6(
            PUBLIC,
            item6("&Ouml; 1", "Eröffnung"),
            item6("&Ouml; 2.1", "Neubau der Brücke<br />hier: Planung", "4711 V/12/26", files, below, cell="tolink"),
            CLOSED,
            item6("N 3", "gesperrte Information"),
            top=HEAD + documents(document(9, "Einladung", "EI", 3)),
        ),
        url("si0057", "__ksinr=7001&smcspf=4"),
    )
    (meeting,) = meetings(page)
    assert (meeting.native_id, meeting.name, str(meeting.start)) == ("7001", "Rat", "2026-03-05 18:00:00+01:00")
    assert str(meeting.end) == "2026-03-05 20:15:00+01:00"
    assert meeting.organization[0].name == "Rat der Stadt"
    assert meeting.location
    assert meeting.location.description == "Saal, Markt 1"
    assert [(file.native_id, file.role) for file in meeting.files] == [("9", FileRole.INVITATION)]
    assert meeting.source_url == url("si0057", "__ksinr=7001")
    item = meeting.agenda[1]
    assert (item.number, item.name) == ("2.1", "Neubau der Brücke hier: Planung")
    assert (item.paper, item.reference, item.consultation) == ("4711", "V/12/26", "4711/7001")
    assert (item.result, item.resolution_text) == ("mehrheitlich zugestimmt", "Abstimmung: Ja: 9, Nein: 2")
    assert [(f.name, f.role) for f in item.files] == [
        ("Beschlussvorlage", FileRole.MAIN), ("Anlage 1 - Lageplan", FileRole.ATTACHMENT),
    ]  # fmt: skip
    assert item.files[0].url == url("getfile", "id=1&type=do")
    assert item.files[0].media_type == "application/pdf"
    assert numbers(meeting.agenda) == ["1", "2.1"]
    assert page.follow == (url("vo0050", "__kvonr=4711"),)
    assert page.warnings == ()


def test_the_heading_alone_tells_name_day_time_and_place() -> None:
    meeting = meeting_of(
        agenda6(PUBLIC, item6("1", "Eröffnung"), h1="Orts-Rat Au / See - 05.03.2026 - 18:00-19:30&nbsp;Uhr - Saal 2")
    )
    assert (meeting.name, str(meeting.end)) == ("Orts-Rat Au / See", "2026-03-05 19:30:00+01:00")
    assert meeting.location
    assert meeting.location.description == "Saal 2"
    assert numbers(meeting.agenda) == ["1"]


def test_layout_6_without_headings_but_badges() -> None:
    meeting = meeting_of(agenda6(item6("&Ouml; 1", "Eins"), item6("N 2", "Zwei", "88 V/8"), item6("&Ouml; 3", "Drei")))
    assert numbers(meeting.agenda) == ["1", "3"]
    assert meeting.withheld == ("7001/N 2", "88/7001")
    assert meeting.withheld_papers == ("88",)


def test_cards() -> None:
    def card(number: str, title: str, more: str = "", key: int = 0) -> str:
        ajax = f"""onclick="smcAjaxDV('to0058.php?smctonr={key}&smcajax=11t','x','y')" """ if key else ""
        return f"""<div class="card card-light"><div class="card-header" {ajax}><h3 class="card-header-title"><button
class="btn btn-link"> <span class="badge">{number}</span> <span class="smc-badges"><span class="badge smc-badge-count
smc-badge-text">Texte</span></span><div class="smc-card-text-title">{title}</div></button></h3></div><div
class="collapse"><div class="card-body">{more}</div></div></div>"""

    def part(words: str) -> str:
        return f"""<div class="card card-light smcbox"><div class="card-header"><h2><button class="btn btn-link">{words}
</button></h2></div></div>"""

    link = '<a href="vo0050.php?__kvonr=61" class="smc_datatype_vo">V/61</a>'
    page = layout6(
        "si0056",
        f"""<div id="smcpanel1" class="card"><div class="card-header"><h2><button class="btn-link">Informationen
</button></h2></div><div class="card-body">{HEAD}</div></div><div class="accordion" id="smcaccordion">
{part("&Ouml;ffentlicher Teil:")}{card("&Ouml; 1", "Haushalt", link + documents(document(5, "Vorlage", "VO", 2)), 501)}
{card("&Ouml; 2", "Anfragen", "<p><strong>Beschluss:</strong> vertagt</p>", 502)}{part("Nicht&ouml;ffentlicher Teil:")}
{card("3", "Grundstück Gartenweg", '<a href="vo0050.php?__kvonr=62">V/62</a>' + documents(document(6, "Vorlage")), 503)}
</div>""",
        h1="Rat - 05.03.2026 - 18:00 Uhr",
    )
    (meeting,) = meetings(read(page, url("si0056", "__ksinr=7001")))
    first, second = meeting.agenda
    assert (first.native_id, first.number, first.name, first.paper, first.reference) == (
        "501",
        "1",
        "Haushalt",
        "61",
        "V/61",
    )
    assert [file.native_id for file in first.files] == ["5"]
    assert (second.result, second.name) == ("vertagt", "Anfragen")
    assert meeting.withheld == ("503", "62/7001")
    assert meeting.withheld_papers == ("62",)
    assert meeting.files == ()


def test_layout_4_with_results_late_items_and_buttons() -> None:
    late = '<span class="smctopadd">2.1 <span class="smcf_tondat">Nachtrag: 01.03.2026</span> <span>*</span></span>'
    page = agenda4(
        heading4("&Ouml;ffentlicher Teil: Beginn 17:00&nbsp;Uhr"),
        item4(901, "1", "Eröffnung"),
        item4(
            902,
            late,
            "Nachtrag: 01.03.2026 * Radweg",
            '<a href="vo0050.asp?__kvonr=71&voselect=5">K/71</a>',
            button(17, "Vorlage K/71"),
        ),
        detail4("Beratungsergebnis", "einstimmig zugestimmt"),
        detail4("Abstimmung", "Ja:&nbsp;12, Nein:&nbsp;0"),
        detail4("Bemerkung", "Pause"),
        heading4("Nicht &ouml;ffentlicher Teil: Beginn 18:17&nbsp;Uhr"),
        item4(903, "3", "Vergabe", '<a href="vo0050.asp?__kvonr=72">K/72</a>', button(18, "Vergabevorschlag")),
        detail4("Beschluss", "zugestimmt"),
    )
    (meeting,) = meetings(read(page, url("to0040", "__ksinr=5&toselect=902", "asp")))
    assert str(meeting.start) == "2026-03-05 17:00:00+01:00"
    second = meeting.agenda[1]
    assert (second.native_id, second.number, second.name) == ("902", "2.1", "Radweg")
    assert (second.result, second.resolution_text) == ("einstimmig zugestimmt", "Abstimmung: Ja: 12, Nein: 0")
    assert (second.paper, second.reference) == ("71", "K/71")
    assert [(file.native_id, file.name, file.url) for file in second.files] == [
        ("17", "Vorlage K/71", url("getfile", "id=17&type=do", "asp"))
    ]
    assert meeting.withheld == ("903", "72/5")
    assert meeting.files == ()


def test_layout_3_with_a_head_of_pairs_in_latin_1() -> None:
    top = """<h1>Sitzungsdetails</h1><table id="smctablevorgang"><tbody><tr><td class="smctablehead">Sitzung:</td>
<td>StR/7/2012</td><td class="smctablehead">Gremium:</td><td>Stadtrat</td></tr><tr><td class="smctablehead">Datum:</td>
<td>03.04.2012</td><td class="smctablehead">Zeit:</td><td>18:00-21:10</td></tr><tr><td class="smctablehead">Raum:</td>
<td>Großer Saal</td></tr><tr><td class="smctablehead">Bezeichnung:</td><td>7. Sitzung</td></tr></tbody></table>"""
    table = """<table id="smc_page_to0040_contenttable1" class="smccontenttable"><tbody>
<tr class="smcrowh"><td colspan="6">Öffentliche Sitzung</td></tr>
<tr class="smcrow1" id="smc_to_331"><td>1</td><td>Begrüßung</td><td></td></tr>
<tr class="smcrow2" id="smc_to_332"><td>2</td><td>Straßenbau</td><td><a href="vo0050.asp?kvonr=9">V 9/12</a></td></tr>
<tr class="smcrowh"><td colspan="6">Nichtöffentliche Sitzung</td></tr>
<tr class="smcrow1" id="smc_to_333"><td>3</td><td>Personal</td><td></td></tr></tbody></table>"""
    meeting = meeting_of(layout3(top + table), url("to0040", "__ksinr=8", "asp"), "iso-8859-1")
    assert (meeting.name, meeting.organization[0].name) == ("7. Sitzung", "Stadtrat")
    assert (str(meeting.start), str(meeting.end)) == ("2012-04-03 18:00:00+02:00", "2012-04-03 21:10:00+02:00")
    assert meeting.location
    assert meeting.location.description == "Großer Saal"
    assert [(item.native_id, item.name, item.paper) for item in meeting.agenda] == [
        ("331", "Begrüßung", None), ("332", "Straßenbau", "9"),
    ]  # fmt: skip
    assert meeting.withheld == ("333",)


def test_the_head_alone_is_a_meeting_and_leads_to_its_agenda() -> None:
    tabs = """<ul id="smcregister"><li><a href="si0050.php?__ksinr=7001">Informationen</a></li>
<li><a href="si0057.php?__ksinr=7001">Tagesordnung</a></li>
<li><a href="to0045.php?__ksinr=7001">Anwesenheit</a></li></ul>"""
    page = read(layout6("si0050", tabs + HEAD, h1="Rat - 05.03.2026"), url("si0050", "__ksinr=7001"))
    (meeting,) = meetings(page)
    assert (meeting.agenda, meeting.withheld, meeting.native_id) == ((), (), "7001")
    assert page.follow == (url("si0057", "__ksinr=7001"),)


def test_asked_for_the_agenda_and_led_to_the_head() -> None:
    page = layout6("si0050", HEAD + "<p>Die Tagesordnung wurde noch nicht freigegeben.</p>", h1="Rat - 05.03.2026")
    meeting = meeting_of(page, url("si0057", "__ksinr=7001"))
    assert meeting.start
    assert meeting.agenda == ()


def test_the_number_is_that_of_the_tabs_where_the_address_has_none() -> None:
    tabs = '<ul id="smcregister"><li><a href="si0056.php?__ksinr=55&">TOP-Liste</a></li></ul>'
    assert meeting_of(agenda6(PUBLIC, item6("1", "Eins"), top=tabs), url("si0057")).native_id == "55"


def test_a_meeting_without_any_number_is_refused() -> None:
    with pytest.raises(UnexpectedResponse, match="ksinr"):
        meeting_of(agenda6(PUBLIC, item6("1", "Eins")), url("si0057"))


@pytest.mark.parametrize(
    "h1",
    [
        "ABGESAGT: Rat - 05.03.2026 - 18:00 Uhr",
        "Rat - 05.03.2026 - 18:00 Uhr - fällt aus",
        "Rat (entfällt) - 05.03.2026",
    ],
)
def test_cancelled(h1: str) -> None:
    assert meeting_of(agenda6(PUBLIC, item6("1", "Eins"), h1=h1)).cancelled


def test_missing_cells_are_none() -> None:
    page = read(agenda6(PUBLIC, item6("&Ouml; ", ""), h1="Rat - 05.03.2026"), url("si0057", "__ksinr=7001"))
    (meeting,) = meetings(page)
    assert (meeting.location, meeting.end) == (None, None)
    assert [(item.number, item.name) for item in meeting.agenda] == [(None, None)]
    assert page.warnings[0].what == "an item without a title"


def test_links_of_other_hosts_are_no_documents() -> None:
    stream = documents('<div class="smc-d-el"><a href="https://video.example/live">Livestream</a></div>')
    foreign = documents('<div class="smc-d-el"><a href="https://evil.example/getfile.php?id=3&type=do">Datei</a></div>')
    assert meeting_of(agenda6(PUBLIC, item6("1", "Eins"), top=stream + foreign)).files == ()


def test_the_documents_of_menu_and_footer_are_not_the_meetings() -> None:
    after = documents(document(12, "Niederschrift", "NÖ", 5))
    meeting = meeting_of(agenda6(PUBLIC, item6("1", "Eins"), after=after))
    assert [(file.native_id, file.role) for file in meeting.files] == [("12", FileRole.MINUTES)]


def test_the_same_file_on_meeting_and_item_stays_on_both() -> None:
    top = documents(document(12, "Vorlage", "VO", 2))
    meeting = meeting_of(agenda6(PUBLIC, item6("1", "Eins", "5 V/5", document(12, "Vorlage", "VO", 2)), top=top))
    assert [file.native_id for file in (*meeting.files, *meeting.agenda[0].files)] == ["12", "12"]


def test_hundreds_of_items() -> None:
    rows = [item6(f"&Ouml; {n}", f"Punkt {n}", f"{n} V/{n}", document(n, "Vorlage")) for n in range(1, 401)]
    page = read(agenda6(PUBLIC, *rows), url("si0057", "__ksinr=7001"))
    assert len(meetings(page)[0].agenda) == 400
    assert len(page.follow) == 400


def test_huge_colspans_and_nested_tables_do_no_harm() -> None:
    nested = '<table><tr><td class="tofnum">N 9</td><td class="tobetr">Versteckt</td></tr></table>'
    wide = '<tr><td class="totrenn" colspan="999999999"><h2>Öffentlicher Teil</h2></td></tr>'
    assert [item.name for item in meeting_of(agenda6(wide, item6("1", "Eins", below=nested))).agenda] == ["Eins"]


def test_a_page_that_is_cut_off_is_refused() -> None:
    whole = agenda6(PUBLIC, *(item6(f"Ö {n}", f"Punkt {n}") for n in range(50)))
    for share in (0.3, 0.6, 0.9):
        with pytest.raises(UnexpectedResponse):
            read(whole[: int(len(whole) * share)], url("si0057", "__ksinr=7001"))


def test_details_not_released_are_the_sources_no() -> None:
    page = layout6(
        "si0057", "<p>Zu dieser Sitzung wurden noch keine Detailinformationen freigegeben.</p>", h1="Sitzung"
    )
    with pytest.raises(AccessDenied):
        read(page, url("si0057", "__ksinr=7001"))


def test_the_committees_number_of_the_context_menu() -> None:
    menu = '<ul><li class="smcmenucontext_fct_gremium"><a href="kp0040.asp?__kgrnr=44">Gremium</a></li></ul>'
    page = layout4(
        "to0040", menu + agenda4(heading4("Öffentlicher Teil"), item4(1, "1", "Eins")), "Kreistag 05.03.2026"
    )
    assert meeting_of(page, url("to0040", "__ksinr=5", "asp")).organization[0].native_id == "44"


def test_documents_and_results_in_rows_of_their_own() -> None:
    files = f'<tr><td></td><td colspan="3" class="sidocs">{documents(document(4, "Anlage 1"))}</td></tr>'
    words = """<tr><td colspan="4"><p class="smc_field_smcdv0_box2_beschluss"><strong>Beschluss:</strong> vertagt</p>
<div class="smcdocmsword">Der Rat vertagt.</div></td></tr>"""
    meeting = meeting_of(agenda6(PUBLIC, item6("1", "Eins"), files, words, item6("2", "Zwei")))
    first, second = meeting.agenda
    assert ([file.native_id for file in first.files], first.result) == (["4"], "vertagt")
    assert (second.number, second.files, second.result) == ("2", (), None)


def test_documents_in_a_row_below_a_withheld_item_are_withheld() -> None:
    files = f'<tr><td></td><td colspan="3">{documents(document(4, "Anlage 1"))}</td></tr>'
    meeting = meeting_of(agenda6(PUBLIC, item6("Ö 1", "Eins"), item6("N 2", "Zwei"), files, item6("Ö 3", "Drei")))
    assert [file.native_id for item in meeting.agenda for file in item.files] == []
    assert numbers(meeting.agenda) == ["1", "3"]


def test_a_column_of_results() -> None:
    start = "<tr><th>TOP</th><th>Betreff</th><th>Vorlage</th><th>Beschluss</th></tr>"
    row = '<tr><td class="tofnum">Ö 1</td><td class="tobetr">Eins</td><td></td><td>einstimmig beschlossen</td></tr>'
    assert meeting_of(agenda6(start, row)).agenda[0].result == "einstimmig beschlossen"


def test_a_part_heading_in_the_second_cell_of_a_row_without_number() -> None:
    heading = "<tr><td></td><td>Nichtöffentlicher Teil</td></tr>"
    meeting = meeting_of(agenda6(PUBLIC, item6("1", "Eins"), heading, item6("2", "Zwei")))
    assert numbers(meeting.agenda) == ["1"]


@pytest.mark.parametrize(
    ("h1", "name", "start", "place"),
    [
        ("Rat - 05.03.2026 - 18:00 Uhr", "Rat", "18:00", None),
        ("Sitzung des Rates am Donnerstag, 05.03.2026 um 18:00 Uhr", "Sitzung des Rates", "18:00", None),
        ("Rat 05.03.2026", "Rat", "00:00", None),
        ("Rat - 05.03.2026 - 67346 Musterstadt, Saal", "Rat", "00:00", "67346 Musterstadt, Saal"),
        ("Rat - 05.03.2026 - 18:00 Uhr bis 19:30 Uhr - 1. OG", "Rat", "18:00", "1. OG"),
        ("Bau- und Umwelt-Ausschuss - 05.03.2026", "Bau- und Umwelt-Ausschuss", "00:00", None),
    ],
)
def test_headings_taken_apart(h1: str, name: str, start: str, place: str | None) -> None:
    meeting = meeting_of(agenda6(PUBLIC, item6("1", "Eins"), h1=h1))
    assert meeting.start
    found = meeting.location.description if meeting.location else None
    assert (meeting.name, f"{meeting.start:%H:%M}", found) == (name, start, place)


def test_a_page_of_mixed_encodings() -> None:
    page = (
        agenda6(PUBLIC, item6("1", "Straße"), item6("2", "@@"), h1="Rat - 05.03.2026")
        .encode()
        .replace(b"@@", b"B\xfccher")
    )
    assert [item.name for item in meeting_of(page).agenda] == ["Straße", "Bücher"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
@pytest.mark.parametrize("declared", ["UTF-8", "iso-8859-1"])
def test_encodings_whatever_is_declared(encoding: str, declared: str) -> None:
    page = agenda4(heading4("Öffentlicher Teil"), item4(1, "1", "Straßenbäume – „Grün“")).replace("UTF-8", declared)
    meeting = meeting_of(page, url("to0040", "__ksinr=5", "asp"), encoding)
    assert meeting.agenda[0].name == "Straßenbäume – „Grün“"


def test_older_cards_in_panels() -> None:
    def panel(number: str, title: str) -> str:
        return f"""<div class="panel panel-default"><div class="panel-heading"><h3><span class="badge">{number}</span>
<span class="smc-panel-text-title">{title}</span></h3></div><div class="panel-body"></div></div>"""

    page = layout6("si0056", panel("Ö 1", "Eins") + panel("N 2", "Zwei"), h1="Rat - 05.03.2026", version="5.0.1")
    meeting = meeting_of(page, url("si0056", "__ksinr=7001"))
    assert [(item.number, item.name) for item in meeting.agenda] == [("1", "Eins")]


def test_a_title_that_links_to_its_item() -> None:
    title = '<a href="to0050.php?__ktonr=501" class="smce-a-u">Haushalt 2027</a>'
    meeting = meeting_of(agenda6(PUBLIC, item6("Ö 1", title, cell="tolink")))
    assert [(item.native_id, item.name) for item in meeting.agenda] == [("501", "Haushalt 2027")]


def test_a_reporter_is_not_part_of_the_title() -> None:
    meeting = meeting_of(agenda6(PUBLIC, item6("Ö 1", "Haushalt 2027<br>Berichterstatter: Herr Beispiel")))
    assert meeting.agenda[0].name == "Haushalt 2027"


def test_a_document_box_with_a_heading_row_of_its_own() -> None:
    box = """<table class="smcdocbox"><tr class="smcrowh"><td class="smcrowh">Dokumente</td></tr><tr><td><a
href="getfile.asp?id=8&type=do&" title="Einladung">Einladung</a></td></tr></table>"""
    page = agenda4(heading4("Öffentlicher Teil"), item4(1, "1", "Eins", files=box.replace("=8", "=9")), top=box)
    meeting = meeting_of(page, url("to0040", "__ksinr=5", "asp"))
    assert [file.native_id for file in (*meeting.files, *meeting.agenda[0].files)] == ["8", "9"]


def test_the_committees_number_of_the_head() -> None:
    top = head(sigrname='<a href="kp0040.php?__kgrnr=44&">Rat der Stadt</a>', sidat="05.03.2026")
    organization = meeting_of(agenda6(PUBLIC, item6("1", "Eins"), top=top)).organization[0]
    assert (organization.native_id, organization.name) == ("44", "Rat der Stadt")
