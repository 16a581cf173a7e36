"""Puts the HTTP service together: routes, and errors as problem documents."""

from functools import partial
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from api.database import AWAY
from api.documents import problem_document
from api.door import HEADERS, Door
from api.errors import RequestError
from api.routes import account, administration, operations, packs, problems, reports, submissions
from api.schemas import ProblemDocument
from api.service import Service
from api.settings import LOOPBACK
from judge import __version__

PREFIX = "/api/v1"
# JSON writes a byte of a source in up to six.
_JSON_OVERHEAD = 6
_ERRORS_SHOWN = 20


def create_app(service: Service) -> FastAPI:
    """Return the application that serves `service`."""
    settings = service.settings
    app = FastAPI(
        title="Judge",
        version=__version__,
        description="Judges machine-learning algorithms written from scratch. See docs/api.md.",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.service = service
    for part in (submissions, reports, problems, packs, account, administration, operations):
        app.include_router(part.router, prefix=PREFIX)
    app.exception_handler(RequestError)(_refused)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(RequestValidationError)(_invalid)
    for away in AWAY:
        app.exception_handler(away)(_unavailable)
    app.exception_handler(Exception)(_failed)
    hosts = {*LOOPBACK, "[::1]", settings.host, *settings.hosts}
    app.openapi = partial(_described, app)  # type: ignore[method-assign]  # FastAPI's own way
    app.add_middleware(Door, hosts=hosts, body_cap=_JSON_OVERHEAD * settings.source_cap)
    return app


def _described(app: FastAPI) -> dict[str, Any]:
    """Return the API's description, with the problem documents that every operation may answer with."""
    if app.openapi_schema is None:
        description = FastAPI.openapi(app)
        schema = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
        parts = {**schema.pop("$defs"), ProblemDocument.__name__: schema}
        description["components"]["schemas"].update(parts)
    return FastAPI.openapi(app)


def _refused(request: Request, error: RequestError) -> Response:
    return problem_document(request, error.status, error.detail, error.headers)


def _http(request: Request, error: HTTPException) -> Response:
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_methods(request))
    return problem_document(request, error.status_code, str(error.detail), headers)


def _methods(request: Request) -> list[str]:
    """Return all methods of a path; the router itself names those of one operation."""
    paths = request.app.openapi()["paths"]
    found = (methods for path, methods in paths.items() if compile_path(path)[0].match(request.url.path))
    return sorted({method.upper() for methods in found for method in methods})


def _invalid(request: Request, error: RequestValidationError) -> Response:
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json" and any(one["loc"] == ("body",) for one in error.errors()):
        return problem_document(request, 415, "a body is JSON here: Content-Type: application/json")
    places = [
        {"pointer": "/".join(map(str, ("", *one["loc"]))), "detail": str(one["msg"])}
        for one in error.errors()[:_ERRORS_SHOWN]
    ]
    return problem_document(request, 422, "the request is not as it must be; see errors", errors=places)


def _failed(request: Request, _: Exception) -> Response:
    # This is answered outside the door, which adds its headers to all else.
    return problem_document(request, 500, "the service failed; its log says how", HEADERS)


def _unavailable(request: Request, _: Exception) -> Response:
    return problem_document(request, 503, "the database does not answer; try again", {"Retry-After": "2"})
