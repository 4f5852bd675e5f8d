"""Tables: what the columns of a table without a header row hold, judged by their cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

NAME: Final = "name"
PLACE: Final = "place"

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


def columns_by_content(
    rows: Iterable[Mapping[int, str]], kinds: Sequence[tuple[str, Fits]], is_word: Fits = lambda _: True
) -> dict[int, str]:
    """The meaning of columns by their number: those of `kinds` where most cells fit, then the name (the first column
    in which most rows hold words) and, behind it, the place (the column that names rooms most often). `rows` hold what
    each cell says by the column that it begins in, empty cells left out; `is_word` says no to what a button says.

    A list of meetings without a header row is still one: ALLRIS 3.8 (Leipzig, 2015) shows day, time, name and room so.
    """
    cells: dict[int, list[str]] = {}
    for row in rows:
        for column, said in row.items():
            cells.setdefault(column, []).append(said)
    found: dict[int, str] = {}
    for column, texts in sorted(cells.items()):
        kind = next((name for name, fits in kinds if _share(texts, fits) > 0.5), None)
        if kind is not None:
            found[column] = kind
    words = {column: texts for column, texts in cells.items() if column not in found}
    return found | _name_and_place(words, lambda said: is_word(said) and _WORDY.search(said) is not None)


def _name_and_place(cells: Mapping[int, Sequence[str]], is_wordy: Fits) -> dict[int, str]:
    wordy = {column: sum(map(is_wordy, texts)) for column, texts in cells.items() if _share(texts, is_wordy) > 0.5}
    most = max(wordy.values(), default=0)
    if not most:
        return {}
    name = min(column for column, count in wordy.items() if count == most)
    rooms = {column: _share(texts, lambda said: _ROOM.search(said) is not None) for column, texts in cells.items()}
    place = max((column for column in rooms if column > name), key=lambda column: rooms[column], default=name)
    return {name: NAME} | ({place: PLACE} if place > name and rooms[place] >= _ROOMS else {})


def _share(texts: Sequence[str], fits: Fits) -> float:
    return sum(map(fits, texts)) / len(texts)
