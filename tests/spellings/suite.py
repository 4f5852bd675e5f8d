"""Every row through every reader: equal, declared to differ, impossible to say in that product, or failing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from tests.spellings.concerns import Concern, Value
from tests.spellings.reader import Cannot, Reader


class Outcome(StrEnum):
    """How one row went through one reader."""

    EQUAL = "equal"
    DECLARED = "declared"
    CANNOT = "cannot be said"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Declared:
    """Differences that are right, with the reason. `becomes` says what is right for a spelling there instead."""

    concerns: tuple[str, ...]
    readers: tuple[str, ...]
    rows: Iterable[str]
    becomes: Callable[[str], Value]
    reason: str

    def fits(self, concern: str, reader: str, spelling: str) -> bool:
        """Whether it speaks of that row, read by that reader."""
        return concern in self.concerns and reader in self.readers and spelling in self.rows


@dataclass(frozen=True, slots=True)
class Result:
    """One row, read by one reader."""

    concern: str
    reader: str
    spelling: str
    expected: Value
    found: Value
    outcome: Outcome
    reason: str | None = None

    def __str__(self) -> str:
        return f"{self.concern}: {self.spelling!r}: {self.reader} expected {self.expected!r}, found {self.found!r}"


def read_rows(concern: Concern, reader: Reader, declared: Iterable[Declared]) -> list[Result]:
    """The concern's rows, read by that reader."""
    return [_read(concern, reader, spelling, right, declared) for spelling, right in concern.rows.items()]


def _read(concern: Concern, reader: Reader, spelling: str, right: Value, declared: Iterable[Declared]) -> Result:
    try:
        found = concern.decided(reader, spelling)
    except Exception as error:  # noqa: BLE001  # a reader that breaks is a row that fails, and the others are still to be told
        found = f"{type(error).__name__}: {error}"[:160]
    if isinstance(found, Cannot):
        return Result(concern.name, reader.name, spelling, right, None, Outcome.CANNOT, found.reason)
    meant = next((one for one in declared if one.fits(concern.name, reader.name, spelling)), None)
    expected = meant.becomes(spelling) if meant else right
    outcome = Outcome.FAILING if found != expected else Outcome.DECLARED if meant else Outcome.EQUAL
    if meant and expected == right:
        outcome = Outcome.EQUAL
    return Result(concern.name, reader.name, spelling, expected, found, outcome, meant.reason if meant else None)
