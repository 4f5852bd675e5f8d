"""A field of an entry as one would write it: the model it is in, its example, and both on a line."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from council.municipality import Municipality


def model_at(path: tuple[str, ...]) -> type[BaseModel]:
    """The model of the mapping at that path of an entry."""
    model: type[BaseModel] = Municipality
    for name in path:
        kinds = [getattr(_field(model, name), "annotation", None)]
        kinds += getattr(kinds[0], "__args__", ())
        model = next(kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel))
    return model


def _field(model: type[BaseModel], name: str) -> FieldInfo:
    return model.model_fields[name]


def example(model: type[BaseModel], name: str) -> Any:
    """A field's first example; empty where it has none."""
    return (_field(model, name).examples or [""])[0]


def shown_field(*path: str) -> str:
    """A field as one would write it: its name and its example."""
    return f"{path[-1]}: {_flow(example(model_at(path[:-1]), path[-1]))}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and (value.isdigit() or "*" in value):
        return f'"{value}"'
    return str(value)
