"""The builds of an index in a cluster: made, counted, put in each other's place, removed."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any, Final

from elastic_transport import ConnectionTimeout
from elasticsearch import Elasticsearch, NotFoundError

from indexer.index.contract import IndexFault, IndexNotReady
from indexer.index.elasticsearch.mapping import mappings, settings
from indexer.index.elasticsearch.meta import BuildState, Meta
from indexer.index.elasticsearch.names import Names
from indexer.index.fields import SCHEMA_VERSION

LOG = logging.getLogger("ratslupe.index")
COPIES_SECONDS: Final = 120
"""So long publishing waits for the copies of a new build on other nodes; it goes on without them after that."""


SEGMENT_BYTES: Final = 5_000_000_000
"""The cluster itself merges no further than to segments of this size."""

MERGE_SECONDS: Final = 1800
"""So long publishing waits for the merge."""


class Builds:
    """All builds of one installation. Only who holds the lock changes anything."""

    def __init__(self, client: Elasticsearch, names: Names, shards: int, replicas: int) -> None:
        self._client = client
        self._names = names
        self._shards = shards
        self._replicas = replicas
        self.meta = Meta(client, names)

    def published(self) -> str:
        """The build that is searched. Raises IndexNotReady when there is none."""
        found = self._aliased(self._names.alias)
        if found is None:
            raise IndexNotReady(f"The cluster holds no index {self._names.alias} yet; run the indexer")
        return found

    def published_of_this_version(self) -> str | None:
        """The same, where it has this version's fields."""
        found = self._aliased(self._names.alias)
        return found if found and self.meta.state(found).schema_version == SCHEMA_VERSION else None

    def _aliased(self, alias: str) -> str | None:
        try:
            found = list(self._client.indices.get_alias(name=alias))
        except NotFoundError:
            return None
        if len(found) > 1:
            raise IndexFault(f"The alias {alias} names {len(found)} indices; leave it one of: {', '.join(found)}")
        return found[0] if found else None

    def create(self, *, unpublished: bool) -> str:
        """An empty build that nobody searches yet. One that is built beside has no copies until it is published."""
        name = self._names.new_build()
        made = settings(self._shards, 0 if unpublished else self._replicas)
        if unpublished:
            made["translog"] = {"durability": "async"}
        self._client.indices.create(index=name, settings=made, mappings=mappings(), wait_for_active_shards="1")
        self.meta.set_state(name, BuildState(0, SCHEMA_VERSION, dt.datetime.now(dt.UTC)))
        return name

    def exists(self, build: str) -> bool:
        return bool(self._client.indices.exists(index=build))

    def refresh(self, build: str) -> None:
        """Let all that was written be seen."""
        answer = self._client.indices.refresh(index=build)
        if answer["_shards"]["failed"]:
            raise IndexFault(f"{build}: {answer['_shards']['failed']} shards could not be refreshed")

    def count(self, build: str) -> int:
        """How many entries are seen."""
        answer = self._client.count(index=build)
        if answer["_shards"]["failed"]:
            raise IndexFault(f"{build}: {answer['_shards']['failed']} shards could not be counted")
        return int(answer["count"])

    def size(self, build: str) -> int:
        """Bytes on disk, without copies."""
        stats: Any = self._client.indices.stats(index=build, metric="store")
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])

    def shards(self, build: str) -> int:
        """Among how many shards the build is divided."""
        found: Any = self._client.indices.get_settings(index=build, name="index.number_of_shards")
        return int(found[build]["settings"]["index"]["number_of_shards"])

    def settle(self, build: str) -> None:
        """Make a build that was built beside as quick and as safe as a searched one has to be: merged (measured: two
        thirds of the time a question took before), synced, with its copies."""
        self._client.indices.flush(index=build)
        self._merge(build)
        self._client.indices.put_settings(
            index=build,
            settings={"number_of_replicas": self._replicas, "translog": {"durability": "request"}},
        )
        self._client.options(ignore_status=408, request_timeout=COPIES_SECONDS + 10).cluster.health(
            index=build,
            wait_for_status="yellow",
            wait_for_no_initializing_shards=True,
            timeout=f"{COPIES_SECONDS}s",
        )

    def _merge(self, build: str) -> None:
        """Merge each shard into as few segments as the cluster's own merging would go on with."""
        segments = max(1, self.size(build) // self.shards(build) // SEGMENT_BYTES)
        patient = self._client.options(request_timeout=MERGE_SECONDS, max_retries=0)
        try:
            patient.indices.forcemerge(index=build, max_num_segments=segments)
        except ConnectionTimeout:
            LOG.warning("%s is still being merged; it is published meanwhile", build)

    def swap(self, build: str) -> None:
        """Let this build be searched from now on, in one step, and remember the one before. Nothing changes if it is
        searched already."""
        before = self._aliased(self._names.alias)
        if before == build:
            return
        actions: list[dict[str, Any]] = [{"add": {"index": build, "alias": self._names.alias}}]
        if before is not None:
            actions += [
                {"remove": {"index": before, "alias": self._names.alias}},
                {"add": {"index": before, "alias": self._names.previous}},
            ]
            oldest = self._aliased(self._names.previous)
            if oldest is not None:
                actions.append({"remove": {"index": oldest, "alias": self._names.previous}})
        self._client.indices.update_aliases(actions=actions)

    def sweep(self) -> None:
        """Remove every build but the published and the previous one."""
        try:
            found = self._client.indices.get_alias(index=self._names.builds)
        except NotFoundError:
            return
        kept = {self._names.alias, self._names.previous}
        idle = [
            name for name, about in found.items() if self._names.is_build(name) and not kept & set(about["aliases"])
        ]
        for name in idle:
            self.remove(name)

    def remove(self, build: str) -> None:
        """Remove a build."""
        self._client.options(ignore_status=404).indices.delete(index=build)
        self.meta.drop([build])
