"""Word documents (docx, docm, dotx, and Word 2003 XML) → text.

Read from the XML itself: python-docx 1.2 refuses docm, fails on a single broken image relationship, and leaves out
content controls, text boxes and tracked insertions, which documents made from templates and passed around are full of.
"""

from __future__ import annotations

from typing import Any

from indexer.text.extraction import Limits, Pages, Unreadable, one_page
from indexer.text.hardened_xml import attribute, local_name, parse
from indexer.text.zipped import content_types, entry, open_zip

_SILENT = frozenset(
    {"pPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr"}  # settings
    | {"del", "moveFrom", "delText", "instrText", "fldData"}  # what a reader of the document does not see
    | {"Fallback"}  # the same text box again, for old versions of Word
)
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_AROUND = ("header", "footer")
_BEHIND = ("footnotes", "endnotes")


def read(data: bytes, limits: Limits) -> Pages:
    """One page: headers, body (paragraphs and tables in document order), footnotes, footers; each wording once."""
    with open_zip(data, limits) as archive:
        parts = content_types(archive)
        main = next((part for part, kind in parts.items() if kind.endswith("main+xml")), "word/document.xml")
        body = _text(parse(entry(archive, main)))
        around = {kind: _parts(archive, parts, kind) for kind in (*_AROUND, *_BEHIND)}
    return one_page("\n".join([*around["header"], body, *around["footnotes"], *around["endnotes"], *around["footer"]]))


def read_word_xml(data: bytes, limits: Limits) -> Pages:
    """Word 2003 XML: one file whose body has the same elements as that of a docx."""
    root = parse(data)
    body = next((child for child in root if local_name(child) == "body"), None)
    if body is None:
        raise Unreadable("Word 2003 XML without a body")
    return one_page(_text(body))


def _parts(archive: Any, parts: dict[str, str], kind: str) -> list[str]:
    """The texts of all parts of that kind, each wording once: sections repeat their headers."""
    names = sorted(part for part, media_type in parts.items() if media_type.endswith(f".{kind}+xml"))
    texts = (_text(parse(entry(archive, name))).strip() for name in names if name in archive.namelist())
    return list(dict.fromkeys(text for text in texts if text))


def _text(element: Any) -> str:
    name = local_name(element)
    if name in _SILENT:
        return ""
    if name == "t":
        return element.text or ""
    if name in _MARKS:
        return _MARKS[name]
    if name == "tr":
        return "\t".join(_cells(element)) + "\n"
    if name == "r" and _hidden(element):
        return ""
    text = "".join(_text(child) for child in element)
    if name == "txbxContent":
        return f"\n{text}\n"
    return f"{text}\n" if name == "p" else text


def _cells(row: Any) -> list[str]:
    """The cells of a row, those inside content controls too; a cell's own lines become blanks."""
    cells = []
    for child in row:
        name = local_name(child)
        if name == "tc":
            cells.append(" ".join(_text(child).split()))
        elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            cells += _cells(child)
    return cells


def _hidden(run: Any) -> bool:
    """Whether a run is formatted as hidden text."""
    for properties in run:
        if local_name(properties) == "rPr":
            return any(
                local_name(mark) == "vanish" and attribute(mark, "val") not in ("0", "false", "off")
                for mark in properties
            )
    return False
