"""The citizen's query language: what a person types becomes clauses, and clauses become text again.

Described for people in docs/query-language.md. Whatever is no operator is plain text; only a question that is too long
or has too many parts is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, TypeAlias

from indexer.index.contract import Clause, Occur
from indexer.index.folding import PIECE
from indexer.index.language import pieces
from indexer.index.mentions import is_mention, mention_in
from indexer.index.reference import IN_QUESTION, is_reference
from indexer.index.understanding import Understanding, UnderstandingKind
from indexer.index.variants import BEFORE_NUMBER

LONGEST_QUESTION: Final = 500
"""Characters."""

MOST_CLAUSES: Final = 32
"""Words, phrases and alternatives together."""

SHORTEST_BEGIN: Final = 3
"""Letters before a `*`."""

MOST_READINGS: Final = 4
"""What is understood is shown, and must mean the same when it is sent again: odd input is read until it does."""

OPERATORS: Final = {
    "ODER": "or",
    "OR": "or",
    "|": "or",
    "UND": "and",
    "AND": "and",
    "&": "and",
    "NICHT": "not",
    "NOT": "not",
}
"""Only in capitals: `und` and `oder` are words."""

_QUOTE = '"„“”«»'
_PHRASE = re.compile(rf"[{_QUOTE}]([^{_QUOTE}]*)[{_QUOTE}]")
_PLAIN = re.compile(rf"[^\s{_QUOTE}|]+")
_MINUS = re.compile(rf"(?<!\S)-(?=[^\W_]|[{_QUOTE}])")
_ALONE = re.compile(rf"[^\w\s{_QUOTE}|]*(?:[\s{_QUOTE}|]|$)")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


class BadQuery(ValueError):
    """A question that is refused; the message says why."""


_Item: TypeAlias = str | Clause
"""One piece of what was typed: the name of an operator, or a clause."""


def parse(text: str) -> tuple[Clause, ...]:
    """What a person typed, as clauses; () for an empty question. Raises BadQuery, and nothing else."""
    if len(text) > LONGEST_QUESTION:
        raise BadQuery(f"The question has {len(text)} characters; at most {LONGEST_QUESTION} are allowed")
    clauses = _joined(_items(" ".join(text.split())))
    for _ in range(MOST_READINGS):
        again = _joined(_items(written(clauses)))
        if again == clauses:
            break
        clauses = again
    if not clauses and text.strip():
        clauses = [Clause(text.strip())]
    count = sum(1 + len(clause.alternatives) for clause in clauses)
    if count > MOST_CLAUSES:
        raise BadQuery(f"The question has {count} words and phrases; at most {MOST_CLAUSES} are allowed")
    return tuple(clauses)


def _items(text: str) -> Iterable[_Item]:
    place = 0
    while place < len(text):
        minus = _MINUS.match(text, place)
        start = minus.end() if minus else place
        if found := _PHRASE.match(text, start):
            clause = Clause(" ".join(found[1].split()), Occur.MUST, phrase=True)
        elif (found := mention_in(text, start)) or (
            (found := IN_QUESTION.match(text, start)) and _ALONE.match(text, found.end())
        ):
            clause = Clause(found[0], Occur.MUST)
        elif found := BEFORE_NUMBER.match(text, start):
            clause = Clause(found[0])
        elif found := _PLAIN.match(text, start):
            if found[0] in OPERATORS:
                yield OPERATORS[found[0]]
            clause = Clause("") if found[0] in OPERATORS else _plain(found[0])
        else:
            if text[place] == "|":
                yield "or"
            place += 1
            continue
        place = found.end()
        if pieces(clause.text):
            yield replace(clause, occur=Occur.MUST_NOT) if minus else clause


def _plain(typed: str) -> Clause:
    text = _EDGES.sub("", typed)
    if text in OPERATORS:
        text = text.lower()
    if is_reference(text):
        return Clause(text, Occur.MUST)
    prefix = typed.endswith("*") and len(pieces(text)) == 1 and len(text) >= SHORTEST_BEGIN
    return Clause(text, prefix=prefix)


def _joined(items: Iterable[_Item]) -> list[Clause]:
    """Apply the operators. One that has nothing to join says nothing."""
    clauses: list[Clause] = []
    pending: str | None = None
    for item in items:
        if isinstance(item, str):
            pending = item
            continue
        clause = item
        excluded = Occur.MUST_NOT
        if pending == "not":
            clause = replace(clause, occur=excluded)
        joins = bool(clauses) and excluded not in (clause.occur, clauses[-1].occur)
        if pending == "or" and joins:
            before = clauses[-1]
            clauses[-1] = replace(before, alternatives=(*before.alternatives, _as_alternative(clause)))
        elif pending == "and" and joins:
            clauses[-1] = replace(clauses[-1], occur=Occur.MUST)
            clauses.append(replace(clause, occur=Occur.MUST))
        else:
            clauses.append(clause)
        pending = None
    return clauses


def _as_alternative(clause: Clause) -> str:
    """An alternative is a text: with a blank in it it is a phrase, with a `*` behind it the begin of a word."""
    if clause.phrase:
        text = " ".join(PIECE.findall(clause.text))
        return text.lower() if text in OPERATORS else text
    return clause.text + "*" if clause.prefix else clause.text


def with_suggestions(clauses: Iterable[Clause], understood: Iterable[Understanding]) -> tuple[Clause, ...]:
    """The clauses with every correction that was not applied."""
    meant = {one.typed: one.meant for one in understood if one.kind is UnderstandingKind.SPELLING and not one.applied}
    return tuple(
        replace(
            clause,
            text=clause.text if clause.phrase or clause.prefix else meant.get(clause.text, clause.text),
            alternatives=tuple(meant.get(text, text) for text in clause.alternatives),
        )
        for clause in clauses
    )


def written(clauses: Iterable[Clause]) -> str:
    """Clauses as a person would type them; parsed again they are the same."""
    text = ""
    before: Clause | None = None
    for clause in clauses:
        if before is not None:
            text += " UND " if _needs_and(before, clause) else " "
        text += _one_written(clause)
        before = clause
    return text


def _needs_and(before: Clause, clause: Clause) -> bool:
    both_must = before.occur is Occur.MUST and clause.occur is Occur.MUST
    return both_must and not (_is_must_anyway(before) and _is_must_anyway(clause))


def _is_must_anyway(clause: Clause) -> bool:
    return clause.phrase or is_reference(clause.text) or is_mention(clause.text)


def _one_written(clause: Clause) -> str:
    minus = "-" if clause.occur is Occur.MUST_NOT else ""
    first = f'"{clause.text}"' if clause.phrase else clause.text + ("*" if clause.prefix else "")
    others = [
        f'"{text}"' if " " in text and not (is_reference(text) or is_mention(text)) else text
        for text in clause.alternatives
    ]
    return minus + " ODER ".join([first, *others])
