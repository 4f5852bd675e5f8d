"""How fast questions are answered: through the port, over HTTP, and by a cluster without the port."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from statistics import fmean

from indexer.index.contract import FacetName, Query
from indexer.index.query import parse
from ratslupe.demo import free_port
from tests.bench.engines.agreeing import FACETS, Asked
from tests.bench.engines.recording import Request, replay
from tests.bench.engines.sides import Side
from tests.bench.measuring import CLIENTS, Took, each, over_http, shown, wait

ROUNDS = 5
PORTS = 18_900

Part = slice
Work = Callable[[Part], Took]
"""Answers a part of the questions."""

PLAIN, FACETED = "port, hits and count", "port, with all facets"
RAW = "raw, the search alone"
RAW_ALL = "raw, all requests of it"


def measure_asking(sides: Sequence[Side], questions: Sequence[str], asked: Mapping[str, Asked]) -> None:
    """Every engine is asked a part of the questions, then every engine the next part: noise hits all the same."""
    with ExitStack() as stack:
        works = {side.name: _works(side, questions, asked[side.name], stack) for side in sides}
        took = _interleaved(works)
    _tell_all(took, len(questions))
    _tell_ratios(took, asked)


def _works(side: Side, questions: Sequence[str], asked: Asked, stack: ExitStack) -> dict[str, Work]:
    reader = side.installation.engine().reader()
    stack.callback(reader.close)
    fresh = side.installation.engine().reader()  # which remembers no word's count, as the first one
    stack.callback(fresh.close)
    reader.search(Query(limit=1))
    fresh.search(Query(limit=1))

    def through(which: Callable[[Query], object], facets: tuple[FacetName, ...]) -> Work:
        return lambda part: each(questions[part], lambda text: which(Query(parse(text), facets=facets)))

    works: dict[str, Work] = {PLAIN: through(reader.search, ()), FACETED: through(fresh.search, FACETS)}
    if side.server is not None:
        url = side.server.url
        for name, sent in ((PLAIN, asked.plain), (FACETED, asked.faceted)):
            works[f"{name}: {RAW}"] = partial(_replayed, url, [_searches(one) for one in sent])
            works[f"{name}: {RAW_ALL}"] = partial(_replayed, url, sent)
    port = stack.enter_context(_served(side))
    for clients in CLIENTS:
        works[_api(clients)] = partial(_over_api, port, questions, clients)
    return works


def _api(clients: int) -> str:
    return f"API with passages and facets, {clients} client{'s' * (clients > 1)}"


def _over_api(port: int, questions: Sequence[str], clients: int, part: Part) -> Took:
    return over_http(port, "/api/v1/search", questions[part], clients)


def _replayed(url: str, questions: Sequence[Sequence[Request]], part: Part) -> Took:
    return replay(url, questions[part])


def _searches(requests: Sequence[Request]) -> list[Request]:
    return [request for request in requests if request.search]


@contextmanager
def _served(side: Side) -> Iterator[int]:
    port = free_port("127.0.0.1", PORTS)
    server = subprocess.Popen(
        side.command("serve", "--port", str(port)), env=side.surroundings, stderr=subprocess.DEVNULL
    )
    try:
        wait(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _interleaved(works: Mapping[str, Mapping[str, Work]]) -> dict[tuple[str, str], Took]:
    """What every (engine, what) took. In every other round the order is the other way round."""
    pairs = [(side, what) for what in _whats(works) for side in works if what in works[side]]
    took: dict[tuple[str, str], Took] = {pair: ([], 0.0) for pair in pairs}
    for number in range(ROUNDS):
        for side, what in pairs if number % 2 == 0 else reversed(pairs):
            seconds, wall = works[side][what](slice(number, None, ROUNDS))
            took[side, what] = (took[side, what][0] + seconds, took[side, what][1] + wall)
    return took


def _whats(works: Mapping[str, Mapping[str, Work]]) -> list[str]:
    """In the order of the engine that knows most."""
    return max((list(work) for work in works.values()), key=len)


def _tell_all(took: Mapping[tuple[str, str], Took], count: int) -> None:
    print(
        f"{count} questions, {ROUNDS} rounds that alternate between the engines.\n\n"
        "| what | engine | p50 ms | p95 ms | questions a second | p50 to Tantivy |\n|---|---|---|---|---|---|"
    )
    base = {what: shown(one)[0] for (side, what), one in took.items() if side == "Tantivy"}
    for (side, what), one in took.items():
        p50, p95, speed = shown(one)
        ratio = f"{p50 / base[what]:.1f}" if what in base else ""
        print(f"| {what} | {side} | {p50:.1f} | {p95:.1f} | {speed:.0f} | {ratio} |")
    print()


def _tell_ratios(took: Mapping[tuple[str, str], Took], asked: Mapping[str, Asked]) -> None:
    """What the port costs above the cluster."""
    print(
        "| engine | what | requests a question | of them searches for hits | KB sent a question "
        "| p50, port to raw search | p50, port to all its requests raw | p95, port to raw search |"
        "\n|---|---|---|---|---|---|---|---|"
    )
    for side, one in asked.items():
        for what, sent in ((PLAIN, one.plain), (FACETED, one.faceted)):
            if (side, f"{what}: {RAW}") in took:
                port, raw, every = (took[side, name] for name in (what, f"{what}: {RAW}", f"{what}: {RAW_ALL}"))
                size = fmean(sum(len(request.body or b"") for request in requests) for requests in sent)
                print(
                    f"| {side} | {what} | {fmean(map(len, sent)):.2f} | {fmean(len(_searches(r)) for r in sent):.2f} "
                    f"| {size / 1e3:.1f} | {shown(port)[0] / shown(raw)[0]:.2f} "
                    f"| {shown(port)[0] / shown(every)[0]:.2f} | {shown(port)[1] / shown(raw)[1]:.2f} |"
                )
    print()
