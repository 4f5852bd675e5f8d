"""A small PDF writer: flowing text on A4 pages in Helvetica with German umlauts (WinAnsi), and scans without text.

Same input, same bytes: no clock, no compression, no random identifier (ISO 32000-1, sections 7.5 and 9.6.2.2).
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 595, 842, 62, 780, 64
_BODY = ("F1", 10.5, 14.5, 88)
_STYLES = {"# ": ("F2", 15.0, 22.0, 56), "## ": ("F2", 11.5, 19.0, 76)}


def write_pdf(text: str, title: str, date: dt.date) -> bytes:
    """Text as a PDF: wrapped, as many pages as it takes. A form feed starts a page, "# " and "## " start a heading."""
    pages = list(_pages(text))
    total = len(pages)
    contents = [_show(lines, f"Seite {number} von {total}") for number, lines in enumerate(pages, 1)]
    return _assemble(contents, title, date)


def write_scan(title: str, date: dt.date, pages: int = 1) -> bytes:
    """A PDF that looks like a scanned plan: lines and grey areas, not one letter of text."""
    return _assemble([_drawing(number) for number in range(pages)], title, date)


def _pages(text: str) -> Iterator[list[tuple[str, float, float, str]]]:
    """Per page the lines as (font, size, height on the page, text)."""
    for part in text.split("\f"):
        page: list[tuple[str, float, float, str]] = []
        height = float(_TOP)
        for paragraph in part.strip("\n").split("\n"):
            mark = next((mark for mark in _STYLES if paragraph.startswith(mark)), "")
            font, size, leading, columns = _STYLES.get(mark, _BODY)
            for line in textwrap.wrap(paragraph.removeprefix(mark), columns, break_on_hyphens=False) or [""]:
                if height < _BOTTOM:
                    yield page
                    page, height = [], float(_TOP)
                page.append((font, size, height, line))
                height -= leading
        yield page


def _show(lines: list[tuple[str, float, float, str]], foot: str) -> bytes:
    shown = [*lines, ("F1", 8.0, 36.0, foot)]
    parts = [
        b"BT /%s %.1f Tf 1 0 0 1 %d %.1f Tm (%s) Tj ET" % (font.encode(), size, _LEFT, height, _escaped(text))
        for font, size, height, text in shown
        if text
    ]
    return b"\n".join(parts)


def _escaped(text: str) -> bytes:
    raw = text.encode("cp1252", "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _drawing(number: int) -> bytes:
    streets = [b"%d %d m %d %d l S" % (80 + step * 60, 120, 100 + step * 55 + number * 9, 700) for step in range(8)]
    plots = [b"0.85 g %d %d 40 52 re f" % (95 + column * 60, 180 + row * 90) for row in range(6) for column in range(7)]
    return b"\n".join([b"0.97 g 40 60 515 722 re f", *plots, b"0.2 G 2 w", *streets, b"0.5 w 60 90 475 662 re S"])


def _assemble(contents: list[bytes], title: str, date: dt.date) -> bytes:
    """Header, numbered objects, cross-reference table and trailer."""
    first = 6
    kids = b" ".join(b"%d 0 R" % (first + 2 * index) for index in range(len(contents)))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (de-DE) >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
        b"<< /Title (%s) /Producer (townhall) /CreationDate (D:%s) >>"
        % (_escaped(title), date.strftime("%Y%m%d").encode()),
    ]
    for index, content in enumerate(contents):
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R" % (
            _WIDTH,
            _HEIGHT,
            first + 2 * index + 1,
        )
        objects.append(page + b" /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
