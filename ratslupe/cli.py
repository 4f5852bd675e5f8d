"""The command line: the list of commands and what all share. Their names are fixed: scripts and people rely on them."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Final

import typer

from ratslupe.child_processes import end_with_parent
from ratslupe.commands import admin, crawl, index, search, serve, sources
from ratslupe.installation import warn_of_unknown_settings
from ratslupe.log import set_up_logging
from ratslupe.terminal import say

COMMANDS: Final[tuple[tuple[Callable[..., None], str], ...]] = (
    (admin.check, "Example: ratslupe --register my-register.yaml check"),
    (admin.schema, "Example: ratslupe schema > municipalities.schema.json"),
    (crawl.crawl, "Examples: ratslupe crawl merseburg · ratslupe crawl --full · ratslupe crawl merseburg weida-land"),
    (index.index, "Examples: ratslupe index · ratslupe index --rebuild · ratslupe index --follow"),
    (serve.serve, "Example: ratslupe serve --host 0.0.0.0 --port 8080"),
    (serve.up, "Example: ratslupe up --port 8080"),
    (serve.work, "Example: ratslupe work --at-once 8"),
    (serve.schedule, "Example: ratslupe schedule"),
    (serve.demo, "Example: ratslupe demo --port 9000"),
    (search.search, "Examples: ratslupe search Radweg · ratslupe search 'BV/2023/0145' --json --limit 3"),
    (admin.status, "Examples: ratslupe status · ratslupe status --json"),
    (admin.read, "Example: ratslupe read papers.json --system oparl --url https://ris.example/oparl/papers"),
    (admin.remove, "Example: ratslupe remove merseburg:paper:4711 --reason 'names a private person' --by 'A. Admin'"),
    (sources.probe, "Examples: ratslupe probe https://www.merseburg.de/ · ratslupe probe ris.example.org/bi/ --json"),
    (sources.add, "Example: ratslupe add https://merseburg.gremien.info/ --name Merseburg --kind Stadt --ags 15088220"),
)
"""The commands in the order of the help, each with its example."""

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


def _show_version(wanted: bool) -> None:
    if wanted:
        say(f"ratslupe {version('ratslupe')}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    home: Annotated[
        Path | None, typer.Option(help="Folder of everything that is kept [RATSLUPE_HOME; else ./ratslupe-data].")
    ] = None,
    register: Annotated[
        Path | None, typer.Option(help="The register [RATSLUPE_REGISTER; else config/municipalities.yaml].")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Log warnings and errors only.")] = False,
    show_version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Print the version and end.")
    ] = False,
) -> None:
    """Everything that all commands share."""
    set_up_logging(verbose, quiet)
    end_with_parent()
    warn_of_unknown_settings()
    context.obj = (home, register)


for command, example in COMMANDS:
    app.command(epilog=example)(command)


def main() -> None:
    """The command."""
    app()
