"""The lines of an element, as a reader sees them."""

from __future__ import annotations

from itertools import takewhile

from bs4 import NavigableString, Tag
from bs4.element import PreformattedString

from crawlers.parsing.html import tidy

_CELLS = frozenset({"td", "th"})
_BREAKS = frozenset({"br", "li", "p", "div", "tr", "h1", "h2", "h3", "h4", "dt", "dd"})


def lines_of(node: Tag) -> list[str]:
    """The lines of an element as they are shown: broken at `<br>` and where a block begins; the cells of
    a row within it stay in one."""
    written: list[str] = []
    for one in node.descendants:
        if isinstance(one, Tag):
            written += ["\n"] if one.name in _BREAKS and not _is_in_cell(one, node) else []
            written += [" "] if one.name in _CELLS else []
        elif isinstance(one, NavigableString) and not isinstance(one, PreformattedString):
            written.append(str(one).replace("\n", " "))
    return [line for part in "".join(written).split("\n") if (line := tidy(part))]


def _is_in_cell(block: Tag, node: Tag) -> bool:
    """Whether a block stands in a table's cell within the element."""
    return any(one.name in _CELLS for one in takewhile(lambda one: one is not node, block.parents))
