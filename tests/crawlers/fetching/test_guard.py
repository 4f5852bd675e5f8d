"""A source sends the crawler after the machines beside it, in every way there is: none of them is asked anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.run import Outcome
from tests.crawlers.fetching.crawled import crawled
from tests.ratslupe.probing.probed import PagesServer
from tests.whole.source import Source

SELF, INSIDE = "127.0.0.1", "127.0.0.2"
NAMES = {
    "ris.example": [[SELF]],
    "inside.example": [[INSIDE]],
    "mixed.example": [[SELF, INSIDE]],
    "rebinding.example": [[SELF], [INSIDE]],
    "2130706434": [[INSIDE]],
    "0x7f000002": [[INSIDE]],
    "127.0.0.2.": [[INSIDE]],
    "search": [[INSIDE]],
}


@pytest.fixture
def source() -> Iterator[Source]:
    with Source() as running:
        port = running.base.rpartition(":")[2]
        running.base, running.url = f"http://ris.example:{port}", f"http://ris.example:{port}/oparl/system"
        yield running


def files_inside(source: Source, port: str) -> None:
    """A paper for every way to the machine inside, and one with a file of the source's own."""
    hosts = [*NAMES, INSIDE, f"[::ffff:{INSIDE}]"]
    urls = [f"http://{host}:{port}/secret" for host in hosts if host != "ris.example"]
    source.answers["/moved"] = (302, "text/plain", f"http://{INSIDE}:{port}/secret".encode())
    urls += [f"{source.base}/moved", f"https://inside.example:{port}/secret"]
    papers = [source.object("Paper", n, mainFile=source.file(n, "x", accessUrl=url)) for n, url in enumerate(urls, 10)]
    source.lists["paper"] = [*papers, source.object("Paper", 1, mainFile=source.file(1, "text"))]


@pytest.mark.parametrize(("named", "open_"), [(SELF, False), (f"{SELF} {INSIDE}", True)])
def test_only_the_machines_that_the_entry_names_are_asked(
    source: Source, tmp_path: Path, named: str, open_: bool
) -> None:
    with PagesServer({}, host=INSIDE) as inside:
        files_inside(source, inside.base.rpartition(":")[2])
        run = crawled(
            tmp_path, source.url, NAMES, private_addresses=named, politeness={"delay_seconds": 0.01, "parallel": 4}
        )
        assert bool(inside.asked) is open_
    assert "/files/1" in source.asked
    assert run.outcome is Outcome.INCOMPLETE, run
    assert any("private network (127.0.0.2)" in warning.what for warning in run.warnings) is not open_


def test_an_own_server_inside_is_not_asked_on_the_word_of_the_dns(source: Source, tmp_path: Path) -> None:
    run = crawled(tmp_path, source.url, NAMES, politeness={"delay_seconds": 0.01})
    assert run.outcome is Outcome.FAILED
    assert "ris.example is in a private network (127.0.0.1); if that is" in (run.detail or "")
    assert source.asked == []
