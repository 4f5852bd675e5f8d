"""`ratslupe search`: the API's own answer, asked in this process, and its lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from indexer.index.contract import BadCursor
from ratslupe.errors import BadSearch
from ratslupe.installation import Installation
from search_api.dependencies import Services
from search_api.errors import BadParameter
from search_api.params import read_params
from search_api.search import run_search
from search_api.serializers import Serializer
from search_api.settings import search_settings


def search_text(installation: Installation, given: Mapping[str, Sequence[str]]) -> str:
    """What /api/v1/search answers to these parameters, as JSON text. Raises BadSearch, IndexFault."""
    services = Services(
        search_settings(), installation.engine().reader(), installation.archive(), installation.live_register()
    )
    try:
        params = read_params((name, value) for name, values in given.items() for value in values)
        return Serializer(services).search(run_search(services, params)).model_dump_json(by_alias=True, indent=2)
    except (BadParameter, BadCursor) as error:
        raise BadSearch(str(error)) from error
    finally:
        services.close()


def search_lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """The hits for people: title, where and when, best passage, address."""
    some = f", {answer['total_some']} more with a part of the words" if answer["total_some"] else ""
    yield f"{answer['total']} hits{some} ({answer['took_ms']:.0f} ms)"
    for piece in answer["query"]["understood"]:
        yield f"  {piece['kind']}: {piece['typed']} = {piece['meant']}" + ("" if piece["applied"] else " (not applied)")
    if answer["query"]["did_you_mean"]:
        yield f"  did you mean: {answer['query']['did_you_mean']}"
    for hit in answer["hits"]:
        where = (hit["municipality"]["name"], hit["reference"], hit["date"], hit["paper_type"] or hit["kind"])
        yield ""
        yield hit["title"]
        part = () if hit["matches_all"] else ("a part of the words",)
        yield f"  {' · '.join(shown for shown in (*where, *part) if shown)}"
        for passage in hit["passages"][:1]:
            page = f", page {passage['page']}" if passage["page"] else ""
            yield f"  … {passage['text']} … ({passage['file']['name']}{page})"
        yield f"  {hit['source_url'] or hit['id']}"
