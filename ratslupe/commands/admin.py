"""Commands for whoever runs an installation: check, schema, status, read, remove."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archive.removal import remove as remove_record
from archive.removal import restore as restore_record
from council.printable import printable_line
from council.register_schema import json_schema
from council.system import System
from ratslupe.terminal import NOT_THAT_PAGE, WRONG_USE, errors_as_sentences, installation_of, say, say_json, stop


def check(context: typer.Context) -> None:
    """Check the register; every problem is told at once, with line and remedy."""
    with errors_as_sentences():
        register = installation_of(context).register()
        say(f"{len(register)} municipalities, {len(list(register.enabled()))} enabled: no problem found")


def schema() -> None:
    """Print the JSON Schema of the register, so that editors complete it."""
    say_json(json_schema())


def status(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False
) -> None:
    """What was visited when, what is planned, what the sources list and what is held."""
    from ratslupe.status import status as state_of
    from ratslupe.status import status_lines

    with errors_as_sentences():
        installation = installation_of(context)
        state = state_of(installation, installation.register(), installation.archive())
        if as_json:
            say_json(state)
        else:
            say(*status_lines(state))


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


def remove(
    context: typer.Context,
    target: Annotated[str, typer.Argument(metavar="ID", help="A record's or file's id, as the API shows it.")],
    reason: Annotated[str, typer.Option(help="Why; kept, and shown to nobody but you.")] = "",
    by: Annotated[str, typer.Option(help="Who decided.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take the removal back.")] = False,
) -> None:
    """Take a record or a file out of everything, for all crawls to come."""
    with errors_as_sentences():
        archive = installation_of(context).archive()
        if undo:
            if not restore_record(archive, target):
                stop(f"{target} is not removed")
            say(f"{target} comes back with the next full crawl")
            return
        if not reason or not by:
            stop("say why and who: --reason and --by", WRONG_USE)
        remove_record(archive, target, reason, by)
        say(f"{target} is out of the archive; the index follows with its next pass")
