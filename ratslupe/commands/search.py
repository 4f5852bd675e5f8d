"""`ratslupe search`: the options of a search on the command line."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from council.printable import printable_json
from ratslupe.terminal import errors_as_sentences, installation_of, say


def search(
    context: typer.Context,
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
    with errors_as_sentences():
        answer = search_text(installation_of(context), given)
        if as_json:
            typer.echo(printable_json(answer))
            return
        say(*search_lines(json.loads(answer)))
