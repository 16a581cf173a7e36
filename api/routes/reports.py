"""A submission's report in each of the output formats."""

import json
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from pydantic import StringConstraints
from pydantic.json_schema import SkipJsonSchema

from api.accounts import Scope
from api.errors import RequestError
from api.models import Submission
from api.routes import errors
from api.routes.submissions import visible
from api.schemas import Identifier
from api.service import By, Reading
from judge.rendering.outputs import CONTENT_TYPES, FORMATS, Run, render
from judge.report import Report

router = APIRouter(tags=["submissions"])

_SUFFIXES = {"application/xml": "xml", "text/html": "html", "text/markdown": "md", "text/plain": "txt"}
_CONTENT = {kind: {"schema": {"type": "string"}} for kind in CONTENT_TYPES.values()}
_CONTENT |= {kind: {} for kind in CONTENT_TYPES.values() if kind.endswith(("json", "jsonl"))}

_Name = Annotated[str, StringConstraints(pattern=f"^({'|'.join(FORMATS)})$")]
Format = Annotated[_Name | SkipJsonSchema[None], Query(alias="format", description="As of `judge submit`.")]

# OpenAPI describes it by the types of the answer.
Accept = Annotated[str, Header(include_in_schema=False)]


@router.get(
    "/submissions/{identity}/report",
    response_class=Response,
    responses={200: {"description": "The report.", "content": _CONTENT}, **errors(403, 404, 406, 409, 422)},
)
def read_report(
    identity: Identifier,
    caller: By,
    session: Reading,
    name: Format = None,
    accept: Accept = "",
) -> Response:
    """Read a report in the format that is named, or in the first that the header Accept allows."""
    caller.demand(Scope.READ)
    row, _ = visible(session, caller, identity)
    chosen = name or _acceptable(accept or "*/*")
    if row.report is None:
        raise RequestError(409, f"there is no report: the submission is {row.state}")
    kind = CONTENT_TYPES[chosen]
    suffix = _SUFFIXES.get(kind.partition(";")[0], "json")
    # A page with pictures is for a reader's own disk: this service lets no page of its own show any.
    headers = {"Content-Disposition": f'attachment; filename="{row.problem}-{row.id[:8]}.{suffix}"', "Vary": "Accept"}
    return Response(render(_run(row, row.report), chosen), 200, headers, kind)


def _run(row: Submission, report: str) -> Run:
    seconds = (row.finished_at or 0.0) - (row.started_at or 0.0)
    return Run.of_one(Report.from_json(json.loads(report)), f"{row.problem}.py", seconds)


def _acceptable(accept: str) -> str:
    """Return the first format that a header Accept allows, the most wanted media type first; JSON where any will do."""
    for part in sorted(accept.split(","), key=_quality, reverse=True):
        kind = part.partition(";")[0].strip().lower()
        if kind in ("*/*", "application/*") and _quality(part) > 0:
            return "json"
        for name, offered in CONTENT_TYPES.items():
            if kind == offered.partition(";")[0] and _quality(part) > 0:
                return name
    raise RequestError(406, f"a report is one of {', '.join(dict.fromkeys(CONTENT_TYPES.values()))}")


def _quality(part: str) -> float:
    _, found, text = part.partition(";q=")
    try:
        return float(text) if found else 1.0
    except ValueError:
        return 0.0
