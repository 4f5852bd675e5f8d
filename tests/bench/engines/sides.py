"""What is compared: an engine, and the settings that choose it for one installation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from ratslupe.installation import Installation, find_installation
from tests.bench.measuring import command
from tests.servers.elasticsearch import Ground, Server
from tests.servers.ingredients import VERSIONS
from tests.whole.house import environment


@dataclass(frozen=True, slots=True)
class Side:
    """One engine. `chosen` is the environment that chooses it; `server` is None for one that is embedded."""

    name: str
    home: Path
    register: Path
    chosen: Mapping[str, str] = field(default_factory=dict)
    server: Server | None = None

    @property
    def installation(self) -> Installation:
        return find_installation(self.home, self.register, self.chosen)

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment of its commands."""
        return {**environment(), **self.chosen}

    @property
    def server_process(self) -> psutil.Process | None:
        return psutil.Process(self.server.pid) if self.server else None

    def command(self, *words: str) -> list[str]:
        """The words of `ratslupe WORDS`."""
        return [*command(self.home, self.register), *words]


def start_sides(ground: Ground, home: Path, register: Path) -> list[Side]:
    """Tantivy first, then every Elasticsearch, its server started."""
    sides = [Side("Tantivy", home, register)]
    for version in VERSIONS:
        server = ground.server(version)
        server.start()
        chosen = {
            "RATSLUPE_ENGINE": "elasticsearch",
            "RATSLUPE_ELASTICSEARCH_URL": server.url,
            "RATSLUPE_ELASTICSEARCH_REPLICAS": "0",
        }
        sides.append(Side(f"Elasticsearch {version}", home, register, chosen, server))
    return sides
