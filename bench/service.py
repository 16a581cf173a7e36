"""The service end to end over HTTP, beside what one would use instead, in one run.

    python bench/service.py [rounds] [database]

A judging is a POST, twenty k-means cases in a sandbox (those of warm.py), each in
a process of its own, and a verdict in the database. Its rivals are what isolates
one submission with little effort: `bwrap`, or `docker run`, and in it a cold
interpreter that runs the same twenty cases, with a check against scikit-learn as
in test_kmeans_plain.py; or, for the cost of isolation alone, with NumPy and no
check at all. All have two at once under way. CPU is what one judging used: for
the service all its processes, for a rival its interpreter. The docker lines need
an engine and the images `judge-jail:numpy` and `judge-jail:rival`.

Then requests come at fifty a second whether or not the last was answered
(`judge serve` alone, and with a queue that its workers judge meanwhile), and
what an idle worker holds in memory is counted.
"""

import asyncio
import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx2
from isolation import bwrap_command, docker_command
from warm import CASE, CASES, SOLUTION, SUITE

from judge.catalogue import BUILT_IN, Catalogue
from sandbox.docker import has_engine
from sandbox.processes import consumption, descendants

JUDGE = str(Path(sys.executable).with_name("judge"))
CORES = 2
JUDGINGS = 40
COLD = 16
RATE = 50
SECONDS = 20.0
# The twenty cases as one would write them; the first word stands for the import and the check of scikit-learn.
PLAIN = """
import time
import numpy as np
IMPORT
SOURCE
for seed in range(CASES):
    rng = np.random.default_rng(seed)
    n_samples, n_features, n_clusters = 20 + 10 * seed, 2 + seed % 4, 2 + seed % 5
    X = rng.normal(size=(n_samples, n_features)) + 5.0 * rng.integers(0, n_clusters, size=(n_samples, 1))
    init = X[:n_clusters].copy()
    mine = KMeans(n_clusters=n_clusters, init=init).fit(X)
    CHECK
print(time.process_time())
""".replace("SOURCE", SOLUTION.read_text()).replace("CASES", str(CASES))
IMPORT = "from sklearn.cluster import KMeans as Reference"
CHECK = """
    right = Reference(n_clusters, init=init, n_init=1, tol=0.0, algorithm="lloyd").fit(X)
    np.testing.assert_allclose(mine.cluster_centers_, right.cluster_centers_, rtol=1e-6)
    np.testing.assert_array_equal(mine.labels_, right.labels_)
"""
BODY = {"problem": "kmeans", "source": SOLUTION.read_text()}
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
ROOM = {"REQUESTS_PER_MINUTE": "1000000", "DAILY_CAP": "1000000", "WAITING_CAP": "1000000", "QUEUE_CAP": "1000000"}


def problems_in(folder: Path) -> Path:
    """Write the twenty cases as a problem."""
    shutil.copytree(Catalogue(BUILT_IN).problem("kmeans").folder, folder / "clustering" / "kmeans")
    suite = SUITE + "".join(CASE.format(seed=seed, times=1) for seed in range(CASES))
    (folder / "clustering" / "kmeans" / "suite.py").write_text(suite)
    return folder


@contextmanager
def service(problems: Path, database: str, workers: int) -> Iterator[tuple[httpx2.Client, subprocess.Popen[bytes]]]:
    """Run `judge serve` during the block, warm where it has workers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    variables = {"JUDGE_DATABASE_URL": database, "JUDGE_PROBLEMS": str(problems)}
    variables |= {f"JUDGE_{name}": value for name, value in ROOM.items()}
    process = subprocess.Popen(
        [JUDGE, "serve", "--port", str(port), "--workers", str(workers)], env={**os.environ, **variables}
    )
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}/api/v1", timeout=60) as client:
            while not answers(client):
                time.sleep(0.1)
            if workers:
                judged(client, 2 * workers)
            yield client, process
    finally:
        process.terminate()
        process.wait(90)


def answers(client: httpx2.Client) -> bool:
    """Tell whether the service is up."""
    with contextlib.suppress(httpx2.HTTPError):
        return client.get("/readyz").status_code == 200
    return False


def judged(client: httpx2.Client, count: int) -> float:
    """Have so many submissions judged; return the seconds from the first POST to the last verdict."""
    begun = time.perf_counter()
    made = [client.post("/submissions", json=BODY).raise_for_status().json()["id"] for _ in range(count)]
    for identity in reversed(made):
        # The last is asked for first; asking often would take from what is measured.
        while (found := client.get(f"/submissions/{identity}").json())["state"] != "done":
            time.sleep(0.1)
        assert found["verdict"] == "AC", found
    return time.perf_counter() - begun


def cpu_seconds(pid: int) -> float:
    """Return what a process and all below it have used, the dead among them included."""
    return consumption([pid, *descendants(pid)]).cpu_seconds


def of_service(client: httpx2.Client, process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Return judgings a second, and CPU seconds for each."""
    before = cpu_seconds(process.pid)
    seconds = judged(client, JUDGINGS)
    return JUDGINGS / seconds, (cpu_seconds(process.pid) - before) / JUDGINGS


def of_cold(command: Sequence[str]) -> tuple[float, float]:
    """Return runs of a command a second, and CPU seconds for each."""

    def run(_: int) -> float:
        # As sandboxes do: threads for so little cost more than they save.
        printed = subprocess.run(command, check=True, capture_output=True, env={**os.environ, **ONE_THREAD}).stdout
        return float(printed)

    begun = time.perf_counter()
    with ThreadPoolExecutor(CORES) as pool:
        used = list(pool.map(run, range(COLD)))
    return COLD / (time.perf_counter() - begun), statistics.fmean(used)


def rivals() -> dict[str, list[str]]:
    """Return the commands to compare with, by what they are called."""
    found, commands = {}, {"bwrap": bwrap_command()}
    if has_engine() and shutil.which("docker"):
        commands["docker run"] = docker_command()
    else:
        print("docker run is left out: no engine answers here")
    for name, command in commands.items():
        # What isolation.py's commands do before they import NumPy makes libraries be found.
        *options, code = command
        path = code.partition("import numpy")[0]
        checked = [option.replace("judge-jail:numpy", "judge-jail:rival") for option in options]
        found[f"{name}, with scikit-learn"] = [*checked, path + PLAIN.replace("IMPORT", IMPORT).replace("CHECK", CHECK)]
        found[f"{name}, with NumPy alone"] = [*options, path + PLAIN.replace("IMPORT", "").replace("CHECK", "")]
    return found


def throughput(rounds: int, problems: Path, database: str) -> None:
    """Measure the service and its rivals in turn, and print the medians."""
    commands = rivals()
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ("the service", *commands)}
    with service(problems, database, CORES) as (client, process):
        for _ in range(rounds):
            found["the service"].append(of_service(client, process))
            for name, command in commands.items():
                found[name].append(of_cold(command))
    for name, figures in found.items():
        ratios = [mine[0] / theirs[0] for mine, theirs in zip(found["the service"], figures, strict=True)]
        rate, cpu = (statistics.median(column) for column in zip(*figures, strict=True))
        against = "" if name == "the service" else f"   the service is {statistics.median(ratios):.1f} × faster"
        print(f"{name:<30} {rate:6.1f} a second   {cpu * 1e3:6.1f} ms of CPU{against}")


async def arrivals(address: str) -> list[float]:
    """Send a submission at each tick; return the sorted milliseconds from the tick to the answer."""
    limits = httpx2.Limits(max_connections=100, max_keepalive_connections=100)
    async with httpx2.AsyncClient(base_url=address, timeout=60, limits=limits) as client:

        async def post(due: float) -> float:
            (await client.post("/submissions", json=BODY)).raise_for_status()
            return (time.perf_counter() - due) * 1e3

        begun, posts = time.perf_counter() + 0.1, []
        for tick in range(int(RATE * SECONDS)):
            due = begun + tick / RATE
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            posts.append(asyncio.create_task(post(due)))
        return sorted(await asyncio.gather(*posts))


def latency(problems: Path, database: Callable[[str], str]) -> None:
    """Measure how long a POST takes, without workers on this machine and with them."""
    for workers, name in ((0, "workers elsewhere"), (CORES, f"{CORES} workers busy beside it")):
        with service(problems, database(f"post{workers}"), workers) as (client, _):
            times = asyncio.run(arrivals(str(client.base_url)))
        p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
        print(f"POST at {RATE} a second, {name:<26} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms")


def pss_mib(pid: int) -> float:
    """Return a process's memory, shared pages in parts."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/smaps_rollup") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) / 1024
    return 0.0


def is_zygote(pid: int) -> bool:
    """Tell whether a process is in the outer jail of submissions, by its command."""
    with contextlib.suppress(OSError):
        return b"zygote" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def memory(problems: Path, database: str) -> None:
    """Count what a worker holds that has judged and has nothing to do."""
    with service(problems, database, 1) as (_, process):
        time.sleep(3.0)
        (worker,) = (pid for pid in descendants(process.pid) if is_worker(pid))
        below = descendants(worker)
        jails = {pid for first in below if is_zygote(first) for pid in (first, *descendants(first))}
        others = sum(pss_mib(pid) for pid in (worker, *below) if pid not in jails)
        facts = f"{pss_mib(worker):.0f} MiB itself, {others - pss_mib(worker):.0f} MiB its grader"
        print(f"an idle worker holds {others:.0f} MiB ({facts}), its zygote {sum(map(pss_mib, jails)):.0f} MiB")


def is_worker(pid: int) -> bool:
    """Tell whether a process is the worker that `judge serve` keeps."""
    return b"api.serving" in Path(f"/proc/{pid}/cmdline").read_bytes()


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        problems = problems_in(Path(folder, "problems"))

        def database(name: str) -> str:
            return sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/{name}.db"

        throughput(rounds, problems, database("throughput"))
        latency(problems, database)
        memory(problems, database("memory"))


if __name__ == "__main__":
    main()
