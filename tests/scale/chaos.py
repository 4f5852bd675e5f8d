"""Several machines with everything on them killed at random, while their sources change. Prints what was seen.

    tests/with_postgresql tests/with_elasticsearch --version 9.2.0 -- .venv/bin/python -m tests.scale.chaos --minutes 10

Two workers, one schedule, one indexer and two servers, each with a home of its own, on one PostgreSQL and one cluster.
At the end all is let run in peace; the archive and the index must be equal to those of an undisturbed machine that
sees the sources for the first time. Ends with 1 when they are not, or when the API ever found nothing where there was
something."""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from council.model import Record
from tests.contracts.engines import servers
from tests.postgresql import empty_postgresql
from tests.servers.elasticsearch import free_ports
from tests.simulation.oparl import EditableOParl
from tests.waiting import until
from tests.whole.house import House
from tests.whole.test_up import get
from townhall.invention.municipalities import invent_municipality

NAMES = ("Aubach", "Bernsee", "Cronfeld", "Dornau")
QUESTIONS = ("", "Radweg", "Schule", "Haushalt", "Feuerwehr")
MOST_VANISHED = 5
EVERY = """\
  {key}:
    name: {name}
    kind: Stadt
    ags: "159990{number:02d}"
    system: oparl
    url: {url}
    schedule: {{every: 1m}}
    politeness: {{delay_seconds: 0, parallel: 4}}
"""


@dataclass(slots=True)
class Seen:
    """What happened, and what may never happen."""

    ends: Counter[str] = field(default_factory=Counter)
    changes: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    vanished: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Process:
    """One process of the installation, started again whenever it has ended."""

    def __init__(self, name: str, house: House, *arguments: str) -> None:
        self.name = name
        self._house = house
        self._arguments = arguments
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if self._running is None or self._running.poll() is not None:
            log = (self._house.home / "log").open("ab")
            with log:
                self._running = subprocess.Popen(
                    self._house.command(self._arguments), env=self._house.surroundings(), stdout=log, stderr=log
                )

    def end(self, how: signal.Signals, *, with_children: bool) -> None:
        """Send a signal to it, or to it and all it started: a machine that loses power."""
        if self._running is None or self._running.poll() is not None:
            return
        parent = psutil.Process(self._running.pid)
        for process in [parent, *(parent.children(recursive=True) if with_children else [])]:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(how)
        self._running.wait(60)


@contextmanager
def sources() -> Iterator[list[EditableOParl]]:
    """A few towns; two of them are one provider, the others have one each."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                EditableOParl(
                    invent_municipality(name, 20 + number, papers=40, meetings=10),
                    page_size=20,
                    host=f"127.0.0.{max(number, 1)}",
                )
            )
            for number, name in enumerate(NAMES)
        ]


def register(towns: Sequence[EditableOParl]) -> str:
    """One entry a town."""
    entries = [
        EVERY.format(key=name.lower(), name=name, number=number, url=town.url)
        for number, (name, town) in enumerate(zip(NAMES, towns, strict=True), start=1)
    ]
    return "municipalities:\n" + "".join(entries)


def change_something(towns: Sequence[EditableOParl], dice: random.Random, number: int, vanished: Counter[str]) -> None:
    """What councils do: a new paper, another name, another text, a paper withdrawn, a meeting called off. Only a few
    papers vanish without a word: a source that loses many at once is not believed."""
    town = dice.choice(towns)
    papers, files, meetings = town.ids("paper"), town.ids("file"), town.ids("meeting")
    match dice.choice(("add", "add", "rename", "rename", "text", "delete", "vanish", "withdraw", "cancel")):
        case "add":
            town.add_paper(f"Radweg Nummer {number}", f"Der Radweg {number} wird gebaut, wo die Schule steht.")
        case "rename":
            town.rename(dice.choice(papers), f"Umbenannt {number}")
        case "text":
            town.change_file(dice.choice(files), f"Neuer Text {number} über die Feuerwehr.")
        case "delete" if len(papers) > 30:
            town.delete(dice.choice(papers))
        case "vanish" if vanished[town.url] < MOST_VANISHED:
            vanished[town.url] += 1
            town.vanish(dice.choice(papers))
        case "withdraw":
            town.withdraw_file(dice.choice(files))
        case "cancel":
            town.cancel(dice.choice(meetings))


def ask_always(ports: Sequence[int], seen: Seen, stop: threading.Event) -> None:
    """A citizen who never stops asking: an answer may be missing or late, never empty."""
    found_once = False
    while not stop.wait(0.1):
        for port in ports:
            status, body = get(f"http://127.0.0.1:{port}/api/v1/search?q=Radweg")
            seen.answers[status] += 1
            found_once = found_once or bool(body.get("total"))
            if status not in (0, 200, 503) or (status == 200 and found_once and not body["total"]):
                seen.wrong.append(f"{status}: {json.dumps(body)[:200]}")


def run_chaos(seconds: float, folder: Path, cluster: tuple[str, ...], seed: int = 2026) -> tuple[Seen, list[str]]:
    """Chaos for so long, then peace; what was seen, and every difference to an undisturbed machine."""
    dice, seen, stop = random.Random(seed), Seen(), threading.Event()
    shared = {
        "RATSLUPE_ARCHIVE_URL": empty_postgresql(),
        "RATSLUPE_ENGINE": "elasticsearch",
        "RATSLUPE_ELASTICSEARCH_URL": ",".join(cluster),
        "RATSLUPE_ELASTICSEARCH_INDEX": f"chaos-{dice.randrange(10**6)}-{int(time.time())}",
        "RATSLUPE_ELASTICSEARCH_REPLICAS": "0",
    }
    with sources() as towns:
        homes = [House.of(folder / name, register(towns), shared) for name in ("a", "b", "c", "d")]
        ports = free_ports(2)
        processes = [
            Process("worker 1", homes[0], "work", "--at-once", "2"),
            Process("worker 2", homes[1], "work", "--at-once", "2"),
            Process("schedule", homes[0], "schedule"),
            Process("indexer", homes[2], "index", "--follow"),
            Process("server 1", homes[2], "serve", "--port", str(ports[0])),
            Process("server 2", homes[3], "serve", "--port", str(ports[1])),
        ]
        asking = threading.Thread(target=ask_always, args=(ports, seen, stop))
        asking.start()
        try:
            disturb(processes, towns, dice, seen, time.monotonic() + seconds)
        finally:
            stop.set()
            asking.join()
            for process in processes:
                process.end(signal.SIGTERM, with_children=False)
        return seen, differences(settled(homes[0]), undisturbed(folder / "calm", towns))


def disturb(
    processes: Sequence[Process], towns: Sequence[EditableOParl], dice: random.Random, seen: Seen, until: float
) -> None:
    while time.monotonic() < until:
        for process in processes:
            process.start()
        pause = time.monotonic() + dice.uniform(1, 8)
        while time.monotonic() < pause:
            change_something(towns, dice, seen.changes, seen.vanished)
            seen.changes += 1
            time.sleep(0.4)
        victim = dice.choice(processes)
        how = dice.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM))
        victim.end(how, with_children=dice.random() < 0.5)
        seen.ends[f"{victim.name} {how.name}"] += 1


def settled(house: House) -> House:
    """The installation after one visit to everybody in peace, and an index that has caught up."""
    until(lambda: house.run("crawl", "--full").returncode == 0, "a full crawl")  # a lock of who was ended last
    until(lambda: house.run("index").returncode == 0, "an index")
    return house


def undisturbed(folder: Path, towns: Sequence[EditableOParl]) -> House:
    """Another machine, with SQLite and the embedded engine, that sees the sources for the first time."""
    house = House.of(folder, register(towns), {})
    house.run("crawl", "--full")
    house.index()
    return house


def differences(chaotic: House, calm: House) -> list[str]:
    """Everything in which the two differ, in one line each."""
    mine, theirs = content(chaotic), content(calm)
    found = [
        f"{what}: {key}: {mine[what].get(key)!r} instead of {theirs[what].get(key)!r}"[:400]
        for what in theirs
        for key in sorted(mine[what].keys() | theirs[what].keys())
        if mine[what].get(key) != theirs[what].get(key)
    ]
    status = json.loads(chaotic.run("status", "--json").stdout)
    if status["index"]["changes_behind"] or status["index"]["texts_waiting"]:
        found.append(f"the index has not caught up: {status['index']}")
    return found


def content(house: House) -> dict[str, dict[str, Any]]:
    """Records, texts and answers of an installation."""
    answers = {}
    for question in QUESTIONS:
        answer = house.search(question, "--limit", "100")
        answers[question] = (answer["total"], sorted(hit["id"] for hit in answer["hits"]))
    held = house.held()
    return {
        "record": {id_: essence(noun) for id_, noun in held.items()},
        "text": dict(house.texts()),
        "answer": answers,
    }


def essence(noun: Record) -> tuple[object, ...]:
    """What a record says. Files are compared by their texts: one that was withdrawn before it was ever held stays
    listed as one that could not be had."""
    names = ("name", "reference", "start", "cancelled")
    return (type(noun).__name__, *(getattr(noun, name, None) for name in names))


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.scale.chaos", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    if not servers():
        parser.error("no cluster: run tests/with_elasticsearch --version 9.2.0 -- …")
    cluster = next(iter(servers().values()))
    with tempfile.TemporaryDirectory(prefix="ratslupe-chaos-") as folder:
        seen, found = run_chaos(given.minutes * 60, Path(folder), cluster, given.seed)
    print(f"{seen.changes} changes at the sources; ended: {dict(sorted(seen.ends.items()))}")
    print(f"answers of the API (0: nobody listens): {dict(sorted(seen.answers.items()))}")
    print(f"wrong answers: {len(seen.wrong)}; differences at the end: {len(found)}")
    for line in [*seen.wrong[:20], *found[:20]]:
        print(f"  {line}")
    return int(bool(seen.wrong or found))


if __name__ == "__main__":
    sys.exit(main())
