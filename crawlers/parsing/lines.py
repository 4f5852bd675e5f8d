"""The lines of an element as a reader sees them: the text of each, how it looks, its number, its cells, its links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bs4 import CData, NavigableString, Tag

from crawlers.parsing.html import attribute, tidy

_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li",
    "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
})  # fmt: skip
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "legend", "summary", "th"})
_LEVELS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_STRONG: Final = frozenset({"b", "strong", "u"})
_IN_A_CELL: Final = ["p", "li", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6"]


class Looks(StrEnum):
    """How a line looks: what HTML marks as a heading, what is bold throughout, what is an item of a list or a row."""

    HEADING = "heading"
    BOLD = "bold"
    ITEM = "item"
    MORE = "more of an item"
    ROW = "row"
    HEAD_ROW = "head row"
    PLAIN = "plain"


@dataclass(slots=True)
class Line:
    """One line. `number` is what an ordered list shows before it; `cells` are a row's, empty ones included; `level` is
    1 for h1 and so on, 7 for other headings and what alone is bold, 0 for all else."""

    text: str
    looks: Looks
    number: str | None = None
    cells: tuple[str, ...] = ()
    links: tuple[Tag, ...] = ()
    depth: int = 0
    bold: bool = False
    level: int = 0
    is_broken: bool = False
    """Whether a `<br>` stands between it and the line before: it may go on with that."""

    @property
    def is_link(self) -> bool:
        """Whether the line is hardly more than a link: the title of something else, no heading of what follows."""
        return bool(self.links) and sum(len(link.get_text()) for link in self.links) * 2 > len(self.text)


@dataclass(slots=True)
class _Pen:
    """The line that is being written."""

    pieces: list[str] = field(default_factory=list)
    links: list[Tag] = field(default_factory=list)
    plain: bool = False
    bold: bool = False
    open: list[Tag] = field(default_factory=list)
    fresh: list[Tag] = field(default_factory=list)
    broken: bool = False


def texts_of(root: Tag) -> list[str]:
    """The texts of the lines alone."""
    return [line.text for line in lines_of(root) if line.text]


def lines_of(root: Tag) -> list[Line]:
    """The lines of an element, a row of a table being one. No recursion: pages are deep."""
    lines: list[Line] = []
    pen = _Pen()
    waiting: list[tuple[object, bool]] = [(root, False)]
    while waiting:
        node, leaving = waiting.pop()
        if isinstance(node, Tag):
            if leaving:
                _leave(node, pen, lines)
            elif node.name == "br":
                _flush(pen, lines)
                pen.broken = bool(lines)
            elif node.name == "tr" and _is_row(node):
                _flush(pen, lines)
                lines += _row(node)
            else:
                _enter(node, pen, lines)
                waiting.append((node, True))
                waiting += [(child, False) for child in reversed(node.contents)]
        elif type(node) in (NavigableString, CData):
            _write(str(node), pen)
    _flush(pen, lines)
    return lines


def _enter(node: Tag, pen: _Pen, lines: list[Line]) -> None:
    if node.name in _BLOCKS:
        _flush(pen, lines)
        pen.broken = False
    if node.name == "li":
        pen.fresh.append(node)
    if node.name == "a" and node.has_attr("href"):
        pen.links.append(node)
    pen.open.append(node)


def _leave(node: Tag, pen: _Pen, lines: list[Line]) -> None:
    if node.name in _BLOCKS:
        _flush(pen, lines)
        pen.broken = False
    pen.open.pop()


def _write(piece: str, pen: _Pen) -> None:
    pen.pieces.append(piece)
    if piece.strip():
        if any(node.name in _STRONG for node in pen.open):
            pen.bold = True
        else:
            pen.plain = True


def _flush(pen: _Pen, lines: list[Line]) -> None:
    line = tidy("".join(pen.pieces))
    if line:
        item = next((node for node in reversed(pen.open) if node.name == "li"), None)
        first = item is not None and any(item is opened for opened in pen.fresh)
        if first:
            pen.fresh = [opened for opened in pen.fresh if opened is not item]
        looks = _looks(pen, item, first)
        depth = sum(node.name in ("ol", "ul") for node in pen.open)
        number = _number(item) if item is not None and first else None
        bold = pen.bold and not pen.plain
        lines.append(Line(line, looks, number, (), tuple(pen.links), depth, bold, _level(pen, looks), pen.broken))
        pen.broken = False
    elif pen.links and lines:
        lines[-1].links += tuple(pen.links)
    pen.pieces, pen.links, pen.plain, pen.bold = [], [], False, False


def _looks(pen: _Pen, item: Tag | None, first: bool) -> Looks:
    if any(node.name in _HEADINGS for node in pen.open):
        return Looks.HEADING
    if item is not None:
        return Looks.ITEM if first else Looks.MORE
    return Looks.BOLD if pen.bold and not pen.plain else Looks.PLAIN


def _level(pen: _Pen, looks: Looks) -> int:
    if looks not in (Looks.HEADING, Looks.BOLD):
        return 0
    return next((int(node.name[1]) for node in pen.open if node.name in _LEVELS), 7)


def _number(item: Tag) -> str | None:
    """The number a browser shows before an item of an outermost ordered list; those of inner ones are the style's."""
    parent = item.parent
    if (
        parent is None
        or parent.name != "ol"
        or parent.has_attr("reversed")
        or parent.find_parent(["ol", "ul"]) is not None
    ):
        return None
    if (attribute(parent, "type") or "1") != "1" or "none" in (attribute(parent, "style") or ""):
        return None
    number = _whole(attribute(parent, "start"), 1) - 1
    for sibling in parent.find_all("li", recursive=False):
        number = _whole(attribute(sibling, "value"), number + 1)
        if sibling is item:
            return str(number)
    return None


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 6 else otherwise


def _is_row(row: Tag) -> bool:
    """Whether a row is one line of a table of data and not a frame around text."""
    cells = row.find_all(["td", "th"], recursive=False)
    if row.find("table") is not None or not cells:
        return False
    return all(len(cell.find_all(_IN_A_CELL)) <= 4 and not cell.find_all("li", limit=2)[1:] for cell in cells) and (
        len(cells) > 1 or len(cells[0].find_all(_IN_A_CELL)) <= 1
    )


def _row(row: Tag) -> Iterator[Line]:
    cells = row.find_all(["td", "th"], recursive=False)
    texts = tuple(tidy(cell.get_text(" ")) or "" for cell in cells)
    line = tidy(" ".join(texts))
    links = tuple(row.find_all("a", href=True))
    if line or links:
        looks = Looks.HEAD_ROW if all(cell.name == "th" for cell in cells) else Looks.ROW
        yield Line(line or "", looks, None, texts, links)
