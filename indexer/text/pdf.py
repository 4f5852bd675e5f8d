"""PDF → pages of text, with PDFium."""

from __future__ import annotations

from collections.abc import Generator

import pypdfium2 as pdfium

from indexer.text.extraction import Limits, Pages, Unreadable

_PASSWORD, _SECURITY = 4, 5
"""FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY in PDFium's public/fpdfview.h."""


def read(data: bytes, limits: Limits) -> Pages:
    """Every page in the order of its content stream. A file that opens without a password is read."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Unreadable(_why(error)) from error
    return Pages(_texts(document), len(document))


def _texts(document: pdfium.PdfDocument) -> Generator[str, None, None]:
    try:
        for number in range(len(document)):
            yield _text(document, number)
    finally:
        document.close()


def _text(document: pdfium.PdfDocument, number: int) -> str:
    try:
        page = document[number]
    except pdfium.PdfiumError as error:
        raise Unreadable(f"page {number + 1} of the PDF is broken") from error
    try:
        textpage = page.get_textpage()
        try:
            return str(textpage.get_text_range())
        finally:
            textpage.close()
    finally:
        page.close()


def _why(error: pdfium.PdfiumError) -> str:
    code = getattr(error, "err_code", None)
    if code == _PASSWORD:
        return "encrypted PDF: it opens with a password only"
    if code == _SECURITY:
        return "encrypted PDF: its encryption is not supported"
    return "broken PDF"
