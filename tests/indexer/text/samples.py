"""Small files of every format, made as the tests need them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
import openpyxl
import pptx
from odf import opendocument, table, text
from odf.draw import Frame, Page, TextBox
from odf.style import MasterPage, PageLayout
from pptx.util import Inches

from indexer.text.extraction import Extraction, Limits
from indexer.text.readers import extract_bytes

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def extract(data: bytes, declared: str | None = None, name: str | None = None, **limits: int) -> Extraction:
    """extract_bytes with limits by name."""
    return extract_bytes(data, declared, name, Limits(**limits))


def a_pdf(pages: Sequence[str], trailer: bytes = b"", extra: Sequence[bytes] = ()) -> bytes:
    """A PDF with a text line a line; `extra` are further objects' contents, numbered after the pages'."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    for page in pages:
        lines = b" ".join(b"(" + line.encode("cp1252") + b") Tj T*" for line in page.split("\n") if line)
        stream = b"BT /F1 12 Tf 50 700 Td 14 TL " + lines + b" ET"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 %s>>>>/Contents %d 0 R>>"
            % (_FONT, len(objects) + 2)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + 2 * len(pages), 2))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids)
    return _pdf_file([*objects, *extra], trailer)


def _pdf_file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj" % number + content + b"endobj\n"
    table_of_objects = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(out))
    return out + head + table_of_objects + end


def an_encrypted_pdf() -> bytes:
    """A PDF that no empty password opens: its check values fit no password at all."""
    nothing = b"<" + b"5a" * 32 + b">"
    lock = b"<</Filter/Standard/V 1/R 2/P -44/O " + nothing + b"/U " + nothing + b">>"
    return a_pdf(["geheim"], b"/Encrypt 5 0 R/ID[<00><00>]", [lock])


def a_docx() -> bytes:
    """Paragraph, table with a merged cell, paragraph; header and footer."""
    document = docx.Document()
    document.add_paragraph("Vor der Tabelle")
    grid = document.add_table(2, 2)
    grid.cell(0, 0).text = "Ausschuss"
    grid.cell(0, 1).text = "Termin"
    grid.cell(1, 0).merge(grid.cell(1, 1)).text = "Bauausschuss"
    paragraph = document.add_paragraph("Nach der ")
    paragraph.add_run("Tabelle")
    paragraph.add_run("unsichtbar").font.hidden = True
    document.sections[0].header.paragraphs[0].text = "Stadt Musterhausen"
    document.add_section()
    document.sections[0].footer.paragraphs[0].text = "Seite"
    return _saved(document)


def an_xlsx() -> bytes:
    """A sheet with words, numbers and a date, a hidden one, and an empty one."""
    import datetime as dt

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Haushalt"
    sheet.append(["Produkt", "Betrag", "Stand"])
    sheet.append(["Schulen", 1234.5, dt.date(2026, 11, 30)])
    sheet.append(["Bäder", 7, True])
    hidden = book.create_sheet("Personal")
    hidden.append(["vertraulich"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Leer")
    return _saved(book)


def a_pptx() -> bytes:
    """A slide with a title, a table and notes, and one without any text."""
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Radwege"
    grid = slide.shapes.add_table(1, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    grid.cell(0, 0).text = "Länge"
    grid.cell(0, 1).text = "12 km"
    slide.notes_slide.notes_text_frame.text = "Hinweis für den Vortrag"
    show.slides.add_slide(show.slide_layouts[6])
    return _saved(show)


def an_odt(flat: bool = False) -> bytes:
    """Heading, paragraph with blanks and a tab, table, list, annotation."""
    document = opendocument.OpenDocumentText()
    document.text.addElement(text.H(outlinelevel=1, text="Antrag"))
    paragraph = text.P(text="Der Rat")
    paragraph.addElement(text.S(c=3))
    paragraph.addElement(text.Span(text="möge"))
    paragraph.addElement(text.Tab())
    paragraph.addText("beschließen")
    document.text.addElement(paragraph)
    document.text.addElement(_odf_table("Kosten", [["Jahr", "Euro"], ["2026", "1.000"]]))
    items = text.List()
    item = text.ListItem()
    item.addElement(text.P(text="Punkt eins"))
    items.addElement(item)
    document.text.addElement(items)
    return _odf_saved(document, flat)


def an_ods(flat: bool = False) -> bytes:
    """Two sheets."""
    document = opendocument.OpenDocumentSpreadsheet()
    document.spreadsheet.addElement(_odf_table("Stellenplan", [["Amt", "Stellen"], ["Bauamt", "12"]]))
    document.spreadsheet.addElement(_odf_table("Leer", [[""]]))
    return _odf_saved(document, flat)


def an_odp() -> bytes:
    """Two slides."""
    document = opendocument.OpenDocumentPresentation()
    layout = PageLayout(name="L")
    document.automaticstyles.addElement(layout)
    master = MasterPage(name="M", pagelayoutname=layout)
    document.masterstyles.addElement(master)
    for words in ("Erste Folie", "Zweite Folie"):
        slide = Page(masterpagename=master)
        frame = Frame(width="10cm", height="5cm", x="1cm", y="1cm")
        box = TextBox()
        box.addElement(text.P(text=words))
        frame.addElement(box)
        slide.addElement(frame)
        document.presentation.addElement(slide)
    return _odf_saved(document, flat=False)


def _odf_table(name: str, rows: Sequence[Sequence[str]]) -> Any:
    grid = table.Table(name=name)
    for row in rows:
        line = table.TableRow()
        for cell in row:
            place = table.TableCell()
            place.addElement(text.P(text=cell))
            line.addElement(place)
        grid.addElement(line)
    return grid


def _odf_saved(document: Any, flat: bool) -> bytes:
    if flat:
        xml: str = document.xml().decode() if isinstance(document.xml(), bytes) else document.xml()
        return xml.encode()
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_zip(entries: dict[str, bytes]) -> bytes:
    """A ZIP file with these entries, compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_entry(data: bytes, name: str, content: bytes) -> bytes:
    """The ZIP-based file `data` with one entry replaced or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {info.filename: archive.read(info) for info in archive.infolist()}
    return a_zip({**entries, name: content})


def an_ole(*streams: str) -> bytes:
    """The look of an OLE container with those streams: as much as is needed to tell its kind."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    return head + b"".join(f"{stream}\0".encode("utf-16-le").ljust(64, b"\0") for stream in streams)
