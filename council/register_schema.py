"""The JSON Schema of the register's file."""

from __future__ import annotations

from typing import Any

from council.identity import MUNICIPALITY_KEY
from council.municipality import Municipality
from council.register_file import TOP
from council.written_field import example


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
                "examples": [{"merseburg": {name: example(Municipality, name) for name in _needed()}}],
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


def _needed() -> tuple[str, ...]:
    return ("name", "kind", "ags", "system", "url")
