"""The JSON endpoints."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends

from archive.archive import ArchiveUnavailable
from indexer.index.contract import IndexFault
from search_api.dependencies import Services, get_services
from search_api.details import load_meeting_details, load_organization_details, load_paper_details, load_text_details
from search_api.errors import NotAnswering
from search_api.params import SearchParams, SuggestParams, documented, search_params, suggest_params
from search_api.schemas import (
    FileTextAnswer,
    Health,
    MeetingBody,
    MunicipalitiesAnswer,
    OrganizationBody,
    PaperBody,
    ProblemBody,
    Readiness,
)
from search_api.search import run_search
from search_api.search_schemas import SEARCH, SUGGESTIONS, SearchAnswer, SuggestAnswer
from search_api.serializers import Serializer
from search_api.suggestions import suggest

ServicesDep = Annotated[Services, Depends(get_services)]
SearchParamsDep = Annotated[SearchParams, Depends(search_params)]
SuggestParamsDep = Annotated[SuggestParams, Depends(suggest_params)]


def _problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    words = {
        400: "A parameter is unknown or cannot be used; `parameter` names it.",
        404: "There is no such thing here.",
        410: "It was here; its source has withdrawn it, or a person has removed it.",
        503: "Index or archive does not answer, or too much is asked at once; come again after `Retry-After` seconds.",
    }
    content = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{ProblemBody.__name__}"}}}
    return {status: {"description": words[status], "content": content} for status in statuses}


RECORD_PROBLEMS: Final = _problems(404, 410, 503)

router = APIRouter(prefix="/api/v1")
probes = APIRouter()


@router.get(
    "/search",
    tags=["search"],
    summary="Search papers and meetings",
    description="One hit for each paper or meeting, with the best passages of its files. An empty question lists "
    "everything, newest first. Several values of one parameter are alternatives; different parameters limit each other."
    "\n\nExample: `/api/v1/search?q=Radweg&municipality=lindquell&kind=paper&from=2026-01-01&sort=newest`",
    responses={200: {"content": {"application/json": {"example": SEARCH}}}, **_problems(400, 503)},
    openapi_extra=dict(documented(SearchParams)),
)
def search(services: ServicesDep, params: SearchParamsDep) -> SearchAnswer:
    return Serializer(services).search(run_search(services, params))


@router.get(
    "/suggest",
    tags=["search"],
    summary="What goes on from what is being typed",
    description="Words, reference numbers, municipalities, committees and titles: of titles and names only, never of "
    "texts, and never where a private person seems to be named. Nothing goes on from operators.\n\n"
    "Example: `/api/v1/suggest?q=radv`",
    responses={200: {"content": {"application/json": {"example": SUGGESTIONS}}}, **_problems(400, 503)},
    openapi_extra=dict(documented(SuggestParams)),
)
def suggestions(services: ServicesDep, params: SuggestParamsDep) -> SuggestAnswer:
    return Serializer(services).suggestions(params.q, suggest(services, params.q, params.limit))


@router.get(
    "/papers/{id:path}",
    tags=["records"],
    summary="One paper",
    description="Example: `/api/v1/papers/lindquell:paper:paper%2F57`",
    responses=RECORD_PROBLEMS,
)
def paper(services: ServicesDep, id: str) -> PaperBody:  # noqa: A002 - the name in the address
    return Serializer(services).paper(load_paper_details(services, id))


@router.get(
    "/meetings/{id:path}",
    tags=["records"],
    summary="One meeting",
    description="Example: `/api/v1/meetings/lindquell:meeting:meeting%2F12`",
    responses=RECORD_PROBLEMS,
)
def meeting(services: ServicesDep, id: str) -> MeetingBody:  # noqa: A002
    return Serializer(services).meeting(load_meeting_details(services, id))


@router.get(
    "/organizations/{id:path}",
    tags=["records"],
    summary="One organization",
    description="Example: `/api/v1/organizations/lindquell:organization:organization%2F3`",
    responses=RECORD_PROBLEMS,
)
def organization(services: ServicesDep, id: str) -> OrganizationBody:  # noqa: A002
    return Serializer(services).organization(load_organization_details(services, id))


@router.get(
    "/files/{id:path}/text",
    tags=["records"],
    summary="The text of one file, page by page",
    description="Example: `/api/v1/files/lindquell:file:file%2F103/text`",
    responses=RECORD_PROBLEMS,
)
def file_text(services: ServicesDep, id: str) -> FileTextAnswer:  # noqa: A002
    return Serializer(services).text(load_text_details(services, id))


@router.get(
    "/municipalities",
    tags=["municipalities"],
    summary="All municipalities: how fresh, how much, how complete",
    responses=_problems(503),
)
def municipalities(services: ServicesDep) -> MunicipalitiesAnswer:
    serializer = Serializer(services)
    states = services.municipalities.states()
    return MunicipalitiesAnswer(municipalities=[serializer.municipality(state) for state in states])


@probes.get("/healthz", tags=["operation"], summary="Whether the process lives")
async def healthz() -> Health:
    return Health()  # not in a thread: all of them may be taken


@probes.get(
    "/readyz",
    tags=["operation"],
    summary="Whether index and archive answer",
    responses=_problems(503),
)
def readyz(services: ServicesDep) -> Readiness:
    try:
        state = services.index.state()
        behind = services.changes.behind(state.cursor, state.origin)
    except ArchiveUnavailable as error:
        raise NotAnswering("the archive does not answer") from error
    except IndexFault as fault:
        raise NotAnswering(f"the index does not answer ({type(fault).__name__})") from fault
    return Readiness(index=state.name, entries=state.entries, changes_behind=behind)
