"""This room's own sentences for what pydantic finds wrong: what it is, and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from council.municipality import AdministrationKind
from council.problem import WrongValue
from council.system import System
from council.written_field import model_at, shown_field
from council.yaml_tree import FieldPath


def sentence(path: FieldPath, mistake: Any, written: str | None) -> tuple[str, str]:
    """What is wrong and what to write, for one of pydantic's errors."""
    name, context, value = "".join(path[-1:]), mistake.get("ctx", {}), mistake["input"]
    match mistake["type"]:
        case "value_error" if isinstance(context.get("error"), WrongValue):
            return context["error"].wrong, context["error"].instead
        case "missing":
            return "is missing", f"write {shown_field(*path)}"
        case "extra_forbidden":
            return unknown_field(name, tuple(each for each in model_at(path[:-1]).model_fields if each != "key"))
        case "string_type":
            return _not_text(path, value, written)
        case "enum":
            return _not_one_of(path, value, written, AdministrationKind if name == "kind" else System)
        case "greater_than_equal" | "less_than_equal" | "string_too_short" | "string_too_long":
            return _out_of_bounds(path, mistake["type"], context, written)
        case _:
            return _not_that_type(path, mistake["type"], _quoted(value, written))


def _not_that_type(path: FieldPath, kind: str, value: str) -> tuple[str, str]:
    shown, name = shown_field(*path), path[-1]
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
            return f"{written} is too small", f"write {context['ge']:g} or more: {shown_field(*path)}"
        case "less_than_equal":
            return f"{written} is too large", f"write {context['le']:g} or less: {shown_field(*path)}"
        case "string_too_long":
            return f"is longer than {context['max_length']} characters", "shorten it"
        case _ if context["min_length"] == 1:
            return "is empty", "write a value, or leave the line out"
        case _:
            return f"is shorter than {context['min_length']} characters", f"say more: {shown_field(*path)}"


def unknown_field(name: str, fields: tuple[str, ...]) -> tuple[str, str]:
    """What is wrong and what to write where a field of that name is not among `fields`."""
    near = difflib.get_close_matches(name.lower(), fields, 1)
    return "is no field", f"did you mean {near[0]}?" if near else f"leave it out; there are: {', '.join(fields)}"


def _not_text(path: FieldPath, value: Any, written: str | None) -> tuple[str, str]:
    name = path[-1]
    if written is None:
        return f"{_quoted(value, written)} is not text", f"write {shown_field(*path)}"
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
    path: FieldPath, value: Any, written: str | None, choices: type[AdministrationKind] | type[System]
) -> tuple[str, str]:
    known = ", ".join(choices)
    if written is None:
        return f"{_quoted(value, written)} is not text", f"write {shown_field(*path)}"
    by_letters = {choice.lower(): choice for choice in choices}
    near = difflib.get_close_matches(written.lower(), by_letters, 1)
    hint = f"did you mean {by_letters[near[0]]}? " if near else ""
    return f'"{written}" is not known', f"{hint}known are: {known}"


def _quoted(value: Any, written: str | None) -> str:
    if written is None:
        return "a mapping" if isinstance(value, dict) else "a list"
    return f'"{written}"' if isinstance(value, str) else written
