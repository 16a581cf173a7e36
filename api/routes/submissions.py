"""Submissions: make one, watch it, read what came of it."""

import asyncio
import hashlib
import json
import secrets
import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from pydantic import Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, undefer

from api import accounts, submissions
from api.accounts import Caller, Role, Scope
from api.database import AWAY, reading
from api.errors import RequestError
from api.models import Account, Submission
from api.routes import errors
from api.schemas import (
    Identifier,
    NewSubmission,
    Slug,
    State,
    SubmissionAnswer,
    SubmissionPage,
    SubmissionSummary,
    WatchedEvent,
)
from api.service import RETRY, By, Here, Reading, Service, Writing
from api.submissions import Draft, Load, Wanted

router = APIRouter(tags=["submissions"])

_PAGE = 50
_PAGE_CAP = 200
_LOOK_SECONDS = 0.2
# More watchers look more rarely, so that together they leave the database to others.
_LOOKS_PER_SECOND = 100
_PING_SECONDS = 15.0
_SEED_CAP = 2**31

# Left out is not the same as null, which neither a header nor a query can say: so null is no part of the description.
_KeyText = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$")]
Key = Annotated[_KeyText | SkipJsonSchema[None], Header(alias="Idempotency-Key")]
Limit = Annotated[int, Query(ge=1, le=_PAGE_CAP)]
_Cursor = Annotated[int, Field(ge=1, le=2**62)]
Before = Annotated[_Cursor | SkipJsonSchema[None], Query(description="A cursor from a page's Link header.")]


@router.post(
    "/submissions",
    status_code=202,
    responses={202: {"headers": {"Location": {"schema": {"type": "string"}}}}, **errors(403, 404, 409, 413, 415, 422)},
)
def create(
    body: NewSubmission,
    request: Request,
    response: Response,
    service: Here,
    caller: By,
    session: Writing,
    idempotency_key: Key = None,
) -> SubmissionAnswer:
    """Queue a solution; with an Idempotency-Key, sending it again answers with the same submission."""
    caller.demand(Scope.WRITE)
    if len(body.source.encode("utf-8", "replace")) > service.settings.source_cap:
        raise RequestError(413, f"a source has at most {service.settings.source_cap >> 10} KiB")
    pack = service.pack(caller, body.problem)
    digest = hashlib.sha256(json.dumps([body.problem, body.source]).encode()).hexdigest()
    seed, feedback = secrets.randbelow(_SEED_CAP), service.settings.feedback
    draft = Draft(body.problem, body.source, seed, feedback, digest, idempotency_key, pack_id=pack.id if pack else None)
    try:
        with session.begin():
            row = _of_key(session, caller, draft) or _queued(session, service, caller.account, draft)
    except IntegrityError:
        # The same key at the same moment: the other request was faster.
        with session.begin():
            first = _of_key(session, caller, draft)
        if first is None:
            raise RequestError(409, "a request with this Idempotency-Key is under way") from None
        row = first
    return _answer(request, response, row, caller.account)


def _of_key(session: Session, caller: Caller, draft: Draft) -> Submission | None:
    if draft.idempotency_key is None:
        return None
    row = submissions.of_key(session, caller.account, draft.idempotency_key)
    if row is not None and row.body_digest != draft.body_digest:
        raise RequestError(422, "this Idempotency-Key came with another body before")
    return row


def _queued(session: Session, service: Service, account: Account, draft: Draft) -> Submission:
    load = submissions.load(session, account)
    _demand_room(service, load)
    row = submissions.create(session, account, draft, load.own_waiting)
    service.queue.announce(session, row)
    return row


def _demand_room(service: Service, load: Load) -> None:
    settings = service.settings
    for is_full, reason in (
        (load.waiting >= settings.queue_cap, "the queue is full"),
        (load.own_waiting >= settings.waiting_cap, "too many submissions of yours are waiting"),
        (load.own_today >= settings.daily_cap, "that were too many submissions in 24 hours"),
    ):
        if is_full:
            service.refused["queue"] += 1
            raise RequestError(429, reason, Retry_After=RETRY)


def _answer(request: Request, response: Response, row: Submission, account: Account) -> SubmissionAnswer:
    response.headers["Location"] = str(request.url_for("read", identity=row.id).path)
    return SubmissionAnswer.of(row, account.name)


@router.get("/submissions", responses=errors(403, 422))
def page(
    request: Request,
    response: Response,
    caller: By,
    session: Reading,
    problem: Slug | SkipJsonSchema[None] = None,
    state: State | SkipJsonSchema[None] = None,
    limit: Limit = _PAGE,
    before: Before = None,
    *,
    team: Annotated[bool, Query(description="Those of the whole team; for setters and admins.")] = False,
) -> SubmissionPage:
    """List submissions, the newest first; the header Link leads to the next page."""
    caller.demand(Scope.READ)
    if team and not caller.sees_team():
        raise RequestError(403, "members see their own submissions only")
    owner = {"team_id": caller.account.team_id} if team else {"account_id": caller.account.id}
    wanted = Wanted(**owner, problem=problem, state=state)
    rows = submissions.history(session, wanted, before, limit + 1)
    if len(rows) > limit:
        following = request.url.include_query_params(before=rows[limit - 1][0].seq)
        response.headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
    return SubmissionPage(items=[SubmissionSummary.of(row, name) for row, name in rows[:limit]])


def visible(session: Session, caller: Caller, identity: str) -> tuple[Submission, str]:
    """Return a submission that the caller may see, and its account's name; raise RequestError (404) otherwise."""
    query = select(Submission, Account.name).join(Account, Account.id == Submission.account_id)
    found = session.execute(query.where(Submission.id == identity).options(undefer(Submission.report))).first()
    if found is None:
        raise RequestError(404, "there is no such submission")
    row, name = found
    is_own = row.account_id == caller.account.id
    is_teams = caller.sees_team() and row.team_id == caller.account.team_id
    if not (is_own or is_teams or caller.account.role == Role.ADMIN):
        # Whether it exists is nobody else's business.
        raise RequestError(404, "there is no such submission")
    return row, name


@router.get(
    "/submissions/{identity}",
    responses={304: {"description": "It is as it was."}, **errors(403, 404, 422)},
)
def read(
    identity: Identifier,
    response: Response,
    caller: By,
    session: Reading,
    if_none_match: Annotated[str | SkipJsonSchema[None], Header()] = None,
) -> Any:
    """Read a submission; with If-None-Match, only if it has changed."""
    caller.demand(Scope.READ)
    row, name = visible(session, caller, identity)
    tag = f'"{row.attempt}-{row.state}"'
    if if_none_match is not None and tag in [one.strip() for one in if_none_match.split(",")]:
        return Response(status_code=304, headers={"ETag": tag})
    response.headers["ETag"] = tag
    return SubmissionAnswer.of(row, name)


@router.get("/submissions/{identity}/source", responses=errors(403, 404, 422))
def source(identity: Identifier, caller: By, session: Reading) -> dict[str, str]:
    """Read what was submitted."""
    caller.demand(Scope.READ)
    row, _ = visible(session, caller, identity)
    return {"problem": row.problem, "source": row.source}


@router.post("/submissions/{identity}/cancel", responses=errors(403, 404, 409, 422))
def cancel(identity: Identifier, caller: By, session: Writing) -> SubmissionAnswer:
    """Cancel a submission that is not done; what runs of it is stopped within seconds."""
    caller.demand(Scope.WRITE)
    with session.begin():
        row, name = visible(session, caller, identity)
        if not submissions.cancel(session, row):
            raise RequestError(409, f"it is {row.state} already")
        session.refresh(row)
    return SubmissionAnswer.of(row, name)


@router.post("/submissions/{identity}/rejudge", status_code=202, responses=errors(403, 404, 409, 422))
def rejudge(
    identity: Identifier, request: Request, response: Response, service: Here, caller: By, session: Writing
) -> SubmissionAnswer:
    """Judge a submission's source once more, with the same seed, as a new submission of the same account."""
    caller.demand(Scope.REJUDGE)
    with session.begin():
        row, _ = visible(session, caller, identity)
        owner = session.get_one(Account, row.account_id)
        asked = (row.problem, row.source, row.seed, service.settings.feedback, row.body_digest)
        draft = Draft(*asked, rejudge_of=row.id, pack_id=row.pack_id)
        made = _queued(session, service, owner, draft)
        accounts.note(session, caller.account.name, "submission.rejudge", row.id)
    return _answer(request, response, made, owner)


async def _watching(service: Here, caller: By) -> AsyncIterator[None]:
    # On the event loop, where nobody else counts meanwhile; it goes on until the last byte is sent.
    with service.watched_by(caller):
        yield


@router.get(
    "/submissions/{identity}/events",
    response_class=StreamingResponse,
    dependencies=[Depends(_watching)],
    responses={
        200: {
            "description": "Server-sent events; this describes one.",
            "content": {"text/event-stream": {"schema": WatchedEvent.model_json_schema()}},
        },
        **errors(403, 404, 422),
    },
)
def events(
    identity: Identifier,
    service: Here,
    caller: By,
    last_event_id: Annotated[int, Header(ge=0, le=2**62)] = 0,
) -> StreamingResponse:
    """Watch a submission: state, suite, started, case, at the end its last state; Last-Event-ID goes on from there."""
    caller.demand(Scope.READ)
    # A session of the request's own would stay open as long as somebody watches.
    with reading(service.engine) as session:
        row, _ = visible(session, caller, identity)
    # A proxy that gathers an answer before it passes it on would keep the news back.
    headers = {"X-Accel-Buffering": "no"}
    return StreamingResponse(_told(service, row.seq, last_event_id), 200, headers, "text/event-stream")


async def _told(service: Service, seq: int, last: int) -> AsyncIterator[bytes]:
    """Yield what happens to a submission until nothing more will; a comment now and then shows that we are there."""
    silent_since = time.monotonic()
    while True:
        found, is_over = await run_in_threadpool(_news, service, seq, last)
        for number, kind, data in found:
            last, silent_since = number, time.monotonic()
            yield format_sse_event(data_str=data, event=kind, id=str(number))
        if is_over:
            return
        if time.monotonic() - silent_since > _PING_SECONDS:
            silent_since = time.monotonic()
            yield KEEPALIVE_COMMENT
        await asyncio.sleep(max(_LOOK_SECONDS, service.watchers.total() / _LOOKS_PER_SECOND))


def _news(service: Service, seq: int, last: int) -> tuple[list[tuple[int, str, str]], bool]:
    """Return what happened since, and whether nothing more will; while the database is away, nothing happens."""
    try:
        with reading(service.engine) as session:
            # The state is read first: what is told with the last state is there when that is.
            state = session.scalar(select(Submission.state).where(Submission.seq == seq))
            found = [(event.id, event.kind, event.data) for event in submissions.events_after(session, seq, last)]
    except AWAY:
        return [], False
    return found, state in (submissions.DONE, submissions.CANCELLED)
