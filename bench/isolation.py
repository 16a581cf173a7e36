"""What isolation costs, beside what one would use instead, in one run.

    python bench/isolation.py [rounds]

An *isolated process* is a new session that is asked its first question, and then
ended, one after the other with no spare ready. Its rivals start `bwrap` or
`docker run` with an interpreter that imports NumPy and answers once. The docker
lines need an engine and the image `judge-jail:numpy`.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np

from sandbox import wire
from sandbox.bubblewrap import Bubblewrap
from sandbox.contract import Environment, Limits, Run
from sandbox.docker import Docker, has_engine
from sandbox.frames import pack, receive_header
from sandbox.memory import JudgeMemory
from sandbox.mounts import base_interpreter
from sandbox.walls import candidates

LIMITS = Limits()
CALL = {"op": "call", "target": 0, "name": "answer", "args": [], "kwargs": {}, "watch": False}
SOURCE = "import numpy as np\ndef answer(x=None): return 42 if x is None else x\n"
LOAD = {"op": "load", "source": SOURCE, "file": "x.py", "name": "x", "seed": 0}
PLAIN = "import numpy as np; print(42)"
ARRAY = np.arange(1 << 20, dtype=np.float64)


def milliseconds(work: Callable[[], object], rounds: int) -> list[float]:
    """Return the sorted times of `work`, after one round that is not counted."""
    times = []
    for _ in range(rounds + 1):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1e3)
    return sorted(times[1:])


def ask(run: Run, header: dict[str, object]) -> object:
    """Ask a run and return its value."""
    run.stream.sendall(pack(header))
    return receive_header(run.stream, time.monotonic() + 60)[0]["value"]


def show(name: str, times: Sequence[float], against: Sequence[float] | None = None) -> None:
    """Print a line: the median, the 95th percentile, and how many times the yardstick this is faster."""
    p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
    ratio = f"   {statistics.median(against) / p50:6.1f} × faster" if against else ""
    print(f"{name:<58} p50 {p50:8.2f} ms   p95 {p95:8.2f} ms{ratio}")


def isolated_processes(sandbox: Bubblewrap | Docker, rounds: int) -> tuple[list[float], list[float]]:
    """Return the sorted times until a new session's first answer, and those until it is gone again."""
    answered, gone = [], []
    for _ in range(rounds + 1):
        started = time.perf_counter()
        session = sandbox.open(LIMITS, Environment())
        run = session.start()
        ask(run, LOAD)
        assert ask(run, CALL) == 42
        answered.append((time.perf_counter() - started) * 1e3)
        run.end()
        session.close()
        gone.append((time.perf_counter() - started) * 1e3)
    return sorted(answered[1:]), sorted(gone[1:])


def plain(command: list[str]) -> Callable[[], None]:
    """Return the work of running a command that prints 42."""

    def work() -> None:
        assert subprocess.run(command, check=True, capture_output=True).stdout.strip() == b"42"

    return work


def bwrap_command() -> list[str]:
    """Return the shortest bwrap command that isolates an interpreter with NumPy."""
    where = os.path.dirname(os.path.dirname(np.__file__))
    namespaces = ["--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]  # noqa: S108 - a mount inside the jail
    inside = [base_interpreter(), "-c", f"import sys; sys.path.append({where!r}); {PLAIN}"]
    # What is on the machine below /tmp would be hidden by a jail's own.
    visible = namespaces[:-2] if where.startswith("/tmp/") else namespaces  # noqa: S108 - a mount inside the jail
    return [candidates()[0], *visible, *inside]


def docker_command() -> list[str]:
    """Return the docker command that isolates an interpreter with NumPy."""
    options = ["--network", "none", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--read-only"]
    code = f"import sys; sys.path.append('/distributions'); {PLAIN}"
    return ["docker", "run", "--rm", *options, "--entrypoint", "python3", "judge-jail:numpy", "-c", code]


def exchange(run: Run, memory: JudgeMemory | None) -> Callable[[], None]:
    """Return the work of sending 8 MB and having them sent back."""
    encoder = wire.Encoder(lambda _: None)
    header = {**CALL, "args": [encoder.encode(ARRAY)]}

    def work() -> None:
        wire.send(run.stream, header, encoder.arrays, memory)
        _, arrays = wire.receive(run.stream, time.monotonic() + 60, memory)
        assert arrays[0][-1] == ARRAY[-1]

    return work


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    warm, cold = Bubblewrap(candidates()[0]), Bubblewrap(candidates()[0], is_warm=False)
    bwrap = milliseconds(plain(bwrap_command()), max(rounds // 4, 5))
    show("bwrap + a cold interpreter with NumPy", bwrap)
    docker = None
    if has_engine() and shutil.which("docker"):
        docker = milliseconds(plain(docker_command()), max(rounds // 6, 5))
        show("docker run + a cold interpreter with NumPy", docker)
    answered, gone = isolated_processes(warm, rounds)
    show("isolated process, warm, first answer: against bwrap", answered, bwrap)
    if docker:
        show("isolated process, warm, first answer: against docker run", answered, docker)
    show("isolated process, warm, until it is gone: against bwrap", gone, bwrap)
    show("isolated process, cold: against bwrap", isolated_processes(cold, max(rounds // 6, 5))[0], bwrap)
    measure_calls(warm, rounds)
    warm.close()
    if docker:
        containers = Docker()
        times, _ = isolated_processes(containers, max(rounds // 6, 5))
        show("isolated process, the Docker backend: against docker run", times, docker)
        measure_calls(containers, rounds)
        containers.close()


def measure_calls(sandbox: Bubblewrap | Docker, rounds: int) -> None:
    """Measure calls within a run, small ones and ones with large arrays."""
    session = sandbox.open(LIMITS, Environment())
    run = session.start()
    ask(run, LOAD)
    show(f"  one call ({sandbox.name})", milliseconds(lambda: ask(run, CALL), 20 * rounds))
    memory = JudgeMemory(os.dup(run.area)) if run.area is not None else None
    way = "shared memory" if memory else "the stream"
    each_way = [time / 2 for time in milliseconds(exchange(run, memory), rounds)]
    show(f"  8 MB each way, by {way}", each_way)
    if memory is not None:
        memory.close()
    run.end()
    session.close()


if __name__ == "__main__":
    main()
