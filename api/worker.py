"""Takes up submissions, has them judged, and writes what came of it; any number on any number of hosts.

A worker holds the database's credentials and loads no suite: those run in
graders, which are children with an empty environment.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api import counters, packs, submissions
from api.database import patiently, reading, write_patiently
from api.queueing import Queue
from api.reaping import Reaper, release
from api.submissions import Job, LeaseLost
from judge.catalogue import Catalogue
from judge.errors import JudgeError, UsageError
from judge.graders import CHILDREN, Graders
from judge.judging import GraderStopped, Interrupted, Judge, Progress, open_judges
from judge.judging import Submission as Asked
from judge.packs import problem_of, read_zip, write_files
from judge.pool import Pool
from judge.report import CaseReport
from sandbox.broker import Broker

log = logging.getLogger(__name__)

_BEAT_SECONDS = 1.0
_TELL_SECONDS = 0.2
_REASON_CAP = 2000

Json = Any


@dataclass(eq=False)
class _Held:
    """A job under way, and what its watchers have not been told yet; the lock is for whoever writes of it."""

    job: Job
    lock: threading.Lock = field(default_factory=threading.Lock)
    events: list[tuple[str, Json]] = field(default_factory=list)
    beaten_at: float = field(default_factory=time.monotonic)
    is_lost: bool = False
    judge: Judge | None = None

    def tell(self, kind: str, data: Json) -> None:
        """Keep an event for the next beat; stop the judging of what is nobody's business any more."""
        if self.is_lost:
            raise LeaseLost
        self.events.append((kind, data))

    @contextmanager
    def given_to(self, judge: Judge) -> Iterator[None]:
        """Let it be judged, by a judge that is told when the job is lost."""
        self.judge = judge
        try:
            yield
        finally:
            with self.lock:
                self.judge = None

    def lose(self) -> None:
        """End the judging of what is nobody's business any more; the lock is held."""
        self.is_lost = True
        if self.judge is not None:
            self.judge.interrupt()


@dataclass(eq=False)
class Worker:
    """Judges what is queued, `slots` at once."""

    engine: Engine
    catalogue: Catalogue
    queue: Queue
    broker: Broker
    scale: float
    slots: int
    lease_seconds: float
    graders: Graders = CHILDREN
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")
    _stop: threading.Event = field(default_factory=threading.Event, init=False)
    _restarts_told: int = field(default=0, init=False)
    _held: set[_Held] = field(default_factory=set, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; what is under way then is finished."""
        self._stop = stop
        done = threading.Event()
        keeper = threading.Thread(target=self._keep_leases, args=(done,), name="leases")
        keeper.start()
        try:
            with open_judges(self.broker, self.slots, self.scale, self.graders) as judges:
                self.queue.work(lambda identity: self._handle(judges, identity), self.slots, stop)
        finally:
            done.set()
            keeper.join()

    def _handle(self, judges: Pool[Judge], identity: str | None) -> bool:
        """Judge a queued submission, the one named or the next in turn; tell whether there was one."""
        try:
            with Session(self.engine) as session, session.begin():
                job = submissions.claim(session, self.name, identity)
        except SQLAlchemyError as error:
            log.warning("the database cannot be asked for work: %s", error)
            if identity is None:
                return False
            raise
        if job is not None:
            with self._holding(job) as held, judges.lend() as judge:
                self._attempt(held, judge)
        return job is not None

    @contextmanager
    def _holding(self, job: Job) -> Iterator[_Held]:
        held = _Held(job)
        with self._lock:
            self._held.add(held)
        try:
            yield held
        finally:
            with self._lock:
                self._held.discard(held)

    def _attempt(self, held: _Held, judge: Judge) -> None:
        job = held.job
        try:
            with held.given_to(judge):
                report = self._report(held, judge)
        except (LeaseLost, Interrupted):
            return
        except GraderStopped as error:
            # Another try would end as this one did, and take as long.
            verdict = submissions.judge_error(job, str(error))
            self._write(held, lambda session: submissions.finish(session, job, verdict, held.events))
            return
        except JudgeError as error:
            reason = str(error)[:_REASON_CAP]
            self._write(held, lambda session: release(session, self.queue, job, reason))
            return
        self._write(held, lambda session: submissions.finish(session, job, report, held.events))

    def _report(self, held: _Held, judge: Judge) -> Json:
        job = held.job
        progress = Progress(
            on_suite=lambda names: held.tell("suite", names),
            on_start=lambda name: held.tell("started", name),
            on_case=lambda case: held.tell("case", _told(case)),
        )
        if job.pack_id is not None:
            return self._report_by_pack(job, job.pack_id, judge, progress)
        try:
            problem = self.catalogue.problem(job.problem)
        except UsageError as error:
            return submissions.judge_error(job, str(error))
        return judge.judge(Asked(problem, job.source, job.seed, job.feedback), progress).to_json()

    def _report_by_pack(self, job: Job, pack_id: int, judge: Judge, progress: Progress) -> Json:
        """Judge by the version of a private pack that a submission was made to."""
        slug, version, content = patiently(lambda: self._pack(pack_id), self._stop)
        files = read_zip(content, slug)
        with TemporaryDirectory(prefix="judge-pack-") as root:
            folder = Path(root, "private", slug)
            write_files(files, folder)
            asked = Asked(problem_of(files, folder), job.source, job.seed, job.feedback, pack=version)
            try:
                return judge.judge(asked, progress).to_json()
            finally:
                # The next submission finds a warm grader that this suite has never been in.
                judge.renew()

    def _pack(self, pack_id: int) -> tuple[str, str, bytes]:
        with reading(self.engine) as session:
            return packs.content(session, pack_id)

    def _write(self, held: _Held, change: Callable[[Session], None]) -> None:
        """Write an outcome, however long the database is away: nobody else can take the submission meanwhile."""
        with held.lock:
            try:
                with suppress(LeaseLost):
                    write_patiently(self.engine, change, self._stop)
            except SQLAlchemyError:
                log.exception("an outcome of %s cannot be kept; it is judged again", held.job.id)
            held.is_lost = True

    def _keep_leases(self, done: threading.Event) -> None:
        """Say that submissions are being worked on, and queue those again whose worker is silent."""
        reaper = Reaper(self.engine, self.queue, self.lease_seconds)
        while not done.wait(_TELL_SECONDS):
            with self._lock:
                held = list(self._held)
            try:
                for one in held:
                    self._beat(one)
                reaper.look()
                self._tell_restarts()
            except SQLAlchemyError as error:
                log.warning("the database does not answer: %s", error)

    def _tell_restarts(self) -> None:
        """Count the sessions that died since this was last told."""
        restarts = self.broker.restarts - self._restarts_told
        if restarts:
            with Session(self.engine) as session, session.begin():
                counters.add(session, counters.SANDBOX_RESTARTS, restarts)
            self._restarts_told += restarts

    def _beat(self, held: _Held) -> None:
        now = time.monotonic()
        if not held.events and now - held.beaten_at < _BEAT_SECONDS:
            return
        # Who has the lock writes the outcome just now, which says more, and may have to wait for the database.
        if not held.lock.acquire(blocking=False):
            return
        try:
            if held.is_lost:
                return
            events = list(held.events)
            with Session(self.engine) as session, session.begin():
                submissions.beat(session, held.job, events)
            del held.events[: len(events)]
            held.beaten_at = now
        except LeaseLost:
            held.lose()
        finally:
            held.lock.release()


def _told(case: CaseReport) -> Json:
    """Return what a watcher wants to know of a case at once; the rest is in the report."""
    names = ("name", "title", "group", "verdict", "points", "max_points", "seconds")
    return {name: getattr(case, name) for name in names}
