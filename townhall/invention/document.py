"""From a document to its bytes, by format."""

from __future__ import annotations

from townhall.invention.model import Document, Format
from townhall.invention.office import write_docx
from townhall.invention.pdf import write_pdf, write_scan

MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.SCAN: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.TXT: "text/plain",
}
SUFFIXES = {Format.PDF: "pdf", Format.SCAN: "pdf", Format.DOCX: "docx", Format.TXT: "txt"}


def write_document(document: Document) -> bytes:
    """The file's bytes: the same document gives the same bytes."""
    match document.format:
        case Format.PDF:
            return write_pdf(document.text, document.name, document.date)
        case Format.SCAN:
            return write_scan("Scan", document.date)
        case Format.DOCX:
            return write_docx(document.plain_text)
        case Format.TXT:
            return document.plain_text.encode("utf-8")
