"""Runs the service: `judge serve` with workers beside it, `judge worker` for more of them on other hosts."""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api import accounts
from api.accounts import ALLOWED, Grant, Role
from api.opening import open_current, open_existing
from api.queueing import queue_of
from api.service import Service
from api.settings import Settings
from judge.catalogue import Catalogue
from judge.cli import JUDGE_ERROR, USAGE, exit_codes
from judge.errors import UsageError
from judge.graders import CHILDREN, Graders

log = logging.getLogger(__name__)

_STOP_SECONDS = 60.0
_CALM_SECONDS, _CALM_CAP = 1.0, 15.0
_BACKLOG = 2048
_WATCHERS_SECONDS = 3
_LOOK_SECONDS = 0.1
_NICENESS = 5


def serve(settings: Settings) -> None:
    """Serve HTTP until a signal comes, with workers as child processes that are started again when they die."""
    import uvicorn

    from api.app import create_app

    catalogue, engine = _catalogue(settings), open_current(settings.database_url)
    if settings.is_loopback and settings.loopback_member:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            accounts.local_member(session)
    service = Service(settings, engine, catalogue, queue_of(engine, settings.lease_seconds))
    config = uvicorn.Config(
        create_app(service),
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        # Watchers would never go by themselves.
        timeout_graceful_shutdown=_WATCHERS_SECONDS,
    )
    # uvicorn raises once more what signal ended it: that is not to cut off what is still to be done here.
    stop_on_signals()
    with _listening(settings) as listener, _workers_beside(settings):
        uvicorn.Server(config).run([listener])


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """Listen, and say where; raise UsageError where that cannot be."""
    host, family = settings.host, socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((host, settings.port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise UsageError(f"JUDGE_HOST {host}, JUDGE_PORT {settings.port}: {error.strerror}") from error
    with listener:
        # What is accepted inherits it. asyncio sets it for sockets that name their protocol only, and without it the
        # second packet of every answer waits some 40 ms for the first one's acknowledgement.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        name = f"[{host}]" if family == socket.AF_INET6 else host
        sys.stderr.write(f"Serving on http://{name}:{listener.getsockname()[1]}; Ctrl+C ends it.\n")
        yield listener


def _catalogue(settings: Settings) -> Catalogue:
    """Return the problems; raise UsageError where there are none."""
    catalogue = Catalogue(settings.problems)
    if not catalogue.slugs():
        raise UsageError(f"JUDGE_PROBLEMS {settings.problems}: there are no problems here")
    return catalogue


@contextmanager
def _workers_beside(settings: Settings) -> Iterator[None]:
    """Keep a worker process going, unless none is wanted here."""
    if settings.workers == 0:
        yield
        return
    stop = threading.Event()
    keeper = threading.Thread(target=_keep_worker, args=(settings, stop), name="worker's keeper")
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()


def _keep_worker(settings: Settings, stop: threading.Event) -> None:
    command, calm = [sys.executable, "-P", "-m", "api.serving"], _CALM_SECONDS
    while not stop.is_set():
        # By a pipe: a database's password does not belong on a command line. Its end tells the worker of ours.
        reading, writing = os.pipe()
        process = subprocess.Popen(command, stdin=reading)
        os.close(reading)
        with open(writing, "w") as settings_pipe:
            settings_pipe.write(settings.model_dump_json() + "\n")
            settings_pipe.flush()
            while process.poll() is None and not stop.wait(_LOOK_SECONDS):
                pass
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        # What kept it from working is still there, most likely; and what it said of that need not be said so often.
        calm = min(2 * calm, _CALM_CAP) if process.returncode in {USAGE, JUDGE_ERROR} else _CALM_SECONDS
        if not stop.is_set():
            log.warning("the worker ended with %s; another is started in %g s", process.returncode, calm)
            stop.wait(calm)


def work(settings: Settings, stop: threading.Event) -> None:
    """Judge what is queued until `stop` is set."""
    from api.worker import Worker
    from judge.bootstrap import measure_scale, open_broker

    catalogue, engine, scale = _catalogue(settings), open_existing(settings.database_url), measure_scale()
    problem = next(iter(catalogue.all()))
    queue = queue_of(engine, settings.lease_seconds)
    with open_broker(problem, scale) as broker, _graders(settings) as graders, _verifier(engine, settings, stop):
        sys.stderr.write(f"Judging what is queued, {settings.workers} at once.\n")
        Worker(engine, catalogue, queue, broker, scale, settings.workers, settings.lease_seconds, graders).run(stop)


@contextmanager
def _graders(settings: Settings) -> Iterator[Graders]:
    """Return what starts graders: in jails, unless the settings do without; raise JudgeError where there are none."""
    from judge.bootstrap import jailed_graders

    if not settings.jailed_graders:
        yield CHILDREN
        return
    with jailed_graders(settings.grading_seconds) as graders:
        yield graders


@contextmanager
def _verifier(engine: Engine, settings: Settings, stop: threading.Event) -> Iterator[None]:
    """Verify packs beside, where graders are jailed."""
    from api.verifying import Verifier

    if not settings.jailed_graders:
        yield
        return
    verifier = threading.Thread(target=Verifier(engine, settings.lease_seconds).run, args=(stop,), name="verifier")
    verifier.start()
    try:
        yield
    finally:
        stop.set()
        verifier.join()


def stop_on_signals() -> threading.Event:
    """Return an event that a signal to end sets."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def create_admin(settings: Settings, name: str) -> str:
    """Make an admin with a team of the same name; return its token's secret, which is shown this once."""
    engine = open_current(settings.database_url)
    with Session(engine) as session, session.begin():
        account = accounts.create_account(session, name, name, Role.ADMIN, name)
        grant = Grant("first", ALLOWED[Role.ADMIN], settings.token_days)
        _, secret = accounts.create_token(session, name, account, grant)
    return secret


def _wait_for_end(stop: threading.Event) -> None:
    sys.stdin.read()
    stop.set()


def _work_beside() -> None:
    """Be the worker that `serve` keeps: settings come by standard input, and its end is ours."""
    stop = threading.Event()
    # Requests are answered before submissions are judged: that is a matter of milliseconds, this one of seconds.
    os.nice(_NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    settings = Settings.model_validate_json(sys.stdin.readline())
    threading.Thread(target=_wait_for_end, args=(stop,), daemon=True).start()
    work(settings, stop)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    with exit_codes():
        _work_beside()
