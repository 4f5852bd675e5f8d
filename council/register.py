"""The register: reads config/municipalities.yaml. Every problem says file:line: path: what is wrong: what to write.

All problems are told at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from council.cross_checks import check_https, check_keys, check_parents, check_sources
from council.draft import Draft, drafts_of, entry_of
from council.municipality import Municipality
from council.problem import RegisterError, RegisterProblem
from council.register_file import content_of, digest_of
from council.system import System
from council.yaml_tree import root_of


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
    return register_of(content_of(path), str(path), readable)


def register_of(content: bytes, file: str, readable: frozenset[System] | None) -> Register:
    """The register that these bytes of `file` are; `readable` as in `read_register`. Raises RegisterError."""
    problems: list[RegisterProblem] = []
    drafts: list[Draft] = []
    entries: list[Municipality] = []
    unique: dict[str, Draft] = {}
    for draft, again in drafts_of(root_of(content, file), file, problems):
        if not again:
            unique[draft.key] = draft
        drafts.append(draft)
        if entry := entry_of(draft):
            entries.append(entry)
    for check in (check_parents, check_keys, check_https, check_sources):
        check(unique)
    if readable is not None:
        for draft in drafts:
            _check_readable(draft, readable)
    if problems:
        raise RegisterError(tuple(sorted(problems, key=lambda problem: problem.line)))
    return Register(tuple(entries), digest_of(content))


def _check_readable(draft: Draft, readable: frozenset[System]) -> None:
    system = draft.text("system")
    if draft.values.get("enabled", True) is True and system in set(System) and system not in readable:
        draft.tree.add_problem(("system",), f"no reader yet for {system}", "set enabled: false")
