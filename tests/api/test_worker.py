"""A worker with graders and a sandbox: what it does with what nobody wants any more."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from api.queueing import Looking
from api.worker import Worker
from judge.catalogue import Catalogue
from sandbox.broker import Broker

RIGHT = (Path(__file__).parents[2] / "examples/kmeans.py").read_text(encoding="utf-8")
SLEEPS = f"import time\n{RIGHT}\n\ntime.sleep(3600)\n"
# Its cases would be stopped by their time limit no sooner than this.
LIMIT_SECONDS = Catalogue().problem("kmeans").limits.wall_seconds


@pytest.fixture
def worker(engine: Engine, broker: Broker) -> Iterator[Worker]:
    """Run a worker of one slot."""
    made, stop = Worker(engine, Catalogue(), Looking(), broker, 1.0, 1, 6.0), threading.Event()
    thread = threading.Thread(target=made.run, args=(stop,))
    thread.start()
    yield made
    stop.set()
    thread.join()


def wait_for(holds: Callable[[], bool], seconds: float = 120.0) -> float:
    """Return how long it took until something holds."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < seconds
        time.sleep(0.05)
    return time.monotonic() - begun


def submitted(local: TestClient, source: str) -> str:
    return local.post("/submissions", json={"problem": "kmeans", "source": source}).json()["id"]


@pytest.mark.usefixtures("worker")
def test_what_is_cancelled_makes_room_at_once(local: TestClient):
    """The case at hand is not waited for, and the worker judges what comes next as if nothing had been."""
    sleeping = submitted(local, SLEEPS)
    wait_for(lambda: local.get(f"/submissions/{sleeping}").json()["state"] == "running")
    time.sleep(2.0)
    following = submitted(local, RIGHT)
    assert local.post(f"/submissions/{sleeping}/cancel").status_code == 200
    waited = wait_for(lambda: local.get(f"/submissions/{following}").json()["state"] != "queued")
    assert waited < LIMIT_SECONDS / 2
    wait_for(lambda: local.get(f"/submissions/{following}").json()["state"] == "done")
    assert local.get(f"/submissions/{following}").json()["verdict"] == "AC"
    assert local.get(f"/submissions/{sleeping}").json()["verdict"] is None
