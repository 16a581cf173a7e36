"""What reading and adding to a history costs when it is short and when it is long, on both databases, in one run.

    python bench/history.py [submissions]

One database has 10,000 submissions, another 1,000,000 (or what is said), made by
the database itself; a fifth is one account's, who asks. Sources and reports are
short: pages do not read them. Both are asked in turn, so that a busy machine is
as busy for the one as for the other. The plans for the long one are printed.
PostgreSQL runs where it is installed, as in the tests.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

sys.path.append(str(Path(__file__).parents[1] / "tests" / "api"))

from cluster import binaries, running
from long_history import Asked, begin, fill

from api import submissions
from api.app import create_app
from api.database import open_engine, reading
from api.queueing import queue_of
from api.service import Service
from api.settings import Settings
from judge.catalogue import Catalogue

LEASE_SECONDS = 6.0
ROUNDS = 25
SHORT = 10_000
BODY = {"problem": "kmeans", "source": "class KMeans: ..."}


@contextmanager
def databases() -> Iterator[dict[str, Callable[[str], str]]]:
    """Return what makes an empty database and tells its address, by kind."""
    with tempfile.TemporaryDirectory() as folder:
        found, programs = {"SQLite": lambda name: f"sqlite:///{folder}/{name}.db"}, binaries()
        if programs is None:
            print("PostgreSQL is left out: it is not installed here")
            yield found
            return
        with running(programs) as cluster:
            yield {**found, "PostgreSQL": cluster.create}


def acts(client: TestClient, engine: Engine, count: int) -> dict[str, Callable[[], object]]:
    """Return what is measured, by name."""

    def get(path: str) -> Callable[[], object]:
        return lambda: client.get(path).raise_for_status()

    def claim() -> None:
        with Session(engine) as session, session.begin():
            submissions.claim(session, "bench")
            session.rollback()

    def reap() -> None:
        with reading(engine) as session:
            submissions.silent(session, LEASE_SECONDS)

    return {
        "the first page": get("/submissions"),
        "a page in the middle": get(f"/submissions?before={count // 2}"),
        "the last page": get("/submissions?before=200"),
        "a problem's page in the middle": get(f"/submissions?problem=kmeans&before={count // 2}"),
        "a team's page in the middle": get(f"/submissions?team=true&before={count // 2}"),
        "a team's running": get("/submissions?team=true&state=running"),
        "one submission": get(f"/submissions/{5:032x}"),
        "a leaderboard": get("/leaderboards/kmeans"),
        "metrics": get("/metrics"),
        "POST, with quotas": lambda: client.post("/submissions", json=BODY).raise_for_status(),
        "a worker's claim": claim,
        "the look for silent workers": reap,
    }


@contextmanager
def filled(url: str, count: int) -> Iterator[tuple[Engine, dict[str, Callable[[], object]]]]:
    """Open a service with so many submissions, and return what is measured."""
    engine = open_engine(url)
    secret = begin(engine)
    fill(engine, count)
    settings = Settings(database_url=url, requests_per_minute=1_000_000)
    service = Service(settings, engine, Catalogue(settings.problems), queue_of(engine, LEASE_SECONDS))
    shown = {"Authorization": f"Bearer {secret}"}
    with TestClient(create_app(service), base_url="http://localhost/api/v1", headers=shown) as client:
        yield engine, acts(client, engine, count)
    engine.dispose()


def milliseconds(act: Callable[[], object]) -> float:
    """Return the time of an act."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1e3


def measure(create: Callable[[str], str], count: int) -> None:
    """Print what each act costs with a short and with a long history, and how the database goes about it."""
    with filled(create("short"), SHORT) as (_, short), filled(create("long"), count) as (engine, long):
        for name in short:
            times = [(milliseconds(short[name]), milliseconds(long[name])) for _ in range(ROUNDS + 1)][1:]
            few, many = (statistics.median(column) for column in zip(*times, strict=True))
            ratio = statistics.median(most / least for least, most in times)
            print(f"  {name:<32} {few:7.2f} ms   {many:7.2f} ms   {ratio:5.2f} ×")
        asked = Asked(engine)
        for name, act in long.items():
            act()
            for plan in asked.plans():
                print(f"  {name}:", *plan, sep="\n      ")


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with databases() as found:
        for kind, create in found.items():
            print(f"{kind}: {SHORT:,} submissions, and {count:,}")
            measure(create, count)


if __name__ == "__main__":
    main()
