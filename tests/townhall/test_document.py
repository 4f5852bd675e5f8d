"""Files are valid: other people's readers read them back."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pypdfium2

from townhall.invention.document import write_document
from townhall.invention.model import Document, Format
from townhall.invention.municipalities import lindquell
from townhall.invention.pdf import write_pdf

DAY = dt.date(2026, 3, 4)
TEXT = "# Überschrift\nÄpfel (süß) \\ „Größe“ – 5 €\n\n" + "Der Rat beschließt die Satzung. " * 20


def read(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def test_a_pdf_reads_back_with_umlauts() -> None:
    (page,) = read(write_pdf(TEXT, "Titel", DAY))
    assert "Überschrift" in page
    assert "Äpfel (süß) \\ „Größe“ – 5 €" in page
    assert " ".join(page.split()).count("Der Rat beschließt die Satzung.") == 20


def test_long_text_takes_several_pages_and_a_form_feed_starts_one() -> None:
    assert len(read(write_pdf("Zeile\n" * 120, "lang", DAY))) == 3
    pages = read(write_pdf("eins\fzwei\fdrei", "Seiten", DAY))
    assert [page.split()[0] for page in pages] == ["eins", "zwei", "drei"]


def test_every_document_of_the_municipality_can_be_read_and_is_the_same_twice() -> None:
    for document in lindquell().documents():
        content = write_document(document)
        assert content == write_document(document)
        if document.format is Format.SCAN:
            assert "".join(read(content)).strip() == ""
        elif document.format is Format.PDF:
            found = set(" ".join(read(content)).split())
            assert set(document.plain_text.split()) <= found, document.file_name


def test_a_word_file_and_a_text_file() -> None:
    word = write_document(Document(1, "Synopse", "1.docx", DAY, TEXT, Format.DOCX))
    assert [line.text for line in docx.Document(io.BytesIO(word)).paragraphs][:2] == [
        "Überschrift",
        "Äpfel (süß) \\ „Größe“ – 5 €",
    ]
    assert write_document(Document(1, "Notiz", "1.txt", DAY, "Grüße", Format.TXT)).decode() == "Grüße"
