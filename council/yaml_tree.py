"""YAML's nodes, and the values below them, each with its line and what was written.

The values are built here from the nodes, not by yaml.load, so that every value knows its line and what was written (an
unquoted 08212000), and a key that stands twice is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml
from yaml.constructor import SafeConstructor

from council.printable import printable_line
from council.problem import WHOLE_FILE, RegisterError, RegisterProblem, one_problem
from council.register_file import TOP

MAX_DEPTH = 8
MAX_REPEATS = 100_000
TAG = "tag:yaml.org,2002:"
SCALARS = frozenset({"str", "int", "float", "bool", "timestamp"})
# YAML's own parser in C, where PyYAML was built with it, is four times as fast and limits nesting by itself.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
UNUSABLE = object()

FieldPath = tuple[str, ...]


def root_of(content: bytes, file: str) -> yaml.Node:
    """The file as YAML's nodes. Raises RegisterError when it is no YAML."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise one_problem(
            file, line, f"is not UTF-8 (byte 0x{content[error.start]:02x})", "save it with the encoding UTF-8"
        ) from None
    if found := re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text):
        line = text.count("\n", 0, found.start()) + 1
        raise one_problem(file, line, f"holds the control character U+{ord(found[0]):04X}", "take it out")
    try:
        root = yaml.compose(text, LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        details = ", ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise one_problem(
            file, line, f"is no YAML at column {column} ({details})", "indent with blanks, quote text that holds : or #"
        ) from None
    except (yaml.YAMLError, RecursionError):
        raise one_problem(
            file, 1, "is no YAML that can be read", "compare it with docs/add-a-municipality.md"
        ) from None
    if root is None:
        raise one_problem(file, 1, "holds only comments", f"write {TOP}: and an entry below it")
    return root


class YamlPair(NamedTuple):
    """A key of a mapping with its line, its value, and whether it stood there before."""

    key: str
    key_line: int
    value: yaml.Node
    again: bool


class Tree:
    """The values below one node, and for each of them its line and what was written. Problems go into `problems`."""

    def __init__(self, file: str, prefix: FieldPath, problems: list[RegisterProblem], repeats: Repeats) -> None:
        self._file = file
        self._prefix = prefix
        self._problems = problems
        self._repeats = repeats
        self.lines: dict[FieldPath, int] = {}
        self.written: dict[FieldPath, str] = {}
        self.reported: set[FieldPath] = set()

    def add_problem(self, path: FieldPath, wrong: str, instead: str, line: int | None = None) -> None:
        """Note a problem of the value at that path."""
        at = self.line(path) if line is None else line
        place = _short_line(".".join(self._prefix + path)) or WHOLE_FILE
        self._problems.append(RegisterProblem(self._file, at, place, _short_line(wrong), instead))

    def refuse(self, path: FieldPath, wrong: str, instead: str) -> None:
        """Note a problem that makes the value unusable: nothing more is reported about it."""
        self.reported.add(path)
        self.add_problem(path, wrong, instead)

    def line(self, path: FieldPath) -> int:
        """The line of the value at that path, or of the nearest one above it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def pairs(self, node: yaml.MappingNode, path: FieldPath) -> Iterator[YamlPair]:
        """The keys and values of a mapping; one that stands twice is told, and marked `again`."""
        first: dict[str, int] = {}
        for key_node, value in node.value:
            line = key_node.start_mark.line + 1
            if key_node.tag == TAG + "merge":
                self.add_problem(
                    (*path, "<<"), "merges another entry, which is not read here", "write the fields out", line
                )
                continue
            if not isinstance(key_node, yaml.ScalarNode):
                self.add_problem(path, "has a key that is no text", "write a name and a colon", line)
                continue
            key = str(key_node.value)
            if key in first:
                instead = "keep one of them"
                self.add_problem((*path, key), f"stands twice, in lines {first[key]} and {line}", instead, line)
            yield YamlPair(key, line, value, key in first)
            first.setdefault(key, line)

    def value(self, node: yaml.Node, path: FieldPath, line: int) -> Any:
        """A mapping as dict, a list as an empty list (no field is one), a scalar as what YAML takes it for."""
        self.lines[path] = line
        if not self._repeats.allow(node):
            self.add_problem(path, f"repeats more than {MAX_REPEATS} values by * aliases", "write the values out")
            raise RegisterError(tuple(self._problems))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if not isinstance(node, yaml.MappingNode):
            return []
        if len(path) > MAX_DEPTH:
            self.refuse(path, f"is nested more than {MAX_DEPTH} deep", "no field is: compare the indentation")
            return UNUSABLE
        values = {
            pair.key: self.value(pair.value, (*path, pair.key), pair.key_line)
            for pair in self.pairs(node, path)
            if not pair.again
        }
        return {key: value for key, value in values.items() if value is not UNUSABLE}

    def _scalar(self, node: yaml.ScalarNode, path: FieldPath) -> Any:
        self.written[path] = node.value
        kind = node.tag.removeprefix(TAG)
        if kind == "null":
            self.refuse(path, "has no value", "write one, or leave the line out")
            return UNUSABLE
        if kind not in SCALARS:
            self.refuse(path, f"has the tag {kind}, which is not read here", "write the value without it")
            return UNUSABLE
        try:
            return SafeConstructor().construct_object(node)
        except (ValueError, KeyError):
            known = {"timestamp": "is not a day of the calendar", "int": "is no whole number"}
            self.refuse(
                path, f"{node.value} {known.get(kind, 'cannot be read')}", "correct it, or quote it if it is text"
            )
            return UNUSABLE


class Repeats:
    """Counts nodes that are met again by an alias: a few lines of YAML can stand for billions of values."""

    def __init__(self) -> None:
        self._met: set[int] = set()
        self._repeated = 0

    def allow(self, node: yaml.Node) -> bool:
        """Whether the node may still be looked at."""
        self._repeated += id(node) in self._met
        self._met.add(id(node))
        return self._repeated <= MAX_REPEATS


def _short_line(text: str) -> str:
    """The text on one line of a terminal, whatever the file holds, and not without end."""
    text = printable_line(text[:301])
    return text if len(text) <= 300 else f"{text[:300]}…"
