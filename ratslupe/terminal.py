"""What every command shares: exit codes, lines and JSON for whoever called, errors as sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NoReturn

import typer

from archive.archive import ArchiveUnavailable
from council.identity import BadId
from council.printable import printable_json, printable_line, printable_lines
from council.problem import RegisterError
from crawlers.lock import CrawlRunning
from indexer.index.contract import IndexFault, IndexLocked, IndexNotReady
from ratslupe.errors import BadSearch, OneMachineOnly, PortTaken, QueueUnusable, SupervisorRunning
from ratslupe.installation import Installation, find_installation

FAILED, WRONG_USE, NOT_THAT_PAGE, IN_PART, BUSY, INTERRUPTED = 1, 2, 3, 4, 5, 130

EXIT_CODES: Final[Mapping[type[Exception], int]] = {
    BadSearch: WRONG_USE,
    CrawlRunning: BUSY,
    IndexLocked: BUSY,
    SupervisorRunning: BUSY,
    ArchiveUnavailable: FAILED,
    IndexFault: FAILED,
    OneMachineOnly: FAILED,
    PortTaken: FAILED,
    QueueUnusable: FAILED,
    RegisterError: FAILED,
    BadId: FAILED,
    ValueError: FAILED,
}
"""Every foreseeable error with its exit code; looked up by the error's own class, then by its parents."""


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
def errors_as_sentences() -> Iterator[None]:
    """Every foreseeable error as a sentence and an exit code, never as a stack trace."""
    try:
        yield
    except RegisterError as error:
        typer.echo(printable_lines(str(error)), err=True)
        raise typer.Exit(FAILED) from error
    except IndexNotReady as error:
        stop(f"{error} (ratslupe crawl, then ratslupe index)")
    except tuple(EXIT_CODES) as error:
        stop(str(error), next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES))
    except KeyboardInterrupt:
        stop("interrupted", INTERRUPTED)


def installation_of(context: typer.Context) -> Installation:
    """The installation that the options before the command name."""
    home, register = context.obj
    assert home is None or isinstance(home, Path)  # noqa: S101 - laid there by `cli.options`
    return find_installation(home, register)
