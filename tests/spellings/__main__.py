"""`python -m tests.spellings`: how many spellings each reader decides as is right, one line a concern and reader."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from tests.spellings.concerns import CONCERNS
from tests.spellings.declared import DECLARED
from tests.spellings.readers import READERS
from tests.spellings.suite import Outcome, Result, read_rows


def table(results: Iterable[Result]) -> Iterator[str]:
    """One line a concern, then one a reader, then all."""
    counted: dict[str, Counter[Outcome]] = {}
    for result in results:
        for group in (result.concern, result.reader, "all"):
            counted.setdefault(group, Counter())[result.outcome] += 1
    groups = [*(concern.name for concern in CONCERNS), *(reader.name for reader in READERS), "all"]
    width = max(map(len, groups))
    yield "  ".join((" " * width, f"{'rows':>14}", *(f"{outcome:>14}" for outcome in Outcome)))
    for group in groups:
        counts = counted[group]
        cells = (f"{count:>14}" for count in (counts.total(), *(counts[outcome] for outcome in Outcome)))
        yield "  ".join((group.ljust(width), *cells))


def main() -> int:
    """Print the table and what fails. 1 where anything does."""
    results = [result for concern in CONCERNS for reader in READERS for result in read_rows(concern, reader, DECLARED)]
    failing = [str(result) for result in results if result.outcome is Outcome.FAILING]
    print("\n".join((*table(results), "", *failing)))
    return int(bool(failing))


if __name__ == "__main__":
    sys.exit(main())
