"""The words of the field, not our own: private words stay out of code and tests, but for NOT_YET.

`python -m tests.rules.test_vocabulary` prints NOT_YET as it stands in the code.
"""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.rules.test_conventions import ROOMS, ROOT

PRIVATE = {
    "one": (r"\bfor one in\b|\blambda one\b", "what the loop variable holds"),
    "said": (r"\b[Ss]aid\b", "what it is: text, value, reason, declared"),
    "publicity": (r"\b\w*publicity\b", "visibility"),
    "station": (r"\bstations?\b", "consultation, consultation history"),
    "town": (r"\b(?:town|TOWN|Town)s?\b|\btowns?_|_towns?\b", "municipality"),
    "in vain": (r"\bin vain\b", "brings nothing; maximum attempts"),
    "bury": (r"\b_?bur(?:y|ies|ied)\b|_bury_|\bbury_", "add_tombstones, tombstone"),
    "called off": (r"\bcalled[ -]?off\b", "cancelled"),
    "gate": (r"\bgates?\b", "AccessDenied, bot challenge, login"),
    "account": (r"\b(?:List)?Account\b|\baccount\b", "CrawlReport, ListProgress, report"),
    "left_out": (r"\bleft_out\b", "skipped"),
    "look_at": (r"\blook_at\b", "fingerprint_of"),
    "harvest": (r"\b[Hh]arvest\b", "what was found"),
    "circumstances": (r"\b[Cc]ircumstances\b", "related_records"),
    "dossier": (r"\bdossiers?\b|\bsurroundings\b", "…Details, related_records"),
    "remembered": (r"\bRemembered\b", "StaleWhileRevalidateCache"),
    "dress": (r"\bdress(?:ed|es)?\b", "add_headers"),
    "drawing": (r"\b[Dd]rawing\b", "TemplateRenderer, render"),
    "slip": (r"\bslips?\b", "typos, edit distance 1"),
    "least_of": (r"\bleast_of\b|\bAnyOf\b", "minimum_should_match, DisMax"),
    "conductor": (r"\b[Cc]onductor\b|\blook_after\b", "supervisor, ensure_running"),
    "laid_out": (r"\bLaidOut\b|\blaid_out\b|\bWaitingBytes\b", "LocalCopies, local_copies, BlobStore"),
    "padlock": (r"\b[Pp]adlocks?\b", "restricted_markers"),
}
"""What is private: how it is found, and the term of the field."""

NOT_YET: dict[str, tuple[str, ...]] = {
    "indexer": ("one", "said", "town", "drawing"),
    "search_api": ("one", "said", "station", "town", "gate"),
}
"""By room, what its code and its tests still hold."""

OTHERS = {
    "crawlers/parsing": ("(?:account|website) suspended",),
    "ratslupe": ('"said": ', '"conductor"'),
}
"""By room, words that are not ours to rename: on vendors' pages, or under names that other programs read."""

ITSELF = Path(__file__).resolve()
PARTS = sorted(
    [room for room in ROOMS if room != "crawlers"]
    + [str(path.parent.relative_to(ROOT)) for path in (ROOT / "crawlers").glob("*/__init__.py")]
)
"""The rooms; of crawlers each folder. Their tests count with them."""


@cache
def _private_words(part: str) -> tuple[str, ...]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in (*_files(part), *_files(f"tests/{part}")))
    for theirs in OTHERS.get(part, ()):
        text = text.replace(theirs, "")
    return tuple(word for word, (pattern, _) in PRIVATE.items() if re.search(pattern, text))


def _files(folder: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: nothing says which files belong to the project")
    paths = (ROOT / name for name in listed.stdout.split() if name.endswith(".py") and "/migrations/" not in name)
    return [path for path in paths if path != ITSELF and path.is_file()]


@pytest.mark.parametrize("part", PARTS)
def test_a_room_speaks_the_words_of_the_field(part: str) -> None:
    found = {word: PRIVATE[word][1] for word in _private_words(part) if word not in NOT_YET.get(part, ())}
    assert found == {}, "write what stands on the right"


if __name__ == "__main__":
    for part in PARTS:
        if words := _private_words(part):
            print(f'    "{part}": {words!r},'.replace("'", '"'))
