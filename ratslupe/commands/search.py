"""`ratslupe search`: the options of a search on the command line, a filter for each row of the registry of facets."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from typing import Annotated, ParamSpec, TypeVar

import typer

from council.printable import printable_json
from indexer.index.contract import Rewriting
from ratslupe.terminal import errors_as_sentences, installation_of, say
from search_api.facets import SHOWN_FACETS, ShownFacet

P = ParamSpec("P")
R = TypeVar("R")


def with_filters(command: Callable[P, R]) -> Callable[P, R]:
    """The command with an option for every filter in place of its `**filters`, for typer, which reads signatures."""
    signature = inspect.signature(command, eval_str=True)
    options = [_option(facet) for facet in SHOWN_FACETS]
    own = [named for named in signature.parameters.values() if named.kind is not inspect.Parameter.VAR_KEYWORD]
    vars(command)["__signature__"] = signature.replace(parameters=own + options)
    return command


def _option(facet: ShownFacet) -> inspect.Parameter:
    option = typer.Option(metavar=facet.name.value.upper(), help=f"{facet.description} Repeatable.")
    annotation = Annotated[list[str] | None, option]
    return inspect.Parameter(facet.name.value, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


@with_filters
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="What to look for; empty lists everything, newest first.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print exactly what /api/v1/search answers.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=100)] = 10,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="From this day on (2026-01-31).")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Up to this day.")] = None,
    without: Annotated[
        str | None,
        typer.Option(help=f"What shall not be made of the query, joined by commas: {', '.join(Rewriting)}."),
    ] = None,
    sort: Annotated[str | None, typer.Option(help="relevance, newest or oldest.")] = None,
    match: Annotated[
        str | None, typer.Option(help="all: only what holds all words; some: a part of them, too.")
    ] = None,
    **filters: list[str] | None,
) -> None:
    """Search, as the page and the API do."""
    from ratslupe.searching import search_lines, search_text

    given = {"q": [query], "limit": [str(limit)]} | {name: values or [] for name, values in filters.items()}
    single = {"from": start, "to": end, "sort": sort, "match": match, "without": without}
    given |= {name: [value] for name, value in single.items() if value is not None}
    with errors_as_sentences():
        answer = search_text(installation_of(context), given)
        if as_json:
            typer.echo(printable_json(answer))
            return
        say(*search_lines(json.loads(answer)))
