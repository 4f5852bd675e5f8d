"""A country in compressed time. Prints a table in Markdown for docs/benchmarks.md.

    tests/with_postgresql .venv/bin/python -m tests.scale
    tests/with_postgresql .venv/bin/python -m tests.scale --first-day --size 2000

Ends with 1 when a visit is lost, or two of one municipality or provider ran at once; no other figure fails anything."""

from __future__ import annotations

import argparse
import logging
import os
import sys

from tests.postgresql import SERVER, empty_postgresql
from tests.scale.report import findings, table
from tests.scale.simulation import Trial, run_trial


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.scale", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=Trial.size, help="municipalities")
    parser.add_argument("--day", type=float, default=Trial.day, help="seconds that a day takes")
    parser.add_argument("--days", type=float, default=Trial.days)
    parser.add_argument("--workers", type=int, default=Trial.workers)
    parser.add_argument("--at-once", type=int, default=Trial.at_once, help="crawls of each worker")
    parser.add_argument("--first-day", action="store_true", help="all are due at once")
    given = parser.parse_args()
    if not os.environ.get(SERVER):
        parser.error(f"{SERVER} names no server: run tests/with_postgresql .venv/bin/python -m tests.scale")
    logging.basicConfig(level=logging.WARNING)
    trial = Trial(given.size, given.day, given.days, given.workers, given.at_once, spread=not given.first_day)
    course = run_trial(trial, empty_postgresql())
    print(table(trial, course))
    found = findings(course)
    return int(bool(found.lost or course.left_over or found.two_of_one_municipality or found.two_of_one_provider))


if __name__ == "__main__":
    sys.exit(main())
