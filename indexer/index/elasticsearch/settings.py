"""Which cluster, and as whom: read from the environment once, by a function."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

INDEX: Final = "ratslupe"
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}")


@dataclass(frozen=True, slots=True)
class ElasticsearchSettings:
    """`urls` are nodes of one cluster. `index` is the alias that is searched and the beginning of every name that is
    used. Of `api_key` and `user` with `password` at most one is given; `ca` is a file of certificates to trust.
    `timeout_seconds` bounds a search, `write_timeout_seconds` any other request."""

    urls: tuple[str, ...]
    index: str = INDEX
    api_key: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: Path | None = None
    shards: int = 1
    replicas: int = 1
    timeout_seconds: float = 10.0
    write_timeout_seconds: float = 60.0

    def __str__(self) -> str:
        return ", ".join(self.urls)


def elasticsearch_settings(environment: Mapping[str, str] = os.environ) -> ElasticsearchSettings:
    """RATSLUPE_ELASTICSEARCH_URL (several with commas), …_API_KEY or …_USER and …_PASSWORD, …_CA, …_INDEX, …_SHARDS,
    …_REPLICAS. Raises ValueError with what to write."""
    found = {
        name: environment.get(f"RATSLUPE_ELASTICSEARCH_{name}") or None
        for name in ("URL", "API_KEY", "USER", "PASSWORD", "CA", "INDEX")
    }
    if (found["USER"] is None) != (found["PASSWORD"] is None):
        raise ValueError("RATSLUPE_ELASTICSEARCH_USER and …_PASSWORD go together: give both or none")
    if found["API_KEY"] and found["USER"]:
        raise ValueError("RATSLUPE_ELASTICSEARCH_API_KEY and …_USER are two ways in: give one of them")
    index = found["INDEX"] or INDEX
    if not _NAME.fullmatch(index):
        raise ValueError(
            f"RATSLUPE_ELASTICSEARCH_INDEX is {index!r}: write a small letter, then small letters, digits, _ or -"
        )
    ca = Path(found["CA"]) if found["CA"] else None
    if ca is not None and not ca.is_file():
        raise ValueError(f"RATSLUPE_ELASTICSEARCH_CA is {str(ca)!r}, which is no file of certificates")
    return ElasticsearchSettings(
        urls=_urls(found["URL"] or ""),
        index=index,
        api_key=found["API_KEY"],
        user=found["USER"],
        password=found["PASSWORD"],
        ca=ca,
        shards=_number(environment, "SHARDS", 1, 1, 64),
        replicas=_number(environment, "REPLICAS", 1, 0, 8),
    )


def _urls(text: str) -> tuple[str, ...]:
    urls = tuple(url.strip().rstrip("/") for url in text.split(",") if url.strip())
    if not urls:
        raise ValueError(
            "RATSLUPE_ENGINE is elasticsearch, and RATSLUPE_ELASTICSEARCH_URL is not set: "
            "write https://host:9200, several with commas"
        )
    for url in urls:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"RATSLUPE_ELASTICSEARCH_URL has {parts.hostname or url!r}: write https://host:9200")
        if parts.username or parts.password:
            raise ValueError(
                "RATSLUPE_ELASTICSEARCH_URL has a password in it: use RATSLUPE_ELASTICSEARCH_USER and …_PASSWORD"
            )
    return urls


def _number(environment: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = environment.get(f"RATSLUPE_ELASTICSEARCH_{name}") or str(default)
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise ValueError(f"RATSLUPE_ELASTICSEARCH_{name} is {text!r}: write a number from {least} to {most}")
    return int(text)
