"""Measurements, side by side in one run: a crawl beside wget, the index, questions to the engine and over HTTP.

    make bench                                               an invented town of 400 papers; takes some minutes
    python -m tests.bench --replay SCRIPT --papers 1000      a replayed city (a script that serves OParl on --port)
    python -m tests.bench --home DIR --register FILE         an installation that is crawled and indexed already

Prints tables in Markdown for docs/benchmarks.md. Nothing here is a test: no figure makes anything fail."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

from indexer.index.contract import FacetName, Query
from indexer.index.query import parse
from ratslupe.demo import free_port
from ratslupe.installation import find_installation
from tests.whole.house import environment

PARALLEL = 8
QUESTIONS = 500
CLIENTS = (1, 16)
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
    print(f"Machine: {os.cpu_count()} x {_processor()}, Python {platform.python_version()}; commit {_commit()}\n")
    with tempfile.TemporaryDirectory(prefix="ratslupe-bench-") as folder:
        if arguments.home:
            measure_questions(arguments.home, arguments.register, arguments.questions)
            return
        home, register = Path(folder) / "home", Path(folder) / "towns.yaml"
        with _served(arguments, Path(folder)) as (url, ags):
            register.write_text(REGISTER.format(url=url, ags=ags, parallel=PARALLEL), encoding="utf-8")
            measure_crawl(home, register, Path(folder))
        measure_index(home, register)
        measure_questions(home, register, arguments.questions)


def measure_crawl(home: Path, register: Path, folder: Path) -> None:
    """A crawl from empty, then wget for the very same addresses at the same concurrency."""
    seconds = _timed(lambda: _ratslupe(home, register, "crawl", "bench"))
    urls = sqlite3.connect(home / "archive.sqlite").execute("SELECT DISTINCT url FROM file WHERE url IS NOT NULL")
    addresses = folder / "addresses"
    addresses.write_text("".join(f"{url}\0" for (url,) in urls), encoding="utf-8")
    count = addresses.read_text(encoding="utf-8").count("\0")
    requests = sqlite3.connect(home / "archive.sqlite").execute("SELECT requests FROM run").fetchone()[0]
    print("| what | requests | seconds | a second |\n|---|---|---|---|")
    print(f"| crawl into the archive, {PARALLEL} at once | {requests} | {seconds:.1f} | {requests / seconds:.0f} |")
    if shutil.which("wget"):
        wget = f"xargs -0 -P {PARALLEL} -n 50 wget -q -O /dev/null < '{addresses}'"
        with_wget = _timed(lambda: subprocess.run(["/bin/sh", "-c", wget], check=False))
        print(
            f"| wget, the files' addresses, {PARALLEL} at once | {count} | {with_wget:.1f} | {count / with_wget:.0f} |"
        )
        print(f"\nRequests a second, crawl to wget: {(requests / seconds) / (count / with_wget):.2f}\n")
    else:
        print("\nwget is not installed: no comparison\n")


def measure_index(home: Path, register: Path) -> None:
    """Extraction and first index, then a rebuild from texts that are there."""
    first = _timed(lambda: _ratslupe(home, register, "index"))
    told = ""

    def rebuild() -> None:
        nonlocal told
        told = _ratslupe(home, register, "index", "--rebuild")

    seconds = _timed(rebuild)
    size = sum(path.stat().st_size for path in (home / "index").rglob("*") if path.is_file())
    found = re.search(r"([\d.]+) M characters", told)
    text = float(found[1]) if found else 0.0
    print("| what | M characters | seconds | M characters a second |\n|---|---|---|---|")
    print(f"| extraction and index | {text:.1f} | {first:.1f} | {text / first:.1f} |")
    print(f"| index rebuilt from the archive | {text:.1f} | {seconds:.1f} | {text / seconds:.1f} |")
    print(f"\nIndex on disk: {size / 1e6:.1f} MB\n")


def measure_questions(home: Path, register: Path, file: Path | None) -> None:
    """The same questions to the engine alone, and over HTTP with passages and facets, by one client and by many."""
    questions = _questions(home, file)
    installation = find_installation(home, register, {})
    reader = installation.engine().reader()
    facets = tuple(FacetName)
    rows = [("engine, hits and count", _each(questions, lambda q: reader.search(Query(parse(q)))))]
    rows.append(("engine, with all facets", _each(questions, lambda q: reader.search(Query(parse(q), facets=facets)))))
    port = free_port("127.0.0.1", 18900)
    server = subprocess.Popen(
        [*_command(home, register), "serve", "--port", str(port)], env=environment(), stderr=subprocess.DEVNULL
    )
    try:
        _wait(port)
        for path, name in (("/api/v1/search", "API with passages and facets"), ("/suche", "result page")):
            for clients in CLIENTS:
                took, wall = _over_http(port, path, questions, clients)
                rows.append((f"{name}, {clients} client{'s' * (clients > 1)}", (took, wall)))
    finally:
        server.terminate()
        server.wait()
    base = statistics.median(rows[0][1][0])
    print(
        f"{len(questions)} questions.\n\n"
        "| what | p50 ms | p95 ms | questions a second | p50 to engine |\n|---|---|---|---|---|"
    )
    for name, (took, wall) in rows:
        p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[18]
        print(f"| {name} | {p50 * 1e3:.1f} | {p95 * 1e3:.1f} | {len(took) / wall:.0f} | {p50 / base:.1f} |")
    print()


def _each(questions: Sequence[str], ask: Callable[[str], object]) -> tuple[list[float], float]:
    took = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        took.append(time.perf_counter() - began)
    return took, sum(took)


def _over_http(port: int, path: str, questions: Sequence[str], clients: int) -> tuple[list[float], float]:
    def ask(mine: Sequence[str]) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        took = []
        for question in mine:
            began = time.perf_counter()
            connection.request("GET", f"{path}?q={quote(question)}")
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"{path}?q={question}: status {answer.status}")
            took.append(time.perf_counter() - began)
        return took

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        parts = list(pool.map(ask, [questions[number::clients] for number in range(clients)]))
    return [one for part in parts for one in part], time.perf_counter() - began


def _questions(home: Path, file: Path | None) -> list[str]:
    """QUESTIONS questions: the given ones and pairs of their words, or pairs of words of the installation's titles."""
    chance = random.Random(7)
    if file is not None:
        given = [json.loads(line)["query"] for line in file.read_text(encoding="utf-8").splitlines()]
    else:
        reader = find_installation(home, None, {}).engine().reader()
        given = [hit.title for hit in reader.search(Query(limit=100)).hits]
        reader.close()
    words = sorted({word for text in given for word in re.findall(r"\w{4,}", text)})
    pairs = [" ".join(chance.sample(words, chance.choice((1, 2, 3)))) for _ in range(QUESTIONS)]
    return [*given, *pairs][:QUESTIONS] if file is not None else pairs


class _served:  # noqa: N801 - used like a function
    """The server to crawl: the townhall's, or the given script's."""

    def __init__(self, arguments: argparse.Namespace, folder: Path) -> None:
        self._arguments = arguments
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> tuple[str, str]:
        port = free_port("127.0.0.1", 18800)
        if self._arguments.replay:
            script = [str(self._arguments.replay), "--port", str(port), "--papers", str(self._arguments.papers)]
            path, ags = "/oparl/system", "08212000"
        else:
            script = ["-m", "tests.bench.town", str(port), str(self._arguments.papers)]
            path, ags = "/oparl/v1.1/system", "15999001"
        self._process = subprocess.Popen(
            [sys.executable, *script], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        _wait(port)
        return f"http://127.0.0.1:{port}{path}", ags

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/robots.txt")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"nothing answers at port {port}")


def _command(home: Path, register: Path | None) -> list[str]:
    words = [sys.executable, "-m", "ratslupe", "--home", str(home)]
    return words + (["--register", str(register)] if register else [])


def _ratslupe(home: Path, register: Path, *words: str) -> str:
    done = subprocess.run(
        [*_command(home, register), *words], env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return done.stdout


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--register", type=Path)
    parser.add_argument("--questions", type=Path, help='lines of JSON with a "query" each')
    parser.add_argument("--replay", type=Path)
    parser.add_argument("--papers", type=int, default=400)
    return parser.parse_args()


def _processor() -> str:
    try:
        info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"model name\s*:\s*(.+)", info)
    return found[1] if found else platform.machine()


def _commit() -> str:
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


if __name__ == "__main__":
    main()
