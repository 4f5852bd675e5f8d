"""OpenDocument (odt, ods, odp, their flat XML twins, and OpenOffice 1's sxw, sxc, sxi) → text."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable
from typing import Any

from indexer.text.extraction import Limits, Pages, Unreadable
from indexer.text.hardened_xml import attribute, local_name, parse
from indexer.text.zipped import entry, open_zip

_SILENT = frozenset(
    {"annotation", "annotation-end", "tracked-changes", "forms", "sequence-decls", "event-listeners", "scripts"}
    | {"binary-data", "covered-table-cell", "hidden-text", "hidden-paragraph", "variable-decls", "dde-source"}
)
_PARAGRAPHS = frozenset({"p", "h"})
_CONTAINERS = frozenset(
    {
        "body",
        "text",
        "spreadsheet",
        "presentation",
        "drawing",
        "table",
        "table-header-rows",
        "table-row-group",
        "table-rows",
    }
    | {
        "table-cell",
        "section",
        "list",
        "list-item",
        "list-header",
        "page",
        "frame",
        "text-box",
        "notes",
        "index-body",
        "g",
    }
    | {"header", "footer", "header-left", "footer-left", "header-first", "footer-first"}
)
_SPACE = re.compile(r"\s+")
_MOST_SPACES = 8


def read(data: bytes, limits: Limits) -> Pages:
    """A text as one page, a spreadsheet with a page a visible sheet, a presentation with a page a slide."""
    with open_zip(data, limits) as archive:
        names = set(archive.namelist())
        if "META-INF/manifest.xml" in names and b"encryption-data" in entry(archive, "META-INF/manifest.xml"):
            raise Unreadable("encrypted OpenDocument: it opens with a password only")
        content = parse(entry(archive, "content.xml"))
        styles = parse(entry(archive, "styles.xml")) if "styles.xml" in names else None
    return _pages(content, styles)


def read_flat(data: bytes, limits: Limits) -> Pages:
    """The same from one XML file."""
    root = parse(data)
    return _pages(root, root)


def _pages(content: Any, styles: Any) -> Pages:
    body = next((child for child in content if local_name(child) == "body"), None)
    if body is None:
        raise Unreadable("OpenDocument without a body")
    if sheets := _sheets(body, content):
        return Pages(_texts(sheets), len(sheets))
    if slides := [
        slide for slide in body.iter("{*}page") if local_name(slide.getparent()) in ("presentation", "drawing", "body")
    ]:
        return Pages(_texts(slides), len(slides))
    return Pages(_whole(body, styles))


def _sheets(body: Any, content: Any) -> list[Any]:
    """The visible tables of a spreadsheet; none for a text that has tables. OpenOffice 1 has no element between."""
    container = next((child for child in body if local_name(child) == "spreadsheet"), body)
    tables = [child for child in container if local_name(child) == "table"]
    if container is body and any(local_name(child) in _PARAGRAPHS or local_name(child) == "text" for child in body):
        return []
    hidden = _hidden_styles(content)
    return [table for table in tables if attribute(table, "style-name") not in hidden]


def _hidden_styles(content: Any) -> set[str | None]:
    """Names of the table styles that hide a sheet."""
    return {
        attribute(properties.getparent(), "name")
        for properties in content.iter("{*}table-properties")
        if attribute(properties, "display") == "false"
    }


def _texts(elements: Iterable[Any]) -> Generator[str, None, None]:
    for element in elements:
        text = _text(element)
        label = attribute(element, "name") if local_name(element) == "table" else None
        yield f"{label}\n{text}" if label and text.strip() else text


def _whole(body: Any, styles: Any) -> Generator[str, None, None]:
    """A text document: headers, body, footers; each wording once."""
    yield "\n".join([*_around(styles, "header"), _text(body), *_around(styles, "footer")])


def _around(styles: Any, kind: str) -> list[str]:
    if styles is None:
        return []
    texts = [
        _text(part).strip()
        for master in styles.iter("{*}master-page")
        for part in master
        if local_name(part) in (kind, f"{kind}-left", f"{kind}-first")
    ]
    return list(dict.fromkeys(text for text in texts if text))


def _text(element: Any) -> str:
    """The text below an element. Blanks and line ends in the XML are layout (ODF 1.3 part 3, §6.1.2)."""
    name = local_name(element)
    if name in _SILENT or (name in ("title", "desc") and "svg" in element.tag):
        return ""
    if name in ("tab", "tab-stop"):
        return "\t"
    if name == "line-break":
        return "\n"
    if name == "s":
        return " " * _spaces(element)
    if name == "table-row":
        return "\t".join(" ".join(_text(cell).split()) for cell in element).rstrip() + "\n"
    if name in ("note", "footnote", "endnote"):
        return (
            " ("
            + " ".join("".join(_text(part) for part in element if not local_name(part).endswith("citation")).split())
            + ") "
        )
    return _running(element, name)


def _running(element: Any, name: str) -> str:
    if name in _CONTAINERS:  # between their children there is layout only
        return "".join(_text(child) for child in element)
    pieces = [_SPACE.sub(" ", element.text or "")]
    for child in element:
        pieces += (_text(child), _SPACE.sub(" ", child.tail or ""))
    return "".join(pieces) + ("\n" if name in _PARAGRAPHS else "")


def _spaces(element: Any) -> int:
    count = attribute(element, "c") or "1"
    return min(int(count), _MOST_SPACES) if count.isdecimal() else 1
