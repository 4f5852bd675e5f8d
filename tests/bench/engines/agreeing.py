"""Do the engines give the same answers? The same totals, hits and counts for the same questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.index.contract import FacetName, Query, Results
from indexer.index.query import parse
from tests.bench.engines.recording import Recorder, Request
from tests.bench.engines.sides import Side

FACETS = tuple(FacetName)
SHOWN = 20
"""So many differing questions are told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """All answers of one engine, and, where it is a server, what was sent for each: without and with facets."""

    answers: Sequence[Results]
    plain: Sequence[Sequence[Request]]
    faceted: Sequence[Sequence[Request]]


def measure_agreement(sides: Sequence[Side], questions: Sequence[str]) -> Mapping[str, Asked]:
    """Ask everything once, every question all engines; this also warms them up."""
    asked = {side.name: ask(side, questions) for side in sides}
    base = asked[sides[0].name]
    print(
        f"{len(questions)} questions, engines compared with {sides[0].name}.\n\n| engine | same total "
        "| same first ten, in order | the same ten, in another order | same facets |\n|---|---|---|---|---|"
    )
    for side in sides[1:]:
        pairs = list(zip(base.answers, asked[side.name].answers, strict=True))
        ids = [(_ids(one), _ids(other)) for one, other in pairs]
        print(
            f"| {side.name} | {sum(one.total == other.total for one, other in pairs)} "
            f"| {sum(one == other for one, other in ids)} "
            f"| {sum(one != other and set(one) == set(other) for one, other in ids)} "
            f"| {sum(one.facets == other.facets for one, other in pairs)} |"
        )
    print()
    if len(sides) > 1:
        _tell(sides[1], questions, base.answers, asked[sides[1].name].answers)
    for side, other in pairwise(sides[1:]):
        pairs = list(zip(asked[side.name].answers, asked[other.name].answers, strict=True))
        same = sum(one.total == two.total and one.hits == two.hits for one, two in pairs)
        print(f"{side.name} and {other.name}: {same} of {len(pairs)} answers are the same to the last score.\n")
    return asked


def ask(side: Side, questions: Sequence[str]) -> Asked:
    """Every question without and with facets."""
    reader, recorder = side.installation.engine().reader(), Recorder()
    if side.server is not None:
        recorder.listen(reader)
    answers, plain, faceted = [], [], []
    for question in questions:
        reader.search(Query(parse(question)))
        plain.append(recorder.taken())
        answers.append(reader.search(Query(parse(question), facets=FACETS)))
        # The words' counts are remembered by then: a first question with facets asks for them as one without does.
        faceted.append([one for one in plain[-1] if not one.search] + [one for one in recorder.taken() if one.search])
    reader.close()
    return Asked(answers, plain, faceted)


def _tell(side: Side, questions: Sequence[str], base: Sequence[Results], other: Sequence[Results]) -> None:
    """The first differing questions: those with other totals first."""
    differing = [
        (question, one, two)
        for question, one, two in zip(questions, base, other, strict=True)
        if one.total != two.total or _ids(one) != _ids(two)
    ]
    differing.sort(key=lambda row: row[1].total == row[2].total)
    print(
        f"{side.name}: {len(differing)} differ, the first of them (place: of the first differing hit):\n\n"
        "| question | total, Tantivy | total | hits in both tens | place | scores there |\n|---|---|---|---|---|---|"
    )
    for question, one, two in differing[:SHOWN]:
        place = _place(one, two)
        scores = " / ".join(_score(results, place) for results in (one, two))
        both = len(set(_ids(one)) & set(_ids(two)))
        print(f"| {question} | {one.total} | {two.total} | {both} | {place + 1} | {scores} |")
    print()


def _ids(results: Results) -> list[str]:
    return [hit.id for hit in results.hits]


def _place(one: Results, two: Results) -> int:
    pairs = zip(_ids(one), _ids(two), strict=False)
    shortest = min(len(one.hits), len(two.hits))
    return next((place for place, (mine, other) in enumerate(pairs) if mine != other), shortest)


def _score(results: Results, place: int) -> str:
    score = results.hits[place].score if place < len(results.hits) else None
    return f"{score:.4f}" if score is not None else "none"
