"""The pages, in German."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from council.model import Meeting
from indexer.index.compounds import Vocabulary
from indexer.index.contract import Clause, Filter, IndexFault, Query, Rewriting, Sort
from indexer.index.lexicon import NoLexicon
from indexer.index.matching import patterns_of
from indexer.index.patterns import Patterns
from indexer.index.query import LONGEST_QUESTION, MOST_CLAUSES
from indexer.index.sections import FEW_HITS
from search_api.contexts import (
    ApiPage,
    HelpPage,
    ListedHit,
    MeetingPage,
    MunicipalitiesPage,
    MunicipalityPage,
    OperatorPage,
    OrganizationPage,
    PaperPage,
    StartPage,
    TextPage,
)
from search_api.dependencies import Services, get_services
from search_api.details import load_meeting_details, load_organization_details, load_paper_details, load_text_details
from search_api.errors import BadParameter, Fault, NotHeld
from search_api.facets import SHOWN_FACETS
from search_api.formats import BERLIN
from search_api.links import source_page, web_url
from search_api.municipalities import read_with_parent
from search_api.params import SearchParams, read_params, search_params
from search_api.result_page import FACET_SIZE, result_page
from search_api.search import run_search
from search_api.templating import PageRenderer, TemplateRenderer
from search_api.text_pages import part_with_page, split_text, with_highlights

ROBOTS = "User-agent: *\nDisallow: /suche\nDisallow: /api\nDisallow: /files/\n"


def get_renderer(request: Request) -> PageRenderer:
    """The renderer of the application that answers this request, which knows the page's own address."""
    templates = request.app.state.renderer
    assert isinstance(templates, TemplateRenderer)  # noqa: S101 - create_app laid it there
    return PageRenderer(templates, str(request.url))


ServicesDep = Annotated[Services, Depends(get_services)]
RendererDep = Annotated[PageRenderer, Depends(get_renderer)]
SearchParamsDep = Annotated[SearchParams, Depends(search_params)]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/")
def start(services: ServicesDep, renderer: RendererDep) -> Response:
    count, papers, meetings, fresh = services.municipalities.totals()
    enabled = [state for state in services.municipalities.states() if state.entry.enabled]
    return renderer.render(
        "start.html", StartPage(enabled, count, papers, meetings, fresh, services.examples()), "search"
    )


@router.get("/suche")
def results(request: Request, services: ServicesDep, renderer: RendererDep, params: SearchParamsDep) -> Response:
    if any(request.query_params.get(name) == "" for name in ("from", "to")):  # the form of the filters sends them so
        return RedirectResponse(params.link(page=params.page, after=params.after), 303)
    page = result_page(services, run_search(services, params, FACET_SIZE))
    return renderer.render("results.html", page, "search", noindex=True)


@router.get("/papers/{id:path}")
def paper(services: ServicesDep, renderer: RendererDep, id: str) -> Response:  # noqa: A002 - the name in the address
    details = load_paper_details(services, id)
    url = web_url(details.paper.source_url)
    names = services.municipalities.names()
    name = names.get(details.held.municipality, details.held.municipality)
    return renderer.render("paper.html", PaperPage(details, name, url, names))


@router.get("/meetings/{id:path}")
def meeting(services: ServicesDep, renderer: RendererDep, id: str) -> Response:  # noqa: A002
    details = load_meeting_details(services, id)
    url, start = web_url(details.meeting.source_url), details.meeting.start
    upcoming = start is not None and start > services.archive.clock()
    return renderer.render(
        "meeting.html", MeetingPage(details, _municipality_name(services, details.held.municipality), url, upcoming)
    )


@router.get("/organizations/{id:path}")
def organization(services: ServicesDep, renderer: RendererDep, id: str) -> Response:  # noqa: A002
    details = load_organization_details(services, id)
    key, name = details.held.municipality, details.organization.name
    search = SearchParams.of(municipality=(key,), organization=(name,) if name else (), sort=Sort.NEWEST).link()
    url = web_url(details.organization.source_url)
    return renderer.render(
        "organization.html", OrganizationPage(details, _municipality_name(services, key), url, search)
    )


@router.get("/municipalities")
def municipalities(services: ServicesDep, renderer: RendererDep) -> Response:
    states = services.municipalities.states()
    return renderer.render(
        "municipalities.html", MunicipalitiesPage(states, None, None, read_with_parent(states)), "municipalities"
    )


@router.get("/municipalities/{key}")
def municipality(services: ServicesDep, renderer: RendererDep, key: str) -> Response:
    states = services.municipalities.states()
    state = next((state for state in states if state.key == key), None)
    if state is None:
        raise NotHeld(f"there is no municipality {key[:100]!r} in the register")
    parent = read_with_parent(states).get(key)
    today = services.archive.clock().astimezone(BERLIN).date()
    page = MunicipalityPage(
        municipality=state,
        parent=parent,
        parent_search=SearchParams.of(q=f'"{state.name}"', municipality=(parent.key,)).link() if parent else "",
        source_page=source_page(state.entry),
        next_meetings=_listed_hits(services, key, "meeting", Sort.OLDEST, today),
        newest_papers=_listed_hits(services, key, "paper", Sort.NEWEST),
        meetings_search=SearchParams.of(municipality=(key,), kind=("meeting",)).link(),
        papers_search=SearchParams.of(municipality=(key,), kind=("paper",)).link(),
    )
    return renderer.render("municipality.html", page, "municipalities")


@router.get("/files/{id:path}/text")
def file_text(
    services: ServicesDep,
    renderer: RendererDep,
    id: str,  # noqa: A002
    q: str = "",
    without: str = "",
    page: str = "",
    part: str = "",
) -> Response:
    params = read_params((("q", q), ("without", without)))
    clauses = params.clauses()
    details = load_text_details(services, id)
    parts = split_text(details.pages)
    number = _number("part", part) if part else part_with_page(parts, _number("page", page)) if page else 1
    if number > len(parts):
        raise NotHeld(f"the text of {id} has {len(parts)} parts")
    context = TextPage(
        details=details,
        municipality_name=_municipality_name(services, details.owner.municipality),
        params=params,
        pieces=with_highlights(parts[number - 1], _patterns(services, clauses, frozenset(params.without))),
        part=number,
        parts=[(pieces[0].page, pieces[-1].page) for pieces in parts] if len(parts) > 1 else [],
        source_url=web_url(details.file.file.url),
    )
    return renderer.render("text.html", context, noindex=True)


@router.get("/hilfe")
def help_page(services: ServicesDep, renderer: RendererDep) -> Response:
    return renderer.render("help.html", HelpPage(LONGEST_QUESTION, MOST_CLAUSES, FEW_HITS, services.examples()), "help")


@router.get("/api")
def api_page(request: Request, services: ServicesDep, renderer: RendererDep) -> Response:
    address = services.settings.base_url or str(request.base_url).rstrip("/")
    facets = [(facet.name.value, f"{facet.meaning}; mehrfach erlaubt") for facet in SHOWN_FACETS]
    return renderer.render("api.html", ApiPage(address, facets, services.examples()), "api")


@router.get("/impressum")
def imprint(services: ServicesDep, renderer: RendererDep) -> Response:
    return renderer.render("imprint.html", OperatorPage(services.settings.imprint, services.settings.contact))


@router.get("/datenschutz")
def privacy(services: ServicesDep, renderer: RendererDep) -> Response:
    return renderer.render("privacy.html", OperatorPage(services.settings.privacy, services.settings.contact))


@router.get("/status")
def status(services: ServicesDep, renderer: RendererDep) -> Response:
    try:
        index = services.index.state()
    except IndexFault:
        return renderer.render(
            "status.html", MunicipalitiesPage(services.municipalities.states(), None, None, {}), "status"
        )
    behind = services.changes.behind(index.cursor, index.origin)
    return renderer.render(
        "status.html", MunicipalitiesPage(services.municipalities.states(), index, behind, {}), "status"
    )


@router.get("/robots.txt")
def robots() -> PlainTextResponse:
    return PlainTextResponse(ROBOTS)


@router.get("/static/{name}")
def static(renderer: RendererDep, name: str) -> Response:
    for file in renderer.templates.static.values():
        if file.path == f"/static/{name}":
            return file.response()
    raise NotHeld(f"there is no file {name[:100]!r}")


def _municipality_name(services: Services, key: str) -> str:
    return services.municipalities.names().get(key, key)


def _patterns(services: Services, clauses: tuple[Clause, ...], without: frozenset[Rewriting]) -> Patterns:
    """What to mark for these clauses: as the index takes them, or, where it does not answer, by their words alone."""
    try:
        return services.index.patterns(clauses, without)
    except IndexFault:
        return patterns_of(clauses, Vocabulary(), NoLexicon(), without)


def _listed_hits(
    services: Services, key: str, kind: str, sort: Sort, since: dt.date | None = None
) -> tuple[ListedHit, ...] | None:
    """The first few hits of a municipality, or None where the index does not answer: the page is good without them."""
    wanted = Filter(municipality=(key,), kind=(kind,), date_from=since)
    try:
        hits = services.index.search(Query(filter=wanted, sort=sort, limit=5)).hits
    except IndexFault:
        return None
    shown = {record.id: record.noun for record in services.records.records(hit.id for hit in hits)}
    return tuple(
        ListedHit(hit, isinstance(noun := shown[hit.id], Meeting) and noun.cancelled) for hit in hits if hit.id in shown
    )


def _number(name: str, value: str) -> int:
    if value.isascii() and value.isdigit() and len(value) < 9 and int(value) > 0:
        return int(value)
    raise BadParameter(name, Fault.BAD_VALUE, f"a whole number from 1 on is expected; got {value[:100]!r}")
