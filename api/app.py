"""Puts the HTTP service together: routes, errors as RFC 9457 problem documents, headers that protect readers."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from api.errors import RequestError
from api.routes import account, administration, operations, problems, submissions
from api.service import Service
from api.settings import LOOPBACK
from judge import __version__

PREFIX = "/api/v1"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
# The overhead of JSON around a source: escapes take up to six bytes for one.
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
        max_body_size=_JSON_OVERHEAD * settings.source_cap,
        separate_input_output_schemas=False,
    )
    app.state.service = service
    for part in (submissions, problems, account, administration, operations):
        app.include_router(part.router, prefix=PREFIX)
    app.exception_handler(RequestError)(_refused)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(OperationalError)(_unavailable)
    app.middleware("http")(_protect)
    allowed = [*LOOPBACK, "[::1]", settings.host, *settings.hosts]
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=allowed, www_redirect=False)
    return app


async def _protect(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def problem_document(
    request: Request, status: int, detail: str, headers: Any = None, errors: list[dict[str, str]] | None = None
) -> JSONResponse:
    """Return an error as RFC 9457 describes it."""
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
    }
    if errors is not None:
        document["errors"] = errors
    return JSONResponse(document, status, headers, media_type="application/problem+json")


def _refused(request: Request, error: RequestError) -> Response:
    return problem_document(request, error.status, error.detail, error.headers)


def _http(request: Request, error: HTTPException) -> Response:
    return problem_document(request, error.status_code, str(error.detail), error.headers)


def _invalid(request: Request, error: RequestValidationError) -> Response:
    places = [
        {"pointer": "/".join(map(str, ("", *one["loc"]))), "detail": str(one["msg"])}
        for one in error.errors()[:_ERRORS_SHOWN]
    ]
    return problem_document(request, 422, "the request is not as it must be; see errors", errors=places)


def _unavailable(request: Request, _: Exception) -> Response:
    return problem_document(request, 503, "the database does not answer; try again", {"Retry-After": "2"})
