"""The command line. Its words are fixed: scripts and people rely on them.

Exit codes: 0 done; 1 it could not be done; 2 wrong use; 3 the page is not what it should be (`read`), or no system that
is known (`probe`, `add`); 4 done in part (an incomplete crawl; a system that cannot be read yet); 5 another process is
at it; 130 interrupted."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from archive.archive import ArchiveUnavailable
from archive.removal import remove as remove_record
from archive.removal import restore as restore_record
from archive.run import Outcome, Run
from council.identity import BadId
from council.municipality import Municipality
from council.printable import printable_json, printable_line, printable_lines
from council.problem import RegisterError
from council.register_schema import json_schema
from council.system import System
from crawlers.systems import READABLE
from ratslupe.child import end_with_parent, start_child
from ratslupe.cli_sources import add_source_commands
from ratslupe.installation import Installation, find_installation
from ratslupe.log import set_up_logging

FAILED, WRONG_USE, NOT_THAT_PAGE, IN_PART, BUSY, INTERRUPTED = 1, 2, 3, 4, 5, 130
EXIT_OF = {
    Outcome.COMPLETE: 0,
    Outcome.INCOMPLETE: IN_PART,
    Outcome.INTERRUPTED: INTERRUPTED,
}

app = typer.Typer(
    name="ratslupe",
    help="One search box over the council information systems of many German municipalities.\n\n"
    "Exit codes: 0 done; 1 could not be done; 2 wrong use; 3 the page is not what it should be (read), or no system "
    "that is known (probe, add); 4 done in part (an incomplete crawl, a system that cannot be read yet); 5 another "
    "process is at it; 130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Context = typer.Context
Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 is everywhere.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]


@app.callback()
def options(
    context: Context,
    home: Annotated[
        Path | None, typer.Option(help="Folder of everything that is kept [RATSLUPE_HOME; else ./ratslupe-data].")
    ] = None,
    register: Annotated[
        Path | None, typer.Option(help="The register [RATSLUPE_REGISTER; else config/municipalities.yaml].")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Log warnings and errors only.")] = False,
) -> None:
    """Everything that all commands share."""
    set_up_logging(verbose, quiet)
    end_with_parent()
    context.obj = (home, register)


@app.command(epilog="Example: ratslupe --register my-towns.yaml check")
def check(context: Context) -> None:
    """Check the register; every problem is told at once, with line and remedy."""
    with faults():
        register = _installation(context).register()
        say(f"{len(register)} municipalities, {len(list(register.enabled()))} enabled: no problem found")


@app.command(epilog="Example: ratslupe schema > municipalities.schema.json")
def schema() -> None:
    """Print the JSON Schema of the register, so that editors complete it."""
    say_json(json_schema())


@app.command(epilog="Examples: ratslupe crawl merseburg · ratslupe crawl --full · ratslupe crawl merseburg weida-land")
def crawl(
    context: Context,
    keys: Annotated[list[str] | None, typer.Argument(metavar="[KEY ...]", help="Which; without: all enabled.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Compare everything, not only what changed.")] = False,
) -> None:
    """Visit municipalities and write what they publish into the archive."""
    with faults():
        installation = _installation(context)
        register = installation.register()
        unknown = [key for key in keys or [] if register.get(key) is None]
        if unknown:
            known = ", ".join(entry.key for entry in register.municipalities[:50])
            stop(f"not in the register: {', '.join(unknown)}; it has: {known}")
        entries = [entry for key in keys or [] if (entry := register.get(key))] or list(register.enabled())
        if not entries:
            stop(f"nothing is enabled in {installation.register_path}: set enabled: true, or name a key")
        unread = [f"{entry.key} ({entry.system.value})" for entry in entries if entry.system not in READABLE]
        if unread:
            stop(f"no reader yet for: {', '.join(unread)}; can be read: {', '.join(sorted(READABLE))}")
        if len(entries) == 1:
            raise typer.Exit(_crawl_here(installation, entries[0], full))
        codes = [_crawl_in_child(installation, entry.key, full) for entry in entries]
        raise typer.Exit(next((code for code in (INTERRUPTED, FAILED, BUSY, IN_PART) if code in codes), max(codes)))


@app.command(epilog="Examples: ratslupe index · ratslupe index --rebuild · ratslupe index --follow")
def index(
    context: Context,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build anew beside the old index, then swap.")] = False,
    follow: Annotated[bool, typer.Option("--follow", help="Go on with whatever comes, until Ctrl-C.")] = False,
) -> None:
    """Turn fetched files into text and bring the search index up to date with the archive."""
    from indexer.index.contract import IndexLocked
    from indexer.pipeline import Indexer
    from ratslupe.following import follow as go_on

    with faults():
        installation = _installation(context)
        if follow:
            go_on(installation)
            return
        archive = installation.archive()
        try:
            count = Indexer(archive, installation.engine(), installation.indexer_settings.workers).run(rebuild)
        except IndexLocked as lock:
            stop(str(lock), BUSY)
        say(
            f"{count.put} entries written, {count.deleted} taken out; texts: {count.extracted} read, "
            f"{count.without_text} without text, {count.unreadable} unreadable; "
            f"{count.characters / 1e6:.1f} M characters; {count.seconds:.1f} s"
        )
        for reason, times in sorted(count.reasons.items(), key=lambda pair: -pair[1])[:10]:
            say(f"  {times}x {reason}")


@app.command(epilog="Example: ratslupe serve --host 0.0.0.0 --port 8080")
def serve(context: Context, host: Host = "127.0.0.1", port: Port = 8080) -> None:
    """Serve the search page and the API."""
    from indexer.index.contract import IndexReader
    from ratslupe.conductor import check_port
    from search_api.app import create_app, run_server
    from search_api.settings import search_settings

    with faults():
        check_port(host, port)
        installation = _installation(context)
        reader: IndexReader = installation.engine().reader()
        app = create_app(search_settings(), reader, installation.archive(), installation.live_register())
        run_server(app, host, port)


@app.command(epilog="Example: ratslupe up --port 8080")
def up(context: Context, host: Host = "127.0.0.1", port: Port = 8080) -> None:
    """The real thing: check the register, then schedule, indexer and server until Ctrl-C."""
    from ratslupe.conductor import conduct

    with faults():
        installation = _installation(context)
        register = installation.register()
        enabled = [entry.key for entry in register.enabled()]
        say(f"{len(register)} municipalities, {len(enabled)} enabled: {', '.join(enabled) or 'none'}")
        conduct(installation, host, port, lambda address: say(f"the search page is at {address}"))


@app.command(epilog="Example: ratslupe work --at-once 8")
def work(
    context: Context,
    at_once: Annotated[int, typer.Option(min=1, max=256, help="Crawls of this machine at the same time.")] = 4,
) -> None:
    """On several machines: take crawls from the queue until Ctrl-C. Needs an archive on PostgreSQL."""
    from ratslupe.several_machines import work as take_crawls

    with faults():
        take_crawls(_installation(context), at_once)


@app.command(epilog="Example: ratslupe schedule")
def schedule(context: Context) -> None:
    """On several machines: put due crawls into the queue until Ctrl-C. Only one does so; others stand by."""
    from ratslupe.several_machines import feed

    with faults():
        feed(_installation(context))


@app.command(epilog="Example: ratslupe demo --port 9000")
def demo(context: Context, host: Host = "127.0.0.1", port: Port = 8080) -> None:
    """An invented district on this machine, crawled, indexed and served; needs no network, leaves nothing behind."""
    from ratslupe.demo import demo as run_demo

    set_up_logging(quiet=True)
    with faults():
        run_demo(context.obj[0], host, port)


@app.command(epilog="Examples: ratslupe search Radweg · ratslupe search 'BV/2023/0145' --json --limit 3")
def search(
    context: Context,
    query: Annotated[str, typer.Argument(help="What to look for; empty lists everything, newest first.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print exactly what /api/v1/search answers.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=100)] = 10,
    municipality: Annotated[list[str] | None, typer.Option(help="Only this municipality (repeatable).")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Only this kind: paper or meeting (repeatable).")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="From this day on (2026-01-31).")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Up to this day.")] = None,
    sort: Annotated[str | None, typer.Option(help="relevance, newest or oldest.")] = None,
) -> None:
    """Search, as the page and the API do."""
    from ratslupe.searching import search_lines, search_text

    given = {"q": [query], "limit": [str(limit)], "municipality": municipality or [], "kind": kind or []}
    given |= {name: [value] for name, value in (("from", start), ("to", end), ("sort", sort)) if value is not None}
    with faults():
        answer = search_text(_installation(context), given)
        if as_json:
            typer.echo(printable_json(answer))
            return
        say(*search_lines(json.loads(answer)))


@app.command(epilog="Examples: ratslupe status · ratslupe status --json")
def status(context: Context, as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """What was visited when, what is planned, what the sources list and what is held."""
    from ratslupe.status import status as state_of
    from ratslupe.status import status_lines

    with faults():
        installation = _installation(context)
        state = state_of(installation, installation.register(), installation.archive())
        if as_json:
            say_json(state)
        else:
            say(*status_lines(state))


@app.command(epilog="Example: ratslupe read papers.json --system oparl --url https://ris.example/oparl/papers")
def read(
    file: Annotated[Path, typer.Argument(help="A saved page or answer.")],
    system: Annotated[System, typer.Option(help="The product it comes from.")],
    url: Annotated[str, typer.Option(help="The address it was saved from.")],
) -> None:
    """Show as JSON what a spider would read out of one saved page or answer."""
    from crawlers.parsing.errors import UnexpectedResponse
    from crawlers.systems import READERS

    reader = READERS.get(system)
    if reader is None:
        stop(f"there is no reader for {system.value} yet; there is one for: {', '.join(READERS)}", WRONG_USE)
    try:
        body = file.read_bytes()
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}", WRONG_USE)
    try:
        say_json(reader(body, url).as_json())
    except UnexpectedResponse as change:
        stop(printable_line(str(change)), NOT_THAT_PAGE)


@app.command(epilog="Example: ratslupe remove merseburg:paper:4711 --reason 'names a private person' --by 'A. Admin'")
def remove(
    context: Context,
    target: Annotated[str, typer.Argument(metavar="ID", help="A record's or file's id, as the API shows it.")],
    reason: Annotated[str, typer.Option(help="Why; kept, and shown to nobody but you.")] = "",
    by: Annotated[str, typer.Option(help="Who decided.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take the removal back.")] = False,
) -> None:
    """Take a record or a file out of everything, for all crawls to come."""
    with faults():
        archive = _installation(context).archive()
        if undo:
            if not restore_record(archive, target):
                stop(f"{target} is not removed")
            say(f"{target} comes back with the next full crawl")
            return
        if not reason or not by:
            stop("say why and who: --reason and --by", WRONG_USE)
        remove_record(archive, target, reason, by)
        say(f"{target} is out of the archive; the index follows with its next pass")


add_source_commands(app)


def main() -> None:
    """The command."""
    app()


def say(*lines: str) -> None:
    """Print lines for whoever called; whatever stands in them, they are lines."""
    for line in lines:
        typer.echo(printable_line(line))


def say_json(value: Any) -> None:
    """Print a value as JSON."""
    typer.echo(printable_json(json.dumps(value, ensure_ascii=False, indent=2)))


def stop(why: str, code: int = FAILED) -> NoReturn:
    """End with an error and its code."""
    typer.echo(printable_lines(f"ratslupe: {why}"), err=True)
    raise typer.Exit(code)


@contextmanager
def faults() -> Iterator[None]:
    """Every foreseeable fault as a sentence and an exit code, never as a stack trace."""
    from indexer.index.contract import IndexFault, IndexNotReady
    from ratslupe.conductor import ConductorRunning, PortTaken
    from ratslupe.queue_fault import QueueUnusable
    from ratslupe.searching import BadQuestion
    from ratslupe.several_machines import OneMachineOnly

    try:
        yield
    except RegisterError as error:
        typer.echo(printable_lines(str(error)), err=True)
        raise typer.Exit(FAILED) from error
    except BadQuestion as error:
        stop(str(error), WRONG_USE)
    except ConductorRunning as error:
        stop(str(error), BUSY)
    except IndexNotReady as error:
        stop(f"{error} (ratslupe crawl, then ratslupe index)")
    except (ArchiveUnavailable, IndexFault, OneMachineOnly, PortTaken, QueueUnusable, BadId, ValueError) as error:
        stop(str(error))
    except KeyboardInterrupt:
        stop("interrupted", INTERRUPTED)


def _installation(context: Context) -> Installation:
    home, register = context.obj
    return find_installation(home, register)


def _crawl_here(installation: Installation, entry: Municipality, full: bool) -> int:
    from crawlers.crawl import crawl as visit
    from crawlers.lock import CrawlRunning
    from crawlers.settings import crawl_settings

    archive = installation.archive()
    try:
        run = visit(entry, archive, crawl_settings(), full)
    except CrawlRunning as error:
        stop(str(error), BUSY)
    finally:
        archive.close()
    say(*_run_lines(run))
    return EXIT_OF.get(run.outcome, FAILED)


def _run_lines(run: Run) -> Iterator[str]:
    took = dt.timedelta(seconds=round(run.seconds))
    yield f"{run.municipality}: {run.mode.value} run {run.outcome.value}: {run.requests} requests, {took}"
    if run.detail:
        yield f"  {run.detail}"
    for kind, count in sorted(run.counts.items()):
        listed = f"{count.listed} listed, " if count.listed is not None else ""
        yield f"  {kind}: {listed}{count.held} held, {count.new} new, {count.changed} changed, {count.gone} gone"
    for warning in run.warnings[:5]:
        yield f"  {warning.count}x {warning.what}" + (f" (for example {warning.example})" if warning.example else "")


def _crawl_in_child(installation: Installation, key: str, full: bool) -> int:
    child = start_child(installation, ["crawl", key, *(["--full"] if full else [])])
    try:
        code = child.wait()
    except KeyboardInterrupt:
        child.send_signal(2)
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            child.kill()
        return INTERRUPTED
    return code if code >= 0 else FAILED
