"""A whole installation in a temporary folder, on a townhall server: crawled and indexed by the real commands."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from archive.archive import Archive
from archive.file_reader import FileReader
from archive.record_reader import RecordReader
from archive.run import Run
from archive.run_reader import RunReader
from archive.schema import FILE, SOURCE
from archive.statistics import Statistics
from council.model import Kind, Record
from council.system import System
from crawlers.frontier.files import RESTING_HOSTS
from ratslupe.installation import Installation, find_installation
from tests.whole.forked import run_forked

KEY = "prueflingen"
REGISTER = """\
municipalities:
  {key}:
    name: Prüflingen
    kind: Stadt
    ags: "15999001"
    system: {system}
    url: {url}
    politeness: {{delay_seconds: 0, parallel: 4}}
"""
LONGEST = 600


class House:
    """One home, one register with one municipality; `archive_url` where the archive is not in the home."""

    def __init__(
        self,
        home: Path,
        url: str,
        more: str = "",
        archive_url: str | None = None,
        system: System = System.OPARL,
    ) -> None:
        self.environment = {"RATSLUPE_ARCHIVE_URL": archive_url} if archive_url else {}
        self.home = home
        self.register = home / "municipalities.yaml"
        home.mkdir(parents=True, exist_ok=True)
        self.register.write_text(REGISTER.format(key=KEY, url=url, system=system.value) + more, encoding="utf-8")
        self.installation: Installation = find_installation(home, self.register, self.environment)

    @classmethod
    def of(cls, home: Path, register: str, settings: Mapping[str, str]) -> House:
        """One home with a whole register and settings of its own."""
        house = cls(home, "http://nobody.example")
        house.environment = dict(settings)
        house.register.write_text(register, encoding="utf-8")
        house.installation = find_installation(home, house.register, house.environment)
        return house

    def surroundings(self) -> dict[str, str]:
        """The environment of its commands."""
        return environment() | self.environment

    def command(self, arguments: Sequence[str]) -> list[str]:
        """The words of `ratslupe ARGUMENTS` for this installation."""
        return [sys.executable, "-m", "ratslupe", *self.options(arguments)]

    def options(self, arguments: Sequence[str]) -> list[str]:
        """The same without the program's name."""
        return ["--home", str(self.home), "--register", str(self.register), *arguments]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the command and go on."""
        return subprocess.Popen(
            self.command(arguments), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env=self.surroundings(),
        )  # fmt: skip

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command to its end; forked, which tests/whole/test_forked.py holds against a start of its own."""
        return run_forked(self.options(arguments), self.surroundings(), LONGEST)

    def crawl(self, *options: str) -> Run:
        """Crawl in a process of its own, as always; returns the run as the archive has it."""
        done = self.run("crawl", KEY, *options)
        assert "Traceback" not in done.stderr, done.stderr
        return self.last_run()

    def index(self, *options: str) -> str:
        done = self.run("index", *options)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def search(self, query: str, *options: str) -> Any:
        done = self.run("search", query, "--json", *options)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def archive(self) -> Archive:
        return self.installation.archive()

    def a_day_passes(self) -> None:
        """What files that failed, and hosts of such, wait for."""
        archive = self.archive()
        with archive.writing() as connection:
            past = archive.clock() - dt.timedelta(days=1)
            connection.execute(update(FILE).where(FILE.c.next_try.is_not(None)).values(next_try=past))
            for source in connection.execute(select(SOURCE)).all():
                memory = {name: kept for name, kept in json.loads(source.memory).items() if name != RESTING_HOSTS}
                row = SOURCE.c.municipality == source.municipality
                connection.execute(update(SOURCE).where(row).values(memory=json.dumps(memory)))
        archive.close()

    def last_run(self) -> Run:
        archive = self.archive()
        try:
            return RunReader(archive).last()[KEY]
        finally:
            archive.close()

    def held(self) -> dict[str, Record]:
        """Every record that may be shown, by id."""
        archive = self.archive()
        try:
            reader = RecordReader(archive)
            ids = [i for some in reader.ids(list(Kind)) for i in some]
            return {record.id: record.noun for record in reader.records(ids)}
        finally:
            archive.close()

    def texts(self) -> dict[str, list[str]]:
        """The text of every record's files, by record id."""
        archive = self.archive()
        try:
            found = FileReader(archive).texts(self.held())
            return {i: sorted("\f".join(text.pages) for text in texts) for i, texts in found.items()}
        finally:
            archive.close()

    def files(self) -> dict[str, int]:
        """The files by what became of them."""
        archive = self.archive()
        try:
            return Statistics(archive).files().get(KEY, {})
        finally:
            archive.close()


def environment() -> dict[str, str]:
    """The environment of a command: nothing of this project's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RATSLUPE_")}
    return kept | {"PYTHONWARNINGS": "default"}
