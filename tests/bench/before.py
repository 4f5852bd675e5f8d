"""This commit beside another one, in one run: the same source crawled, indexed and searched by both, in turn.

    python -m tests.bench --before REV [--replay SCRIPT --papers N]

The other commit is checked out into a temporary folder and runs with the packages that are installed here. Beside the
figures it compares the two archives row by row: they must hold the same."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.measuring import timed
from tests.whole.house import environment

SEARCHES = ("Radweg", "Haushalt", "Bebauungsplan", "Schule Sanierung", "Straße")
ROUNDS = 2
SHOWN = 10

Row = tuple[str, Any]
"""What names a row, and what it holds."""


class Checkout:
    """One commit's code with a home of its own."""

    def __init__(self, name: str, code: Path, home: Path, register: Path) -> None:
        self.name = name
        self._code = code
        self._home = home
        self._register = register

    @property
    def archive(self) -> Path:
        """The file of its archive."""
        return self._home / "archive.sqlite"

    def run(self, *words: str) -> None:
        """Run `ratslupe WORDS` to its end."""
        command = [sys.executable, "-m", "ratslupe", "--home", str(self._home), "--register", str(self._register)]
        surroundings = environment() | {"PYTHONPATH": str(self._code)}
        done = subprocess.run(
            [*command, *words], env=surroundings, cwd=self._code, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(f"{self.name}: {done.stdout}{done.stderr}")

    def requests(self) -> int:
        """How many requests the last visit took."""
        with sqlite3.connect(self.archive) as archive:
            last = "SELECT requests FROM run ORDER BY id DESC LIMIT 1"
            return int(archive.execute(last).fetchone()[0])


@contextmanager
def checked_out(revision: str, folder: Path) -> Iterator[Path]:
    """The code of another commit in a folder of its own. Raises SystemExit for a revision that git does not know."""
    add = ["git", "worktree", "add", "--detach", "--quiet", str(folder), revision]
    if subprocess.run(add, check=False).returncode:
        raise SystemExit(f"git has no commit {revision}")
    try:
        yield folder
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", str(folder)], check=False)


def measure_beside(before: Checkout, now: Checkout) -> None:
    """Print what each step takes with both, in turn, and where their archives differ."""
    print("| step | before, s | now, s | now to before | requests before | now |\n|---|---|---|---|---|---|")
    for step, words in (
        ("first crawl", ("crawl", "bench")),
        ("extraction and index", ("index",)),
        ("second visit, nothing changed", ("crawl", "bench")),
        ("index rebuilt", ("index", "--rebuild")),
    ):
        took = [timed(_run(one, words)) for one in (before, now)]
        asked = (str(before.requests()), str(now.requests())) if words[0] == "crawl" else ("", "")
        print(f"| {step} | {took[0]:.1f} | {took[1]:.1f} | {took[1] / took[0]:.2f} | {asked[0]} | {asked[1]} |")
    spent = {before.name: 0.0, now.name: 0.0}
    for question in SEARCHES * ROUNDS:
        for one in (before, now):
            spent[one.name] += timed(_run(one, ("search", question, "--limit", "3")))
    ratio = spent[now.name] / spent[before.name]
    per = {name: seconds / (len(SEARCHES) * ROUNDS) for name, seconds in spent.items()}
    print(f"| one search, process start included | {per[before.name]:.2f} | {per[now.name]:.2f} | {ratio:.2f} | | |\n")
    differences = list(compare_archives(before.archive, now.archive))
    print(f"Rows of the archives that differ: {len(differences)}")
    for line in differences[:SHOWN]:
        print(f"- {line}")
    print()


def _run(one: Checkout, words: tuple[str, ...]) -> Callable[[], None]:
    return lambda: one.run(*words)


def compare_archives(before: Path, now: Path) -> Iterator[str]:
    """Where two archives differ: every record's noun, every file's state and content, every text."""
    for what, rows in (("record", _records), ("file", _files), ("text", _texts)):
        with sqlite3.connect(before) as left, sqlite3.connect(now) as right:
            held, holds = dict(rows(left)), dict(rows(right))
        for key in sorted(held.keys() | holds.keys()):
            if key not in holds or key not in held:
                yield f"{what} {key}: only {'before' if key in held else 'now'}"
            elif held[key] != holds[key]:
                yield f"{what} {key}: another content"
        print(f"{what}s compared: {len(held.keys() | holds.keys())}", file=sys.stderr)


def _records(archive: sqlite3.Connection) -> Iterator[Row]:
    for key, body, gone in archive.execute("SELECT id, body, gone_at IS NOT NULL FROM record"):
        yield key, (json.loads(zlib.decompress(body)) if body else None, gone)


def _files(archive: sqlite3.Connection) -> Iterator[Row]:
    for key, *state in archive.execute("SELECT id, url, status, reason, sha256, name, media_type, size FROM file"):
        yield key, state


def _texts(archive: sqlite3.Connection) -> Iterator[Row]:
    for key, *state in archive.execute("SELECT sha256, status, reason, characters, pages FROM text"):
        yield key, state


def code_of_this_commit() -> Path:
    """The folder of the code that runs."""
    return Path(__file__).resolve().parents[2]
