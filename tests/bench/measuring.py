"""What every measurement needs: commands, questions, clocks, and what is said of the machine."""

from __future__ import annotations

import http.client
import json
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

from indexer.index.contract import Query
from ratslupe.installation import find_installation
from tests.whole.house import environment

QUESTIONS = 500
CLIENTS = (1, 16)

Took = tuple[list[float], float]
"""Seconds of every question, and of all of them together."""


def machine() -> str:
    """What the figures were measured on."""
    load = ", ".join(f"{one:.2f}" for one in os.getloadavg())
    return (
        f"Machine: {os.cpu_count()} x {_processor()}, Python {platform.python_version()}; "
        f"commit {_commit()}; load average {load}"
    )


def shown(took: Took) -> tuple[float, float, float]:
    """Median and 95th percentile in milliseconds, questions a second."""
    seconds, wall = took
    return statistics.median(seconds) * 1e3, statistics.quantiles(seconds, n=20)[18] * 1e3, len(seconds) / wall


def each(questions: Sequence[str], ask: Callable[[str], object]) -> Took:
    """One question after the other."""
    took = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        took.append(time.perf_counter() - began)
    return took, sum(took)


def over_http(port: int, path: str, questions: Sequence[str], clients: int) -> Took:
    """The questions to a server, shared among so many clients at once."""

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


def list_questions(home: Path, file: Path | None) -> list[str]:
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


def wait(port: int) -> None:
    """Until a server answers."""
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/robots.txt")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"nothing answers at port {port}")


def command(home: Path, register: Path | None) -> list[str]:
    """The words of `ratslupe` for this installation."""
    words = [sys.executable, "-m", "ratslupe", "--home", str(home)]
    return words + (["--register", str(register)] if register else [])


def ratslupe(home: Path, register: Path, *words: str) -> str:
    """Run a command to its end; what it says."""
    done = subprocess.run(
        [*command(home, register), *words], env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return done.stdout


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


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
