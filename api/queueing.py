"""How workers hear of queued submissions: by Procrastinate on PostgreSQL, by looking on SQLite.

A queue only carries news. What it says twice or late changes nothing, since a
submission's row is the truth and can be claimed once; what it forgets it is
told again.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from api.models import Submission

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.05
_QUEUE = "judging"
_TASK = "judge"
# After a failure of the database, say; the submission stays queued.
_RETRY_SECONDS = 1
_POLL_SECONDS = 5.0
# How long to wait for a connection, before it is looked whether anybody answers at all.
_POOL_SECONDS = 5.0
_REMINDERS_CAP = 1000
# A worker can die, or the database go away, between taking a job and claiming its submission.
_UNANNOUNCED = """
    SELECT id, priority FROM submissions
    WHERE state = 'queued' AND NOT EXISTS (
        SELECT 1 FROM procrastinate_jobs AS job
        WHERE job.task_name = %(task)s AND job.status = 'todo' AND job.args ->> 'submission' = submissions.id
    )
    LIMIT %(cap)s
"""

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
        """Defer a job in the submission's own transaction; raise OperationalError where the database is gone."""
        from procrastinate.exceptions import ConnectorException

        connection = session.connection().connection.driver_connection
        job = self._app.configure_task(_TASK, queue=_QUEUE, priority=submission.priority, connection=connection)
        try:
            job.defer(submission=submission.id)
        except ConnectorException as error:
            # Whoever announces has a transaction of SQLAlchemy's, and expects its errors.
            raise OperationalError("defer a job", None, error) from error

    def work(self, handle: Handle, slots: int, stop: threading.Event) -> None:
        """Run a Procrastinate worker in this thread, another one whenever the database went away."""
        asyncio.run(self._work(handle, slots, stop))

    async def _work(self, handle: Handle, slots: int, stop: threading.Event) -> None:
        import psycopg
        from procrastinate.exceptions import ConnectorException

        # One for each slot, one that waits for the end, one that looks up names of hosts; by default their number
        # follows that of the cores.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(slots + 2))
        ending = asyncio.create_task(asyncio.to_thread(stop.wait))
        try:
            while not stop.is_set():
                try:
                    await _until_first({ending, asyncio.create_task(self._listen(handle, slots))}, but=ending)
                except (ConnectorException, psycopg.Error) as error:
                    log.warning("the queue cannot be heard: %s", error.__cause__ or error)
                await asyncio.wait((ending,), timeout=_RETRY_SECONDS)
        finally:
            stop.set()

    async def _listen(self, handle: Handle, slots: int) -> None:
        """Work until the database goes away, or until this is cancelled; what is under way then is finished."""
        import procrastinate
        import psycopg

        # Where nobody answers this fails at once; a pool would go on trying, at ever longer intervals.
        await (await psycopg.AsyncConnection.connect(self._url)).close()
        app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=self._url, timeout=_POOL_SECONDS))

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
            await _until_first({asyncio.create_task(work) for work in (working, self._remind(app))})

    async def _remind(self, app: Any) -> None:
        """Announce again, now and then, what is queued and nobody will hear of."""
        from procrastinate.exceptions import ConnectorException

        while True:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=self._lease_seconds):
                # Another worker may have been faster.
                with suppress(ConnectorException):
                    await app.job_manager.retry_job(job)
            for row in await app.connector.execute_query_all_async(_UNANNOUNCED, task=_TASK, cap=_REMINDERS_CAP):
                job = app.configure_task(_TASK, queue=_QUEUE, priority=row["priority"])
                await job.defer_async(submission=row["id"])
            await asyncio.sleep(self._lease_seconds / 3)


async def _until_first(tasks: set[asyncio.Task[Any]], but: asyncio.Task[Any] | None = None) -> None:
    """Wait until one of the tasks ends, cancel the others except `but`, and raise what the first one raised."""
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        rest = [task for task in tasks if task is not but]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
    for task in done:
        task.result()


def queue_of(engine: Engine, lease_seconds: float) -> Queue:
    """Return the queue that goes with a database."""
    if engine.dialect.name == "sqlite":
        return Looking()
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return Procrastinating(url, lease_seconds)
