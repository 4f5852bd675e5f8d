"""Tables: the rows of one, with its cells by what its columns hold. The spellings of heads are in `columns`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bs4 import Tag

from crawlers.parsing.columns import Column, Columns
from crawlers.parsing.diagnostics import Diagnostics, shape
from crawlers.parsing.html import attribute, classes_of, shown_text, text
from crawlers.parsing.labels import label_key

_MOST_COLUMNS: Final = 60
"""A wider table is none of a council; what stands behind is not placed."""
_SEVERAL: Final = re.compile(r"[/,|&+]|\bund\b")
_WORDY: Final = re.compile(r"[^\W\d_]{3}")
_ROOM: Final = re.compile(
    r"haus|saal|räum|raum|zimmer|\bzi\b|halle|schule|straße|str\b\.|platz|gebäude|etage|geschoss|\b[eo]g\b|aula|foyer|heim\b"
    r"|hof\b|kirche|kita|zentrum|treff|mensa|feuerwehr|bibliothek|museum|theater|schloss|kreisverwaltung"
    r"|video|online|digital|hybrid",
    re.IGNORECASE,
)
"""What names a room, a building or a street: a column of people or remarks must not be taken for places."""

_ROOMS: Final = 0.25
"""The share of a column's texts that must name a room."""


Fits = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its own `cells` in order, and the cells by field, with those that reach down from rows above."""

    node: Tag
    cells: tuple[Tag, ...]
    fields: Mapping[Column, Tag]
    is_header: bool = False
    """Whether all its cells are heads, of columns or of a part of the table."""
    has_header: bool = True
    """Whether a row of heads in its table says what the columns hold."""

    def text(self, *fields: Column, without: str = "") -> str | None:
        """The text of the first of these fields that says something, without what the selector names."""
        texts = (shown_text(self.fields.get(field), without) for field in fields)
        return next((written for written in texts if written), None)

    @property
    def classes(self) -> frozenset[str]:
        """The row's classes in lower case."""
        return classes_of(self.node)


def own_rows(table: Tag) -> list[Tag]:
    """The rows of a table, without those of tables within its cells."""
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def own_cells(row: Tag) -> tuple[Tag, ...]:
    """The cells of a row, without those of tables within them; a form may stand between a row and its cells."""
    return tuple(cell for cell in row.find_all(["td", "th"]) if cell.find_parent(["tr", "td", "th"]) is row)


def fields_of_header(table: Tag, columns: Columns) -> frozenset[Column]:
    """What its heads name, for whoever asks what kind of table it is."""
    headers = (cells for row in own_rows(table) if _names_columns(cells := own_cells(row), columns))
    return frozenset(field for cells in headers for field in _heads(cells, columns) if field)


def rows_of(
    table: Tag, columns: Columns, where: str, diagnostics: Diagnostics, lines: Sequence[Tag] | None = None
) -> Iterator[Row]:
    """The rows in order, rows of heads too. `lines` are the elements to take for rows, where these are not the table's
    own. A head that is not known, beside one that is, is reported as at `where`: its column is not read. Heads do not
    describe a row that is wider than theirs, nor one cell alone, nor a cell over columns of several fields: these are
    other layouts for narrow screens, and dividers."""
    rows = [(line, own_cells(line)) for line in (own_rows(table) if lines is None else lines)]
    headers = {at for at, (_, cells) in enumerate(rows) if _names_columns(cells, columns)}
    heads = {} if headers else _without_header((cells for _, cells in rows), columns)
    grid = _Grid()
    for at, (line, cells) in enumerate(rows):
        if at in headers:
            heads, grid = dict(enumerate(_heads(cells, columns))), _Grid()
            below = (row for _, row in rows[at + 1 :])
            _report_unknown(cells, below, columns, where, diagnostics)
            yield Row(line, cells, {}, is_header=True)
        else:
            placed = grid.place(cells)
            is_described = not headers or (grid.width <= len(heads) and (len(placed) > 1 or len(heads) == 1))
            own = (
                placed
                if columns.reaches_down
                else {at: placed[at] for at in placed if any(placed[at] is cell for cell in cells)}
            )
            fields = _by_field(own, heads if is_described else {}, columns)
            yield Row(line, cells, fields, _is_header(cells), bool(headers))


def body_rows(table: Tag, columns: Columns, where: str, diagnostics: Diagnostics) -> Iterator[Row]:
    """The rows that are no heads and have cells."""
    return (row for row in rows_of(table, columns, where, diagnostics) if row.cells and not row.is_header)


def _is_header(cells: Sequence[Tag]) -> bool:
    return bool(cells) and all(cell.name == "th" for cell in cells)


def _names_columns(cells: Sequence[Tag], columns: Columns) -> bool:
    """Whether a row names the columns: heads of which at least one is known; or, on pages without `th`, several cells
    that lead nowhere and are all known as heads, the number's first or at least three."""
    if _is_header(cells):
        return any(_meant(cell, columns) for cell in cells)
    if len(cells) < 2 or any(cell.name == "th" or cell.select_one("a[href], form") for cell in cells):
        return False
    written = [_meant(cell, columns) for cell in cells if text(cell)]
    if len(written) < 2 or None in written:
        return False
    fields = {field for meant in written for field in meant or ()}
    return Column.NUMBER in (written[0] or ()) or (len(written) > 2 and len(fields) > 1)


def _words(cell: Tag) -> str:
    return text(cell) or attribute(cell.select_one("[aria-label]"), "aria-label") or ""


def _meant(head: Tag, columns: Columns) -> tuple[Column, ...] | None:
    """What a head may mean; of several in one ("Raum/Ort"), what all of them may; None where it is not known."""
    words = _words(head)
    fields = columns.heads.get(label_key(words) or "")
    if fields is None and words:
        parts = [columns.heads.get(label_key(part) or "", ()) for part in _SEVERAL.split(words.lower())]
        fields = tuple(field for field in parts[0] if all(field in part for part in parts)) or None
    by_class = _by_class(head, columns.classes) or _by_class(head, columns.weak_classes)
    if not fields and by_class and head.name == "th":
        return (by_class,)
    return fields if words else ()


def _heads(cells: Sequence[Tag], columns: Columns) -> list[Column | None]:
    """What each column holds. A head over several columns counts for all of them."""
    meant = [(cell, _meant(cell, columns) or ()) for cell in cells]
    taken = {fields[0] for _, fields in meant if len(fields) == 1}
    heads: list[Column | None] = []
    for cell, fields in meant:
        field = fields[0] if len(fields) == 1 else next((field for field in fields if field not in taken), None)
        taken |= {field} if field else set()
        heads += [field] * _span(cell, "colspan")
    return heads[:_MOST_COLUMNS]


def _report_unknown(
    cells: Sequence[Tag], below: Iterable[Sequence[Tag]], columns: Columns, where: str, diagnostics: Diagnostics
) -> None:
    """Reports the heads that are not known and have anything below them."""
    unknown = {at: cell for at, cell in _Grid().place(cells).items() if _meant(cell, columns) is None}
    grid = _Grid()
    filled = {at for row in below for at, cell in grid.place(row).items() if text(cell)} if unknown else set()
    for at, cell in unknown.items():
        if at in filled:
            what = f"a column's head is not known: {shape(_words(cell))}; what stands below it is not read"
            diagnostics.add(f"{where}, column {at + 1}", what)


def _without_header(rows: Iterable[Sequence[Tag]], columns: Columns) -> dict[int, Column | None]:
    """What the columns hold where no heads say it: the declared order, else what their cells look like."""
    if columns.order or columns.by_content is None:
        return dict(enumerate(columns.order))
    grid, texts = _Grid(), []
    for cells in rows:
        single = {at: cell for at, cell in grid.place(cells).items() if _span(cell, "colspan") == 1}
        texts.append({at: written for at, cell in single.items() if (written := shown_text(cell))})
    return dict(columns.by_content(texts))


def _by_field(placed: Mapping[int, Tag], heads: Mapping[int, Column | None], columns: Columns) -> dict[Column, Tag]:
    """The cells by field; of several for one field the first that says something."""
    sure = {at: field for at, cell in placed.items() if (field := _by_class(cell, columns.classes))}
    others = {at: _field_of(at, cell, heads, columns) for at, cell in placed.items() if at not in sure}
    found: dict[Column, Tag] = {}
    for at, field in (sure | others).items():
        cell = placed[at]
        if field and (field not in found or (shown_text(found[field]) is None and shown_text(cell))):
            found[field] = cell
    return found


def _field_of(at: int, cell: Tag, heads: Mapping[int, Column | None], columns: Columns) -> Column | None:
    """By the label for narrow screens, on which there are no heads; by the head; by a class that is no proof."""
    labelled = columns.heads.get(label_key(attribute(cell, "data-label")) or "")
    if labelled is not None:
        return labelled[0] if labelled else None
    over = {field for place in range(at, at + _span(cell, "colspan")) if (field := heads.get(place))}
    return over.pop() if len(over) == 1 else None if over else _by_class(cell, columns.weak_classes)


def _by_class(cell: Tag, classes: Mapping[str, Column]) -> Column | None:
    return next((classes[name] for name in sorted(classes_of(cell)) if name in classes), None) if classes else None


class _Grid:
    """Where the cells of row after row stand, as a browser places them."""

    def __init__(self) -> None:
        self.width = 0
        """Columns that the last row takes."""
        self._reaching: dict[int, tuple[Tag | None, int]] = {}

    def place(self, cells: Iterable[Tag]) -> dict[int, Tag]:
        """The next row's cells by the column in which they begin, those too that reach down into it."""
        placed = {at: cell for at, (cell, _) in self._reaching.items() if cell is not None}
        left = {at: (cell, rows - 1) for at, (cell, rows) in self._reaching.items() if rows > 1}
        at = 0
        for cell in cells:
            while at in self._reaching:
                at += 1
            if at >= _MOST_COLUMNS:
                break
            placed[at] = cell
            rows, end = _span(cell, "rowspan"), min(at + _span(cell, "colspan"), _MOST_COLUMNS)
            if rows > 1:
                left |= {column: (cell if column == at else None, rows - 1) for column in range(at, end)}
            at = end
        self.width = max(at, *(column + 1 for column in self._reaching), 0)
        self._reaching = left
        return dict(sorted(placed.items()))


def _span(cell: Tag, name: str) -> int:
    """How many columns or rows a cell takes."""
    written = attribute(cell, name) or "1"
    most = _MOST_COLUMNS if name == "colspan" else 65534  # https://html.spec.whatwg.org, 4.9.11
    return min(max(int(written), 1), most) if written.isdecimal() and len(written) < 6 else 1


def columns_by_content(
    rows: Iterable[Mapping[int, str]], kinds: Sequence[tuple[Column, Fits]], is_word: Fits = lambda _: True
) -> dict[int, Column]:
    """The meaning of columns by their number: those of `kinds` where most cells fit, then the name (the first column
    in which most rows hold words) and, behind it, the place (the column that names rooms most often). `rows` hold what
    each cell says by the column that it begins in, empty cells left out; `is_word` says no to what a button says.

    A list of meetings without a header row is still one: ALLRIS 3.8 (Leipzig, 2015) shows day, time, name and room so.
    """
    cells: dict[int, list[str]] = {}
    for row in rows:
        for column, written in row.items():
            cells.setdefault(column, []).append(written)
    found: dict[int, Column] = {}
    for column, texts in sorted(cells.items()):
        kind = next((meaning for meaning, fits in kinds if _share(texts, fits) > 0.5), None)
        if kind is not None:
            found[column] = kind
    words = {column: texts for column, texts in cells.items() if column not in found}
    return found | _name_and_place(words, lambda written: is_word(written) and _WORDY.search(written) is not None)


def _name_and_place(cells: Mapping[int, Sequence[str]], is_wordy: Fits) -> dict[int, Column]:
    wordy = {column: sum(map(is_wordy, texts)) for column, texts in cells.items() if _share(texts, is_wordy) > 0.5}
    most = max(wordy.values(), default=0)
    if not most:
        return {}
    name = min(column for column, count in wordy.items() if count == most)
    rooms = {column: _share(texts, _names_room) for column, texts in cells.items()}
    place = max((column for column in rooms if column > name), key=lambda column: rooms[column], default=name)
    return {name: Column.NAME} | ({place: Column.PLACE} if place > name and rooms[place] >= _ROOMS else {})


def _names_room(written: str) -> bool:
    return _ROOM.search(written) is not None


def _share(texts: Sequence[str], fits: Fits) -> float:
    return sum(map(fits, texts)) / len(texts)
