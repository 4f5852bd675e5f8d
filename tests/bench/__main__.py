"""Measurements, side by side in one run: a crawl beside wget, the index, questions to the engine and over HTTP.

    make bench                                               an invented town of 400 papers; takes some minutes
    python -m tests.bench --replay SCRIPT --papers 1000      a replayed city (a script that serves OParl on --port)
    python -m tests.bench --home DIR --register FILE         an installation that is crawled and indexed already
    … --home DIR --register FILE --engines [--shared DIR]    its engines side by side, the index built anew in each
    python -m tests.bench --before REV [--replay …]          another commit and this one in turn, archives compared

Prints tables in Markdown for docs/benchmarks.md. Nothing here is a test: no figure makes anything fail."""

from __future__ import annotations

import argparse
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from indexer.index.contract import FacetName, Query
from indexer.index.query import parse
from ratslupe.demo import free_port
from ratslupe.installation import find_installation
from tests.bench.before import Checkout, checked_out, code_of_this_commit, measure_beside
from tests.bench.engines import measure_engines
from tests.bench.measuring import (
    CLIENTS,
    command,
    each,
    list_questions,
    machine,
    over_http,
    ratslupe,
    shown,
    timed,
    wait,
)
from tests.whole.house import environment

PARALLEL = 8
REGISTER = """\
municipalities:
  bench:
    name: Bench
    kind: Stadt
    ags: "{ags}"
    system: oparl
    url: {url}
    politeness: {{delay_seconds: 0, parallel: {parallel}}}
"""


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    print(f"{machine()}\n")
    with tempfile.TemporaryDirectory(prefix="ratslupe-bench-") as folder:
        if arguments.home and arguments.engines:
            measure_engines(arguments.home, arguments.register, arguments.shared, arguments.questions)
            return
        if arguments.home:
            measure_questions(arguments.home, arguments.register, arguments.questions)
            return
        home, register = Path(folder) / "home", Path(folder) / "register.yaml"
        with _served(arguments) as (url, ags):
            register.write_text(REGISTER.format(url=url, ags=ags, parallel=PARALLEL), encoding="utf-8")
            if arguments.before:
                with checked_out(arguments.before, Path(folder) / "before") as code:
                    measure_beside(
                        Checkout("before", code, Path(folder) / "home-before", register),
                        Checkout("now", code_of_this_commit(), home, register),
                    )
                return
            measure_crawl(home, register, Path(folder))
        measure_index(home, register)
        measure_questions(home, register, arguments.questions)


def measure_crawl(home: Path, register: Path, folder: Path) -> None:
    """A crawl from empty, then wget for the very same addresses at the same concurrency."""
    seconds = timed(lambda: ratslupe(home, register, "crawl", "bench"))
    urls = sqlite3.connect(home / "archive.sqlite").execute("SELECT DISTINCT url FROM file WHERE url IS NOT NULL")
    addresses = folder / "addresses"
    addresses.write_text("".join(f"{url}\0" for (url,) in urls), encoding="utf-8")
    count = addresses.read_text(encoding="utf-8").count("\0")
    requests = sqlite3.connect(home / "archive.sqlite").execute("SELECT requests FROM run").fetchone()[0]
    print("| what | requests | seconds | a second |\n|---|---|---|---|")
    print(f"| crawl into the archive, {PARALLEL} at once | {requests} | {seconds:.1f} | {requests / seconds:.0f} |")
    if shutil.which("wget"):
        wget = f"xargs -0 -P {PARALLEL} -n 50 wget -q -O /dev/null < '{addresses}'"
        with_wget = timed(lambda: subprocess.run(["/bin/sh", "-c", wget], check=False))
        print(
            f"| wget, the files' addresses, {PARALLEL} at once | {count} | {with_wget:.1f} | {count / with_wget:.0f} |"
        )
        print(f"\nRequests a second, crawl to wget: {(requests / seconds) / (count / with_wget):.2f}\n")
    else:
        print("\nwget is not installed: no comparison\n")


def measure_index(home: Path, register: Path) -> None:
    """Extraction and first index, then a rebuild from texts that are there."""
    first = timed(lambda: ratslupe(home, register, "index"))
    told = ""

    def rebuild() -> None:
        nonlocal told
        told = ratslupe(home, register, "index", "--rebuild")

    seconds = timed(rebuild)
    size = sum(path.stat().st_size for path in (home / "index").rglob("*") if path.is_file())
    found = re.search(r"([\d.]+) M characters", told)
    text = float(found[1]) if found else 0.0
    print("| what | M characters | seconds | M characters a second |\n|---|---|---|---|")
    print(f"| extraction and index | {text:.1f} | {first:.1f} | {text / first:.1f} |")
    print(f"| index rebuilt from the archive | {text:.1f} | {seconds:.1f} | {text / seconds:.1f} |")
    print(f"\nIndex on disk: {size / 1e6:.1f} MB\n")


def measure_questions(home: Path, register: Path, file: Path | None) -> None:
    """The same questions to the engine alone, and over HTTP with passages and facets, by one client and by many."""
    questions = list_questions(home, file)
    installation = find_installation(home, register, {})
    reader = installation.engine().reader()
    facets = tuple(FacetName)
    rows = [("engine, hits and count", each(questions, lambda q: reader.search(Query(parse(q)))))]
    rows.append(("engine, with all facets", each(questions, lambda q: reader.search(Query(parse(q), facets=facets)))))
    port = free_port("127.0.0.1", 18900)
    server = subprocess.Popen(
        [*command(home, register), "serve", "--port", str(port)], env=environment(), stderr=subprocess.DEVNULL
    )
    try:
        wait(port)
        for path, name in (("/api/v1/search", "API with passages and facets"), ("/suche", "result page")):
            for clients in CLIENTS:
                took = over_http(port, path, questions, clients)
                rows.append((f"{name}, {clients} client{'s' * (clients > 1)}", took))
    finally:
        server.terminate()
        server.wait()
    base = shown(rows[0][1])[0]
    print(
        f"{len(questions)} questions.\n\n"
        "| what | p50 ms | p95 ms | questions a second | p50 to engine |\n|---|---|---|---|---|"
    )
    for name, took in rows:
        p50, p95, speed = shown(took)
        print(f"| {name} | {p50:.1f} | {p95:.1f} | {speed:.0f} | {p50 / base:.1f} |")
    print()


class _served:  # noqa: N801 - used like a function
    """The server to crawl: the townhall's, or the given script's."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._arguments = arguments
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> tuple[str, str]:
        port = free_port("127.0.0.1", 18800)
        if self._arguments.replay:
            script = [str(self._arguments.replay), "--port", str(port), "--papers", str(self._arguments.papers)]
            path, ags = "/oparl/system", "08212000"
        else:
            script = ["-m", "tests.bench.municipality", str(port), str(self._arguments.papers)]
            path, ags = "/oparl/v1.1/system", "15999001"
        self._process = subprocess.Popen(
            [sys.executable, *script], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        wait(port)
        return f"http://127.0.0.1:{port}{path}", ags

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--register", type=Path)
    parser.add_argument("--questions", type=Path, help='lines of JSON with a "query" each')
    parser.add_argument("--replay", type=Path)
    parser.add_argument("--papers", type=int, default=400)
    parser.add_argument("--before", help="a commit: measure it and this one side by side")
    parser.add_argument("--engines", action="store_true", help="with --home: Tantivy and Elasticsearch side by side")
    parser.add_argument("--shared", type=Path, help="with --engines: the folder with judged questions and their papers")
    return parser.parse_args()


if __name__ == "__main__":
    main()
