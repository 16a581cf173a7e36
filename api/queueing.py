"""How workers hear of queued submissions: by Procrastinate on PostgreSQL, by looking on SQLite.

A queue only carries news. What it says twice or late changes nothing, since a
submission's row is the truth and can be claimed once.
"""

import asyncio
import threading
from collections.abc import Callable
from typing import Any, Protocol

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.models import Submission

_LOOK_SECONDS = 0.05
_QUEUE = "judging"
_TASK = "judge"
# After a failure of the database, say; the submission stays queued.
_RETRY_SECONDS = 1
_POLL_SECONDS = 5.0

Handle = Callable[[str | None], bool]


class Queue(Protocol):
    """News of queued submissions."""

    def announce(self, session: Session, submission: Submission) -> None:
        """Tell workers of a submission, if and when the session's transaction is committed."""
        ...

    def work(self, handle: Handle, slots: int, stop: threading.Event) -> None:
        """Call `handle` with what is announced, in as many threads as there are slots, until `stop` is set.

        It is given a submission's identifier, or None for the next in turn, and
        returns whether there was anything to do.
        """
        ...


class Looking:
    """A queue for one machine: idle workers look at the table."""

    def announce(self, session: Session, submission: Submission) -> None:
        """Do nothing: the row itself is seen."""

    def work(self, handle: Handle, slots: int, stop: threading.Event) -> None:
        """Look for work again and again, soon after there was some and now and then when there was none."""

        def look() -> None:
            while not stop.is_set():
                if not handle(None):
                    stop.wait(_LOOK_SECONDS)

        threads = [threading.Thread(target=look, name=f"slot {number}") for number in range(slots)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


class Procrastinating:
    """A queue for many hosts: Procrastinate's jobs in the same PostgreSQL database."""

    def __init__(self, url: str, lease_seconds: float) -> None:
        """Use the database at `url`, as psycopg reads it; workers silent for longer than the lease are dead."""
        import procrastinate

        self._url = url
        self._lease_seconds = lease_seconds
        # It only writes jobs, and on connections of ours.
        self._app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=url))

    def announce(self, session: Session, submission: Submission) -> None:
        """Defer a job in the submission's own transaction."""
        connection = session.connection().connection.driver_connection
        job = self._app.configure_task(_TASK, queue=_QUEUE, priority=submission.priority, connection=connection)
        job.defer(submission=submission.id)

    def work(self, handle: Handle, slots: int, stop: threading.Event) -> None:
        """Run a Procrastinate worker in this thread."""
        asyncio.run(self._work(handle, slots, stop))

    async def _work(self, handle: Handle, slots: int, stop: threading.Event) -> None:
        import procrastinate

        app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=self._url))

        @app.task(name=_TASK, retry=procrastinate.RetryStrategy(wait=_RETRY_SECONDS))
        def judge(submission: str) -> None:
            handle(submission)

        async with app.open_async():
            working = app.run_worker_async(
                queues=[_QUEUE],
                concurrency=slots,
                fetch_job_polling_interval=_POLL_SECONDS,
                install_signal_handlers=False,
                delete_jobs="always",
                update_heartbeat_interval=self._lease_seconds / 3,
                stalled_worker_timeout=self._lease_seconds,
            )
            tasks = [asyncio.create_task(work) for work in (working, self._revive(app), asyncio.to_thread(stop.wait))]
            done, rest = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            stop.set()
            for task in rest:
                task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)
            for task in done:
                task.result()

    async def _revive(self, app: Any) -> None:
        """Have Procrastinate retry the jobs of workers that died, again and again."""
        while True:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=self._lease_seconds):
                await app.job_manager.retry_job(job)
            await asyncio.sleep(self._lease_seconds / 3)


def queue_of(engine: Engine, lease_seconds: float) -> Queue:
    """Return the queue that goes with a database."""
    if engine.dialect.name == "sqlite":
        return Looking()
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return Procrastinating(url, lease_seconds)
