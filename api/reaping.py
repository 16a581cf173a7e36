"""Queues again what workers hold that have died."""

import time
from dataclasses import dataclass, field

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api import submissions
from api.database import reading
from api.models import Submission
from api.queueing import Queue
from api.submissions import Job, LeaseLost

_LOOK_SECONDS = 1.0


@dataclass(eq=False)
class Reaper:
    """Looks for silent workers, once a second while the database answers."""

    engine: Engine
    queue: Queue
    lease_seconds: float
    _due_at: float = field(init=False)

    def __post_init__(self) -> None:
        """Give those a moment to speak who have just been started along with the database."""
        self._due_at = time.monotonic() + self.lease_seconds / 2

    def look(self) -> None:
        """Reap when it is time to; what the database raises is the caller's to bear."""
        if time.monotonic() < self._due_at:
            return
        found = self._silent()
        now = time.monotonic()
        # While the database was away nobody could be heard: silence says nothing before all had time to speak.
        was_deaf = now - self._due_at > self.lease_seconds / 2
        self._due_at = now + (self.lease_seconds if was_deaf else _LOOK_SECONDS)
        if not was_deaf:
            self._release(found)

    def reap(self) -> int:
        """Queue again what workers hold that have been silent for too long; return how many those were."""
        found = self._silent()
        self._release(found)
        return len(found)

    def _silent(self) -> list[Job]:
        with reading(self.engine) as session:
            return submissions.silent(session, self.lease_seconds)

    def _release(self, jobs: list[Job]) -> None:
        for job in jobs:
            try:
                with Session(self.engine) as session, session.begin():
                    release(session, self.queue, job, "its workers died over it")
            except LeaseLost:
                # Somebody else was faster.
                continue


def release(session: Session, queue: Queue, job: Job, reason: str) -> None:
    """Give an attempt up, and tell workers of the submission if it is queued again."""
    submissions.give_up(session, job, reason)
    row = session.get_one(Submission, job.seq, populate_existing=True)
    if row.state == submissions.QUEUED:
        queue.announce(session, row)
