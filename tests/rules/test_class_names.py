"""One class name is one thing in the shipped packages, so that whoever searches for it finds it."""

from __future__ import annotations

import ast
from collections import defaultdict

from tests.rules.test_conventions import ROOMS, ROOT

_INVENTED = "the invented municipalities have a model of their own: townhall imports no room"
_OF_A_PRODUCT = "the same part of different products, which do not import each other"
_OF_AN_ENGINE = "the same part of both engines"
_TWO_LAYERS = "the same notion of two rooms that do not import each other"
_NOT_YET = "two things: one of them is to be renamed"
SHARED: dict[str, str] = {
    "Agenda": _NOT_YET,
    "AgendaItem": _INVENTED,
    "Answer": _TWO_LAYERS,
    "BuildState": _OF_AN_ENGINE,
    "Columns": _NOT_YET,
    "Committee": _INVENTED,
    "Consultation": _INVENTED,
    "Diagnostics": _NOT_YET,
    "Document": _NOT_YET,
    "Entry": _NOT_YET,
    "Frame": _OF_A_PRODUCT,
    "Item": _NOT_YET,
    "Layout": _OF_A_PRODUCT,
    "Link": _OF_A_PRODUCT,
    "Meeting": _INVENTED,
    "MeetingDetails": _NOT_YET,
    "Membership": _INVENTED,
    "Municipality": _INVENTED,
    "NoAnswer": _TWO_LAYERS,
    "Paper": _INVENTED,
    "Person": _INVENTED,
    "Phrase": _NOT_YET,
    "Place": _NOT_YET,
    "TooLong": _NOT_YET,
    "Unnumbered": _NOT_YET,
    "Verdict": _NOT_YET,
}


def _shared_names() -> dict[str, list[str]]:
    """The public class names that stand in more than one module, with these modules."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places[node.name].append(str(path.relative_to(ROOT)))
    return {name: paths for name, paths in places.items() if len(paths) > 1}


def test_a_class_name_is_one_thing() -> None:
    assert {name: paths for name, paths in _shared_names().items() if name not in SHARED} == {}
