"""The application, put together: routers, the answers to errors, middleware; and the server it runs in."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, Response

from archive.archive import Archive
from council.printable import printable_line
from indexer.index.contract import IndexReader
from search_api import api, site
from search_api.admission import AdmissionMiddleware
from search_api.contexts import ProblemPage
from search_api.dependencies import LiveMunicipalities, MunicipalityList, Services
from search_api.errors import NOT_ALLOWED, PROBLEM_TYPES, NotHeld, ProblemDetails, problem_of
from search_api.middleware import CompressionMiddleware, SecurityHeadersMiddleware, add_headers
from search_api.schemas import ProblemBody
from search_api.settings import SearchSettings
from search_api.templating import TemplateRenderer

LOG = logging.getLogger("ratslupe")
PROGRAMS = ("/api/", "/healthz", "/readyz")
TITLE, VERSION = "Ratslupe", "1"
ABOUT = (
    "One search over the council information systems of many German municipalities. Reads only; no key is needed. "
    "Errors are problem documents (RFC 9457). Every record tells `source_id` and `source_url`, the source's own."
)


def create_app(
    settings: SearchSettings,
    reader: IndexReader,
    archive: Archive,
    register: LiveMunicipalities | Callable[[], MunicipalityList],
) -> FastAPI:
    """The application. It owns what it is given: the reader and the archive are closed when it ends.
    `register` gives the current register, called or by `.current()`."""
    services, renderer = Services(settings, reader, archive, register), TemplateRenderer(settings.demo)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        services.close()

    def error_response(request: Request, error: Exception) -> Response:
        return _problem_response(request, _problem(request, error), services, renderer)

    async def handle_error(request: Request, error: Exception) -> Response:
        return error_response(request, error)

    app = FastAPI(
        title=TITLE,
        version=VERSION,
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        lifespan=lifespan,
        exception_handlers=dict.fromkeys((*PROBLEM_TYPES, HTTPException), handle_error),
        middleware=[
            Middleware(CompressionMiddleware),
            Middleware(SecurityHeadersMiddleware, error_response=error_response),
            Middleware(AdmissionMiddleware, error_response=error_response),
        ],
    )
    app.state.services, app.state.renderer = services, renderer
    for router in (api.router, api.probes, site.router):
        app.include_router(router)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


def _problem(request: Request, error: Exception) -> ProblemDetails:
    path = request.url.path
    if isinstance(error, HTTPException) and error.status_code == NOT_ALLOWED.status:
        return ProblemDetails(NOT_ALLOWED, NOT_ALLOWED.title, path)
    if isinstance(error, HTTPException):
        error = NotHeld("there is nothing at this address")
    problem = problem_of(error, path)
    if problem.type.secret:
        LOG.error("%s: %s: %s", printable_line(path), type(error).__name__, printable_line(str(error)))
    return problem


def _problem_response(
    request: Request, problem: ProblemDetails, services: Services, renderer: TemplateRenderer
) -> Response:
    response: Response
    if request.url.path.startswith(PROGRAMS):
        body = problem.as_json(services.settings.base_url)
        response = JSONResponse(body, problem.type.status, media_type="application/problem+json")
    else:
        retry = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        page = ProblemPage(problem, retry if problem.type.status >= 500 else "")
        response = renderer.render("problem.html", page, status=problem.type.status, noindex=True)
    if problem.type.retry_after is not None:
        response.headers["Retry-After"] = str(problem.type.retry_after)
    if problem.type is NOT_ALLOWED:
        response.headers["Allow"] = "GET, HEAD"
    add_headers(response.headers, request.url.path)  # an unforeseen error is answered outside of the middleware
    return response


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The description, with the problems that `api` refers to and without the framework's own 422."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        for path in schema["paths"].values():
            for operation in path.values():
                operation["responses"].pop("422", None)
        models = schema.setdefault("components", {}).setdefault("schemas", {})
        for name in ("HTTPValidationError", "ValidationError"):
            models.pop(name, None)
        models[ProblemBody.__name__] = ProblemBody.model_json_schema()
        app.openapi_schema = schema
    return app.openapi_schema


def run_server(app: FastAPI, host: str, port: int) -> None:
    """Serve until the process is told to stop (SIGINT, SIGTERM). The log of requests is `ratslupe.access`: method,
    path, status and time; never the question, never the address of who asked."""
    uvicorn.run(
        app, host=host, port=port, server_header=False, access_log=False, timeout_keep_alive=15,
        timeout_graceful_shutdown=10, h11_max_incomplete_event_size=32_768, log_config=None,
    )  # fmt: skip
