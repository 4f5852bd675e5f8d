"""Labels: the labelled values at the head of a page. td.kb1 and the cell beside it; elsewhere ids, div.label."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bs4 import Tag

from crawlers.parsing.agendas import result_of
from crawlers.parsing.html import shown_text, text

_LABEL = "td, th, dt, div.label, .row > a[aria-describedby]"
_NAMED = "td.kb1, th.kb1, dt, div.label, td.label, th[scope=row], .row > a[aria-describedby]"

_BUTTONS: Final = frozenset(
    {"auszug", "protokollauszug", "niederschriftsauszug", "beschluss", "beschlüsse", "na", "pa", "tagesordnungspunkt"}
)
"""What buttons to an item's page are called, where a result may stand as well."""


class Labels:
    """What the head says, in order: a cell of class kb1 or one that ends with a colon, and the one beside it. to020 has
    "Status:" twice, the meeting's first and then the paper's."""

    def __init__(self, root: Tag) -> None:
        self._root = root
        self._by_label: dict[str, list[Tag]] = {}
        named = {id(one) for one in root.select(_NAMED)}
        for term in root.select(_LABEL):
            said = text(term) if term.select_one("table") is None else None
            if not (said and (said.endswith(":") or id(term) in named)):
                continue
            label, value = label_of(said), _beside(term)
            if label and value is not None:
                self._by_label.setdefault(label, []).append(value)

    def element(self, ids: tuple[str, ...], labels: tuple[str, ...] = (), last: bool = False) -> Tag | None:
        """The element with the first of these ids that says anything; else the value beside the first of these labels,
        where it stands more than once the first or the last."""
        for name in ids:
            found = self._root.find(id=name)
            if isinstance(found, Tag) and shown_text(found):
                return found
        for label in labels:
            values = [one for one in self._by_label.get(label, []) if shown_text(one)]
            if values:
                return values[-1 if last else 0]
        return None

    def value(self, ids: tuple[str, ...], labels: tuple[str, ...] = (), last: bool = False) -> str | None:
        """Its text in one line."""
        return shown_text(self.element(ids, labels, last))

    def elements(self, ids: tuple[str, ...], is_label: Callable[[str], bool]) -> list[Tag]:
        """Every value with one of these ids, and beside a label that is wanted."""
        named = [found for name in ids if isinstance(found := self._root.find(id=name), Tag)]
        return named + [value for label, values in self._by_label.items() if is_label(label) for value in values]

    def count(self, label: str) -> int:
        """How often a label stands on the page."""
        return len(self._by_label.get(label, []))

    def has(self, *labels: str) -> bool:
        """Whether every one of these labels stands on the page, with a value or without."""
        return all(label in self._by_label for label in labels)


def label_of(said: str | None) -> str | None:
    """A label in lower case without its colon; None for what is too long to be one."""
    bare = (said or "").strip().rstrip(":").strip().lower()
    return bare if bare and len(bare) <= 45 else None


def _beside(term: Tag) -> Tag | None:
    """The value of a label: the next cell or element; where the label's cell spans the table, the next row."""
    named = term.get("aria-describedby")
    parent = term.parent
    described = parent.find(id=str(named)) if named and parent is not None else None
    if isinstance(described, Tag):
        return described
    following = term.find_next_sibling()
    if not isinstance(following, Tag) and term.name in {"td", "th"} and isinstance(parent, Tag):
        below = parent.find_next_sibling("tr")
        return below if isinstance(below, Tag) and below.select_one("td.kb1") is None else None
    return following if isinstance(following, Tag) else None


def shown_result(said: str | None) -> str | None:
    """A result, where it is not only the button's name."""
    return result_of(said, _BUTTONS)
