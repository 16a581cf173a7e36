"""The paths of the service, one module a group; docs/api.md has them all in a table."""

from typing import Any

from api.schemas import ProblemDocument

_TELLING = {
    400: "The request cannot be understood.",
    401: "Nobody is known by the token, or none was sent.",
    403: "The caller may not do this.",
    404: "There is no such thing, or it is not the caller's to see.",
    405: "This method is not offered here.",
    406: "There is none of the types that are accepted.",
    409: "It cannot be done in the state that things are in.",
    413: "The body is larger than allowed.",
    415: "The body is not of a type that is taken.",
    422: "The request is not as it must be.",
    429: "Too much at once; see Retry-After.",
    503: "The service cannot do it now; see Retry-After.",
}
_CONTENT = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{ProblemDocument.__name__}"}}}
_HEADERS = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}}},
    429: {"Retry-After": {"schema": {"type": "integer"}}},
    503: {"Retry-After": {"schema": {"type": "integer"}}},
}


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the description of these error statuses for an operation, and of those that all have."""
    return {
        status: {"description": _TELLING[status], "content": _CONTENT, "headers": _HEADERS.get(status, {})}
        for status in sorted({400, 401, 429, 503, *statuses})
    }
