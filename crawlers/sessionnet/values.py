"""Texts as SessionNet shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bs4 import NavigableString, PageElement, Tag
from bs4.element import PreformattedString

from crawlers.parsing.html import tidy

LONGEST_LINE: Final = 2000
"""Letters of a title or name that patterns look at: no honest one is longer, and a hostile one costs no time."""

LONGEST_TITLE: Final = 600


def shown(node: Tag | None, *without: str) -> str | None:
    """The text of an element in one line, without the elements that the selectors name, and without scripts."""
    if node is None:
        return None
    left_out: set[int] = {id(one) for selector in without for one in node.select(selector)}
    parts: list[str] = []
    _collect(node, left_out, parts)
    return tidy("".join(parts))


def _collect(node: Tag, left_out: set[int], parts: list[str]) -> None:
    stack: list[PageElement | str] = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, Tag):
            if id(one) in left_out or one.name in {"script", "style", "template"}:
                continue
            apart = " " if one.name not in _INLINE else ""
            stack.extend([apart, *reversed(list(one.children)), apart] if apart else reversed(list(one.children)))
        elif isinstance(one, str) and not isinstance(one, PreformattedString):
            parts.append(str(one) if isinstance(one, NavigableString) else one)


_INLINE: Final = frozenset({"a", "b", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u", "abbr", "mark"})


def title_of(node: Tag | None) -> str | None:
    """The text of a heading or window title; None for one that is too long to be one: a lost tag let the page in."""
    said = shown(node)
    return said if said and len(said) <= LONGEST_TITLE else None


def is_within(node: Tag, holders: Iterable[Tag]) -> bool:
    """Whether a node is one of these elements or lies in one. By identity: equal markup is often there twice."""
    held = {id(one) for one in holders}
    return id(node) in held or any(id(one) in held for one in node.parents)


def outermost(nodes: list[Tag]) -> list[Tag]:
    """The elements that lie in none of the others."""
    held = {id(one) for one in nodes}
    return [one for one in nodes if not any(id(parent) in held for parent in one.parents)]
