"""`ratslupe crawl`: visits municipalities, one in this process, several one after the other in children."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Iterator
from typing import Annotated

import typer

from archive.run import Outcome, Run
from council.municipality import Municipality
from crawlers.systems import READABLE
from ratslupe.child_processes import start_child
from ratslupe.installation import Installation
from ratslupe.terminal import BUSY, FAILED, IN_PART, INTERRUPTED, errors_as_sentences, installation_of, say, stop

EXIT_OF_OUTCOME = {
    Outcome.COMPLETE: 0,
    Outcome.INCOMPLETE: IN_PART,
    Outcome.INTERRUPTED: INTERRUPTED,
}


def crawl(
    context: typer.Context,
    keys: Annotated[list[str] | None, typer.Argument(metavar="[KEY ...]", help="Which; without: all enabled.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Compare everything, not only what changed.")] = False,
) -> None:
    """Visit municipalities and write what they publish into the archive."""
    with errors_as_sentences():
        installation = installation_of(context)
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


def _crawl_here(installation: Installation, entry: Municipality, full: bool) -> int:
    from crawlers.crawl import crawl as visit
    from crawlers.settings import crawl_settings

    archive = installation.archive()
    try:
        run = visit(entry, archive, crawl_settings(), full)
    finally:
        archive.close()
    say(*_run_lines(run))
    return EXIT_OF_OUTCOME.get(run.outcome, FAILED)


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
