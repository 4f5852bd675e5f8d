"""A cluster of three nodes loses one while sixteen clients search through the API. Prints what they were answered.

    .venv/bin/python -m tests.scale.node_loss --home DIR --register FILE [--seconds 60]

The installation is crawled already; its index is built in the cluster with one copy of each shard. A third into the
time a node is killed, after two thirds it is started again. Ends with 1 when an answer was wrong: neither 200 with the
full total nor 503 with Retry-After."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import quote

from tests.servers.elasticsearch import Ground, Server, free_ports
from tests.servers.ingredients import VERSIONS
from tests.whole.house import environment

CLIENTS = 16
QUESTIONS = ("Radweg", "Haushaltssatzung", "Kita", '"sozialer Wohnungsbau"', "Straßenbahn", "Klimaschutzkonzept", "")


@dataclass(slots=True)
class Told:
    """What the clients were told in one phase: statuses, seconds, wrong answers, partial ones."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    partial: int = 0


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.scale.node_loss", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--register", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    with Ground() as ground:
        nodes = ground.cluster(VERSIONS[-1], 3)
        for node in nodes:
            node.launch()
        for node in nodes:
            node.wait()
        phases = measure(nodes, [str(given.home), str(given.register)], given.seconds)
    print("| phase | answers | 200 | 503 | others | partial | p50 ms | p95 ms | longest ms |")
    print("|" + "---|" * 9)
    for name, told in phases.items():
        print(line(name, told))
    wrong = [one for told in phases.values() for one in told.wrong]
    print(f"\nwrong answers: {len(wrong)}", *wrong[:10], sep="\n")
    return int(bool(wrong))


def measure(nodes: Sequence[Server], place: Sequence[str], seconds: float) -> dict[str, Told]:
    """Build, serve, ask in three phases."""
    settings = environment() | {
        "RATSLUPE_ENGINE": "elasticsearch",
        "RATSLUPE_ELASTICSEARCH_URL": ",".join(node.url for node in nodes),
        "RATSLUPE_ELASTICSEARCH_SHARDS": "3",
        "RATSLUPE_ELASTICSEARCH_REPLICAS": "1",
    }
    home, register = place
    command = [sys.executable, "-m", "ratslupe", "--home", home, "--register", register]
    subprocess.run([*command, "index", "--rebuild"], env=settings, check=True)
    port = free_ports(1)[0]
    server = subprocess.Popen([*command, "serve", "--port", str(port)], env=settings, stderr=subprocess.DEVNULL)
    try:
        totals = expected(port)
        phases = {}
        for name, act in (
            ("three nodes", lambda: None),
            ("one killed", nodes[0].kill),
            ("started again", nodes[0].launch),
        ):
            phases[name] = ask(port, totals, seconds / 3, act)
        return phases
    finally:
        server.terminate()
        server.wait()


def expected(port: int) -> dict[str, int]:
    """The totals with every node there; waits until the API answers."""
    until = time.monotonic() + 60
    while True:
        try:
            return {question: int(get(port, question)[1]["total"]) for question in QUESTIONS}
        except (OSError, KeyError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def ask(port: int, totals: dict[str, int], seconds: float, act: Callable[[], None]) -> Told:
    """All clients ask for so long; `act` happens when they have begun."""
    told, guard = Told(), threading.Lock()
    until = time.monotonic() + seconds

    def client(number: int) -> None:
        turn = number
        while time.monotonic() < until:
            question = QUESTIONS[turn % len(QUESTIONS)]
            turn += 1
            started = time.monotonic()
            status, body, retry = get(port, question)
            with guard:
                note(told, status, body, retry, totals[question], time.monotonic() - started)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    act()
    for thread in threads:
        thread.join()
    return told


def note(told: Told, status: int, body: dict[str, Any], retry: str | None, total: int, seconds: float) -> None:
    told.statuses[status] += 1
    told.seconds.append(seconds)
    told.partial += bool(body.get("partial"))
    right = (status == 200 and (body["total"] == total or body["partial"])) or (status == 503 and retry)
    if not right:
        told.wrong.append(f"{status} Retry-After {retry}: {json.dumps(body)[:200]}")


def get(port: int, question: str) -> tuple[int, dict[str, Any], str | None]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/api/v1/search?limit=5&q={quote(question)}")
    answer = connection.getresponse()
    body = json.loads(answer.read())
    connection.close()
    return answer.status, body, answer.getheader("Retry-After")


def line(name: str, told: Told) -> str:
    p = quantiles(told.seconds, n=100)
    others = sum(told.statuses.values()) - told.statuses[200] - told.statuses[503]
    return (
        f"| {name} | {len(told.seconds)} | {told.statuses[200]} | {told.statuses[503]} | {others} | {told.partial} "
        f"| {p[49] * 1000:.0f} | {p[94] * 1000:.0f} | {max(told.seconds) * 1000:.0f} |"
    )


if __name__ == "__main__":
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    sys.exit(main())
