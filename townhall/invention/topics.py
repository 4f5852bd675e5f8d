"""What invented councils talk about: reads `topics.toml` beside it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Topic:
    """Sentences about one subject, with {placeholders} that `townhall.invention.setting` fills in."""

    key: str
    committee: str
    short: str
    titles: tuple[str, ...]
    background: tuple[str, ...]
    measures: tuple[str, ...]
    questions: tuple[str, ...]
    resolution: tuple[str, ...]
    speech: tuple[str, ...]
    decided: bool = False


@cache
def read_topics() -> tuple[Topic, ...]:
    """All topics, in the order of the file."""
    return tuple(
        Topic(
            key=row["key"],
            committee=row["committee"],
            short=row["short"],
            titles=tuple(row["titles"]),
            background=tuple(row["background"]),
            measures=tuple(row["measures"]),
            questions=tuple(row["questions"]),
            resolution=tuple(row["resolution"]),
            speech=tuple(row["speech"]),
            decided=row.get("decided", False),
        )
        for row in _read()["topic"]
    )


def common() -> dict[str, list[str]]:
    """Sentences that fit any topic, by what they are about (money, schedule …)."""
    sentences: dict[str, list[str]] = _read()["common"]
    return sentences


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads((files("townhall.invention") / "topics.toml").read_text(encoding="utf-8"))
