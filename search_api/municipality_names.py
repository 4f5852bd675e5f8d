"""The names of the register, by their beginnings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from council.municipality import Municipality
from indexer.index.language import pieces


class MunicipalityNames:
    """The names of the register by their beginnings. Made anew when the register is another one."""

    def __init__(self, register: Callable[[], Sequence[Municipality]]) -> None:
        self._register = register
        self._table: tuple[Sequence[Municipality], list[tuple[str, str, str]]] = ((), [])

    def beginning_with(self, beginning: str) -> Iterator[tuple[str, str]]:
        """(key, name) of those with a word from which on their name, folded, begins so: Bad Homburg by both."""
        municipalities, rows = self._table
        current = self._register()
        if current is not municipalities:
            rows = sorted(
                (" ".join(words[place:]), entry.key, entry.name)
                for entry in current
                for words in [pieces(entry.name)]
                for place in range(len(words))
            )
            self._table = (current, rows)
        for place in range(bisect_left(rows, (beginning,)), len(rows)):
            name, key, shown = rows[place]
            if not name.startswith(beginning):
                return
            yield key, shown
