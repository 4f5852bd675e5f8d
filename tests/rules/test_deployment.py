"""compose.yaml, docs/kubernetes.yaml and the Dockerfile name what there is: commands, settings, rooms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from ratslupe.cli import app

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
KUBERNETES = yaml.safe_load((ROOT / "docs" / "kubernetes.yaml").read_text(encoding="utf-8"))["items"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def containers() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every container that runs Ratslupe, with its arguments under `args`."""
    for name, service in COMPOSE["services"].items():
        if service["image"] == "ratslupe":
            yield f"compose {name}", service | {"args": service["command"]}
    for item in KUBERNETES:
        if item["kind"] == "Deployment":
            (container,) = item["spec"]["template"]["spec"]["containers"]
            yield f"kubernetes {container['name']}", container


@pytest.mark.parametrize(
    ("name", "container"), list(containers()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_is_one_that_there_is(name: str, container: dict[str, Any]) -> None:
    word, *options = container["args"]
    command = typer.main.get_command(app).commands[word]  # type: ignore[attr-defined]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {option for option in options if option.startswith("--")} <= known


def test_both_have_the_same_parts() -> None:
    names = [name.split() for name, _ in containers()]
    assert {part for where, part in names if where == "compose"} == {"schedule", "worker", "indexer", "api"}
    assert {part for where, part in names if where == "kubernetes"} == {"schedule", "worker", "indexer", "api"}


def test_every_setting_that_is_given_is_documented() -> None:
    documented = set(re.findall(r"`(RATSLUPE_[A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")))
    given = set(re.findall(r"RATSLUPE_[A-Z_]+", DOCKERFILE))
    for path in ("compose.yaml", "docs/kubernetes.yaml"):
        given |= set(re.findall(r"RATSLUPE_[A-Z_]+", (ROOT / path).read_text(encoding="utf-8")))
    assert given <= documented


def test_the_image_holds_every_room() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rooms = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    assert set(re.findall(r"^COPY (\w+) \1$", DOCKERFILE, re.MULTILINE)) == rooms
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {f"!{name}" for name in rooms | {"pyproject.toml", "requirements-postgresql.lock"}} <= set(ignored)
