"""Private problem packs, for the setters of a team."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select
from sqlalchemy.orm import Session

from api import packs
from api.accounts import Caller, Scope
from api.errors import RequestError
from api.models import ProblemPack
from api.routes import errors
from api.schemas import PackAnswer, Slug
from api.service import By, Here, Reading, Service, Writing

router = APIRouter(tags=["packs"])

_ZIP = "application/zip"
_BODY = {"requestBody": {"required": True, "content": {_ZIP: {"schema": {"type": "string", "format": "binary"}}}}}

Version = Annotated[str, Path(min_length=64, max_length=64, pattern=r"^[0-9a-f]+$", description="A pack's SHA-256.")]


@router.put(
    "/problems/{slug}",
    status_code=202,
    openapi_extra=_BODY,
    responses={202: {"headers": {"Location": {"schema": {"type": "string"}}}}, **errors(403, 409, 413, 415, 422)},
)
async def put_pack(slug: Slug, request: Request, response: Response, service: Here, caller: By) -> PackAnswer:
    """Bring a version of a problem of the team's own, as a zip; it is verified before it can be used."""
    caller.demand(Scope.PROBLEMS)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _ZIP:
        raise RequestError(415, f"a pack is sent as {_ZIP}")
    if slug in service.catalogue.slugs():
        raise RequestError(409, "there is a built-in problem of this name; choose another")
    answer = await run_in_threadpool(_kept, service, caller, slug, await request.body())
    place = request.url_for("read_version", slug=slug, version=answer.version)
    response.headers["Location"] = str(place.path)
    return answer


def _kept(service: Service, caller: Caller, slug: str, content: bytes) -> PackAnswer:
    with Session(service.engine) as session, session.begin():
        return PackAnswer.of(packs.put(session, caller, slug, content))


@router.get("/problems/{slug}/versions", responses=errors(403, 404, 422))
def list_versions(slug: Slug, caller: By, session: Reading) -> list[PackAnswer]:
    """List a problem's versions that are not withdrawn, the latest first; the first that is ready is used."""
    caller.demand(Scope.PROBLEMS)
    found = packs.versions(session, caller.account.team_id, slug)
    if not found:
        raise RequestError(404, "your team has no problem of this name")
    return [PackAnswer.of(row) for row in found]


@router.get("/problems/{slug}/versions/{version}", responses=errors(403, 404, 422))
def read_version(slug: Slug, version: Version, caller: By, session: Reading) -> PackAnswer:
    """Read whether a version holds, and if not, why."""
    caller.demand(Scope.PROBLEMS)
    row = session.scalar(
        select(ProblemPack).where(
            ProblemPack.team_id == caller.account.team_id, ProblemPack.slug == slug, ProblemPack.version == version
        )
    )
    if row is None:
        raise RequestError(404, "your team has no such version")
    return PackAnswer.of(row)


@router.delete("/problems/{slug}", status_code=204, responses=errors(403, 404, 422))
def withdraw_pack(slug: Slug, caller: By, session: Writing) -> None:
    """Withdraw a problem of the team's own; what was submitted to it stays, and can be rejudged."""
    caller.demand(Scope.PROBLEMS)
    with session.begin():
        packs.withdraw(session, caller, slug)
