"""Private problem packs: their rows, from upload to withdrawal.

queued → verifying → ready or refused. A worker that verifies says every second
that it is alive; what a silent one held, another takes up. Versions are kept
for good, so that what was judged by one can be judged by it again.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, update
from sqlalchemy.orm import Session, undefer

from api import accounts
from api.accounts import Caller
from api.errors import RequestError
from api.models import Clock, ProblemPack
from judge.errors import ProblemError
from judge.packs import problem_of, read_zip

QUEUED, VERIFYING, READY, REFUSED = "queued", "verifying", "ready", "refused"
ATTEMPTS_CAP = 3
DAILY_CAP = 50
"""The versions that a team can bring in 24 hours."""
_DAY_SECONDS = 86_400.0
_RETRY = "3600"

Json = Any


@dataclass(frozen=True, slots=True)
class Task:
    """A version as one attempt to verify it holds it."""

    id: int
    attempt: int
    slug: str
    version: str
    content: bytes


def put(session: Session, caller: Caller, slug: str, content: bytes) -> ProblemPack:
    """Keep a version and queue it to be verified; one that is there already becomes the latest as it is.

    Raises RequestError (422) for what is no pack, (429) for one too many.
    """
    version, team = hashlib.sha256(content).hexdigest(), caller.account.team_id
    row = session.scalar(_versions(team, slug).where(ProblemPack.version == version))
    if row is None:
        row = _new(session, caller, slug, content, version)
    elif row.withdrawn_at is None:
        latest = session.scalar(_versions(team, slug).where(ProblemPack.withdrawn_at.is_(None)).limit(1))
        if latest is row:
            return row
    elif row.state == REFUSED:
        row.state, row.attempt = QUEUED, 0
    row.withdrawn_at = None
    row.put_at = session.scalar(select(Clock())) or 0.0
    session.flush()
    accounts.note(session, caller.account.name, "pack.put", f"{slug} {version[:12]}")
    return row


def _new(session: Session, caller: Caller, slug: str, content: bytes, version: str) -> ProblemPack:
    team = caller.account.team_id
    recent = select(func.count()).select_from(ProblemPack)
    recent = recent.where(ProblemPack.team_id == team, ProblemPack.created_at > Clock() - _DAY_SECONDS)
    if (session.scalar(recent) or 0) >= DAILY_CAP:
        raise RequestError(429, f"a team brings at most {DAILY_CAP} versions in 24 hours", Retry_After=_RETRY)
    try:
        files = read_zip(content, slug)
        summary = problem_of(files, Path("private", slug)).summary
    except ProblemError as error:
        raise RequestError(422, str(error)) from None
    row = ProblemPack(
        team_id=team,
        slug=slug,
        version=version,
        content=content,
        summary=json.dumps(summary),
        statement=files["statement.md"],
        starter=files["starter.py"],
        state=QUEUED,
        created_by=caller.account.id,
        put_at=0.0,
    )
    session.add(row)
    return row


def _versions(team: int, slug: str) -> Select[ProblemPack]:
    """Return the query for a team's versions of a problem, the latest first."""
    query = select(ProblemPack).where(ProblemPack.team_id == team, ProblemPack.slug == slug)
    return query.order_by(ProblemPack.put_at.desc(), ProblemPack.id.desc())


def versions(session: Session, team: int, slug: str) -> Sequence[ProblemPack]:
    """Return a team's versions of a problem that are not withdrawn, the latest first."""
    found: Sequence[ProblemPack] = session.scalars(
        _versions(team, slug).where(ProblemPack.withdrawn_at.is_(None))
    ).all()
    return found


def current(session: Session, team: int, slug: str) -> ProblemPack | None:
    """Return the version that a team's submissions are judged by now, if one is ready."""
    ready = (ProblemPack.withdrawn_at.is_(None), ProblemPack.state == READY)
    texts = (undefer(ProblemPack.statement), undefer(ProblemPack.starter))
    return session.scalar(_versions(team, slug).where(*ready).options(*texts).limit(1))


def summaries(session: Session, team: int) -> list[Json]:
    """Return what lists say of a team's problems that are ready."""
    query = select(ProblemPack.slug, ProblemPack.summary).where(ProblemPack.team_id == team)
    query = query.where(ProblemPack.withdrawn_at.is_(None), ProblemPack.state == READY)
    # The latest of each comes last, and stays.
    rows = session.execute(query.order_by(ProblemPack.put_at, ProblemPack.id))
    latest = {row.slug: row.summary for row in rows}
    return [json.loads(latest[slug]) for slug in sorted(latest)]


def withdraw(session: Session, caller: Caller, slug: str) -> None:
    """Let no more submissions be made to a team's problem; raise RequestError (404) when it has none of that name."""
    change = update(ProblemPack).where(ProblemPack.team_id == caller.account.team_id, ProblemPack.slug == slug)
    change = change.where(ProblemPack.withdrawn_at.is_(None)).values(withdrawn_at=Clock())
    if not session.scalars(change.returning(ProblemPack.id)).all():
        raise RequestError(404, "your team has no problem of this name")
    accounts.note(session, caller.account.name, "pack.withdraw", slug)


def content(session: Session, pack_id: int) -> tuple[str, str, bytes]:
    """Return a version's slug, its name as a version, and its zip."""
    row = session.get_one(ProblemPack, pack_id, options=[undefer(ProblemPack.content)])
    return row.slug, row.version, row.content


def claim(session: Session, lease_seconds: float) -> Task | None:
    """Take up a version that is to be verified, or whose worker has been silent for too long."""
    silent = and_(ProblemPack.state == VERIFYING, ProblemPack.heartbeat_at < Clock() - lease_seconds)
    turn = select(ProblemPack.id).where(or_(ProblemPack.state == QUEUED, silent), ProblemPack.attempt < ATTEMPTS_CAP)
    turn = turn.order_by(ProblemPack.put_at).limit(1).with_for_update(skip_locked=True)
    change = update(ProblemPack).where(ProblemPack.id == turn.scalar_subquery())
    values = {"state": VERIFYING, "attempt": ProblemPack.attempt + 1, "heartbeat_at": Clock()}
    found = session.scalar(change.values(**values).returning(ProblemPack.id))
    if found is None:
        return None
    row = session.get_one(ProblemPack, found, options=[undefer(ProblemPack.content)])
    return Task(row.id, row.attempt, row.slug, row.version, row.content)


def end_hopeless(session: Session, lease_seconds: float) -> None:
    """Refuse what no worker has lived through verifying."""
    hopeless = (ProblemPack.state == VERIFYING, ProblemPack.attempt >= ATTEMPTS_CAP)
    change = update(ProblemPack).where(*hopeless, ProblemPack.heartbeat_at < Clock() - lease_seconds)
    session.execute(change.values(state=REFUSED, defects=json.dumps(["verifying it failed three times"])))


def beat(session: Session, task: Task) -> bool:
    """Say that the verification goes on; tell whether it is still this attempt's, and still wanted."""
    change = update(ProblemPack).where(*_own(task), ProblemPack.withdrawn_at.is_(None))
    return session.scalar(change.values(heartbeat_at=Clock()).returning(ProblemPack.id)) is not None


def settle(session: Session, task: Task, defects: Sequence[str]) -> None:
    """Write down what verifying showed, unless the version is not this attempt's any more."""
    state = REFUSED if defects else READY
    session.execute(update(ProblemPack).where(*_own(task)).values(state=state, defects=json.dumps(list(defects))))


def give_back(session: Session, task: Task) -> None:
    """Queue a version again whose verification was broken off by no fault of its own."""
    session.execute(update(ProblemPack).where(*_own(task)).values(state=QUEUED))


def _own(task: Task) -> tuple[Any, ...]:
    return (ProblemPack.id == task.id, ProblemPack.state == VERIFYING, ProblemPack.attempt == task.attempt)
