"""Every format gives its text, and every file that gives none says why."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from indexer.text import Status, extract_bytes
from indexer.text.media import PICTURES, Media
from indexer.text.readers import NOT_READ, READERS
from tests.indexer.text import samples
from tests.indexer.text.samples import a_pdf, extract


def test_every_kind_is_read_or_has_a_reason() -> None:
    assert set(Media) == READERS.keys() | NOT_READ.keys() | PICTURES


def test_pdf() -> None:
    extraction = extract(a_pdf(["Grüße aus\ndem Rathaus", "Zweite Seite"]), "application/pdf")
    assert extraction.status is Status.TEXT
    assert extraction.reason is None
    assert extraction.media_type == "application/pdf"
    assert type(extraction.media_type) is str
    assert extraction.pages == ("Grüße aus\ndem Rathaus", "Zweite Seite")
    assert (extraction.pages_without_text, extraction.pages_total) == (0, 2)


def test_pdf_after_rubbish() -> None:
    assert extract(b"HTTP/1.1 200 OK\r\n\r\n" * 20 + a_pdf(["Text"])).pages == ("Text",)


def test_pdf_without_text_says_so() -> None:
    extraction = extract(a_pdf(["", ""]))
    assert (extraction.status, extraction.reason) == ("no_text", "no text layer on its 2 pages")
    assert (extraction.pages, extraction.pages_without_text, extraction.pages_total) == ((), 2, 2)


def test_pdf_with_some_scanned_pages_keeps_their_places() -> None:
    extraction = extract(a_pdf(["Deckblatt", "", "Anlage"]))
    assert extraction.pages == ("Deckblatt", "", "Anlage")
    assert (extraction.status, extraction.pages_without_text) == ("text", 1)


def test_encrypted_pdf() -> None:
    extraction = extract(samples.an_encrypted_pdf())
    assert (extraction.status, extraction.reason) == ("failed", "encrypted PDF: it opens with a password only")


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.7 truncated" * 10])
def test_broken_pdf(data: bytes) -> None:
    extraction = extract(data)
    assert (extraction.status, extraction.reason) == ("failed", "broken PDF")


def test_empty_file() -> None:
    assert extract(b"", "application/pdf").reason == "empty file (0 bytes)"


def test_limits_cut_and_say_so() -> None:
    pages = [f"Seite {number}" for number in range(5)]
    by_pages = extract(a_pdf(pages), pages=3)
    assert by_pages.pages == ("Seite 0", "Seite 1", "Seite 2")
    assert (by_pages.status, by_pages.reason, by_pages.pages_total) == ("text", "cut after 3 of 5 pages", 5)
    assert extract(a_pdf(pages), pages=5).reason is None
    by_characters = extract(a_pdf(pages), characters=10)
    assert by_characters.pages == ("Seite 0", "Sei")
    assert (by_characters.status, by_characters.reason) == ("text", "cut after 10 characters")
    assert extract(b"x" * 101, bytes=100).reason == "file of 101 bytes; at most 100 are read"


def test_docx() -> None:
    extraction = extract(samples.a_docx())
    assert extraction.pages == (
        "Stadt Musterhausen\nVor der Tabelle\nAusschuss\tTermin\nBauausschuss\nNach der Tabelle\n\nSeite",
    )
    assert extraction.pages_total is None


WORDML = (
    b'<w:document xmlns:w="urn:w" xmlns:mc="urn:mc"><w:body>'
    b"<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>Vorlage Nr. 7</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    b"<w:p><w:del><w:r><w:delText>alt</w:delText></w:r></w:del><w:ins><w:r><w:t>neu</w:t></w:r></w:ins></w:p>"
    b"<w:p><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Kasten</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
    b"<mc:Fallback><w:p><w:r><w:t>Kasten</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>"
    b"<w:p><w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:br/><w:t>C</w:t><w:noBreakHyphen/><w:t>D</w:t></w:r></w:p>"
    b"</w:body></w:document>"
)


def test_docx_content_controls_tracked_changes_and_text_boxes() -> None:
    extraction = extract(samples.with_entry(samples.a_docx(), "word/document.xml", WORDML))
    assert extraction.pages[0].split("\n")[1:6] == ["Vorlage Nr. 7", "neu", "", "Kasten", ""]
    assert "A\tB\nC-D" in extraction.pages[0]
    assert "alt" not in extraction.pages[0]


def test_docx_with_macros() -> None:
    with zipfile.ZipFile(io.BytesIO(samples.a_docx())) as archive:
        types = archive.read("[Content_Types].xml")
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = types.replace(plain, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    assert "Vor der Tabelle" in extract(samples.with_entry(samples.a_docx(), "[Content_Types].xml", types)).pages[0]


def test_word_2003_xml() -> None:
    data = (
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        b'<w:wordDocument xmlns:w="urn:w" xmlns:wx="urn:wx">'
        b"<w:body><wx:sect><w:p><w:r><w:t>Alte Vorlage</w:t></w:r></w:p></wx:sect></w:body></w:wordDocument>"
    )
    assert extract(data, "text/xml", "vorlage.xml").pages == ("Alte Vorlage",)


def test_xlsx_shows_what_a_reader_sees() -> None:
    extraction = extract(samples.an_xlsx())
    assert extraction.pages == ("Haushalt\nProdukt\tBetrag\tStand\nSchulen\t1234,5\t30.11.2026\nBäder\t7\tWAHR", "")
    assert (extraction.pages_without_text, extraction.pages_total) == (1, 2)


def test_pptx() -> None:
    extraction = extract(samples.a_pptx())
    assert extraction.pages == ("Radwege\nLänge\t12 km\nHinweis für den Vortrag", "")
    assert extraction.pages_total == 2


ODT = "Antrag\nDer Rat möge\tbeschließen\nJahr\tEuro\n2026\t1.000\nPunkt eins"


@pytest.mark.parametrize("flat", [False, True])
def test_odt(flat: bool) -> None:
    assert extract(samples.an_odt(flat)).pages == (ODT,)


@pytest.mark.parametrize("flat", [False, True])
def test_ods(flat: bool) -> None:
    extraction = extract(samples.an_ods(flat))
    assert extraction.pages == ("Stellenplan\nAmt\tStellen\nBauamt\t12", "")
    assert extraction.pages_total == 2


def test_odp() -> None:
    assert extract(samples.an_odp()).pages == ("Erste Folie", "Zweite Folie")


def test_encrypted_odt() -> None:
    manifest = b'<manifest:file-entry xmlns:manifest="urn:m"><manifest:encryption-data/></manifest:file-entry>'
    extraction = extract(samples.with_entry(samples.an_odt(), "META-INF/manifest.xml", manifest))
    assert extraction.reason == "encrypted OpenDocument: it opens with a password only"


def test_rtf() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}Gr\'fc\'dfe aus K\u246?ln\par{\pict\pngblip "
        + b"89504e47" * 20000
        + b"}Ende}"
    )
    assert extract(data).pages == ("Grüße aus Köln\nEnde",)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset='iso-8859-1'>", "cp1252"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=windows-1252'>", "cp1252"),
        ("<meta charset='utf-8'>", "utf-8"),
        ("<meta charset='iso-8859-1'>", "utf-8"),
        ("<meta charset='iso-8859-2'>", "iso-8859-2"),
        ("", "utf-8"),
        ("", "cp1252"),
        ("", "utf-16"),
    ],
)
def test_html_charsets(head: str, encoding: str) -> None:
    euro = "" if encoding == "iso-8859-2" else " – 5 €"
    data = f"<html><head>{head}</head><body><p>Müllgebühr{euro}</p></body></html>".encode(encoding)
    assert extract(data, "text/html").pages == (f"Müllgebühr{euro}",)


def test_html_shows_what_a_browser_shows() -> None:
    data = (
        b"<?xml version='1.0'?><html><head><title>Sitzung</title><style>p{}</style><script>var x</script></head><body>"
        b"<!-- nie --><h1>Bau<b>aus</b>schuss</h1><p>Ort:\n Rathaus<br>Saal 1</p>"
        b"<table><tr><th>TOP</th><th>Titel</th></tr><tr><td>1</td><td>Rad &amp; Weg</td></tr></table></body></html>"
    )
    assert extract(data, "text/html").pages == (
        "Sitzung\n\nBauausschuss\n\nOrt: Rathaus\nSaal 1\n\nTOP\tTitel\n\n1\tRad & Weg",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_plain_text(encoding: str) -> None:
    assert extract("Straßen\r\nPlätze – 5 €".encode(encoding), "text/plain").pages == ("Straßen\nPlätze – 5 €",)


def test_mail() -> None:
    message = EmailMessage()
    message["From"], message["To"] = "buerger@example.org", "rat@example.org"
    message["Subject"] = "Anregung für den Rat"
    message.set_content("Bitte mehr Bäume.")
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="Bäume.pdf")
    extraction = extract(message.as_bytes())
    assert extraction.pages == ("Anregung für den Rat\n\nBitte mehr Bäume.\n\nBäume.pdf",)


def test_mail_in_html() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "Betreff"
    message.set_content("<p>Nur <b>HTML</b></p>", subtype="html")
    assert extract(message.as_bytes()).pages == ("Betreff\n\nNur HTML",)


@pytest.mark.parametrize(
    ("data", "status", "reason"),
    [
        (samples.an_ole("WordDocument"), "failed", "old Word format (.doc) is not read yet"),
        (samples.an_ole("PowerPoint Document"), "failed", "old PowerPoint format (.ppt) is not read yet"),
        (samples.an_ole("EncryptedPackage"), "failed", "encrypted Office document: it opens with a password only"),
        (samples.a_zip({"a": b"b"}), "failed", "ZIP archives are not unpacked"),
        (b"\xff\xd8\xff\xe0", "no_text", "a picture; text in pictures is not read yet"),
        (b" \n\t ", "no_text", "a document without text"),
    ],
)
def test_what_is_not_read_says_why(data: bytes, status: str, reason: str) -> None:
    extraction = extract(data)
    assert (extraction.status, extraction.reason) == (status, reason)


def test_a_broken_workbook_and_a_broken_document() -> None:
    assert (extract(samples.an_ole("Workbook")).reason or "").startswith("broken workbook")
    assert (extract(samples.a_docx()[:-200]).reason or "").startswith("broken ZIP container")
    broken = extract(samples.with_entry(samples.a_docx(), "word/document.xml", b"<w:document"))
    assert (broken.reason or "").startswith("broken XML")
    assert (extract(samples.with_entry(samples.a_pptx(), "ppt/presentation.xml", b"<")).reason or "").startswith(
        "broken file"
    )


@pytest.mark.parametrize("name", ["word/document.xml", "word/media/image1.png"])
def test_zip_bomb_that_is_honest_about_its_size(name: str) -> None:
    bomb = samples.with_entry(samples.a_docx(), name, b"<" + b"0" * 3_000_000)
    assert len(bomb) < 100_000
    reason = extract(bomb, unpacked_bytes=1_000_000).reason or ""
    assert reason.startswith("ZIP container would unpack to")
    assert extract(bomb, "application/pdf", unpacked_bytes=1_000_000).status == "failed"


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (samples.a_docx, "word/document.xml"),
        (samples.an_xlsx, "xl/worksheets/sheet1.xml"),
        (samples.a_pptx, "ppt/slides/slide1.xml"),
        (samples.an_odt, "content.xml"),
    ],
)
def test_zip_bomb_that_lies_about_its_size(make: Callable[[], bytes], name: str) -> None:
    bomb = samples.with_entry(make(), name, b"<a>" + b"0" * 3_000_000 + b"</a>")
    assert (3_000_007).to_bytes(4, "little") in bomb
    lying = bomb.replace((3_000_007).to_bytes(4, "little"), (7).to_bytes(4, "little"))
    reason = extract(lying, unpacked_bytes=1_000_000).reason or ""
    assert reason.startswith("broken ZIP container"), reason


def test_zip_with_very_many_entries() -> None:
    many = samples.a_zip({f"{number}": b"" for number in range(20_001)})
    assert extract(many).reason == "ZIP container with 20001 entries; at most 20000 are read"


def test_encrypted_zip() -> None:
    data = bytearray(samples.a_docx())
    place = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, place + 8, 1)
    assert extract(bytes(data)).reason == "encrypted ZIP container"


def test_entities_are_not_resolved() -> None:
    laughs = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    document = (
        laughs
        + b'<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>vor &b; &f; nach</w:t></w:r></w:p></w:body></w:document>'
    )
    page = extract(samples.with_entry(samples.a_docx(), "word/document.xml", document)).pages[0]
    assert "vor" in page
    assert "ha" not in page.replace("Stadt Musterhausen", "")


def test_deep_nesting_is_an_error_and_no_crash() -> None:
    deep = b'<w:document xmlns:w="urn:w">' + b"<w:body>" * 100_000
    assert extract(samples.with_entry(samples.a_docx(), "word/document.xml", deep)).status == "failed"
    assert extract(b"<html><body>" + b"<div>" * 20_000 + b"tief", "text/html").pages == ("tief",)
    assert extract(b"{\\rtf1 " + b"{" * 50_000 + b"x}").pages == ("x",)


@pytest.mark.parametrize("make", ["a_docx", "an_xlsx", "a_pptx", "an_odt", "an_ods", "an_odp"])
def test_damaged_files_never_raise(make: str) -> None:
    data: bytes = getattr(samples, make)()
    for place in range(0, len(data), max(1, len(data) // 40)):
        damaged = data[:place] + b"\xff\x00\xff" + data[place + 3 :]
        assert extract_bytes(damaged).status in Status
        assert extract_bytes(data[:place]).status in Status


def test_damaged_pdfs_never_raise() -> None:
    data = a_pdf(["Text", "mehr"])
    for place in range(0, len(data), 25):
        assert extract_bytes(data[:place] + b"\xff\x00" + data[place + 2 :]).status in Status
