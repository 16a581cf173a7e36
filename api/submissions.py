"""The life of a submission: queued → running → done or cancelled, whatever dies on the way.

Every change is one transaction that names the state it expects, so that two who
try the same find out who was first. A worker holds a *lease*: it says every
second that it is alive. When it is silent for too long, its submission is
queued again, three times at most; what it says after that is refused, since
its attempt is no longer the current one.
"""

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, and_, func, insert, select, tuple_, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session, undefer

from api import counters
from api.models import Account, Clock, Event, Submission
from judge.report import SCHEMA_VERSION

QUEUED, RUNNING, DONE, CANCELLED = "queued", "running", "done", "cancelled"
STATES = (QUEUED, RUNNING, DONE, CANCELLED)
ATTEMPTS_CAP = 3
_DAY_SECONDS = 86_400.0
_BEYOND = 2**31 - 1
"""More than any submission's number."""

Json = Any


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody asks to be judged."""

    problem: str
    source: str
    seed: int
    feedback: str
    body_digest: str
    idempotency_key: str | None = None
    rejudge_of: str | None = None
    pack_id: int | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A submission as one attempt of a worker holds it."""

    seq: int
    id: str
    attempt: int
    problem: str
    source: str
    seed: int
    feedback: str
    pack_id: int | None = None

    @classmethod
    def of(cls, row: Submission) -> "Job":
        """Return the attempt that a row is at; its source is loaded along with it, or now."""
        return cls(row.seq, row.id, row.attempt, row.problem, row.source, row.seed, row.feedback, row.pack_id)


class LeaseLost(Exception):
    """The submission is no longer this attempt's: it was cancelled, or given to another worker."""


def identifier() -> str:
    """Return a new identifier of 128 random bits."""
    return secrets.token_hex(16)


def create(session: Session, account: Account, draft: Draft, waiting: int | None = None) -> Submission:
    """Queue a submission; the more its account has `waiting`, the later its turn. What is not known is counted."""
    if waiting is None:
        waiting = load(session, account).own_waiting
    made = Submission(
        id=identifier(),
        account_id=account.id,
        team_id=account.team_id,
        problem=draft.problem,
        source=draft.source,
        seed=draft.seed,
        feedback=draft.feedback,
        body_digest=draft.body_digest,
        idempotency_key=draft.idempotency_key,
        rejudge_of=draft.rejudge_of,
        pack_id=draft.pack_id,
        priority=-waiting,
        # Said, so that nobody has to ask the database for it.
        report=None,
    )
    session.add(made)
    session.flush()
    tell(session, made.seq, "state", {"state": QUEUED})
    return made


@dataclass(frozen=True, slots=True)
class Load:
    """How much there is to judge: submissions waiting, of all and of one account, and those it made in 24 hours."""

    waiting: int
    own_waiting: int
    own_today: int


def load(session: Session, account: Account) -> Load:
    """Return the load as an account meets it; none of the three costs more where the history is longer."""
    waits, is_own = Submission.state == QUEUED, Submission.account_id == account.id
    conditions = ((waits,), (waits, is_own), (is_own, Submission.created_at > Clock() - _DAY_SECONDS))
    counts = (select(func.count()).select_from(Submission).where(*those).scalar_subquery() for those in conditions)
    return Load(*session.execute(select(*counts)).one())


def oldest_wait(session: Session) -> float:
    """Return for how many seconds the oldest queued submission waits."""
    oldest = select(func.min(Submission.created_at)).where(Submission.state == QUEUED).scalar_subquery()
    return session.scalar(select(func.coalesce(Clock() - oldest, 0.0))) or 0.0


def of_key(session: Session, account: Account, key: str) -> Submission | None:
    """Return the submission that an account made with an idempotency key."""
    return session.scalar(
        select(Submission).where(Submission.account_id == account.id, Submission.idempotency_key == key)
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which submissions of an account or a team a page shows: all, or those of a problem or in a state."""

    account_id: int | None = None
    team_id: int | None = None
    problem: str | None = None
    state: str | None = None


def history(session: Session, wanted: Wanted, before: int | None, limit: int) -> Sequence[Row[Submission, str]]:
    """Return submissions with their accounts' names, the latest first, below the number `before`."""
    facts: dict[Any, Any] = {Submission.team_id: wanted.team_id, Submission.account_id: wanted.account_id}
    # What is not over is little, and the problem can be looked at in each of it.
    by_problem = wanted.problem is not None and wanted.state in (None, DONE)
    facts |= {Submission.problem: wanted.problem} if by_problem else {Submission.state: wanted.state}
    key = {column: value for column, value in facts.items() if value is not None}
    query = select(Submission, Account.name).join(Account, Account.id == Submission.account_id)
    for column, value in ((Submission.problem, wanted.problem), (Submission.state, wanted.state)):
        if value is not None and column not in key:
            # SQLite would rather look for this than go along the stretch.
            query = query.where(func.coalesce(column, "") == value)
    stretch = _stretch(session, key, before or _BEYOND)
    latest = query.where(*stretch).order_by(*(column.desc() for column in (*key, Submission.seq)))
    return session.execute(latest.limit(limit)).all()


def _stretch(session: Session, key: dict[Any, Any], before: int) -> tuple[Any, ...]:
    """Return the conditions for one stretch of the index over a key's columns and `seq`."""
    if session.get_bind().dialect.name == "sqlite":
        return (*(column == value for column, value in key.items()), Submission.seq < before)
    # Told what the columns before `seq` are equal to, PostgreSQL goes through everybody's later submissions instead
    # where it takes them for few; told that a row is between two others, it has only this index to go by.
    place = tuple_(*key, Submission.seq)
    return place > tuple_(*key.values(), 0), place < tuple_(*key.values(), before)


def claim(session: Session, worker: str, identity: str | None = None) -> Job | None:
    """Take up a queued submission, the one named or the next in turn; None when there is none."""
    turn: Select[Any] = select(Submission.seq).where(Submission.state == QUEUED)
    if identity is not None:
        turn = turn.where(Submission.id == identity)
    turn = turn.order_by(Submission.priority.desc(), Submission.seq).limit(1).with_for_update(skip_locked=True)
    change = (
        update(Submission)
        .where(Submission.seq == turn.scalar_subquery(), Submission.state == QUEUED)
        .values(
            state=RUNNING,
            attempt=Submission.attempt + 1,
            worker=worker,
            heartbeat_at=Clock(),
            started_at=func.coalesce(Submission.started_at, Clock()),
        )
        .returning(Submission.seq)
    )
    seq = session.scalar(change)
    if seq is None:
        return None
    row = session.get_one(Submission, seq, options=[undefer(Submission.source)])
    tell(session, seq, "state", {"state": RUNNING, "attempt": row.attempt})
    return Job.of(row)


def _own(job: Job) -> Any:
    return and_(Submission.seq == job.seq, Submission.state == RUNNING, Submission.attempt == job.attempt)


def beat(session: Session, job: Job, events: Sequence[tuple[str, Json]] = ()) -> None:
    """Say that the worker lives, and what happened since; raise LeaseLost when the submission is not its any more."""
    _change(session, update(Submission).where(_own(job)).values(heartbeat_at=Clock()))
    tell_all(session, job.seq, events)


def finish(session: Session, job: Job, report: Json, events: Sequence[tuple[str, Json]] = ()) -> None:
    """Record the verdict, once; raise LeaseLost when the submission is not this attempt's any more."""
    facts = {name: report[name] for name in ("verdict", "score", "max_score")}
    change = update(Submission).where(_own(job))
    _change(session, change.values(state=DONE, report=json.dumps(report), finished_at=Clock(), **facts))
    tell_all(session, job.seq, [*events, ("state", {"state": DONE, **facts})])
    _count_verdict(session, job.seq)


def _count_verdict(session: Session, seq: int) -> None:
    row = session.get_one(Submission, seq, populate_existing=True)
    # These figures are for anybody's eyes, and a team's own problems are not.
    problem = row.problem if row.pack_id is None else "(private)"
    created, started, finished = row.created_at, row.started_at or row.created_at, row.finished_at or row.created_at
    for name, amount in (
        (counters.JUDGED, 1.0),
        (counters.WAITING_SECONDS, started - created),
        (counters.JUDGING_SECONDS, finished - started),
    ):
        counters.add(session, name, amount, problem, row.verdict or "")


def give_up(session: Session, job: Job, reason: str) -> None:
    """Take note that an attempt failed by no fault of the submission: queue it again, or end it as a judge error."""
    if job.attempt >= ATTEMPTS_CAP:
        finish(session, job, judge_error(job, reason))
        return
    _change(session, update(Submission).where(_own(job)).values(state=QUEUED, worker=None, heartbeat_at=None))
    tell(session, job.seq, "state", {"state": QUEUED})


def silent(session: Session, lease_seconds: float) -> list[Job]:
    """Return the attempts whose worker has not been heard of for so long."""
    rows = session.scalars(
        select(Submission)
        .where(Submission.state == RUNNING, Submission.heartbeat_at < Clock() - lease_seconds)
        .options(undefer(Submission.source))
    )
    return [Job.of(row) for row in rows]


def cancel(session: Session, submission: Submission) -> bool:
    """Cancel what is not done yet; tell whether it was this call that did it."""
    change = update(Submission).where(Submission.seq == submission.seq, Submission.state.in_((QUEUED, RUNNING)))
    result = session.execute(change.values(state=CANCELLED, finished_at=Clock()))
    if not _count(result):
        return False
    tell(session, submission.seq, "state", {"state": CANCELLED})
    return True


def _change(session: Session, change: Any) -> None:
    if not _count(session.execute(change.execution_options(synchronize_session=False))):
        raise LeaseLost


def _count(result: Any) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0


def judge_error(job: Job, reason: str) -> Json:
    """Return the report of a submission that could not be judged."""
    return {
        "problem": job.problem,
        "verdict": "JE",
        "score": 0.0,
        "max_score": 0.0,
        "seed": job.seed,
        "feedback": job.feedback,
        "message": f"It could not be judged, by no fault of its own: {reason}",
        "sandbox": {"name": "", "isolated": True, "limits": ""},
        "limits": {"wall_seconds": 0.0, "cpu_seconds": 0.0, "memory_mib": 0, "scale": 1.0},
        "cases": [],
        "diagnosis": None,
        "versions": {},
        "schema_version": SCHEMA_VERSION,
    }


def tell(session: Session, seq: int, kind: str, data: Json) -> None:
    """Add an event for the submission's watchers."""
    tell_all(session, seq, [(kind, data)])


def tell_all(session: Session, seq: int, events: Iterable[tuple[str, Json]]) -> None:
    """Add events in their order."""
    rows = [{"submission_seq": seq, "kind": kind, "data": json.dumps(data)} for kind, data in events]
    if rows:
        session.execute(insert(Event), rows)


def events_after(session: Session, seq: int, last: int) -> Sequence[Event]:
    """Return a submission's events that came after the one with number `last`."""
    return session.scalars(select(Event).where(Event.submission_seq == seq, Event.id > last).order_by(Event.id)).all()
