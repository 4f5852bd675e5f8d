"""Surface patterns: how the words of a question may stand in a text that answers it.

`matching` makes them together with the tree of conditions, out of one decision, and `marking` marks exactly these.
Every pattern bears the number of its clause, so that a passage can be judged by how many clauses it answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from indexer.index.compounds import Vocabulary


@dataclass(frozen=True, slots=True)
class WordPattern:
    """A word with this stem and, with `in_compounds`, a compound one of whose parts has it."""

    clause: int
    stem: str
    weight: float = 1.0
    in_compounds: bool = True


@dataclass(frozen=True, slots=True)
class BeginningPattern:
    """A word that begins with these folded letters."""

    clause: int
    beginning: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class PhrasePattern:
    """Words with these stems, one directly behind the other."""

    clause: int
    stems: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class CompoundPattern:
    """Words with the stems of a compound's parts, at most `slop` moves apart; in a title anywhere, also as parts of
    other compounds, but all of them."""

    clause: int
    stems: tuple[str, ...]
    slop: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class LeavesPattern:
    """A compound that these leaves make up, whatever links them, alone or in a longer one; also one of which a hyphen
    leaves out a part."""

    clause: int
    token: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class ReferencePattern:
    """A reference number, however it is punctuated, with and without leading zeros."""

    clause: int
    typed: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class MentionPattern:
    """A law, a plan, a plot or a paper that is named by its number, by one of these keys (`mentions`)."""

    clause: int
    keys: tuple[str, ...]
    weight: float = 1.0


Pattern: TypeAlias = (
    WordPattern | BeginningPattern | PhrasePattern | CompoundPattern | LeavesPattern | ReferencePattern | MentionPattern
)


@dataclass(frozen=True, slots=True)
class Patterns:
    """All patterns of a question, with the vocabulary by which its index took compounds apart."""

    patterns: tuple[Pattern, ...]
    vocabulary: Vocabulary


NO_PATTERNS: Final = Patterns((), Vocabulary())
"""Those of an empty question."""
