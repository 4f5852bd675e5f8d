"""A setting becomes an engine, and a wrong one a sentence that says what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.index.contract import IndexFault, IndexUnavailable
from indexer.index.elasticsearch.settings import elasticsearch_settings
from indexer.index.engines import open_engine

URL = {"RATSLUPE_ELASTICSEARCH_URL": "https://one:9200/, https://two"}


def test_an_unknown_engine_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(IndexFault, match=r"'xapian'; there are: elasticsearch, tantivy"):
        open_engine("xapian", tmp_path, {})


def test_a_cluster_is_named_by_the_environment() -> None:
    settings = elasticsearch_settings(
        URL | {f"RATSLUPE_ELASTICSEARCH_{name}": value for name, value in (("SHARDS", "3"), ("REPLICAS", "0"))}
    )
    assert settings.urls == ("https://one:9200", "https://two")
    assert (settings.shards, settings.replicas, settings.index) == (3, 0, "ratslupe")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"URL": ""}, "RATSLUPE_ELASTICSEARCH_URL is not set"),
        ({"URL": "one:9200"}, "write https://host:9200"),
        ({"URL": "https://user:secret@one:9200"}, "has a password in it"),
        ({"USER": "indexer"}, "go together"),
        ({"PASSWORD": "x"}, "go together"),
        ({"API_KEY": "k", "USER": "u", "PASSWORD": "p"}, "give one of them"),
        ({"INDEX": "Rats,lupe"}, "RATSLUPE_ELASTICSEARCH_INDEX"),
        ({"CA": "/nowhere/ca.pem"}, "no file of certificates"),
        ({"SHARDS": "0"}, "from 1 to 64"),
        ({"SHARDS": "viele"}, "from 1 to 64"),
        ({"REPLICAS": "9"}, "from 0 to 8"),
    ],
)
def test_a_wrong_setting_says_what_to_write(tmp_path: Path, more: dict[str, str], told: str) -> None:
    environment = URL | {f"RATSLUPE_ELASTICSEARCH_{name}": value for name, value in more.items()}
    with pytest.raises(IndexFault, match=told) as fault:
        open_engine("elasticsearch", tmp_path, environment)
    assert "secret" not in str(fault.value)


def test_secrets_are_not_shown() -> None:
    settings = elasticsearch_settings(URL | {"RATSLUPE_ELASTICSEARCH_API_KEY": "geheim"})
    assert "geheim" not in f"{settings} {settings!r}"


def test_a_cluster_that_is_not_there_is_unavailable_and_not_empty(tmp_path: Path) -> None:
    engine = open_engine("elasticsearch", tmp_path, {"RATSLUPE_ELASTICSEARCH_URL": "http://127.0.0.1:9"})
    reader = engine.reader()
    with pytest.raises(IndexUnavailable, match="cannot be reached"):
        reader.state()
    with pytest.raises(IndexUnavailable, match="cannot be reached"):
        engine.update()
    reader.close()
