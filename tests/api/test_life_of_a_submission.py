"""The state machine: who holds a submission, who loses it, and that there is one verdict whatever dies."""

import pytest
from cluster import BOTH
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from api import accounts, submissions
from api.accounts import Role
from api.models import Account, Clock, Submission
from api.queueing import Looking
from api.reaping import Reaper
from api.submissions import ATTEMPTS_CAP, Draft, LeaseLost

pytestmark = BOTH
REPORT = {"verdict": "WA", "score": 1.0, "max_score": 2.0}


def queued(engine: Engine, account: Account) -> str:
    with Session(engine) as session, session.begin():
        return submissions.create(session, account, Draft("kmeans", "x = 1", 0, "full", "digest")).id


def claimed(engine: Engine) -> submissions.Job | None:
    with Session(engine) as session, session.begin():
        return submissions.claim(session, "test")


def fall_silent(engine: Engine) -> None:
    """Let the worker's last sign of life be long ago."""
    with engine.begin() as connection:
        connection.execute(update(Submission).values(heartbeat_at=Clock() - 60.0))


def state_of(engine: Engine, identity: str) -> tuple[str, str | None]:
    with Session(engine) as session:
        row = session.query(Submission).where(Submission.id == identity).one()
        return row.state, row.verdict


def test_a_submission_is_claimed_once(engine: Engine, account: Account):
    """The second worker finds nothing."""
    identity = queued(engine, account)
    job = claimed(engine)
    assert job is not None
    assert job.id == identity
    assert claimed(engine) is None


def test_a_worker_that_was_given_up_cannot_write_a_verdict(engine: Engine, account: Account):
    """Its attempt is no longer the current one, and the verdict is the second worker's."""
    identity = queued(engine, account)
    first = claimed(engine)
    assert first is not None
    fall_silent(engine)
    assert Reaper(engine, Looking(), 6.0).reap() == 1
    second = claimed(engine)
    assert second is not None
    assert second.attempt == 2
    with pytest.raises(LeaseLost), Session(engine) as session, session.begin():
        submissions.finish(session, first, {**REPORT, "verdict": "AC"})
    with Session(engine) as session, session.begin():
        submissions.finish(session, second, REPORT)
    assert state_of(engine, identity) == ("done", "WA")


def test_a_living_worker_keeps_its_submission(engine: Engine, account: Account):
    """A sign of life is enough."""
    queued(engine, account)
    job = claimed(engine)
    assert job is not None
    fall_silent(engine)
    with Session(engine) as session, session.begin():
        submissions.beat(session, job)
    assert Reaper(engine, Looking(), 6.0).reap() == 0


def test_what_kills_every_worker_ends_as_a_judge_error(engine: Engine, account: Account):
    """Three tries, then it is told, and nobody tries again."""
    identity = queued(engine, account)
    for _ in range(ATTEMPTS_CAP):
        assert claimed(engine) is not None
        fall_silent(engine)
        Reaper(engine, Looking(), 6.0).reap()
    assert state_of(engine, identity) == ("done", "JE")
    assert claimed(engine) is None


def test_a_cancelled_submission_gets_no_verdict(engine: Engine, account: Account):
    """Neither queued nor under way; and what is cancelled cannot be cancelled again."""
    identity = queued(engine, account)
    job = claimed(engine)
    assert job is not None
    with Session(engine) as session, session.begin():
        row = session.get_one(Submission, job.seq)
        assert submissions.cancel(session, row)
        assert not submissions.cancel(session, row)
    with pytest.raises(LeaseLost), Session(engine) as session, session.begin():
        submissions.finish(session, job, REPORT)
    assert state_of(engine, identity) == ("cancelled", None)


def test_many_submissions_of_one_do_not_delay_the_first_of_another(engine: Engine, account: Account):
    """At most one of the many goes before it."""
    for _ in range(20):
        queued(engine, account)
    with Session(engine, expire_on_commit=False) as session, session.begin():
        other = accounts.create_account(session, "test", "bob", Role.MEMBER, "team")
    late = queued(engine, other)
    turns = [job.id for job in (claimed(engine), claimed(engine)) if job is not None]
    assert late in turns
