"""The database goes away and comes back: nobody dies of it, and nothing is lost or judged in vain."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import httpx2
import pytest
from cluster import BOTH, Cluster
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm import Session

from api import database, submissions
from api.app import create_app
from api.database import is_current, open_engine, patiently, revision_of
from api.models import Account, Submission
from api.queueing import Looking, Queue, queue_of
from api.reaping import Reaper
from api.service import Service
from api.settings import Settings
from api.submissions import Draft, Job
from api.worker import Worker, _Held
from judge.catalogue import Catalogue
from sandbox.broker import Broker

POSTGRESQL = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
RIGHT = (Path(__file__).parents[2] / "examples/kmeans.py").read_text(encoding="utf-8")
BODY = {"problem": "kmeans", "source": "class KMeans: ..."}
REPORT = {"verdict": "AC", "score": 2.0, "max_score": 2.0}
LEASE_SECONDS = 3.0


@contextmanager
def outage(cluster: Cluster, seconds: float) -> Iterator[None]:
    """Take the database away for so long; the block runs meanwhile."""
    cluster.stop()
    begun = time.monotonic()
    try:
        yield
        time.sleep(max(0.0, begun + seconds - time.monotonic()))
    finally:
        cluster.start()


def queued(engine: Engine, account: Account, queue: Queue, source: str = "x = 1") -> str:
    with Session(engine) as session, session.begin():
        row = submissions.create(session, account, Draft("kmeans", source, 0, "full", "digest"))
        queue.announce(session, row)
        return row.id


def claimed(engine: Engine) -> Job:
    with Session(engine) as session, session.begin():
        job = submissions.claim(session, "elsewhere")
        assert job is not None
        return job


def announcements(engine: Engine) -> list[str]:
    """Return the submissions of all jobs that are waiting or under way."""
    with Session(engine) as session:
        return list(session.scalars(text("SELECT args ->> 'submission' FROM procrastinate_jobs")))


def row_of(engine: Engine, identity: str) -> Submission:
    with Session(engine) as session:
        return session.scalars(select(Submission).where(Submission.id == identity)).one()


def wait_for(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


@contextmanager
def in_thread(work: Callable[[threading.Event], object]) -> Iterator[threading.Thread]:
    """Run something during the block, until its event is set."""
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(stop,))
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join()


@POSTGRESQL
def test_a_worker_hears_of_submissions_again_after_a_restart(engine: Engine, account: Account, cluster: Cluster):
    """Whether it was idle or not, and however often that happens."""
    queue, heard = queue_of(engine, LEASE_SECONDS), list[str | None]()

    def handle(identity: str | None) -> bool:
        heard.append(identity)
        return True

    with in_thread(lambda stop: queue.work(handle, 2, stop)) as thread:
        for seconds in (0.0, 4.0):
            identity = queued(engine, account, queue)
            wait_for(lambda identity=identity: identity in heard)
            with outage(cluster, seconds):
                pass
        identity = queued(engine, account, queue)
        wait_for(lambda: identity in heard)
        assert thread.is_alive()


@POSTGRESQL
def test_what_was_never_announced_is_heard_of_all_the_same(engine: Engine, account: Account):
    """The news can get lost; the row is the truth."""
    identity, heard = queued(engine, account, Looking()), threading.Event()

    def handle(found: str | None) -> bool:
        assert found == identity
        claimed(engine)
        heard.set()
        return True

    queue = queue_of(engine, LEASE_SECONDS)
    with in_thread(lambda stop: queue.work(handle, 1, stop)):
        assert heard.wait(30)


@POSTGRESQL
def test_what_is_announced_is_not_announced_again(engine: Engine, account: Account):
    """A reminder is for what nobody would hear of."""
    queue = queue_of(engine, LEASE_SECONDS)
    identities = [queued(engine, account, queue) for _ in range(5)]
    # Between hearing of a submission and claiming it there may be a reminder, so the first is claimed already.
    claimed(engine)
    is_heard, is_free = threading.Event(), threading.Event()

    def handle(_: str | None) -> bool:
        is_heard.set()
        return is_free.wait(60)

    with in_thread(lambda stop: queue.work(handle, 1, stop)):
        assert is_heard.wait(30)
        time.sleep(2.5 * LEASE_SECONDS)
        announced = announcements(engine)
        is_free.set()
    assert sorted(announced) == sorted(identities)


@POSTGRESQL
def test_an_outage_costs_no_attempt(engine: Engine, account: Account, cluster: Cluster):
    """Nobody could be heard meanwhile; whoever stays silent afterwards loses the submission as ever."""
    spoke, died = (queued(engine, account, Looking()) for _ in range(2))
    other = claimed(engine)
    assert other.id == spoke
    claimed(engine)
    worker = Worker(engine, Catalogue(), Looking(), Broker(sandbox=None), 1.0, 1, LEASE_SECONDS)  # type: ignore[arg-type]  # it judges nothing
    with in_thread(worker._keep_leases):
        with outage(cluster, 2 * LEASE_SECONDS):
            pass
        # It takes the other worker a moment to find out that the database is back.
        time.sleep(1.0)
        for _ in range(int(3 * LEASE_SECONDS)):
            with Session(engine) as session, session.begin():
                submissions.beat(session, other)
            time.sleep(1.0)
    assert (row_of(engine, spoke).state, row_of(engine, spoke).attempt) == ("running", 1)
    assert row_of(engine, died).state == "queued"


def test_a_database_that_stood_still_is_no_silence_of_workers(engine: Engine, account: Account, monkeypatch):
    """It answers in the end, and then every sign of life is old."""
    queued(engine, account, Looking())
    claimed(engine)
    reaper = Reaper(engine, Looking(), LEASE_SECONDS)
    clock = SimpleNamespace(now=time.monotonic() + LEASE_SECONDS)
    monkeypatch.setattr("api.reaping.time", SimpleNamespace(monotonic=lambda: clock.now))
    silent, found = submissions.silent, list[int]()

    def slow(session: Session, lease_seconds: float) -> list[Job]:
        clock.now += 60.0
        return silent(session, -lease_seconds)

    monkeypatch.setattr(submissions, "silent", slow)
    monkeypatch.setattr(reaper, "_release", lambda jobs: found.append(len(jobs)))
    reaper.look()
    assert not found
    # The next look is due when all had time to speak, and goes on as ever.
    clock.now += LEASE_SECONDS - 60.0
    monkeypatch.setattr(submissions, "silent", lambda session, lease_seconds: silent(session, -lease_seconds))
    clock.now += 60.0
    reaper.look()
    assert found == [1]


@POSTGRESQL
def test_a_verdict_is_kept_until_the_database_takes_it(
    engine: Engine, account: Account, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
):
    """Five minutes are no reason to judge once more."""
    identity = queued(engine, account, Looking())
    job, waited = claimed(engine), list[float]()

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 5:
            cluster.start()

    clock = SimpleNamespace(sleep=sleep, monotonic=lambda: 60.0 * len(waited))
    monkeypatch.setattr(database, "time", clock)
    worker = Worker(engine, Catalogue(), Looking(), Broker(sandbox=None), 1.0, 1, LEASE_SECONDS)  # type: ignore[arg-type]  # it judges nothing
    cluster.stop()
    worker._write(_Held(job), lambda session: submissions.finish(session, job, REPORT))
    assert len(waited) == 5
    row = row_of(engine, identity)
    assert (row.state, row.verdict, row.attempt) == ("done", "AC", 1)


def test_the_end_is_not_put_off_for_ever(monkeypatch: pytest.MonkeyPatch):
    """Who is to stop waits half a minute more for the database."""
    tries, stop = list[float](), threading.Event()

    def act() -> None:
        tries.append(0.0)
        raise OperationalError("x", None, Exception("away"))

    monkeypatch.setattr(database, "time", SimpleNamespace(sleep=lambda _: None, monotonic=lambda: float(len(tries))))
    stop.set()
    with pytest.raises(OperationalError):
        patiently(act, stop)
    assert 20 < len(tries) < 40


def test_what_the_database_refuses_is_not_tried_again():
    """Only its absence passes by itself."""
    tries = list[int]()

    def act() -> None:
        tries.append(1)
        raise DataError("x", None, Exception("no text"))

    with pytest.raises(DataError):
        patiently(act, threading.Event())
    assert len(tries) == 1


@POSTGRESQL
def test_an_outage_while_a_submission_is_judged_changes_nothing(
    engine: Engine, account: Account, broker: Broker, cluster: Cluster
):
    """It is longer than the lease, and yet there is one attempt and the right verdict."""
    queue = queue_of(engine, LEASE_SECONDS)
    worker = Worker(engine, Catalogue(), queue, broker, 1.0, 1, LEASE_SECONDS)
    with in_thread(worker.run):
        identity = queued(engine, account, queue, f"import time\ntime.sleep(0.3)\n{RIGHT}")
        wait_for(lambda: row_of(engine, identity).state == "running")
        with outage(cluster, 2 * LEASE_SECONDS):
            pass
        wait_for(lambda: row_of(engine, identity).state == "done", 180.0)
    row = row_of(engine, identity)
    assert (row.verdict, row.attempt) == ("AC", 1)


@POSTGRESQL
def test_requests_are_put_off_while_the_database_is_away(service: Service, engine: Engine, cluster: Cluster):
    """With a problem document that says when to come back; and then they are answered."""
    object.__setattr__(service, "queue", queue_of(engine, LEASE_SECONDS))
    base = "http://localhost/api/v1"
    with TestClient(create_app(service), base_url=base, client=("127.0.0.1", 5000)) as client:
        assert client.post("/submissions", json=BODY).status_code == 202
        with outage(cluster, 0.0):
            for method, path in (("POST", "/submissions"), ("GET", "/submissions"), ("GET", "/readyz"), ("GET", "/me")):
                answer = client.request(method, path, json=BODY if method == "POST" else None)
                assert answer.status_code == 503
                assert int(answer.headers["Retry-After"]) > 0
                assert answer.headers["Content-Type"] == "application/problem+json"
                assert answer.json()["status"] == 503
            assert client.get("/healthz").status_code == 200
        assert client.post("/submissions", json=BODY).status_code == 202


@POSTGRESQL
def test_a_queue_that_breaks_off_is_the_database_being_away(engine: Engine, account: Account, cluster: Cluster):
    """The submission's transaction has begun already."""
    queue, session = queue_of(engine, LEASE_SECONDS), Session(engine)
    row = submissions.create(session, session.get_one(Account, account.id), Draft("kmeans", "", 0, "full", "digest"))
    with outage(cluster, 0.0):
        pass
    with pytest.raises(OperationalError):
        queue.announce(session, row)
    session.invalidate()


@POSTGRESQL
def test_a_watcher_outlives_a_restart(service: Service, engine: Engine, cluster: Cluster, running):
    """What happens later is told on the same connection."""
    with running(service) as address:
        made = httpx2.post(f"{address}/api/v1/submissions", json=BODY).json()["id"]
        with httpx2.stream("GET", f"{address}/api/v1/submissions/{made}/events", timeout=60) as told:
            lines = told.iter_lines()
            assert next(lines) == "event: state"
            with outage(cluster, 1.0):
                pass
            job = claimed(engine)
            with Session(engine) as session, session.begin():
                submissions.finish(session, job, REPORT)
            assert any('"verdict": "AC"' in line for line in lines)


def test_a_host_that_says_nothing_is_given_up_within_seconds():
    """It takes the connection, and that is all."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        engine = open_engine(f"postgresql://judge@127.0.0.1:{mute.getsockname()[1]}/judge")
        begun = time.monotonic()
        with pytest.raises(OperationalError), engine.connect():
            pass
        assert time.monotonic() - begun < 15.0


def test_an_address_may_ask_for_more_patience():
    """What it says holds."""
    url = open_engine("postgresql://judge@localhost/judge?connect_timeout=60").url
    assert (url.query["connect_timeout"], url.query["keepalives_idle"]) == ("60", "5")


@BOTH
def test_upgrades_at_once_do_not_get_in_each_others_way(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    """One does the work, the others find it done."""
    monkeypatch.setenv("JUDGE_DATABASE_URL", settings.database_url)
    command = [str(Path(sys.executable).with_name("judge")), "db", "upgrade"]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    ended = [(process.communicate(timeout=120)[1], process.returncode) for process in started]
    assert ended == [("", 0)] * 3
    engine = open_engine(settings.database_url)
    assert is_current(revision_of(engine))
    engine.dispose()


def test_watchers_are_counted_and_bounded(service: Service, running):
    """So many for one account, so many for all; who goes makes room."""
    caps = {"account_watchers_cap": 1, "watchers_cap": 200}
    object.__setattr__(service, "settings", service.settings.model_copy(update=caps))
    with running(service) as address:
        made = httpx2.post(f"{address}/api/v1/submissions", json=BODY).json()["id"]
        events = f"{address}/api/v1/submissions/{made}/events"
        with httpx2.stream("GET", events) as first:
            # Who lets go of the lines lets go of the connection.
            lines = first.iter_lines()
            assert next(lines) == "event: state"
            refused = httpx2.get(events)
            assert (refused.status_code, int(refused.headers["Retry-After"]) > 0) == (429, True)
            caps = {"account_watchers_cap": 10, "watchers_cap": 1}
            object.__setattr__(service, "settings", service.settings.model_copy(update=caps))
            refused = httpx2.get(events)
            assert (refused.status_code, int(refused.headers["Retry-After"]) > 0) == (503, True)
            assert httpx2.get(f"{address}/api/v1/submissions/{'0' * 32}/events").status_code == 503
        wait_for(lambda: service.watchers.total() == 0)
        with httpx2.stream("GET", events) as again:
            assert again.status_code == 200
        wait_for(lambda: service.watchers.total() == 0)
        # Who may not watch is not counted as a watcher.
        assert httpx2.get(f"{address}/api/v1/submissions/{'0' * 32}/events").status_code == 404
        assert service.watchers.total() == 0
