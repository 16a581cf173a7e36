"""What every sandbox must do, whichever backend it is; what only an isolating one must do is asked of those."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sandbox.bubblewrap import Bubblewrap
from sandbox.contract import Environment, Limits, Run, Sandbox, Session, Stop
from sandbox.docker import Docker
from sandbox.errors import SandboxError
from sandbox.frames import pack, receive_header
from sandbox.local import LocalSession
from sandbox.probe import examine
from sandbox.processes import children
from sandbox.unsafe import Unsafe
from sandbox.walls import candidates

# Made anew by each test that closes them.
BACKENDS = [
    *(
        pytest.param(partial(Bubblewrap, path, is_warm), id=f"bubblewrap-{'warm' if is_warm else 'cold'}-{index}")
        for is_warm in (True, False)
        for index, path in enumerate(candidates())
    ),
    pytest.param(Docker, id="docker", marks=pytest.mark.docker),
]
LIMITS = Limits(wall_seconds=5.0, cpu_seconds=1.0, memory_mib=256, output_kib=64, disk_mib=8, processes=16)


@pytest.fixture(scope="module")
def opened() -> Iterator[dict[str, Sandbox]]:
    """Keep each backend between tests, as a judge does."""
    kept: dict[str, Sandbox] = {}
    yield kept
    for sandbox in kept.values():
        sandbox.close()


@pytest.fixture(params=[*BACKENDS, pytest.param(Unsafe, id="unsafe")])
def session(request: pytest.FixtureRequest, opened: dict[str, Sandbox]) -> Iterator[Session]:
    """Open a session on each backend in turn."""
    yield from open_session(request.param, opened)


@pytest.fixture(params=BACKENDS)
def jail(request: pytest.FixtureRequest, opened: dict[str, Sandbox]) -> Iterator[Session]:
    """Open a session on each isolating backend in turn."""
    yield from open_session(request.param, opened)


def open_session(make: Callable[[], Sandbox], opened: dict[str, Sandbox]) -> Iterator[Session]:
    """Open a session on the backend that was made before, or is made now."""
    if str(make) not in opened:
        opened[str(make)] = make()
    made = opened[str(make)].open(LIMITS, Environment())
    yield made
    made.close()


def ask(run: Run, source: str, **options: Any) -> Any:
    """Load a source that defines `answer()` and return what it answers."""
    for header in (
        {"op": "load", "source": source, "file": "x.py", "name": "x", "seed": 0},
        {"op": "call", "target": 0, "name": "answer", "args": [], "kwargs": {}, "watch": False},
    ):
        run.stream.sendall(pack(header))
        reply, _ = receive_header(run.stream, time.monotonic() + options.get("seconds", 20))
        if "raised" in reply:
            return reply["raised"]["type"]
    return reply["value"]


def attend_until(run: Run, is_over: Callable[[], bool], seconds: float = 10.0) -> None:
    """Do what the broker does while a run works."""
    deadline = time.monotonic() + seconds
    while not is_over() and time.monotonic() < deadline:
        run.attend()
        time.sleep(0.01)


def start_and_leave(session: Session, body: str) -> Run:
    """Start a run that does `body` in a call whose answer nobody waits for."""
    run = session.start()
    source = f"import os, sys, time\ndef answer():\n    {body}\n"
    run.stream.sendall(pack({"op": "load", "source": source, "file": "x.py", "name": "x", "seed": 0}))
    receive_header(run.stream, time.monotonic() + 20)
    run.stream.sendall(pack({"op": "call", "target": 0, "name": "answer", "args": [], "kwargs": {}, "watch": False}))
    return run


def test_bubblewrap_is_here() -> None:
    """Without it little below would be tested; without Docker, that is said where tests are skipped."""
    assert candidates()


def test_a_run_answers(session: Session) -> None:
    """A call comes back with its value, and the run ends when it is told to."""
    run = session.start()
    assert ask(run, "def answer(): return 6 * 7") == 42
    assert run.end().stop is Stop.ENDED


def test_runs_share_nothing(session: Session) -> None:
    """Modules, files and random state of a run are gone in the next."""
    source = (
        "import builtins, os, random\n"
        "import numpy as np\n"
        "def answer():\n"
        "    seen = [hasattr(builtins, 'mark'), os.path.exists('mark'), random.random(), float(np.random.rand())]\n"
        "    builtins.mark = 1\n"
        "    os.makedirs('mark/deep')\n"
        "    os.chmod('mark', 0)\n"
        "    return seen"
    )
    first, second = (ask_and_end(session, source) for _ in range(2))
    assert first == second
    assert first[:2] == [False, False]


def ask_and_end(session: Session, source: str) -> Any:
    """Ask in a run of its own."""
    run = session.start()
    answer = ask(run, source)
    run.end()
    return answer


def test_left_over_processes_die_with_their_run(session: Session) -> None:
    """A daemon that detached itself does not outlive the run."""
    look = (
        "import os, time\n"
        "def names():\n"
        "    found = 0\n"
        "    for name in filter(str.isdigit, os.listdir('/proc')):\n"
        "        try:\n"
        "            found += open(f'/proc/{name}/comm').read() == 'left over\\n'\n"
        "        except OSError:\n"
        "            pass\n"
        "    return found\n"
    )
    leave = (
        "def answer():\n"
        "    for _ in range(3):\n"
        "        if os.fork() == 0:\n"
        "            open('/proc/self/comm', 'w').write('left over')\n"
        "            os.setsid()\n"
        "            if os.fork() == 0:\n"
        "                time.sleep(600)\n"
        "            os._exit(0)\n"
        "    time.sleep(0.3)\n"
        "    return names()\n"
    )
    assert ask_and_end(session, look + leave) >= 3
    assert ask_and_end(session, look + "answer = names") == 0


def test_cpu_time_is_limited(session: Session) -> None:
    """A busy loop is stopped soon after its CPU seconds are used up."""
    run = start_and_leave(session, "while True: pass")
    started = time.monotonic()
    attend_until(run, lambda: run.stream.fileno() == -1)
    assert run.end().stop is Stop.CPU
    assert time.monotonic() - started < 5
    assert run.end().usage.cpu_seconds == pytest.approx(LIMITS.cpu_seconds, abs=0.5)


def test_memory_of_one_process_is_limited(session: Session) -> None:
    """An allocation beyond the limit is a MemoryError in the run."""
    assert ask_and_end(session, "def answer(): return len(bytearray(1 << 30))") == "MemoryError"


def test_memory_of_all_processes_together_is_limited(session: Session) -> None:
    """Several processes, each below the limit, are stopped together."""
    run = start_and_leave(session, "[os.fork() for _ in range(3)]; hoard = b'x' * (150 << 20); time.sleep(60)")
    attend_until(run, lambda: run.stream.fileno() == -1)
    assert run.end().stop is Stop.MEMORY


def test_output_is_limited(session: Session) -> None:
    """A flood of output stops the run; its beginning is kept."""
    run = start_and_leave(session, "while True: print('flood', flush=True)")
    attend_until(run, lambda: run.stream.fileno() == -1)
    ending = run.end()
    assert ending.stop is Stop.OUTPUT
    assert ending.output.startswith("flood\n")


def test_what_is_printed_is_kept(session: Session) -> None:
    """Standard output and error both reach the ending."""
    run = session.start()
    ask(run, "import sys\ndef answer():\n    print('out', flush=True)\n    print('err', file=sys.stderr)")
    assert run.end().output.split() == ["out", "err"]


def test_an_exit_is_told_with_its_status(session: Session) -> None:
    """A process that ends itself is EXITED, with the status it chose."""
    run = start_and_leave(session, "os._exit(7)")
    assert run.stream.recv(1) == b""
    ending = run.end()
    assert (ending.stop, ending.status) == (Stop.EXITED, 7)


def test_a_crash_is_told_with_its_signal(session: Session) -> None:
    """A process that dies of a signal is KILLED, with the signal's number."""
    run = start_and_leave(session, "import ctypes; ctypes.string_at(0)")
    assert run.stream.recv(1) == b""
    ending = run.end()
    assert (ending.stop, ending.status) == (Stop.KILLED, 11)


def test_cpu_time_is_measured_from_outside(session: Session) -> None:
    """The usage of a run grows with its work and not with its sleep."""
    run = session.start(may_fork=False)
    ask(run, "import time\ndef answer(): time.sleep(0.3)")
    idle = run.usage().cpu_seconds
    ask_again = {"op": "call", "target": 0, "name": "answer", "args": [], "kwargs": {}, "watch": False}
    run.stream.sendall(pack(ask_again))
    receive_header(run.stream, time.monotonic() + 5)
    assert run.usage().cpu_seconds - idle < 0.1
    run.end()
    run = session.start(may_fork=False)
    ask(run, "import time\ndef answer():\n    t = time.process_time()\n    while time.process_time() < t + 0.3: pass")
    assert run.usage().cpu_seconds > 0.3
    run.end()


def test_a_timed_run_starts_threads_but_no_processes(session: Session) -> None:
    """Its CPU clock would miss a child's time; threads are on it."""
    run = session.start(may_fork=False)
    assert ask(run, "import os\ndef answer(): return os.fork()") == "BlockingIOError"
    run.end()
    run = session.start(may_fork=False)
    body = "t = threading.Thread(target=print)\n    t.start()\n    return t.join() or 1"
    source = f"import threading\ndef answer():\n    {body}"
    assert ask(run, source) == 1
    run.end()


def test_numpy_is_there_and_scikit_learn_is_not(session: Session) -> None:
    """Only the allowed distributions can be imported."""
    assert ask_and_end(session, "import numpy as np\ndef answer(): return int(np.arange(4).sum())") == 6
    assert ask_and_end(session, "def answer():\n    import sklearn") == "ModuleNotFoundError"


def test_an_isolating_backend_passes_its_own_probe(jail: Session) -> None:
    """None of the prisoner's ways out is open."""
    probe = examine("jail", jail, LIMITS)
    assert probe.is_usable, probe.findings


def test_the_probe_finds_the_holes_of_the_unsafe_backend() -> None:
    """A probe that finds nothing anywhere would be worthless."""
    session = Unsafe().open(LIMITS, Environment())
    try:
        assert not examine("unsafe", session, LIMITS).is_usable
    finally:
        session.close()


def test_no_folder_of_the_jail_holds_scikit_learn(jail: Session) -> None:
    """Not on the path and not anywhere else."""
    source = (
        "import os\n"
        "def answer():\n"
        "    walk = os.walk('/')\n"
        "    return sorted(os.path.join(d, n) for d, names, _ in walk if not d.startswith('/proc')\n"
        "                  for n in names if 'sklearn' in n or 'scikit' in n or n == 'scipy')"
    )
    run = jail.start()
    assert ask(run, source) == []
    run.end()


def test_the_environment_is_empty(jail: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the door reaches the jail."""
    monkeypatch.setenv("SECRET_TOKEN", "hidden")
    names = ask_and_end(jail, "import os\ndef answer(): return sorted(os.environ)")
    assert "SECRET_TOKEN" not in names
    assert "USER" not in names


def test_files_of_the_host_are_out_of_sight(jail: Session, tmp_path: Path) -> None:
    """Neither this repository nor a home folder is there."""
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    paths = [str(secret), str(Path(__file__)), "/etc/passwd", str(Path.home() / ".ssh"), "/home", "/var"]
    assert ask_and_end(jail, f"import os\ndef answer(): return [p for p in {paths!r} if os.path.exists(p)]") == []


def test_the_network_is_empty(jail: Session) -> None:
    """A server on the host's loopback cannot be reached; other families than AF_UNIX cannot be opened."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        source = f"import socket\ndef answer(): socket.create_connection(('127.0.0.1', {port}), 1)"
        assert ask_and_end(jail, source) == "OSError"


@pytest.mark.parametrize(
    ("name", "number"),
    [("ptrace", 101), ("mount", 165), ("unshare", 272), ("setns", 308), ("bpf", 321), ("perf_event_open", 298),
     ("userfaultfd", 323), ("io_uring_setup", 425), ("process_vm_readv", 310), ("keyctl", 250), ("pidfd_getfd", 438)],
)  # fmt: skip
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="system call numbers of x86-64")
def test_dangerous_system_calls_are_refused(jail: Session, name: str, number: int) -> None:
    """The kernel answers EPERM before it looks at the arguments."""
    source = (
        "import ctypes\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        f"def answer(): return [libc.syscall({number}, 0, 0, 0, 0, 0), ctypes.get_errno()]"
    )
    assert ask_and_end(jail, source) == [-1, 1], name


def test_init_cannot_be_touched(jail: Session) -> None:
    """The process that starts runs is neither killed, stopped, nor read by them."""
    source = (
        "import os, signal\n"
        "def answer():\n"
        "    os.kill(1, signal.SIGKILL)\n"
        "    os.kill(1, signal.SIGSTOP)\n"
        "    try:\n"
        "        open('/proc/1/mem', 'rb')\n"
        "    except PermissionError:\n"
        "        return os.listdir('/proc/self/fd')\n"
    )
    answer = ask_and_end(jail, source)
    assert isinstance(answer, list)
    assert ask_and_end(jail, "def answer(): return 1") == 1


def test_disk_use_is_limited(jail: Session) -> None:
    """The scratch folder is small, and a file of the next run finds it empty again."""
    source = "def answer():\n    for i in range(100):\n        open(f'f{i}', 'wb').write(b'x' * (1 << 20))\n"
    assert ask_and_end(jail, source) == "OSError"
    assert ask_and_end(jail, "import os\ndef answer(): return os.listdir('.')") == []


@pytest.mark.parametrize("make", [*BACKENDS, pytest.param(Unsafe, id="unsafe")])
@pytest.mark.parametrize("is_used", [True, False])
def test_closing_a_session_leaves_nothing(make: Callable[[], Sandbox], is_used: bool) -> None:
    """Neither descriptors nor children nor threads stay behind, whether it was used or begun in vain."""
    sandbox = make()
    # The first session is what imports and connects; what that leaves is the process's own.
    for _ in range(2):
        before = len(os.listdir("/proc/self/fd")), threading.active_count(), children(os.getpid())
        session = sandbox.open(LIMITS, Environment())
        if is_used:
            run = session.start()
            ask(run, "def answer(): return 1")
            run.end()
        session.close()
        sandbox.close()
        after = len(os.listdir("/proc/self/fd")), threading.active_count(), children(os.getpid())
    assert after == before


def test_a_session_of_an_absent_distribution_is_refused() -> None:
    """The message says what to install."""
    with pytest.raises(SandboxError, match="nonesuch is not installed beside the judge"):
        Bubblewrap(candidates()[0]).open(LIMITS, Environment(("nonesuch",), ()))


def kill_first_process(session: Session) -> None:
    """Kill the process that starts runs, as only this machine's owner can."""
    if isinstance(session, LocalSession):
        os.kill(session.pid, signal.SIGKILL)
    else:
        session._container.kill()  # type: ignore[attr-defined]  # a session of Docker's


def test_a_session_that_dies_under_a_run_is_the_sandboxs_failure(jail: Session) -> None:
    """No fact about the run is made up, whoever killed the session's first process."""
    run = jail.start()
    ask(run, "def answer(): return 1")
    kill_first_process(jail)
    with pytest.raises(SandboxError):
        run.end()
