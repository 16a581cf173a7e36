"""What reading and adding to a history costs when it is short and when it is long, on both databases, in one run.

    python bench/history.py [submissions]

A short history is filled up to a long one (1,000,000 submissions unless said
otherwise) by the database itself; sources and reports are short, since pages do
not read them. A fifth of it is one account's, who asks. The plans for the long
one are printed. PostgreSQL runs where it is installed, as in the tests.
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
ROUNDS = 15
SHORT = 10_000
BODY = {"problem": "kmeans", "source": "class KMeans: ..."}


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """Return the addresses of empty databases, by kind."""
    with tempfile.TemporaryDirectory() as folder:
        found, programs = {"SQLite": f"sqlite:///{folder}/history.db"}, binaries()
        if programs is None:
            print("PostgreSQL is left out: it is not installed here")
            yield found
            return
        with running(programs) as cluster:
            yield {**found, "PostgreSQL": cluster.create("history")}


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


def milliseconds(act: Callable[[], object]) -> float:
    """Return the median time of an act."""
    times = []
    for _ in range(ROUNDS + 1):
        begun = time.perf_counter()
        act()
        times.append((time.perf_counter() - begun) * 1e3)
    return statistics.median(times[1:])


def measure(url: str, sizes: tuple[int, int]) -> None:
    """Fill a database twice, and print what each act costs then, and how the database goes about it."""
    engine = open_engine(url)
    secret, done, times = begin(engine), 0, []
    settings = Settings(database_url=url, requests_per_minute=1_000_000)
    service = Service(settings, engine, Catalogue(settings.problems), queue_of(engine, LEASE_SECONDS))
    shown = {"Authorization": f"Bearer {secret}"}
    with TestClient(create_app(service), base_url="http://localhost/api/v1", headers=shown) as client:
        for size in sizes:
            fill(engine, done, size)
            # Those that were posted meanwhile come after; numbers in order are what pages go by.
            done = size
            times.append({name: milliseconds(act) for name, act in acts(client, engine, size).items()})
        for name, short in times[0].items():
            long = times[1][name]
            print(f"  {name:<32} {short:7.2f} ms   {long:7.2f} ms   {long / short:5.2f} ×")
        asked = Asked(engine)
        for name, act in acts(client, engine, sizes[1]).items():
            act()
            for plan in asked.plans():
                print(f"  {name}:", *plan, sep="\n      ")
    engine.dispose()


def main() -> None:
    """Measure and print."""
    long = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with databases() as found:
        for kind, url in found.items():
            print(f"{kind}: {SHORT:,} submissions, and {long:,}")
            measure(url, (SHORT, long))


if __name__ == "__main__":
    main()
