"""The queue's tables: made and brought up to date once, whoever comes first, in a PostgreSQL schema of their own."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import psycopg
from procrastinate.schema import SchemaManager
from psycopg import sql
from sqlalchemy.engine import URL

from archive.session_locks import NOTICE_DEAD_HOLDER, NOTICE_DEAD_SERVER
from ratslupe.errors import QueueUnusable

LOG = logging.getLogger("ratslupe.queue")
SCHEMA = "ratslupe_queue"
ALIVE_SECONDS = 60
"""A worker that was heard of within this time may be at work."""
_OURS = """
CREATE TABLE version (step text NOT NULL);
INSERT INTO version VALUES ('{step}');
-- without it, looking for a crawl whose provider is free takes six times as long when 11,000 wait
CREATE INDEX crawl_by_lock ON procrastinate_jobs (lock, status, priority, id) WHERE status IN ('todo', 'doing');
-- a crawl that ended or waits again calls the workers, as a new one does: its provider is free
CREATE FUNCTION call_workers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('procrastinate_queue_v1#' || OLD.queue_name, '{{"type": "job_inserted", "job_id": 0}}');
    RETURN NULL;
END;
$$;
CREATE TRIGGER call_workers_on_end AFTER DELETE ON procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION call_workers();
CREATE TRIGGER call_workers_on_return AFTER UPDATE OF status ON procrastinate_jobs FOR EACH ROW
    WHEN (OLD.status = 'doing' AND NEW.status <> 'doing') EXECUTE FUNCTION call_workers();
"""


def connection_options(url: URL, role: str) -> dict[str, Any]:
    """How to connect to the queue with psycopg; `role` is what the connection is called on the server."""
    _, options = url.get_dialect()().create_connect_args(url)
    given = f"{options.get('options', '')} -c search_path={SCHEMA} {NOTICE_DEAD_HOLDER}".strip()
    return {**options, **NOTICE_DEAD_SERVER, "application_name": role[:63], "options": given}


def prepare_queue(url: URL, migrations: Path = Path(SchemaManager.get_migrations_path())) -> None:
    """Make the tables, or bring those of an older version up to date. Several may call it at once. Raises
    QueueUnusable when the tables are newer than this program, when workers of an older version are still at work, or
    when the server does not let us."""
    steps = sorted(path.stem for path in migrations.glob("*.sql"))
    try:
        with psycopg.connect(**connection_options(url, "ratslupe queue")) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(hashtext('ratslupe queue tables'))")
            connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(SCHEMA)))
            _bring_up_to_date(connection, migrations, steps)
    except psycopg.Error as error:
        raise QueueUnusable(
            f"the queue's tables (schema {SCHEMA} in {url!r}) cannot be made or read: {error}; "
            "let this user create a schema, or create it and make this user its owner"
        ) from error


def _bring_up_to_date(connection: psycopg.Connection, migrations: Path, steps: list[str]) -> None:
    step = _step(connection)
    if step is None:
        _run(connection, SchemaManager.get_schema())
        _run(connection, _OURS.format(step=steps[-1]))
    elif step not in steps:
        raise QueueUnusable(
            f"the queue's tables are of step {step}, which this program does not know (its newest is {steps[-1]}): "
            "install the version of Ratslupe here that the other machines have"
        )
    elif step != steps[-1]:
        _refuse_beside_workers(connection, step)
        for later in steps[steps.index(step) + 1 :]:
            _run(connection, (migrations / f"{later}.sql").read_text(encoding="utf-8"))
        connection.execute("UPDATE version SET step = %s", [steps[-1]])
        LOG.info("the queue's tables have gone from step %s to %s", step, steps[-1])


def _step(connection: psycopg.Connection) -> str | None:
    found = connection.execute("SELECT to_regclass('version')").fetchone()
    if found is None or found[0] is None:
        return None
    row = connection.execute("SELECT step FROM version").fetchone()
    return str(row[0]) if row else None


def _refuse_beside_workers(connection: psycopg.Connection, step: str) -> None:
    heard = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)"
    row = connection.execute(heard, [ALIVE_SECONDS]).fetchone()
    if row and row[0]:
        raise QueueUnusable(
            f"the queue's tables are of step {step} and {row[0]} workers are at work on them: end `ratslupe work`, "
            f"`ratslupe schedule` and `ratslupe up` on all machines, wait {ALIVE_SECONDS} seconds, and start the new "
            "version; the first one brings the tables up to date"
        )


def _run(connection: psycopg.Connection, script: str) -> None:
    connection.execute(script.encode())
