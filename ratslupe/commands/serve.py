"""Commands that go on until Ctrl-C: serve, up, work, schedule, demo."""

from __future__ import annotations

from typing import Annotated

import typer

from ratslupe.log import set_up_logging
from ratslupe.terminal import errors_as_sentences, installation_of, say

Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 is everywhere.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]


def serve(context: typer.Context, host: Host = "127.0.0.1", port: Port = 8080) -> None:
    """Serve the search page and the API."""
    from indexer.index.contract import IndexReader
    from ratslupe.supervisor import check_port
    from search_api.app import create_app, run_server
    from search_api.settings import search_settings

    with errors_as_sentences():
        check_port(host, port)
        installation = installation_of(context)
        reader: IndexReader = installation.engine().reader()
        app = create_app(search_settings(), reader, installation.archive(), installation.live_register())
        run_server(app, host, port)


def up(context: typer.Context, host: Host = "127.0.0.1", port: Port = 8080) -> None:
    """The real thing: check the register, then schedule, indexer and server until Ctrl-C."""
    from ratslupe.supervisor import supervise

    with errors_as_sentences():
        installation = installation_of(context)
        register = installation.register()
        enabled = [entry.key for entry in register.enabled()]
        say(f"{len(register)} municipalities, {len(enabled)} enabled: {', '.join(enabled) or 'none'}")
        supervise(installation, host, port, lambda address: say(f"the search page is at {address}"))


def work(
    context: typer.Context,
    at_once: Annotated[int, typer.Option(min=1, max=256, help="Crawls of this machine at the same time.")] = 4,
) -> None:
    """On several machines: take crawls from the queue until Ctrl-C. Needs an archive on PostgreSQL."""
    from ratslupe.several_machines import work as take_crawls

    with errors_as_sentences():
        take_crawls(installation_of(context), at_once)


def schedule(context: typer.Context) -> None:
    """On several machines: put due crawls into the queue until Ctrl-C. Only one does so; others stand by."""
    from ratslupe.several_machines import feed

    with errors_as_sentences():
        feed(installation_of(context))


def demo(context: typer.Context, host: Host = "127.0.0.1", port: Port = 8080) -> None:
    """An invented district on this machine, crawled, indexed and served; needs no network, leaves nothing behind."""
    from ratslupe.demo import demo as run_demo

    set_up_logging(quiet=True)
    with errors_as_sentences():
        run_demo(context.obj[0], host, port)
