"""The register: reads config/municipalities.yaml. Every problem says file:line: path: what is wrong: what to write.

The values are built here from YAML's nodes, not by yaml.load, so that every value knows its line and what was written
(an unquoted 08212000), and a key that stands twice is found. What pydantic says is put into this room's own sentences.
All problems are told at once.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import re
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from yaml.constructor import SafeConstructor

from council.identity import MUNICIPALITY_KEY
from council.municipality import (
    Kind,
    Municipality,
    System,
    WrongValue,
    contradictions,
    host_of,
    is_at_https_provider,
    is_loopback,
    is_plain_http,
    is_plain_https,
    source_of,
    with_https,
)

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 8
MAX_REPEATS = 100_000
TOP = "municipalities"
WHOLE_FILE = "the file"
TAG = "tag:yaml.org,2002:"
SCALARS = frozenset({"str", "int", "float", "bool", "timestamp"})
# YAML's own parser in C, where PyYAML was built with it, is four times as fast and limits nesting by itself.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
UNUSABLE = object()

FieldPath = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in the register: where, what, and what to write instead."""

    file: str
    line: int
    path: str
    wrong: str
    instead: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.path}: {self.wrong}: {self.instead}"


class RegisterError(Exception):
    """The register cannot be used. `problems` holds everything that is wrong, in the order of the file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Register:
    """All municipalities, in the order of the file. `digest` is the SHA-256 of the file's content."""

    municipalities: tuple[Municipality, ...]
    digest: str
    _by_key: Mapping[str, Municipality] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {entry.key: entry for entry in self.municipalities})

    def get(self, key: str) -> Municipality | None:
        """The entry of that key, or None."""
        return self._by_key.get(key)

    def enabled(self) -> tuple[Municipality, ...]:
        """The entries that are to be visited."""
        return tuple(entry for entry in self.municipalities if entry.enabled)

    def __len__(self) -> int:
        return len(self.municipalities)


def read_register(path: Path, *, readable: frozenset[System] | None = None) -> Register:
    """The register in that file. `readable` are the systems there is a reader for; None: do not ask. Raises
    RegisterError with every problem."""
    return _register(_content(path), str(path), readable)


class LiveRegister:
    """The register of a file that is edited while it is in use. A broken edit changes nothing: the last good register
    stays in force, and `problem` says what is wrong. Safe to be used by several threads."""

    SETTLED_SECONDS = 2.0
    """A file changed less than this before it was read may change again within the clock tick of its time stamp."""

    def __init__(self, path: Path, readable: frozenset[System] | None = None) -> None:
        """Reads the file for the first time. Raises RegisterError."""
        self._path = path
        self._readable = readable
        self._lock = threading.Lock()
        self._problem: RegisterError | None = None
        self._refused: tuple[str, RegisterError] | None = None
        self._seen = self._signature()
        self._register = read_register(path, readable=readable)

    @property
    def problem(self) -> RegisterError | None:
        """What was wrong with the file when `current` last looked; None if it was good."""
        with self._lock:
            return self._problem

    def current(self) -> Register:
        """The register as the file has it now, or the last good one."""
        with self._lock:
            signature = self._signature()
            if signature is None or signature != self._seen:
                self._read(signature)
            return self._register

    def _read(self, signature: tuple[int, int, int] | None) -> None:
        self._seen = signature
        try:
            content = _content(self._path)
        except RegisterError as error:
            self._problem = error
            return
        digest = _digest(content)
        if digest == self._register.digest:
            self._problem = None
        elif self._refused is not None and digest == self._refused[0]:
            self._problem = self._refused[1]
        else:
            self._judge(content, digest)

    def _judge(self, content: bytes, digest: str) -> None:
        try:
            self._register = _register(content, str(self._path), self._readable)
            self._problem = self._refused = None
        except RegisterError as error:
            self._problem = error
            self._refused = (digest, error)

    def _signature(self) -> tuple[int, int, int] | None:
        """What shows a change without reading; None when it cannot be told, so that the content is looked at."""
        try:
            stat = os.stat(self._path)
        except OSError:
            return None
        if time.time() - stat.st_mtime < self.SETTLED_SECONDS:
            return None
        return stat.st_mtime_ns, stat.st_size, stat.st_ino


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the register's file, for editors."""
    entry = Municipality.model_json_schema()
    parts = entry.pop("$defs")
    del entry["properties"]["key"]
    entry["required"].remove("key")
    entry["anyOf"] = [{"required": ["ags"]}, {"required": ["ars"]}]
    schedule = entry["properties"]["schedule"]
    schedule["default"] = "24h"
    schedule["anyOf"] = [
        {"$ref": schedule.pop("$ref")},
        {"type": "string", "description": "The interval or the cron line alone.", "examples": ["6h", "15 3 * * *"]},
    ]
    every = parts["Schedule"]["properties"]["every"]
    every["anyOf"] = [{"type": "string", "pattern": r"^\s*[0-9]{1,4}\s*[mhd]\s*$"}]
    parts["Schedule"]["oneOf"] = [{"required": ["every"]}, {"required": ["cron"]}]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Ratslupe: the register of municipalities",
        "description": "One entry a municipality whose council information system is searched.",
        "type": "object",
        "required": [TOP],
        "additionalProperties": False,
        "properties": {
            TOP: {
                "description": "Entries by key. A key is part of every link: it never changes.",
                "type": "object",
                "patternProperties": {f"^{MUNICIPALITY_KEY.pattern}$": {"$ref": "#/$defs/Municipality"}},
                "additionalProperties": False,
                "examples": [{"merseburg": {name: _example(Municipality, name) for name in _needed()}}],
            }
        },
        "$defs": {"Municipality": entry, **parts},
    }
    return {key: _for_editors(value) for key, value in schema.items()}


def _for_editors(node: Any) -> Any:
    """The schema without what an editor need not know: titles, and null, which the register never takes."""
    if isinstance(node, list):
        return [_for_editors(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if not (key == "default" and value is None)}
    if isinstance(kept.get("title"), str):
        del kept["title"]
    if isinstance(kept.get("default"), dict):
        kept["default"] = {key: value for key, value in kept["default"].items() if value is not None}
    if isinstance(kept.get("anyOf"), list):
        choices = [choice for choice in kept["anyOf"] if choice != {"type": "null"}]
        if len(choices) == 1:
            del kept["anyOf"]
            kept = {**choices[0], **kept}
    return {key: _for_editors(value) for key, value in kept.items()}


# ---------------------------------------------------------------------------------------------------------------------
# The file


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _content(path: Path) -> bytes:
    """The file's bytes. Raises RegisterError when there are none, or too many."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _one(path, 1, "does not exist", "write it, or name another with --register") from None
    except OSError as error:
        raise _one(path, 1, f"cannot be read ({error.strerror})", "give a file that may be read") from None
    if len(content) > MAX_BYTES:
        raise _one(path, 1, f"is larger than {MAX_BYTES // 1024 // 1024} MB", "check that it is the register")
    if not content.strip():
        raise _one(path, 1, "is empty", f"write {TOP}: and an entry below it")
    return content


def _one(file: object, line: int, wrong: str, instead: str, path: str = WHOLE_FILE) -> RegisterError:
    return RegisterError((Problem(str(file), line, path, wrong, instead),))


def _root(content: bytes, file: str) -> yaml.Node:
    """The file as YAML's nodes. Raises RegisterError when it is no YAML."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _one(
            file, line, f"is not UTF-8 (byte 0x{content[error.start]:02x})", "save it with the encoding UTF-8"
        ) from None
    if found := re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text):
        line = text.count("\n", 0, found.start()) + 1
        raise _one(file, line, f"holds the control character U+{ord(found[0]):04X}", "take it out")
    try:
        root = yaml.compose(text, LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = ", ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise _one(
            file, line, f"is no YAML at column {column} ({said})", "indent with blanks, quote text that holds : or #"
        ) from None
    except (yaml.YAMLError, RecursionError):
        raise _one(file, 1, "is no YAML that can be read", "compare it with docs/add-a-municipality.md") from None
    if root is None:
        raise _one(file, 1, "holds only comments", f"write {TOP}: and an entry below it")
    return root


# ---------------------------------------------------------------------------------------------------------------------
# From nodes to values that know their line


class _Pair(NamedTuple):
    key: str
    key_line: int
    value: yaml.Node
    again: bool


class _Tree:
    """The values below one node, and for each of them its line and what was written. Problems go into `problems`."""

    def __init__(self, file: str, prefix: FieldPath, problems: list[Problem], repeats: _Repeats) -> None:
        self._file = file
        self._prefix = prefix
        self._problems = problems
        self._repeats = repeats
        self.lines: dict[FieldPath, int] = {}
        self.written: dict[FieldPath, str] = {}
        self.reported: set[FieldPath] = set()

    def say(self, path: FieldPath, wrong: str, instead: str, line: int | None = None) -> None:
        """Note a problem of the value at that path."""
        at = self.line(path) if line is None else line
        place = _printable(".".join(self._prefix + path)) or WHOLE_FILE
        self._problems.append(Problem(self._file, at, place, _printable(wrong), instead))

    def refuse(self, path: FieldPath, wrong: str, instead: str) -> None:
        """Note a problem that makes the value unusable: nothing more needs to be said of it."""
        self.reported.add(path)
        self.say(path, wrong, instead)

    def line(self, path: FieldPath) -> int:
        """The line of the value at that path, or of the nearest one above it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def pairs(self, node: yaml.MappingNode, path: FieldPath) -> Iterator[_Pair]:
        """The keys and values of a mapping; one that stands twice is told, and marked `again`."""
        first: dict[str, int] = {}
        for key_node, value in node.value:
            line = key_node.start_mark.line + 1
            if key_node.tag == TAG + "merge":
                self.say((*path, "<<"), "merges another entry, which is not read here", "write the fields out", line)
                continue
            if not isinstance(key_node, yaml.ScalarNode):
                self.say(path, "has a key that is no text", "write a name and a colon", line)
                continue
            key = str(key_node.value)
            if key in first:
                instead = "keep one of them"
                self.say((*path, key), f"stands twice, in lines {first[key]} and {line}", instead, line)
            yield _Pair(key, line, value, key in first)
            first.setdefault(key, line)

    def value(self, node: yaml.Node, path: FieldPath, line: int) -> Any:
        """A mapping as dict, a list as an empty list (no field is one), a scalar as what YAML takes it for."""
        self.lines[path] = line
        if not self._repeats.allow(node):
            self.say(path, f"repeats more than {MAX_REPEATS} values by * aliases", "write the values out")
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


class _Repeats:
    """Counts nodes that are met again by an alias: a few lines of YAML can stand for billions of values."""

    def __init__(self) -> None:
        self._met: set[int] = set()
        self._repeated = 0

    def allow(self, node: yaml.Node) -> bool:
        """Whether the node may still be looked at."""
        self._repeated += id(node) in self._met
        self._met.add(id(node))
        return self._repeated <= MAX_REPEATS


# ---------------------------------------------------------------------------------------------------------------------
# Entries


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entry before it is known to be right."""

    key: str
    values: dict[str, Any]
    tree: _Tree

    def text(self, name: str) -> str | None:
        """A field's text, or None where there is none."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    @property
    def where(self) -> str:
        return f"{self.key} (line {self.tree.line(())})"


def _register(content: bytes, file: str, readable: frozenset[System] | None) -> Register:
    problems: list[Problem] = []
    drafts: list[_Draft] = []
    entries: list[Municipality] = []
    unique: dict[str, _Draft] = {}
    for draft, again in _drafts(_root(content, file), file, problems):
        if not again:
            unique[draft.key] = draft
        drafts.append(draft)
        if entry := _entry(draft):
            entries.append(entry)
    for check in (_check_parents, _check_keys, _check_https, _check_sources):
        check(unique)
    if readable is not None:
        for draft in drafts:
            _check_readable(draft, readable)
    if problems:
        raise RegisterError(tuple(sorted(problems, key=lambda problem: problem.line)))
    return Register(tuple(entries), _digest(content))


def _drafts(root: yaml.Node, file: str, problems: list[Problem]) -> Iterator[tuple[_Draft, bool]]:
    """The entries of the file, each with whether its key stood there before."""
    repeats = _Repeats()
    top = _Tree(file, (), problems, repeats)
    top.lines[()] = root.start_mark.line + 1
    if not isinstance(root, yaml.MappingNode):
        top.say((), "is not a mapping", f"begin it with {TOP}: and write the entries below, indented")
        return
    found = False
    for pair in top.pairs(root, ()):
        if pair.key != TOP:
            top.say((pair.key,), *_unknown(pair.key, (TOP,)), pair.key_line)
            found = found or bool(difflib.get_close_matches(pair.key, [TOP]))
            continue
        found = True
        if not isinstance(pair.value, yaml.MappingNode):
            top.say((TOP,), "is not a mapping", "write a key and a colon for each municipality", pair.key_line)
            continue
        for entry in top.pairs(pair.value, (TOP,)):
            tree = _Tree(file, (TOP, entry.key), problems, repeats)
            values = tree.value(entry.value, (), entry.key_line)
            if isinstance(values, dict):
                yield _Draft(entry.key, values, tree), entry.again
            elif () not in tree.reported:
                tree.say((), "is not a mapping", f"write its fields below it, indented: {_shown('name')}")
    if not found:
        top.say((), f"has no {TOP}", f"write {TOP}: and an entry below it")


def _entry(draft: _Draft) -> Municipality | None:
    """The entry, if it is right; else its problems are told."""
    tree, values = draft.tree, dict(draft.values)
    if not MUNICIPALITY_KEY.fullmatch(draft.key):
        tree.say((), f'"{draft.key}" is no key (a-z, 0-9 and -, 63 at most)', f"write {_as_key(draft.key)}:")
    if "key" in values:
        del values["key"]
        tree.refuse(("key",), "is no field", "leave it out: the key is what stands before the colon")
    for path, wrong in contradictions(values):
        if path not in tree.reported:
            tree.refuse(path, wrong.wrong, wrong.instead)
    try:
        return Municipality.model_validate({"key": draft.key, **values})
    except ValidationError as error:
        # What contradicts itself has been told above, and so has a wrong key; pydantic tells both again.
        for mistake in error.errors(include_url=False):
            path = tuple(str(step) for step in mistake["loc"])
            told = bool(tree.reported) if path == () else path == ("key",) or path in tree.reported
            if not told:
                tree.refuse(path, *_sentence(path, mistake, tree.written.get(path)))
        return None


def _as_key(text: str) -> str:
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.lower().replace(umlaut, letters)
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:63].strip("-") or "musterstadt"


# ---------------------------------------------------------------------------------------------------------------------
# What needs the whole register


def _check_parents(drafts: dict[str, _Draft]) -> None:
    told: set[str] = set()
    for key, draft in drafts.items():
        parent = draft.text("parent")
        if parent is None:
            continue
        if parent not in drafts:
            near = difflib.get_close_matches(parent, drafts, 1)
            instead = f"did you mean {near[0]}?" if near else "write the key of an entry, or leave parent out"
            draft.tree.say(("parent",), f'"{parent}" is not in the register', instead)
            continue
        way = [key]
        while (up := drafts[way[-1]].text("parent")) in drafts and up not in way:
            way.append(str(up))
        if up == key and key not in told:
            told.update(way)
            circle = " → ".join([*way, key])
            draft.tree.say(("parent",), f"leads back to itself ({circle})", "take one of these parents out")


def _check_keys(drafts: dict[str, _Draft]) -> None:
    first: dict[str, _Draft] = {}
    for draft in drafts.values():
        ags = draft.text("ags")
        if ags is not None and first.setdefault(ags, draft) is not draft:
            draft.tree.say(("ags",), f'"{ags}" is the key of {first[ags].where} too', "look up which of them is right")


def _check_sources(drafts: dict[str, _Draft]) -> None:
    held: dict[str, list[_Draft]] = {}
    for draft in drafts.values():
        url = draft.text("url") or ""
        if not host_of(url):
            continue
        others = held.setdefault(source_of(url), [])
        if same := next((other for other in others if _same_body(draft, other)), None):
            wrong = f"is the source of {same.where} too"
            draft.tree.say(("url",), wrong, "give each of them its own body, or leave one of them out")
        others.append(draft)


def _same_body(one: _Draft, other: _Draft) -> bool:
    bodies = [" ".join(body.casefold().split()) if body else None for body in (one.text("body"), other.text("body"))]
    return None in bodies or bodies[0] == bodies[1]


def _check_https(drafts: dict[str, _Draft]) -> None:
    """http where another entry shows that the host speaks https."""
    urls = [(draft, url) for draft in drafts.values() if (url := draft.text("url")) and host_of(url)]
    by_https = {host_of(url): draft for draft, url in urls if is_plain_https(url)}
    for draft, url in urls:
        other = by_https.get(host_of(url))
        if other and is_plain_http(url) and not is_loopback(url) and not is_at_https_provider(url):
            draft.tree.say(("url",), f"{host_of(url)} speaks https, see {other.where}", f"write {with_https(url)}")


def _check_readable(draft: _Draft, readable: frozenset[System]) -> None:
    system = draft.text("system")
    if draft.values.get("enabled", True) is True and system in set(System) and system not in readable:
        draft.tree.say(("system",), f"no reader yet for {system}", "set enabled: false")


# ---------------------------------------------------------------------------------------------------------------------
# Sentences


def _printable(text: str) -> str:
    """The text on one line of a terminal, whatever the file holds, and not without end."""
    text = "".join(c if c.isprintable() else " " for c in text)
    return text if len(text) <= 300 else f"{text[:300]}…"


def _sentence(path: FieldPath, mistake: Any, written: str | None) -> tuple[str, str]:
    """What is wrong and what to write, for one of pydantic's errors."""
    name, context, value = "".join(path[-1:]), mistake.get("ctx", {}), mistake["input"]
    match mistake["type"]:
        case "value_error" if isinstance(context.get("error"), WrongValue):
            return context["error"].wrong, context["error"].instead
        case "missing":
            return "is missing", f"write {_shown(*path)}"
        case "extra_forbidden":
            return _unknown(name, tuple(each for each in _model(path[:-1]).model_fields if each != "key"))
        case "string_type":
            return _not_text(path, value, written)
        case "enum":
            return _not_one_of(path, value, written, Kind if name == "kind" else System)
        case "greater_than_equal" | "less_than_equal" | "string_too_short" | "string_too_long":
            return _out_of_bounds(path, mistake["type"], context, written)
        case _:
            return _not_that_type(path, mistake["type"], _quoted(value, written))


def _not_that_type(path: FieldPath, kind: str, value: str) -> tuple[str, str]:
    shown, name = _shown(*path), path[-1]
    match kind:
        case "int_type":
            return f"{value} is no whole number", f"write digits only: {shown}"
        case "float_type" | "finite_number":
            return f"{value} is no number", f"write it with a point and without quotes: {shown}"
        case "bool_type":
            return f"{value} is neither true nor false", f"write {name}: true, or {name}: false"
        case "model_type":
            return f"{value} is not a mapping", f"write {shown}"
        case _:
            return f"{value} is not what belongs here", f"write {shown}"


def _out_of_bounds(path: FieldPath, kind: str, context: Mapping[str, Any], written: str | None) -> tuple[str, str]:
    match kind:
        case "greater_than_equal":
            return f"{written} is too small", f"write {context['ge']:g} or more: {_shown(*path)}"
        case "less_than_equal":
            return f"{written} is too large", f"write {context['le']:g} or less: {_shown(*path)}"
        case "string_too_long":
            return f"is longer than {context['max_length']} characters", "shorten it"
        case _ if context["min_length"] == 1:
            return "is empty", "write a value, or leave the line out"
        case _:
            return f"is shorter than {context['min_length']} characters", f"say more: {_shown(*path)}"


def _unknown(name: str, fields: tuple[str, ...]) -> tuple[str, str]:
    near = difflib.get_close_matches(name.lower(), fields, 1)
    return "is no field", f"did you mean {near[0]}?" if near else f"leave it out; there are: {', '.join(fields)}"


def _not_text(path: FieldPath, value: Any, written: str | None) -> tuple[str, str]:
    name = path[-1]
    if written is None:
        return f"{_quoted(value, written)} is not text", f"write {_shown(*path)}"
    if isinstance(value, bool):
        return f"{written} is read as true or false", f'quote it: {name}: "{written}"'
    if not isinstance(value, int | float):
        return f"{written} is read as a date", f'quote it: {name}: "{written}"'
    if name not in ("ags", "ars") or not written.isdigit():
        return f"{written} is a number", f'quote it: {name}: "{written}"'
    lengths = (5, 8) if name == "ags" else (5, 9, 12)
    digits = f"0{written}" if len(written) + 1 in lengths else written
    return f"{written} is a number, so a leading zero may be lost", f'quote it: {name}: "{digits}"'


def _not_one_of(
    path: FieldPath, value: Any, written: str | None, choices: type[Kind] | type[System]
) -> tuple[str, str]:
    known = ", ".join(choices)
    if written is None:
        return f"{_quoted(value, written)} is not text", f"write {_shown(*path)}"
    by_letters = {choice.lower(): choice for choice in choices}
    near = difflib.get_close_matches(written.lower(), by_letters, 1)
    hint = f"did you mean {by_letters[near[0]]}? " if near else ""
    return f'"{written}" is not known', f"{hint}known are: {known}"


def _quoted(value: Any, written: str | None) -> str:
    if written is None:
        return "a mapping" if isinstance(value, dict) else "a list"
    return f'"{written}"' if isinstance(value, str) else written


def _needed() -> tuple[str, ...]:
    return ("name", "kind", "ags", "system", "url")


def _model(path: FieldPath) -> type[BaseModel]:
    """The model of the mapping at that path of an entry."""
    model: type[BaseModel] = Municipality
    for name in path:
        kinds = [getattr(_field(model, name), "annotation", None)]
        kinds += getattr(kinds[0], "__args__", ())
        model = next(kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel))
    return model


def _field(model: type[BaseModel], name: str) -> FieldInfo:
    return model.model_fields[name]


def _example(model: type[BaseModel], name: str) -> Any:
    return (_field(model, name).examples or [""])[0]


def _shown(*path: str) -> str:
    """A field as one would write it: its name and its example."""
    return f"{path[-1]}: {_flow(_example(_model(path[:-1]), path[-1]))}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and (value.isdigit() or "*" in value):
        return f'"{value}"'
    return str(value)
