"""Workers, the API and the database are killed at random moments: every submission gets one verdict, the right one."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest
from cluster import BOTH, Cluster
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from api import accounts
from api.accounts import ALLOWED, Grant, Role
from api.database import open_engine, upgrade
from api.models import Event, Submission
from judge.packs import write_files
from sandbox.processes import descendants

JUDGE = str(Path(sys.executable).with_name("judge"))
USERS = 20
KILLS = {40: 4, 500: 40}
# What is submitted, and what must come of it.
SOURCES = {
    "def double(x):\n    return 2 * x\n": "AC",
    "def double(x):\n    return x + x\n": "AC",
    "def double(x):\n    return 3 * x\n": "WA",
    "def double(x):\n    raise ValueError(x)\n": "RTE",
    "def double(x:\n": "CE",
}
PROBLEM = {
    "problem.toml": 'title = "Doubling"\nentry_points = ["double"]\ntopics = ["optimisation"]\nminutes = 5\n'
    "points = { sample = 100.0 }\n",
    "statement.md": "Write `double(x)`.\n",
    "starter.py": "def double(x):\n    pass\n",
    "suite.py": """
from judge.agreement import close_to, number
from judge.suite import case

@case("sample")
def test_a_number(submission, rng):
    '''A number is doubled'''
    x = float(rng.uniform(3.0, 4.0))
    close_to(number(submission.double(x), "double"), 2 * x, 1e-9, "double")
""",
}


@dataclass
class Host:
    """A command that is kept going: whoever kills it, it is started again."""

    arguments: list[str]
    variables: dict[str, str]
    process: subprocess.Popen[bytes] = field(init=False)
    is_wanted: bool = True

    def __post_init__(self) -> None:
        self.process = self._start()
        self.keeper = threading.Thread(target=self._keep)
        self.keeper.start()

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen([JUDGE, *self.arguments], env=self.variables, stderr=subprocess.DEVNULL)

    def _keep(self) -> None:
        while self.is_wanted:
            if self.process.poll() is not None:
                self.process = self._start()
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill it as a power cut would: without a word, and not its children."""
        self.process.kill()

    def stop(self) -> None:
        self.is_wanted = False
        self.keeper.join()
        self.process.terminate()
        self.process.wait(90)


@dataclass
class Service:
    """A service under fire."""

    client: httpx2.Client
    database: str
    hosts: list[Host]
    secrets: list[str]

    def is_ready(self) -> bool:
        try:
            return self.client.get("/api/v1/readyz").status_code == 200
        except httpx2.HTTPError:
            return False

    def submit(self, user: int, source: str) -> str:
        """Submit until it is acknowledged; a client that hears nothing asks again with the same key."""
        headers = {"Authorization": f"Bearer {self.secrets[user]}", "Idempotency-Key": uuid.uuid4().hex}
        body = {"problem": "doubling", "source": source}
        until = time.monotonic() + 240
        while time.monotonic() < until:
            try:
                answer = self.client.post("/api/v1/submissions", json=body, headers=headers)
            except httpx2.HTTPError:
                time.sleep(0.5)
                continue
            if answer.status_code == 202:
                identity: str = answer.json()["id"]
                return identity
            assert answer.status_code in (409, 429, 503), answer.text
            time.sleep(0.2)
        pytest.fail("a submission was never acknowledged")

    def victims(self) -> list[int]:
        """Return the processes of all hosts, brokers, graders, zygotes and sessions' first ones among them.

        Not those that hold a submission's code: killed, they look as if they had killed themselves, which is a verdict.
        """
        below = [pid for host in self.hosts for pid in descendants(host.process.pid)]
        return [host.process.pid for host in self.hosts] + [pid for pid in below if not is_run(pid)]


def is_run(pid: int) -> bool:
    """Tell whether a process is in a session, whose namespace is within its zygote's, and not the first one there."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    pids = next(line for line in status.splitlines() if line.startswith("NSpid:")).split()[1:]
    return len(pids) > 2 and pids[-1] != "1"


@pytest.fixture
def problems(tmp_path: Path) -> Path:
    folder = tmp_path / "problems"
    write_files(PROBLEM, folder / "chaos" / "doubling")
    return folder


@pytest.fixture
def start(problems: Path, database: str) -> Iterator[Callable[..., Service]]:
    """Return a function that starts a service: on SQLite with workers beside it, on PostgreSQL with two elsewhere."""
    started: list[Host] = []
    clients = ExitStack()

    def begin() -> Service:
        engine = open_engine(database)
        upgrade(engine)
        with Session(engine, expire_on_commit=False) as session, session.begin():
            secrets = [secret_of(session, f"user {number}") for number in range(USERS)]
        engine.dispose()
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        variables = {**os.environ, "JUDGE_DATABASE_URL": database, "JUDGE_PROBLEMS": str(problems)}
        is_one = database.startswith("sqlite")
        commands = [["serve", "--port", str(port), "--workers", "2" if is_one else "0"]]
        commands += [] if is_one else [["worker", "--workers", "1"]] * 2
        started.extend(Host(command, variables) for command in commands)
        client = clients.enter_context(httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=20))
        return Service(client, database, started, secrets)

    yield begin
    clients.close()
    for host in reversed(started):
        host.stop()


def secret_of(session: Session, name: str) -> str:
    account = accounts.create_account(session, "test", name, Role.MEMBER, "team")
    return accounts.create_token(session, "test", account, Grant("test", ALLOWED[Role.MEMBER], 1))[1]


def verdicts(database: str) -> dict[str, tuple[str, str | None, int]]:
    """Return state, verdict, and how often an end was told, of each submission."""
    engine = open_engine(database)
    try:
        with Session(engine) as session:
            ends = session.scalars(select(Event.submission_seq).where(Event.data.contains('"done"'))).all()
            rows = session.scalars(select(Submission)).all()
            return {row.id: (row.state, row.verdict, ends.count(row.seq)) for row in rows}
    finally:
        engine.dispose()


def n_done(database: str) -> int:
    try:
        return sum(state == "done" for state, _, _ in verdicts(database).values())
    except OperationalError:
        # PostgreSQL is down at the moment.
        return 0


@dataclass
class Fire:
    """What is killed: so many times, drawn by a generator of its own."""

    kills: int
    rng: random.Random
    killed: list[str] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)


def kill_at_random(service: Service, cluster: Cluster | None, fire: Fire) -> None:
    rng = fire.rng
    n_before = 0
    while not fire.is_over.wait(rng.uniform(0.2, 2.0)) and len(fire.killed) < fire.kills:
        # What is down already cannot be killed, and there is to be some progress in between.
        if not service.is_ready() or n_done(service.database) <= n_before:
            continue
        n_before = n_done(service.database)
        choices = ["host", "process", "process"] + (["database"] if cluster is not None else [])
        fire.killed.append(rng.choice(choices))
        match fire.killed[-1]:
            case "host":
                rng.choice(service.hosts).kill()
            case "process":
                try:
                    os.kill(rng.choice(service.victims()), signal.SIGKILL)
                except ProcessLookupError:
                    continue
            case _ if cluster is not None:
                cluster.stop("immediate")
                cluster.start()


def under_fire(service: Service, cluster: Cluster | None, count: int, seconds: float) -> None:
    rng = random.Random(count)  # noqa: S311 - nobody guesses at it
    jobs = [(number % USERS, rng.choice(list(SOURCES))) for number in range(count)]
    fire = Fire(KILLS[count], rng)
    killer = threading.Thread(target=kill_at_random, args=(service, cluster, fire))
    killer.start()
    try:
        with ThreadPoolExecutor(USERS) as users:
            identities = list(users.map(lambda job: service.submit(*job), jobs))
        until = time.monotonic() + seconds
        while len(fire.killed) < fire.kills and n_done(service.database) < count:
            assert time.monotonic() < until, verdicts(service.database)
            time.sleep(0.5)
    finally:
        # The last ones are judged in peace, so that this comes to an end.
        fire.is_over.set()
        killer.join()
    until = time.monotonic() + seconds
    while any(state in ("queued", "running") for state, _, _ in verdicts(service.database).values()):
        assert time.monotonic() < until, verdicts(service.database)
        time.sleep(0.5)
    found = verdicts(service.database)
    assert fire.killed
    assert len(set(identities)) == len(found) == count
    expected = {identity: ("done", SOURCES[source], 1) for identity, (_, source) in zip(identities, jobs, strict=True)}
    assert found == expected


@BOTH
def test_every_submission_gets_its_verdict_whatever_is_killed(start, database: str, request):
    cluster = None if database.startswith("sqlite") else request.getfixturevalue("cluster")
    under_fire(start(), cluster, 40, 600.0)


@pytest.mark.nightly
@BOTH
def test_five_hundred_submissions_get_their_verdicts(start, database: str, request):
    cluster = None if database.startswith("sqlite") else request.getfixturevalue("cluster")
    under_fire(start(), cluster, 500, 3600.0)


@pytest.mark.alone
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_workers_death_delays_its_submission_by_ten_seconds_at_most(start, database: str):
    service = start()
    slow = "import time\ntime.sleep(3)\ndef double(x):\n    return 2 * x\n"
    identity = service.submit(0, slow)
    worker = {host.process.pid: host for host in service.hosts[1:]}
    died = waited_for(database, identity, attempt=1)
    # Its name ends with the number of its process.
    worker[int(died.rpartition(":")[2])].kill()
    killed = time.monotonic()
    waited_for(database, identity, attempt=2)
    # Six seconds of silence, and a look each second; the rest is for a busy machine.
    assert time.monotonic() - killed < 10.0


def waited_for(database: str, identity: str, attempt: int) -> str:
    engine = open_engine(database)
    until = time.monotonic() + 120
    try:
        while time.monotonic() < until:
            with Session(engine) as session:
                row = session.scalars(select(Submission).where(Submission.id == identity)).one()
                if row.state == "running" and row.attempt == attempt and row.worker is not None:
                    return row.worker
            time.sleep(0.02)
    finally:
        engine.dispose()
    pytest.fail(f"attempt {attempt} never came")
