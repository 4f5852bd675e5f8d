"""When a build may take the place of the published one: the same for every engine."""

from __future__ import annotations

from typing import Protocol

from indexer.index.contract import IndexFault


class Rebuilt(Protocol):
    """What is asked of a writer that shall be published."""

    @property
    def name(self) -> str: ...

    @property
    def unpublished(self) -> bool: ...

    @property
    def uncommitted(self) -> bool: ...

    @property
    def entries(self) -> int: ...


def check(writer: Rebuilt, there: bool, expected_entries: int) -> None:
    """Raises IndexFault unless the build is unpublished, committed, still `there`, and holds what is expected."""
    if not writer.unpublished:
        raise IndexFault(f"The index {writer.name} is published already; only a rebuilt one can be")
    if writer.uncommitted:
        raise IndexFault(f"The index {writer.name} holds entries that are not committed; commit before publishing")
    if not there:
        raise IndexFault(f"The index {writer.name} is not there any more; build it again")
    if writer.entries != expected_entries:
        raise IndexFault(
            f"The index {writer.name} holds {writer.entries} entries where {expected_entries} were expected; "
            "the published index stays as it is"
        )
