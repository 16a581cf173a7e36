"""Limits bite fast: from passing one to the death of every process of the run."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

import pytest

from sandbox.broker import Broker
from sandbox.bubblewrap import Bubblewrap
from sandbox.contract import Environment, Limits, Stop
from sandbox.frames import pack, receive_header
from sandbox.link import BrokerLink, RemoteRun
from sandbox.local import LocalSession
from sandbox.processes import consumption, cpu_clock, descendants
from sandbox.walls import candidates

pytestmark = pytest.mark.alone

LIMITS = Limits(wall_seconds=0.1, cpu_seconds=0.1, memory_mib=64, output_kib=16, processes=16)
TRIES = 20
# A tenth of it is what an idle machine takes at most; those that run tests are not idle.
BOUND_SECONDS = 1.0
POLL_SECONDS = 0.0005

# Each has helpers that left its process group, so that killing one process or one group is not enough.
HELPERS = """
import os, time
def help_with(work):
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()
            work()
            time.sleep(600)
def spin():
    while True:
        pass
def hoard():
    held = b"x" * (32 << 20)
    time.sleep(600)
def sleep():
    time.sleep(600)
"""


@dataclass(eq=False)
class Watched:
    """Bubblewrap, whose sessions the test may look at from outside."""

    inner: Bubblewrap = field(default_factory=lambda: Bubblewrap(candidates()[0]))
    sessions: list[LocalSession] = field(default_factory=list)
    name: str = "bubblewrap, watched"
    is_isolated: bool = True
    limits_by: str = "any"

    def open(self, limits: Limits, environment: Environment) -> LocalSession:
        self.sessions.append(self.inner.open(limits, environment))
        return self.sessions[-1]

    def close(self) -> None:
        self.inner.close()


@pytest.fixture(scope="module")
def watched() -> Iterator[tuple[Watched, BrokerLink]]:
    """Connect to a broker, which attends to runs as it does for graders."""
    sandbox = Watched()
    broker = Broker(sandbox)
    connection, thread = broker.connect()
    with connection:
        yield sandbox, BrokerLink(connection)
    thread.join()
    broker.close()


def is_past_cpu(session: LocalSession) -> bool:
    """Tell whether the run's processes have used their seconds together."""
    return sum(map(cpu_clock, descendants(session.pid))) > LIMITS.cpu_seconds


def is_past_memory(session: LocalSession) -> bool:
    """Tell whether they hold too much together, or the kernel has said so."""
    if session.group is not None and session.group.is_out_of_memory:
        return True
    pids = descendants(session.pid)
    return consumption(pids).memory_mib - session.warm_mib * len(pids) > LIMITS.memory_mib


def wait_until(is_over: Callable[[], bool], seconds: float = 20.0) -> float:
    """Return when it is over."""
    deadline = time.monotonic() + seconds
    while not is_over() and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    return time.monotonic()


def begin(run: RemoteRun, body: str) -> None:
    """Load helpers and begin to do `body`."""
    source = f"{HELPERS}\ndef answer():\n    {body}\n"
    run.stream.sendall(pack({"op": "load", "source": source, "file": "x.py", "name": "x", "seed": 0}))
    receive_header(run.stream, time.monotonic() + 20)
    run.stream.sendall(pack({"op": "call", "target": 0, "name": "answer", "args": [], "kwargs": {}, "watch": False}))


CASES = {
    "cpu": ("help_with(spin); spin()", Stop.CPU, is_past_cpu),
    "memory": ("help_with(hoard); sleep()", Stop.MEMORY, is_past_memory),
    # It is past its limit as soon as it has begun.
    "output": ("help_with(sleep); print('x' * 20000, flush=True); sleep()", Stop.OUTPUT, lambda _: True),
    # The caller gives up here, as a grader does, and says so.
    "wall": ("help_with(sleep); sleep()", Stop.ENDED, None),
}


@pytest.mark.parametrize("limit", CASES)
def test_a_limit_bites_at_once(
    limit: str, watched: tuple[Watched, BrokerLink], capsys: pytest.CaptureFixture[str]
) -> None:
    """From passing a limit to the death of all processes it takes a moment, most times out of twenty."""
    sandbox, link = watched
    body, stop, is_past = CASES[limit]
    # Helpers that hoard must not run into the limit of CPU time first, as they would on a busy machine.
    limits = LIMITS if limit == "cpu" else replace(LIMITS, cpu_seconds=10.0)
    remote = link.open(limits, Environment())
    taken = []
    for _ in range(TRIES):
        run = remote.start()
        # A session that was fouled has been replaced by another.
        session = sandbox.sessions[-1]
        begin(run, body)
        if is_past is None:
            with suppress(TimeoutError):
                receive_header(run.stream, time.monotonic() + LIMITS.wall_seconds)
            passed = time.monotonic()
            ending = run.end()
        else:
            passed = wait_until(lambda past=is_past, of=session: past(of) or not descendants(of.pid))
            ending = None
        dead = wait_until(lambda of=session: not descendants(of.pid))
        taken.append(dead - passed)
        assert (ending or run.end()).stop is stop
    remote.close()
    with capsys.disabled():
        median, worst = statistics.median(taken) * 1000, max(taken) * 1000
        print(f"\n{limit}: all dead {median:.1f} ms after its limit (median of {TRIES}; worst {worst:.1f} ms)")  # noqa: T201 - what was measured is to be read
    assert statistics.median(taken) < BOUND_SECONDS
