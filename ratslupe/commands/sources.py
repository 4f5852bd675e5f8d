"""The commands that bring a source into the register: probe and add."""

from __future__ import annotations

from typing import Annotated

import typer

from council.problem import WrongValue
from council.system import System
from ratslupe.terminal import WRONG_USE, errors_as_sentences, installation_of, say, say_json, stop

Url = Annotated[
    str, typer.Argument(metavar="URL", help="The information system's page, its OParl, or the municipality's own.")
]
Name = Annotated[str | None, typer.Option(help="The name people know it by.")]
Ags = Annotated[str | None, typer.Option(help="Official municipality key: 8 digits, a county's 5.")]
Ars = Annotated[str | None, typer.Option(help="Official regional key: 12 digits, an association's 9.")]
KindName = Annotated[str | None, typer.Option(help="Stadt, Gemeinde, Verbandsgemeinde, Landkreis …")]
Key = Annotated[str | None, typer.Option(help="What it is called in links; without: made from the name.")]
Parent = Annotated[str | None, typer.Option(help="Key of the entry it belongs to: its county or association.")]
BodyName = Annotated[str | None, typer.Option("--body", help="Which body, where an OParl system holds several.")]
At = Annotated[tuple[float, float] | None, typer.Option("--coordinates", metavar="LAT LON", help="Where it is.")]
Timeout = Annotated[float, typer.Option(min=1, max=120, help="Seconds to wait for one answer.")]


def probe(
    url: Url,
    name: Name = None,
    kind: KindName = None,
    ags: Ags = None,
    ars: Ars = None,
    key: Key = None,
    parent: Parent = None,
    body: BodyName = None,
    coordinates: At = None,
    timeout: Timeout = 30,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Look which system a server runs, what a crawl would bring, and what entry the register needs.

    Asks a dozen times at most, one request a second, and obeys robots.txt. Exit codes: 0 it can be read; 1 it does not
    answer or keeps programs out; 3 unknown system; 4 known, but nothing would come now, or it has no reader yet."""
    from ratslupe.probing.entry import EntryOptions, wrong_in
    from ratslupe.probing.lines import probe_json, probe_lines
    from ratslupe.probing.probe import probe as probe_server

    with errors_as_sentences():
        given = EntryOptions(name, kind, ags, ars, key, parent, body, coordinates)
        if wrong := wrong_in(given):
            stop(wrong, WRONG_USE)
        probed = probe_server(_address(url), ags=ags, body=body, timeout=timeout)
        if as_json:
            say_json(probe_json(probed, given))
        else:
            say(*probe_lines(probed, given))
        raise typer.Exit(int(probed.verdict))


def add(
    context: typer.Context,
    url: Url,
    name: Annotated[str, typer.Option(help="The name people know it by.")],
    ags: Ags = None,
    ars: Ars = None,
    kind: KindName = None,
    key: Key = None,
    parent: Parent = None,
    body: BodyName = None,
    coordinates: At = None,
    disabled: Annotated[
        str | None, typer.Option("--disabled-with-reason", metavar="REASON", help="In the register, but not visited.")
    ] = None,
    system: Annotated[System | None, typer.Option(help="The product, with --no-probe.")] = None,
    no_probe: Annotated[bool, typer.Option("--no-probe", help="Ask nobody; --system says what it is.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the entry, write nothing.")] = False,
    timeout: Timeout = 30,
) -> None:
    """Write a municipality into the register, after a look at its server. Comments in the file stay as they are."""
    from ratslupe.adding.add import NotAdded, check_before, new_entry, unprobed, write_entry
    from ratslupe.probing.entry import EntryOptions
    from ratslupe.probing.probe import probe as probe_server

    with errors_as_sentences():
        if no_probe != (system is not None):
            stop("--no-probe and --system go together: without a probe nothing else says what it is", WRONG_USE)
        given = EntryOptions(name, kind, ags, ars, key, parent, body, coordinates, disabled)
        path = installation_of(context).register_path
        try:
            check_before(path, given)
            probed = (
                unprobed(_address(url), system, body)
                if system
                else probe_server(_address(url), ags=ags, body=body, timeout=timeout)
            )
            entry = new_entry(path, probed, given)
        except NotAdded as no:
            stop(str(no), no.code)
        say(*entry.text.rstrip("\n").split("\n"), "")
        if dry_run:
            say(f"{path} would hold this; nothing was written (--dry-run)")
            return
        try:
            write_entry(entry)
        except NotAdded as no:
            stop(str(no), no.code)
        say(f"written into {path}, line {entry.line}; next: ratslupe crawl {entry.key}")


def _address(written: str) -> str:
    from ratslupe.probing.probe import probed_address

    try:
        return probed_address(written)
    except WrongValue as wrong:
        stop(f"{wrong.wrong}: {wrong.instead}", WRONG_USE)
