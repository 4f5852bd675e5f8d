"""Two results field by field: what is read, and what a person found on the same page and wrote down beside it.

The person's result decides which fields there are. Each is the same, or declared to differ, or a difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

CUT = object()
"""Instead of a value: the field is not compared."""

NOT_READ = "not read"

_SHOWN = 200
"""Characters of a value that are told."""


def _cut(_: Any) -> object:
    return CUT


@dataclass(frozen=True, slots=True)
class Declared:
    """One difference that is meant, with its reason. `fields` are patterns with blanks between them, `*` for anything,
    `[]` for each place of a list: `meetings[].start *.documents[].url`. `becomes` says what a value of the person's
    result is in ours (CUT: not compared); `pages` are patterns, too: of the results that it speaks of."""

    fields: str
    reason: str
    becomes: Callable[[Any], Any] = _cut
    pages: str = "*"

    def one_by_one(self) -> Iterator[Declared]:
        """The same for each of its patterns alone."""
        for field in self.fields.split():
            yield Declared(field, self.reason, self.becomes, self.pages)

    def is_of(self, name: str) -> bool:
        """Whether it speaks of the result of that name."""
        return any(fnmatchcase(name, pages) for pages in self.pages.split())

    def fits(self, where: str) -> bool:
        """Whether it speaks of the field at `where`."""
        return any(_pattern(field).fullmatch(where) for field in self.fields.split())


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the two differ, undeclared."""

    where: str
    ours: Any
    theirs: Any

    def __str__(self) -> str:
        return f"{self.where}: read {_short(self.ours)}, expected {_short(self.theirs)}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many fields were compared, and which differ."""

    fields: int
    differences: tuple[Difference, ...]


def compare(ours: Any, theirs: Any, declared: Iterable[Declared], name: str) -> Comparison:
    """Ours beside theirs, which is first put into our words by what is declared for the page of that name."""
    found = list(_fields("", ours, _put(theirs, [one for one in declared if one.is_of(name)], "")))
    return Comparison(len(found), tuple(one for one in found if one.ours != one.theirs))


def _short(value: Any) -> str:
    said = repr(value)
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}… ({len(said)} characters)"


@cache
def _pattern(field: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in field.split("*")))


def _put(value: Any, declared: list[Declared], where: str) -> Any:
    for one in declared:
        if one.fits(where):
            value = one.becomes(value)
            if value is CUT:
                return CUT
    if isinstance(value, dict):
        put = {key: _put(inner, declared, f"{where}.{key}".removeprefix(".")) for key, inner in value.items()}
        return {key: inner for key, inner in put.items() if inner is not CUT}
    if isinstance(value, list):
        return [inner for one in value if (inner := _put(one, declared, f"{where}[]")) is not CUT]
    return value


def _fields(where: str, ours: Any, theirs: Any) -> Iterator[Difference]:
    """Every field of theirs with what ours has there; an empty list is a field: nothing is there."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key, value in theirs.items():
            yield from _fields(f"{where}.{key}".removeprefix("."), ours.get(key, NOT_READ), value)
    elif isinstance(theirs, list) and isinstance(ours, list) and theirs and len(ours) == len(theirs):
        for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _fields(f"{where}[{place}]", one, other)
    else:
        yield Difference(where, ours, theirs)
