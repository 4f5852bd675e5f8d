"""What a file is is read from the file; words about it only break ties; liars are named."""

from __future__ import annotations

import time

import pytest

from indexer.text.media import Media, claimed, lie, recognise
from tests.indexer.text import samples
from tests.indexer.text.samples import extract

PAGE = b"<!DOCTYPE html><html><head><title>Anmeldung</title></head><body>Bitte melden Sie sich an.</body></html>"


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (samples.a_pdf(["x"]), Media.PDF),
        (b"<br />\n<b>Warning</b>: rubbish\n" + samples.a_pdf(["x"]), Media.PDF),
        (samples.a_docx(), Media.DOCX),
        (samples.an_xlsx(), Media.XLSX),
        (samples.a_pptx(), Media.PPTX),
        (samples.an_odt(), Media.ODT),
        (samples.an_ods(), Media.ODS),
        (samples.an_odp(), Media.ODP),
        (samples.an_odt(flat=True), Media.FLAT_ODT),
        (samples.an_ods(flat=True), Media.FLAT_ODS),
        (samples.a_zip({"a.txt": b"x"}), Media.ZIP),
        (samples.a_zip({"word/document.xml": b"<x/>"}), Media.DOCX),
        (b"{\\rtf1\\ansi x}", Media.RTF),
        (samples.an_ole("Root Entry", "WordDocument"), Media.DOC),
        (samples.an_ole("Root Entry", "Workbook"), Media.XLS),
        (samples.an_ole("Root Entry", "PowerPoint Document"), Media.PPT),
        (samples.an_ole("Root Entry", "EncryptedPackage"), Media.LOCKED_OFFICE),
        (samples.an_ole("Root Entry"), Media.OLE),
        (PAGE, Media.HTML),
        (b"\n\n<!-- x --><HTML>", Media.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="y"/>', Media.HTML),
        (b'<?xml version="1.0"?><svg/>', Media.SVG),
        (b'<?xml version="1.0"?><p:sld xmlns:p="x"/>', Media.XML),
        (b"Received: from a\r\nSubject: b\r\n\r\nText", Media.EML),
        (b"Subject: nur eine Kopfzeile\n\nText", Media.PLAIN),
        ("Grüße".encode("cp1252"), Media.PLAIN),
        ("Grüße".encode("utf-16"), Media.PLAIN),
        (b"\xff\xd8\xff\xe0x", Media.JPEG),
        (b"\x89PNG\r\n\x1a\nx", Media.PNG),
        (b"II*\0x", Media.TIFF),
        (bytes(range(256)), None),
    ],
)
def test_contents_tell_the_kind(data: bytes, media: Media | None) -> None:
    assert recognise(data) is media
    if media is not None and media not in (Media.PLAIN, Media.XML):
        assert recognise(data, "application/octet-stream", "datei.bin") is media


def test_a_claim_breaks_a_tie() -> None:
    both = samples.an_ole("WordDocument", "Workbook")
    assert recognise(both) is Media.DOC
    assert recognise(both, None, "tabelle.XLS") is Media.XLS
    assert recognise(both, "application/vnd.ms-excel; charset=binary") is Media.XLS
    assert recognise(b"Text mit <b>Fett</b>", "text/html") is Media.HTML
    assert recognise(b"Text mit <b>Fett</b>", "text/plain") is Media.PLAIN


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ("application/pdf", None),
        (None, "Vorlage.PDF"),
        ("application/octet-stream", "Vorlage.pdf"),
        ("text/html", "Vorlage.pdf"),
        ("application/pdf", "seite.html"),
    ],
)
def test_a_page_in_place_of_a_pdf_is_not_read(declared: str | None, name: str | None) -> None:
    extraction = extract(PAGE, declared, name)
    assert extraction.status == "failed"
    assert extraction.reason == "HTML page where application/pdf was declared"
    assert extraction.media_type == "text/html"
    assert extraction.pages == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"404 Not found", "plain text where application/pdf was declared"),
        (b'{"error": "not found"}', "plain text where application/pdf was declared"),
        (b'<?xml version="1.0"?><Error/>', "XML where application/pdf was declared"),
        (bytes(range(256)), "unknown format where application/pdf was declared"),
    ],
)
def test_other_error_answers_in_place_of_a_pdf_are_not_read(data: bytes, reason: str) -> None:
    assert extract(data, "application/pdf").reason == reason


@pytest.mark.parametrize(
    ("declared", "name"),
    [("text/html", "seite.html"), ("text/html", None), (None, None), ("application/octet-stream", "x")],
)
def test_a_page_that_is_called_a_page_is_read(declared: str | None, name: str | None) -> None:
    assert extract(PAGE, declared, name).pages == ("Anmeldung\n\nBitte melden Sie sich an.",)


def test_word_saves_html_under_doc_and_says_so() -> None:
    page = b'<html xmlns:w="urn:schemas-microsoft-com:office:word"><body>Einladung</body></html>'
    assert extract(page, "application/msword").pages == ("Einladung",)
    assert extract(PAGE, "application/msword").status == "failed"


@pytest.mark.parametrize(
    ("declared", "name"),
    [("application/pdf", "vorlage.pdf"), ("application/octet-stream", None), ("text/html", "x.doc")],
)
def test_a_wrong_but_harmless_label_is_no_harm(declared: str, name: str | None) -> None:
    extraction = extract(samples.a_docx(), declared, name)
    assert extraction.status == "text"
    assert extraction.media_type == Media.DOCX


def test_claims_come_from_type_and_name() -> None:
    assert claimed("Application/PDF; x=y", "a.docx") == (Media.PDF, Media.DOCX)
    assert claimed("application/octet-stream", "ohne") == ()
    assert claimed(None, None) == ()
    assert lie(b"x", Media.DOCX, (Media.PDF,)) is None


@pytest.mark.parametrize(
    "data", [b"<!---->" * 2000 + b"?", b"<?a?>" * 3000, b"<!DOCTYPE [" * 1400, b" " * 16000 + b"<"]
)
def test_hostile_beginnings_cost_no_time(data: bytes) -> None:
    started = time.process_time()
    recognise(data)
    assert time.process_time() - started < 2
