"""Compounds: which words a German word is made of, by a vocabulary learned from the indexed texts themselves.

After Koehn and Knight, Empirical Methods for Compound Splitting (EACL 2003): parts must occur as words of their own,
the fewest parts and then the most frequent ones are taken. Unlike there a frequent compound is split as well: it is
indexed as a whole besides, and judged queries became better for it (docs/decisions/0004).
"""

from __future__ import annotations

import json
import math
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, Self

from indexer.index.council_words import WORDS
from indexer.index.folding import PIECE, fold, tidy

SAMPLE_CHARACTERS: Final = 24_000_000
"""How much a build learns from before its vocabulary stays as it is: some three million words."""

SAMPLE_PER_TEXT: Final = 3_000
"""Only the beginning of every text is learned from: many short glances know more words than a few long ones."""

MOST_WORDS: Final = 80_000
SHORTEST_PART: Final = 3
SHORTEST_COMPOUND: Final = 6
LONGEST_COMPOUND: Final = 60
REMEMBERED_SPLITS: Final = 50_000
LINKS: Final = ("", "s", "n", "en", "es", "er", "e")
"""What may stand between two parts: Verkehr-s-konzept, Straße-n-bahn, Hund-e-steuer."""

LINK_COST: Final = 1.0
"""Off the logarithm of a part's count: Jäger and Straße rather than Jäger-s and Trasse."""

SEED_COUNT: Final = 50
"""What a word known from the start weighs, as if it had been read so often."""

FIRST_COUNT: Final = 20
"""The same for words that only stand in front of others."""

SEED: Final = WORDS.nouns
"""Parts known from the start, folded. Of parts with three letters only these: the rest of them is noise."""


def _beginnings(words: Iterable[str]) -> set[str]:
    return {word[:length] for word in words for length in range(SHORTEST_PART, len(word) + 1)}


_SEED_LOG, _FIRST_LOG = math.log(SEED_COUNT), math.log(FIRST_COUNT)
_BEGINS: Final = _beginnings(WORDS.nouns | WORDS.first | WORDS.last)


class Vocabulary:
    """Counted words of one build. It learns from the first `SAMPLE_CHARACTERS` of its texts, then stays as it is."""

    def __init__(self, counts: Mapping[str, int] | None = None, characters: int = 0) -> None:
        self._counts = dict(counts or {})
        self.characters = characters
        self._prepare()

    @property
    def complete(self) -> bool:
        return self.characters >= SAMPLE_CHARACTERS

    def learn(self, texts: Iterable[str]) -> None:
        """Count the words of these texts; the same texts in the same order give the same vocabulary."""
        written: Counter[str] = Counter()
        for whole in texts:
            text = whole[:SAMPLE_PER_TEXT]
            self.characters += len(text)
            written.update(PIECE.findall(tidy(text)))
        counts = Counter(self._counts)
        for word, count in written.items():
            if len(word) >= 4 and word.isalpha():
                counts[fold(word)] += count
        kept = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS]
        self._counts = dict(kept)
        self._prepare()

    def _prepare(self) -> None:
        rare = 2 + self.characters // 4_000_000
        self._logs = {
            word: math.log(count)
            for word, count in self._counts.items()
            if count > (rare if len(word) > 4 else 10 * rare)
        }
        for word in SEED:
            self._logs[word] = max(self._logs.get(word, 0.0), _SEED_LOG)
        self._begins = _BEGINS | _beginnings(self._logs)
        self._splits: dict[str, tuple[str, ...]] = {}

    def split(self, word: str) -> tuple[str, ...]:
        """The words a folded word is made of, coarsely: `radwegkonzept` is radweg and konzept; () for a simple one."""
        if not SHORTEST_COMPOUND <= len(word) <= LONGEST_COMPOUND or not word.isalpha() or word in WORDS.whole:
            return ()
        known = self._splits.get(word)
        if known is None:
            if len(self._splits) >= REMEMBERED_SPLITS:
                self._splits.clear()
            known = self._splits[word] = self._best(word)
        return known

    def _best(self, word: str) -> tuple[str, ...]:
        """The fewest parts that make up the whole word, of equally few the most frequent ones."""
        length = len(word)
        best: dict[int, tuple[int, float, tuple[str, ...]]] = {0: (0, 0.0, ())}
        for start in range(length):
            before = best.get(start)
            if before is None:
                continue
            count, logs, parts = before
            for end, part, log in self._parts_from(word, start):
                choice = (count - 1, logs + log, (*parts, part))
                if end not in best or choice > best[end]:
                    best[end] = choice
        return best[length][2] if length in best else ()

    def _parts_from(self, word: str, start: int) -> list[tuple[int, str, float]]:
        """Known words that begin at `start`, with where the next one would begin; never the whole word."""
        begins, logs, length = self._begins, self._logs, len(word)
        found: list[tuple[int, str, float]] = []
        end = start + SHORTEST_PART
        while end <= length and word[start:end] in begins:
            part = word[start:end]
            log = logs.get(part)
            if end == length:
                log = _SEED_LOG if log is None and part in WORDS.last else log
                found += [(end, part, log)] if log is not None and len(part) < length else []
            elif log is not None:
                found += [
                    (end + len(link), part, log - LINK_COST * bool(link))
                    for link in LINKS
                    if word.startswith(link, end)
                ]
            elif part in WORDS.first:
                found.append((end, part, _FIRST_LOG))
            end += 1
        return [choice for choice in found if choice[0] < length or choice[0] == start + len(choice[1])]

    def all_parts(self, word: str) -> tuple[str, ...]:
        """Every word in a compound, also those in its parts: radweg, konzept, rad, weg."""
        found: dict[str, None] = {}
        waiting = list(self.split(word))
        while waiting:
            part = waiting.pop(0)
            if part not in found:
                found[part] = None
                waiting += self.split(part)
        return tuple(found)

    def leaves(self, word: str) -> tuple[str, ...]:
        """The simple words a folded word is made of, in order: rad, weg, konzept; the word itself for a simple one.
        Of a word that lost its e in front of another one they are those of the whole word: volk, hoch, schul."""
        leaves = tuple(leaf for part in self.split(word) for leaf in self.leaves(part))
        if not leaves and word in WORDS.first and f"{word}e" in WORDS.nouns:
            *before, last = self.leaves(f"{word}e")
            leaves = (*before, last.removesuffix("e"))
        return leaves or (word,)

    def runs(self, word: str) -> Iterator[tuple[str, ...]]:
        """The leaves of every compound in a compound: of rad-weg-konzept and of rad-weg, not of weg-konzept."""
        parts = self.split(word)
        leaves = [self.leaves(part) for part in parts]
        for start in range(len(parts)):
            for end in range(start + 2, len(parts) + 1):
                yield tuple(leaf for part in leaves[start:end] for leaf in part)
        for part in parts:
            yield from self.runs(part)

    @classmethod
    def of_json(cls, text: str) -> Self:
        """What `as_json` wrote. Raises ValueError."""
        try:
            kept = json.loads(text)
            return cls(kept["counts"], kept["characters"])
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"this is no vocabulary ({error!r})") from error

    def as_json(self) -> str:
        """All that was learned."""
        return json.dumps({"characters": self.characters, "counts": self._counts}, ensure_ascii=False)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote; an empty vocabulary where there is no file. Raises ValueError."""
        try:
            return cls.of_json(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except ValueError as error:
            raise ValueError(f"{path}: {error}; build the index anew") from error

    def save(self, path: Path) -> None:
        """Write it in one step."""
        unfinished = path.with_suffix(".new")
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(self.as_json())
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
