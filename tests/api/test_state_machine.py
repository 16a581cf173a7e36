"""Whatever happens in whatever order, a submission has one verdict and none is lost."""

from dataclasses import dataclass, field

from cluster import BOTH
from hypothesis import settings, stateful
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from api import accounts, submissions
from api.accounts import Role
from api.models import Account, Clock, Event, Submission
from api.queueing import Looking
from api.reaping import Reaper
from api.submissions import ATTEMPTS_CAP, CANCELLED, DONE, QUEUED, RUNNING, Draft, Job, LeaseLost

LEASE_SECONDS = 6.0


@dataclass
class Known:
    """What should be so of a submission."""

    state: str = QUEUED
    attempt: int = 0
    verdict: str | None = None
    is_silent: bool = False


@dataclass
class Model:
    """What should be in the database."""

    submissions: dict[str, Known] = field(default_factory=dict)
    jobs: list[Job] = field(default_factory=list)

    def in_state(self, state: str) -> list[str]:
        return [identity for identity, known in self.submissions.items() if known.state == state]

    def is_current(self, job: Job) -> bool:
        known = self.submissions[job.id]
        return known.state == RUNNING and known.attempt == job.attempt


class Life(stateful.RuleBasedStateMachine):
    """Clients submit and cancel; workers claim, live, fall silent, give up, finish, and come back too late."""

    engine: Engine
    account: Account

    def __init__(self):
        super().__init__()
        self.model = Model()

    def session(self):
        return Session(self.engine)

    @stateful.rule()
    def submit(self):
        with self.session() as session, session.begin():
            made = submissions.create(session, self.account, Draft("kmeans", "x = 1", 0, "full", "digest"))
            self.model.submissions[made.id] = Known()

    @stateful.rule()
    def claim(self):
        with self.session() as session, session.begin():
            job = submissions.claim(session, "worker")
        waiting = self.model.in_state(QUEUED)
        assert (job is not None) == bool(waiting)
        if job is None:
            return
        assert job.id in waiting
        known = self.model.submissions[job.id]
        known.state, known.attempt, known.is_silent = RUNNING, known.attempt + 1, False
        assert job.attempt == known.attempt <= ATTEMPTS_CAP
        self.model.jobs.append(job)

    @stateful.precondition(lambda self: self.model.jobs)
    @stateful.rule(data=st.data())
    def beat(self, data):
        job = data.draw(st.sampled_from(self.model.jobs))
        if self.does(job, lambda session: submissions.beat(session, job)):
            self.model.submissions[job.id].is_silent = False

    @stateful.precondition(lambda self: self.model.jobs)
    @stateful.rule(data=st.data(), verdict=st.sampled_from(["AC", "WA", "TLE"]))
    def finish(self, data, verdict):
        job = data.draw(st.sampled_from(self.model.jobs))
        report = {"verdict": verdict, "score": 1.0, "max_score": 2.0}
        if self.does(job, lambda session: submissions.finish(session, job, report)):
            known = self.model.submissions[job.id]
            known.state, known.verdict = DONE, verdict

    @stateful.precondition(lambda self: self.model.jobs)
    @stateful.rule(data=st.data())
    def give_up(self, data):
        job = data.draw(st.sampled_from(self.model.jobs))
        if self.does(job, lambda session: submissions.give_up(session, job, "the sandbox failed")):
            self.is_tried_again(job.id)

    @stateful.precondition(lambda self: self.model.in_state(RUNNING))
    @stateful.rule(data=st.data())
    def fall_silent(self, data):
        identity = data.draw(st.sampled_from(self.model.in_state(RUNNING)))
        long_ago = update(Submission).where(Submission.id == identity).values(heartbeat_at=Clock() - 10 * LEASE_SECONDS)
        with self.engine.begin() as connection:
            connection.execute(long_ago)
        self.model.submissions[identity].is_silent = True

    @stateful.rule()
    def reap(self):
        dead = [one for one in self.model.in_state(RUNNING) if self.model.submissions[one].is_silent]
        assert Reaper(self.engine, Looking(), LEASE_SECONDS).reap() == len(dead)
        for identity in dead:
            self.is_tried_again(identity)

    @stateful.precondition(lambda self: self.model.submissions)
    @stateful.rule(data=st.data())
    def cancel(self, data):
        identity = data.draw(st.sampled_from(list(self.model.submissions)))
        known = self.model.submissions[identity]
        with self.session() as session, session.begin():
            row = session.scalars(select(Submission).where(Submission.id == identity)).one()
            done = submissions.cancel(session, row)
        assert done == (known.state in (QUEUED, RUNNING))
        if done:
            known.state = CANCELLED

    def does(self, job, act) -> bool:
        """Act as a worker would; tell whether the submission was still its own, as the model says."""
        try:
            with self.session() as session, session.begin():
                act(session)
        except LeaseLost:
            assert not self.model.is_current(job)
            return False
        assert self.model.is_current(job)
        return True

    def is_tried_again(self, identity):
        known = self.model.submissions[identity]
        is_last = known.attempt >= ATTEMPTS_CAP
        known.state, known.verdict = (DONE, "JE") if is_last else (QUEUED, known.verdict)

    @stateful.invariant()
    def the_database_says_the_same(self):
        with self.session() as session:
            rows = session.scalars(select(Submission).where(Submission.account_id == self.account.id)).all()
            found = {row.id: (row.state, row.attempt, row.verdict) for row in rows}
            numbers = {row.id: row.seq for row in rows}
            ended = select(Event.submission_seq).where(Event.kind == "state", Event.data.contains('"done"'))
            ends = session.scalars(ended.where(Event.submission_seq.in_(numbers.values()))).all()
        known = self.model.submissions
        assert found == {one: (it.state, it.attempt, it.verdict) for one, it in known.items()}
        assert sorted(ends) == sorted(numbers[one] for one, it in known.items() if it.state == DONE)

    def teardown(self):
        with self.session() as session, session.begin():
            for row in session.scalars(select(Submission).where(Submission.state.in_((QUEUED, RUNNING)))):
                submissions.cancel(session, row)


@BOTH
def test_no_order_of_events_loses_a_submission_or_judges_it_twice(engine: Engine):
    made = iter(range(1_000_000))

    def life():
        machine = Life()
        with Session(engine, expire_on_commit=False) as session, session.begin():
            machine.account = accounts.create_account(session, "test", f"user {next(made)}", Role.MEMBER, "team")
        return machine

    Life.engine = engine
    stateful.run_state_machine_as_test(
        life, settings=settings(max_examples=60, stateful_step_count=25, deadline=None, derandomize=True)
    )
