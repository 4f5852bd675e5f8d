"""The connection to a cluster, and what its errors mean."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ObjectApiResponse, TransportError
from elasticsearch import ApiError, Elasticsearch

from indexer.index.contract import IndexFault, IndexUnavailable
from indexer.index.elasticsearch.settings import ElasticsearchSettings

LOG = logging.getLogger("ratslupe.index")
TRIES: Final = 3
"""So often a request is sent once more, to another node where there is one."""

BUSY: Final = (429, 502, 503, 504)
"""Answers that ask to come again later."""

AWAY_PAUSES: Final = (1.0, 2.0, 5.0, 10.0, 20.0)
"""A cluster that cannot be reached is waited for so long, in seconds between tries: a restart ends no build."""

CONNECTIONS: Final = 40
"""To one node at a time: as many as the web server has threads."""


class PatientElasticsearch(Elasticsearch):
    """A client that waits for a cluster that is away, where it writes in bulk."""

    def bulk(self, *args: Any, **more: Any) -> ObjectApiResponse[Any]:
        """See Elasticsearch.bulk."""
        for pause in AWAY_PAUSES:
            try:
                return super().bulk(*args, **more)
            except TransportError as error:
                LOG.warning("writing: %s; trying again in %.0f s", error.message, pause)
                time.sleep(pause)
        return super().bulk(*args, **more)


def connect(settings: ElasticsearchSettings, *, writing: bool = False) -> Elasticsearch:
    """A client; nothing is sent yet. Whatever is `writing` sends only what may be sent twice."""
    more: dict[str, Any] = {}
    if settings.api_key is not None:
        more["api_key"] = settings.api_key
    if settings.user is not None:
        more["basic_auth"] = (settings.user, settings.password)
    if settings.ca is not None:
        more["ca_certs"] = str(settings.ca)
    make = PatientElasticsearch if writing else Elasticsearch
    return make(
        [_with_port(url) for url in settings.urls],
        request_timeout=settings.write_timeout_seconds if writing else settings.timeout_seconds,
        max_retries=TRIES,
        retry_on_timeout=writing,
        retry_on_status=BUSY,
        connections_per_node=CONNECTIONS,
        **more,
    )


def _with_port(url: str) -> str:
    """The client wants the port to be named."""
    parts = urlsplit(url)
    if parts.port is not None:
        return url
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}:{443 if parts.scheme == 'https' else 9200}{parts.path}"


@contextlib.contextmanager
def cluster_faults(doing: str) -> Iterator[None]:
    """Turn what the client raises into IndexUnavailable, or IndexFault where it is not a matter of waiting, with what
    was being done."""
    try:
        yield
    except NoConnection as error:
        raise IndexUnavailable(
            f"{doing}: the cluster cannot be reached; is RATSLUPE_ELASTICSEARCH_URL right? ({error.message})"
        ) from error
    except TransportError as error:
        raise IndexUnavailable(f"{doing}: the cluster does not answer in time ({error.message})") from error
    except ApiError as error:
        raise _fault(doing, error) from error


def _fault(doing: str, error: ApiError) -> IndexFault:
    why = reason(error.body)
    if error.status_code == 401:
        return IndexUnavailable(
            f"{doing}: the cluster asks for another key or password ({why}): see RATSLUPE_ELASTICSEARCH_API_KEY"
        )
    if error.status_code == 403:
        return IndexUnavailable(
            f"{doing}: this user may not do that, or the disks are full and the index is blocked ({why})"
        )
    if error.status_code in BUSY or error.status_code >= 500:
        return IndexUnavailable(f"{doing}: the cluster is not able to ({error.status_code}, {why})")
    return IndexFault(f"{doing} failed: {error.status_code}, {why}")


def reason(body: Any) -> str:
    """What the cluster says about an error, in one line."""
    error = body.get("error", body) if isinstance(body, dict) else body
    if isinstance(error, dict):
        causes = error.get("failed_shards") or error.get("root_cause") or []
        cause = causes[0].get("reason", causes[0]) if causes else None
        inner = cause.get("reason") if isinstance(cause, dict) else cause
        error = f"{error.get('type')}: {inner or error.get('reason')}"
    return " ".join(str(error).split())[:300]
