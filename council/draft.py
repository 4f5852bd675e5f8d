"""An entry of the register before it is known to be right, and how it becomes a Municipality."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from council.identity import MUNICIPALITY_KEY
from council.municipality import Municipality, contradictions
from council.problem import RegisterProblem
from council.register_file import TOP
from council.sentence import sentence, unknown_field
from council.written_field import shown_field
from council.yaml_tree import Repeats, Tree


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before it is known to be right."""

    key: str
    values: dict[str, Any]
    tree: Tree

    def text(self, name: str) -> str | None:
        """A field's text, or None where there is none."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    @property
    def where(self) -> str:
        return f"{self.key} (line {self.tree.line(())})"


def drafts_of(root: yaml.Node, file: str, problems: list[RegisterProblem]) -> Iterator[tuple[Draft, bool]]:
    """The entries of the file, each with whether its key stood there before."""
    repeats = Repeats()
    top = Tree(file, (), problems, repeats)
    top.lines[()] = root.start_mark.line + 1
    if not isinstance(root, yaml.MappingNode):
        top.add_problem((), "is not a mapping", f"begin it with {TOP}: and write the entries below, indented")
        return
    found = False
    for pair in top.pairs(root, ()):
        if pair.key != TOP:
            top.add_problem((pair.key,), *unknown_field(pair.key, (TOP,)), pair.key_line)
            found = found or bool(difflib.get_close_matches(pair.key, [TOP]))
            continue
        found = True
        if not isinstance(pair.value, yaml.MappingNode):
            top.add_problem((TOP,), "is not a mapping", "write a key and a colon for each municipality", pair.key_line)
            continue
        for entry in top.pairs(pair.value, (TOP,)):
            tree = Tree(file, (TOP, entry.key), problems, repeats)
            values = tree.value(entry.value, (), entry.key_line)
            if isinstance(values, dict):
                yield Draft(entry.key, values, tree), entry.again
            elif () not in tree.reported:
                tree.add_problem((), "is not a mapping", f"write its fields below it, indented: {shown_field('name')}")
    if not found:
        top.add_problem((), f"has no {TOP}", f"write {TOP}: and an entry below it")


def entry_of(draft: Draft) -> Municipality | None:
    """The entry, if it is right; else its problems are told."""
    tree, values = draft.tree, dict(draft.values)
    if not MUNICIPALITY_KEY.fullmatch(draft.key):
        tree.add_problem((), f'"{draft.key}" is no key (a-z, 0-9 and -, 63 at most)', f"write {_as_key(draft.key)}:")
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
                tree.refuse(path, *sentence(path, mistake, tree.written.get(path)))
        return None


def _as_key(text: str) -> str:
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.lower().replace(umlaut, letters)
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:63].strip("-") or "musterstadt"
