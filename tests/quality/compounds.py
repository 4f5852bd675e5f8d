"""How well compounds are split by what a new installation knows: `python -m tests.quality.compounds`.

Recall: the share of the words that a compound of `compounds.txt` is made of that are found. Precision: the share of
what is found that is one of them, or several of them side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from indexer.index.compounds import LINKS, Vocabulary
from indexer.index.folding import fold
from indexer.index.language import stem

TRUTH: Final = Path(__file__).with_suffix(".txt")


@dataclass(frozen=True, slots=True)
class Result:
    word: str
    expected: tuple[str, ...]
    found: tuple[str, ...]
    recall: float
    precision: float

    @property
    def is_right(self) -> bool:
        return self.recall == self.precision == 1


def truth() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each compound with its words; () for what must not be split."""
    for line in TRUTH.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, *parts = line.split()
            yield word, tuple(parts)


def measured(vocabulary: Vocabulary) -> list[Result]:
    return [_measured(word, parts, vocabulary) for word, parts in truth()]


def _measured(word: str, parts: tuple[str, ...], vocabulary: Vocabulary) -> Result:
    found = vocabulary.all_parts(fold(word))
    wanted = {stem(fold(part)) for part in parts}
    right = wanted | set(_joined(parts))
    kept = [part for part in found if stem(part) in right]
    recall = len(wanted & {stem(part) for part in found}) / len(wanted) if wanted else 1.0
    return Result(word, parts, found, recall, len(kept) / len(found) if found else 1.0)


def _joined(parts: tuple[str, ...]) -> Iterator[str]:
    """Neighbours as one word, whatever stands between them."""
    for start in range(len(parts)):
        forms = {fold(parts[start]), fold(parts[start]).removesuffix("e")}
        for part in parts[start + 1 :]:
            nexts = {fold(part), fold(part).removesuffix("e")}
            forms = {form + link + following for form in forms for link in LINKS for following in nexts}
            yield from map(stem, forms)


def main() -> None:
    results = measured(Vocabulary())
    for result in results:
        if not result.is_right:
            print(
                f"{result.word}: {' '.join(result.expected) or 'one word'}; found {' '.join(result.found) or 'nothing'}"
            )
    compounds = [result for result in results if result.expected]
    recall = sum(result.recall for result in compounds) / len(compounds)
    precision = sum(result.precision for result in results) / len(results)
    right = sum(result.is_right for result in results)
    print(f"{len(results)} words, right {right}, recall {recall:.3f}, precision {precision:.3f}")


if __name__ == "__main__":
    main()
