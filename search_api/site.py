"""The pages, in German."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from council.model import Meeting
from indexer.index.contract import Filter, IndexFault, Query, Sort
from indexer.index.query import LONGEST_QUESTION, MOST_CLAUSES
from search_api.contexts import (
    ApiPage,
    HelpPage,
    Listed,
    MeetingPage,
    OperatorPage,
    OrganizationPage,
    PaperPage,
    StartPage,
    TextPage,
    TownPage,
    TownsPage,
)
from search_api.dependencies import Sources, sources_of
from search_api.details import open_meeting, open_organization, open_paper, open_text
from search_api.errors import BadParameter, Fault, NotHeld
from search_api.formats import BERLIN
from search_api.links import source_link, source_page, web_url
from search_api.municipalities import read_with
from search_api.params import SearchParams, search_params
from search_api.result_page import FACET_SIZE, result_page
from search_api.search import find
from search_api.templating import Drawing
from search_api.text_pages import cut, mark, part_of

ROBOTS = "User-agent: *\nDisallow: /suche\nDisallow: /api\nDisallow: /files/\n"


def drawing_of(request: Request) -> Drawing:
    """The drawing of the application that answers this request."""
    found = request.app.state.drawing
    assert isinstance(found, Drawing)  # noqa: S101 - create_app laid it there
    return found


Given = Annotated[Sources, Depends(sources_of)]
Draw = Annotated[Drawing, Depends(drawing_of)]
Asked = Annotated[SearchParams, Depends(search_params)]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/")
def start(sources: Given, draw: Draw) -> Response:
    count, papers, meetings, fresh = sources.board.totals()
    towns = [town for town in sources.board.towns() if town.entry.enabled]
    return draw.page("start.html", StartPage(towns, count, papers, meetings, fresh), "search")


@router.get("/suche")
def results(sources: Given, draw: Draw, asked: Asked) -> Response:
    page = result_page(sources, find(sources, asked, FACET_SIZE))
    return draw.page("results.html", page, "search", noindex=True)


@router.get("/papers/{id:path}")
def paper(sources: Given, draw: Draw, id: str) -> Response:  # noqa: A002 - the name in the address
    dossier = open_paper(sources, id)
    url = web_url(source_link(dossier.paper))
    return draw.page("paper.html", PaperPage(dossier, _town(sources, dossier.held.municipality), url))


@router.get("/meetings/{id:path}")
def meeting(sources: Given, draw: Draw, id: str) -> Response:  # noqa: A002
    dossier = open_meeting(sources, id)
    url, start = web_url(source_link(dossier.meeting)), dossier.meeting.start
    upcoming = start is not None and start > sources.archive.clock()
    return draw.page("meeting.html", MeetingPage(dossier, _town(sources, dossier.held.municipality), url, upcoming))


@router.get("/organizations/{id:path}")
def organization(sources: Given, draw: Draw, id: str) -> Response:  # noqa: A002
    dossier = open_organization(sources, id)
    key, name = dossier.held.municipality, dossier.organization.name
    search = SearchParams(municipality=(key,), organization=(name,) if name else (), sort=Sort.NEWEST).link()
    url = web_url(source_link(dossier.organization))
    return draw.page("organization.html", OrganizationPage(dossier, _town(sources, key), url, search))


@router.get("/municipalities")
def municipalities(sources: Given, draw: Draw) -> Response:
    towns = sources.board.towns()
    return draw.page("towns.html", TownsPage(towns, None, None, read_with(towns)), "towns")


@router.get("/municipalities/{key}")
def municipality(sources: Given, draw: Draw, key: str) -> Response:
    towns = sources.board.towns()
    town = next((town for town in towns if town.key == key), None)
    if town is None:
        raise NotHeld(f"there is no municipality {key[:100]!r} in the register")
    parent = read_with(towns).get(key)
    today = sources.archive.clock().astimezone(BERLIN).date()
    page = TownPage(
        town=town,
        read_with=parent,
        read_with_search=SearchParams(q=f'"{town.name}"', municipality=(parent.key,)).link() if parent else "",
        source_page=source_page(town.entry),
        next_meetings=_listed(sources, key, "meeting", Sort.OLDEST, today),
        newest_papers=_listed(sources, key, "paper", Sort.NEWEST),
        meetings_search=SearchParams(municipality=(key,), kind=("meeting",)).link(),
        papers_search=SearchParams(municipality=(key,), kind=("paper",)).link(),
    )
    return draw.page("town.html", page, "towns")


@router.get("/files/{id:path}/text")
def file_text(
    sources: Given,
    draw: Draw,
    id: str,  # noqa: A002
    q: str = "",
    page: str = "",
    part: str = "",
) -> Response:
    clauses = SearchParams(q=q).clauses() if len(q) <= LONGEST_QUESTION else _too_long(q)
    dossier = open_text(sources, id)
    parts = cut(dossier.pages)
    number = _number("part", part) if part else part_of(parts, _number("page", page)) if page else 1
    if number > len(parts):
        raise NotHeld(f"the text of {id} has {len(parts)} parts")
    context = TextPage(
        dossier=dossier,
        town=_town(sources, dossier.owner.municipality),
        q=q,
        sheets=mark(parts[number - 1], clauses),
        part=number,
        parts=[(sheets[0].page, sheets[-1].page) for sheets in parts] if len(parts) > 1 else [],
        source_url=web_url(dossier.file.file.url),
    )
    return draw.page("text.html", context, noindex=True)


@router.get("/hilfe")
def help_page(draw: Draw) -> Response:
    return draw.page("help.html", HelpPage(LONGEST_QUESTION, MOST_CLAUSES), "help")


@router.get("/api")
def api_page(request: Request, sources: Given, draw: Draw) -> Response:
    address = sources.settings.base_url or str(request.base_url).rstrip("/")
    return draw.page("api.html", ApiPage(address), "api")


@router.get("/impressum")
def imprint(sources: Given, draw: Draw) -> Response:
    return draw.page("imprint.html", OperatorPage(sources.settings.imprint, sources.settings.contact))


@router.get("/datenschutz")
def privacy(sources: Given, draw: Draw) -> Response:
    return draw.page("privacy.html", OperatorPage(sources.settings.privacy, sources.settings.contact))


@router.get("/status")
def status(sources: Given, draw: Draw) -> Response:
    try:
        index = sources.index.state()
    except IndexFault:
        return draw.page("status.html", TownsPage(sources.board.towns(), None, None, {}), "status")
    behind = sources.changes.behind(index.cursor, index.origin)
    return draw.page("status.html", TownsPage(sources.board.towns(), index, behind, {}), "status")


@router.get("/robots.txt")
def robots() -> PlainTextResponse:
    return PlainTextResponse(ROBOTS)


@router.get("/static/{name}")
def static(draw: Draw, name: str) -> Response:
    for file in draw.static.values():
        if file.path == f"/static/{name}":
            return file.response()
    raise NotHeld(f"there is no file {name[:100]!r}")


def _town(sources: Sources, key: str) -> str:
    return sources.board.names().get(key, key)


def _listed(
    sources: Sources, key: str, kind: str, sort: Sort, since: dt.date | None = None
) -> tuple[Listed, ...] | None:
    """The first few of a town, or None where the index does not answer: the rest of the page is good without it."""
    wanted = Filter(municipality=(key,), kind=(kind,), date_from=since)
    try:
        hits = sources.index.search(Query(filter=wanted, sort=sort, limit=5)).hits
    except IndexFault:
        return None
    shown = {record.id: record.noun for record in sources.records.records(hit.id for hit in hits)}
    return tuple(
        Listed(hit, isinstance(noun := shown[hit.id], Meeting) and noun.cancelled) for hit in hits if hit.id in shown
    )


def _number(name: str, value: str) -> int:
    if value.isascii() and value.isdigit() and len(value) < 9 and int(value) > 0:
        return int(value)
    raise BadParameter(name, Fault.BAD_VALUE, f"a whole number from 1 on is expected; got {value[:100]!r}")


def _too_long(q: str) -> tuple[()]:
    raise BadParameter("q", Fault.TOO_LONG, f"at most {LONGEST_QUESTION} characters are allowed; got {len(q)}")
