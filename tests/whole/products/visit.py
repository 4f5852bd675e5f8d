"""A server of a product and an installation that reads it: what is held is compared with what the server shows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.run import Outcome, Run, RunMode
from tests.simulation.faults import faults_of
from tests.whole.content import Content, Fields, content_of, differences
from tests.whole.house import KEY, House
from tests.whole.products.product import Product
from townhall.invention.model import SECRET_WORD, Meeting, Paper
from townhall.server.request_log import LoggedRequest


@dataclass(frozen=True, slots=True)
class Visit:
    """`first`: what was asked for in the first crawl, `held_first` what was held after it."""

    product: Product
    server: Any
    house: House
    first: tuple[LoggedRequest, ...] = ()
    held_first: Mapping[str, Fields] | None = None

    def crawl(self, *options: str) -> Run:
        return self.house.crawl(*options)

    def content(self) -> Content:
        archive = self.house.archive()
        try:
            return content_of(archive, KEY)
        finally:
            archive.close()

    def wrong(self) -> list[Any]:
        """What is not held as the server shows it."""
        return differences(self.product.shown(self.server), self.content(), dict(self.product.declared(self.server)))

    def paper(self, paper: Paper) -> Fields | None:
        """What is held of a paper, in words of no vendor."""
        return self.content().get(self.product.paper_key(paper))

    def meeting(self, meeting: Meeting) -> Fields:
        """What is held of a meeting."""
        day = f"meeting {meeting.start:%Y-%m-%d %H:%M} "
        (fields,) = [fields for key, fields in self.content().items() if key.startswith(day)]
        return fields

    def asked(self, *kinds: str) -> list[LoggedRequest]:
        """The requests of those kinds since the log was cleared; without kinds all but for robots.txt."""
        lines = self.server.requests.lines
        return [line for line in lines if line.kind in kinds or (not kinds and line.kind != "robots")]

    def secrets_held(self) -> list[str]:
        """Where the secret word or something private stands in what is held, said or kept in files."""
        records = [record.model_dump(mode="json") for record in self.house.held().values()]
        held = json.dumps([records, self.house.texts(), repr(self.house.last_run())], ensure_ascii=False)
        people = self.server.municipality.people
        private = [word for person in people for word in (person.phone, person.email, person.street_address)]
        files = [path for path in self.house.home.rglob("*") if path.is_file()]
        found = [word for word in private if word in held]
        found += [SECRET_WORD] if SECRET_WORD.casefold() in held.casefold() else []
        return found + [str(path) for path in files if SECRET_WORD.encode() in path.read_bytes()]

    def secrets_asked(self) -> list[str]:
        """The requests for what is not public or nobody's business, and for documents that are not there."""
        words = {
            *(word.lower() for word in self.product.never),
            *map(str.lower, self.product.secret_paths(self.server)),
        }
        lines = self.server.requests.lines
        found = [line.path for line in lines if any(word in line.path.lower() for word in words)]
        found += [line.path for line in lines if line.kind in self.product.unasked]
        found += [line.path for line in lines if line.kind == "file" and line.status != 200]
        return found + [
            str(number) for number in self.server.documents_asked & self.server.municipality.secret_documents
        ]


def at(product: Product, server: Any, home: Path, settings: str = "") -> Visit:
    """A new installation for that server."""
    return Visit(product, server, House(home, server.url, settings or product.settings(server), system=product.system))


@dataclass(slots=True)
class FirstVisit:
    """A server that was read once, and the home it was read into: tests go on from a copy and leave both so."""

    visit: Visit
    state: dict[str, Any]

    def copied_to(self, home: Path) -> Visit:
        shutil.copytree(self.visit.house.home, home)
        self.visit.server.requests.clear()
        copy = at(self.visit.product, self.visit.server, home)
        return Visit(copy.product, copy.server, copy.house, self.visit.first, self.visit.held_first)

    def restore(self) -> None:
        """The server as it was."""
        server = self.visit.server
        faults_of(server).mend()
        server.middleware.clear()
        for name in _public_state(server).keys() - self.state.keys():
            delattr(server, name)
        for name, value in self.state.items():
            setattr(server, name, value)


def first_visit(product: Product, server: Any, home: Path) -> FirstVisit:
    """Read a server once, whole."""
    visit = at(product, server, home)
    state = _public_state(server)
    run = visit.crawl()
    assert (run.outcome, run.mode) == (Outcome.COMPLETE, RunMode.FULL), (run.detail, run.warnings)
    lines = tuple(server.requests.lines)
    first = FirstVisit(Visit(product, server, visit.house, lines, visit.content()), state)
    first.restore()
    return first


def _public_state(server: Any) -> dict[str, Any]:
    kept = ("requests", "middleware", "lock", "documents_asked")
    return {name: value for name, value in vars(server).items() if not name.startswith("_") and name not in kept}


def gone(run: Run) -> int:
    return sum(count.gone for count in run.counts.values())


def changed(run: Run) -> int:
    """New, changed and gone records of a run."""
    return sum(count.new + count.changed + count.gone for count in run.counts.values())
