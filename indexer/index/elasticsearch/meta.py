"""What is kept beside the builds: each build's state and vocabulary, in an index of a few documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from elasticsearch import BadRequestError, Elasticsearch, NotFoundError

from indexer.index.compounds import Vocabulary
from indexer.index.contract import IndexFault
from indexer.index.elasticsearch.names import Names

SETTINGS: Final = {"number_of_shards": 1, "auto_expand_replicas": "0-2"}
"""A copy on every node up to three: small, and everything hangs on it."""


@dataclass(frozen=True, slots=True)
class BuildState:
    """What is written beside a build with every commit. `vocabulary` counts how often that was written."""

    cursor: int
    schema_version: int
    built_at: dt.datetime
    vocabulary: int = 0
    origin: str = ""


class Meta:
    """The index of these documents."""

    def __init__(self, client: Elasticsearch, names: Names) -> None:
        self._client = client
        self._index = names.meta

    def ensure(self) -> None:
        """Make the index where there is none."""
        if not self._client.indices.exists(index=self._index):
            try:
                self._client.indices.create(index=self._index, settings=SETTINGS, mappings={"enabled": False})
            except BadRequestError as error:
                if error.message != "resource_already_exists_exception":
                    raise

    def state(self, build: str) -> BuildState:
        """The state of a build. Raises IndexFault when it is not there or not ours."""
        kept = self._get(f"state:{build}")
        try:
            return BuildState(
                int(kept["cursor"]),
                int(kept["schema_version"]),
                dt.datetime.fromisoformat(kept["built_at"]),
                int(kept["vocabulary"]),
                str(kept.get("origin", "")),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise IndexFault(
                f"{self._index} does not know the build {build} ({error!r}); build the index anew"
            ) from error

    def set_state(self, build: str, state: BuildState) -> None:
        """Keep the state of a build."""
        self._put(
            f"state:{build}",
            {
                "cursor": state.cursor,
                "schema_version": state.schema_version,
                "built_at": state.built_at.isoformat(),
                "vocabulary": state.vocabulary,
                "origin": state.origin,
            },
        )

    def vocabulary(self, build: str) -> Vocabulary:
        """The vocabulary of a build; an empty one where none was written. Raises IndexFault."""
        kept = self._get(f"vocabulary:{build}")
        try:
            return Vocabulary.of_json(kept["text"]) if kept else Vocabulary()
        except (KeyError, ValueError) as error:
            raise IndexFault(f"{self._index} holds no vocabulary of {build}: {error}; build the index anew") from error

    def save_vocabulary(self, build: str, vocabulary: Vocabulary) -> None:
        """Keep the vocabulary of a build."""
        self._put(f"vocabulary:{build}", {"text": vocabulary.as_json()})

    def drop(self, builds: Iterable[str]) -> None:
        """Forget builds."""
        for build in builds:
            for what in ("state", "vocabulary"):
                self._client.options(ignore_status=404).delete(index=self._index, id=f"{what}:{build}")

    def _get(self, id_: str) -> dict[str, Any]:
        try:
            return dict(self._client.get(index=self._index, id=id_)["_source"])
        except NotFoundError:
            return {}

    def _put(self, id_: str, kept: dict[str, Any]) -> None:
        self._client.index(index=self._index, id=id_, document=kept)
