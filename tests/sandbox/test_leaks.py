"""Nothing is left after submissions, many of them hostile: no process, descriptor, thread, mount, group or file."""

import gc
import os
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from judge.judging import Judge, Submission
from judge.problem import Problem
from judge.verdict import Verdict
from sandbox.broker import Broker
from sandbox.bubblewrap import Bubblewrap
from sandbox.contract import Environment, Limits, Run
from sandbox.frames import pack, receive_header
from sandbox.link import BrokerLink, RemoteRun
from sandbox.processes import children, descendants
from sandbox.walls import candidates

pytestmark = pytest.mark.alone

# Small, so that a submission that is meant to reach one reaches it at once.
LIMITS = Limits(wall_seconds=5.0, cpu_seconds=0.1, memory_mib=64, output_kib=16, disk_mib=4, processes=16)
FIRST_OWN_USER = 0x70000000
# What is killed is gone soon; what is reaped by this machine's own first process may take a little longer.
PATIENCE_SECONDS = 5.0
HASTE_SECONDS = 0.03
PAGE = os.sysconf("SC_PAGE_SIZE")

HONEST = "def answer(): return 6 * 7"
DAEMONS = """
import os, signal, time
def answer():
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()
            signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))
            if os.fork():
                os._exit(0)
            time.sleep(600)
"""
BOMB = """
import os, time
def answer():
    while True:
        try:
            if os.fork() == 0:
                time.sleep(600)
        except OSError:
            return
"""
HOARD = """
import os, time
def answer():
    [os.fork() for _ in range(2)]
    hoard = b"x" * (40 << 20)
    time.sleep(600)
"""
LITTER = """
import os, socket
def answer():
    for folder in (os.getcwd(), "/dev/shm"):
        os.makedirs(f"{folder}/a/b/c")
        open(f"{folder}/a/b/file", "w").write("x" * 10000)
        os.mkfifo(f"{folder}/pipe")
        socket.socket(socket.AF_UNIX).bind(f"{folder}/socket")
        os.symlink("/", f"{folder}/root")
        os.chmod(f"{folder}/a", 0)
"""
MEMORIES = """
import ctypes, os
kept = [os.memfd_create("kept") for _ in range(20)]
libc = ctypes.CDLL(None)
def answer():
    libc.shmget(42, 4096, 0o1666)
    libc.semget(42, 1, 0o1666)
    for file in kept:
        os.ftruncate(file, 1 << 30)
"""
THREADS = """
import threading, time
def answer():
    for _ in range(8):
        threading.Thread(target=time.sleep, args=(600,)).start()
"""
HOSTILE = {
    "daemons": DAEMONS,
    "bomb": BOMB,
    "litter": LITTER,
    "memories": MEMORIES,
    "threads": THREADS,
    "exits": "import os\ndef answer(): os._exit(7)",
    "crashes": "import ctypes\ndef answer(): ctypes.string_at(0)",
    "dies while it loads": "import os\nos.kill(os.getpid(), 9)",
    "raises while it loads": "1 / 0",
    "is no Python": "def answer(:",
    "prints without end": "def answer():\n    while True: print('x' * 1000)",
    "hangs": "import time\ndef answer(): time.sleep(600)",
    "stops itself": "import os, signal\ndef answer(): os.kill(os.getpid(), signal.SIGSTOP)",
    "closes all": "import os\ndef answer(): os.closerange(0, 256)",
    "asks for much memory": "def answer(): return len(bytearray(1 << 30))",
}
# These use up a limit of their own, which takes its time.
EXHAUSTING = {"computes without end": "def answer():\n    while True: pass", "hoards in processes": HOARD}


@dataclass(frozen=True, slots=True)
class Process:
    """A process of this machine, as /proc shows it."""

    pid: int
    started: int
    parent: int
    name: str
    state: str
    is_sandboxed: bool

    def __str__(self) -> str:
        return f"{self.name} {self.pid} ({self.state}) of {self.parent}"


def processes() -> dict[int, Process]:
    """Return all processes of this machine."""
    found: dict[int, Process] = {}
    for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
        with suppress(FileNotFoundError, ProcessLookupError):
            status = dict(
                line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line
            )
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            name, depth = status["Name"].strip(), len(status["NSpid"].split())
            is_sandboxed = (
                depth > 1
                or int(status["Uid"].split()[0]) >= FIRST_OWN_USER
                or name == "bwrap"
                or b"judge.grader" in command
            )
            found[pid] = Process(pid, int(fields[19]), int(fields[1]), name, fields[0], is_sandboxed)
    return found


def sandboxed() -> set[Process]:
    """Return the processes of sandboxes that are below this one, or below nobody: another judge's are its own."""
    all_of_them = processes()
    mine = {os.getpid(), *_ancestors(os.getpid(), all_of_them)}

    def is_mine(process: Process) -> bool:
        above = [pid for pid in _ancestors(process.pid, all_of_them) if not all_of_them[pid].is_sandboxed]
        return os.getpid() in above or set(above) <= mine

    return {process for process in all_of_them.values() if process.is_sandboxed and is_mine(process)}


def _ancestors(pid: int, all_of_them: dict[int, Process]) -> list[int]:
    found: list[int] = []
    while (parent := all_of_them[pid].parent) in all_of_them:
        found.append(parent)
        pid = parent
    return found


def traces() -> dict[str, Counter[str]]:
    """Return all that a judge can leave on a machine, by kind."""
    gc.collect()
    links = [_link(f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd")]
    mounts = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    return {
        # A socket's number says nothing; the path of a file does.
        "descriptors": Counter(link.partition(":[")[0] for link in links if link),
        "threads": Counter(thread.name for thread in threading.enumerate()),
        "children": Counter(map(str, children(os.getpid()))),
        # A zygote that is still importing is another only by its name and its state.
        "sandboxed processes": Counter(f"{process.pid} of {process.parent}" for process in sandboxed()),
        # Containers of others come and go.
        "mounts": Counter(mount for mount in mounts if "docker" not in mount and "containerd" not in mount),
        "control groups": Counter(map(str, Path("/sys/fs/cgroup").rglob(f"judge-{os.getpid()}-*"))),
        "files": Counter(_files()),
    }


def _link(path: str) -> str:
    # The folder itself was open while it was listed.
    return os.readlink(path) if os.path.lexists(path) else ""


def _files() -> Iterator[str]:
    """Yield what is in the folder for temporary files, and what sessions' users own where others keep theirs."""
    yield from os.listdir(tempfile.gettempdir())
    for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run"):  # noqa: S108 - looked at only
        with suppress(FileNotFoundError):
            for entry in os.scandir(folder):
                with suppress(FileNotFoundError):
                    if entry.stat(follow_symlinks=False).st_uid >= FIRST_OWN_USER:
                        yield entry.path


def what_is_new(before: dict[str, Counter[str]]) -> dict[str, Counter[str]]:
    """Return what is there now and was not before, once that which is dying has had its time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        new = {kind: more for kind, now in traces().items() if (more := now - before[kind])}
        if not new or time.monotonic() > deadline:
            return new
        time.sleep(0.05)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have all temporary files made where nobody else makes any."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@contextmanager
def grader_of(broker: Broker) -> Iterator[BrokerLink]:
    """Connect to a broker as a grader does, and hang up as one that dies."""
    connection, thread = broker.connect()
    with connection:
        yield BrokerLink(connection)
    thread.join(PATIENCE_SECONDS)


def converse(run: Run | RemoteRun, source: str) -> None:
    """Load a source and call it, with little patience; whatever comes of it is fine."""
    load = {"op": "load", "source": source, "file": "x.py", "name": "x", "seed": 0}
    call = {"op": "call", "target": 0, "name": "answer", "args": [], "kwargs": {}, "watch": False}
    # Where the caller gives up, as at a wall limit, the run is ended as it stands.
    patience = LIMITS.wall_seconds if source in EXHAUSTING.values() else HASTE_SECONDS
    with suppress(EOFError, OSError):
        for header, seconds in ((load, LIMITS.wall_seconds), (call, patience)):
            run.stream.sendall(pack(header))
            receive_header(run.stream, time.monotonic() + seconds)


def submit(link: BrokerLink, source: str) -> None:
    """Do with a source what a grader does, once."""
    session = link.open(LIMITS, Environment())
    run = session.start()
    converse(run, source)
    run.end()
    session.close()


def submit_many(broker: Broker, count: int, at: Callable[[int], None] = lambda _: None) -> None:
    """Make `count` submissions of every sort; graders come, forget to end what they began, and go."""
    sources = [HONEST, *HOSTILE.values()]
    done = 0
    while done < count:
        with grader_of(broker) as link:
            for index in range(min(50, count - done)):
                exhausting = list(EXHAUSTING.values())[done // 50 % len(EXHAUSTING)]
                submit(link, exhausting if index == 25 else sources[(done + index) % len(sources)])
                at(done + index + 1)
            # One session is never used, one run never ended, and one is cut short by the grader's death.
            link.open(LIMITS, Environment())
            link.open(LIMITS, Environment()).start().stream.close()
            forgotten = link.open(LIMITS, Environment()).start()
            converse(forgotten, DAEMONS)
            forgotten.stream.close()
            if forgotten.memory is not None:
                forgotten.memory.close()
        done += 50


@pytest.fixture
def own_broker() -> Iterator[Broker]:
    """Open a broker that nobody else uses."""
    broker = Broker(Bubblewrap(candidates()[0]))
    yield broker
    broker.close()


def resident_mib(pid: int) -> float:
    """Return the resident memory of one process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / (1 << 20)


def zygote_of(broker: Broker) -> int:
    """Return the zygote's process id, below bwrap's."""
    assert isinstance(broker.sandbox, Bubblewrap)
    (zygote,) = broker.sandbox._zygotes.values()
    return children(zygote.process.pid)[0]


def test_a_survey_sees_what_a_session_is(own_broker: Broker) -> None:
    """A session that is open shows among the traces: a survey that sees nothing would prove nothing."""
    before = traces()
    with grader_of(own_broker) as link:
        run = link.open(LIMITS, Environment()).start()
        converse(run, DAEMONS)
        now = traces()
        run.end()
    new = {kind for kind in now if now[kind] - before[kind]}
    assert new >= {"descriptors", "threads", "children", "sandboxed processes"}
    # bwrap, zygote, init, the run, its three daemons.
    assert (now["sandboxed processes"] - before["sandboxed processes"]).total() >= 7


def test_two_hundred_submissions_leave_nothing(own_broker: Broker) -> None:
    """Honest and hostile ones, and graders that die in the middle of one."""
    submit_many(own_broker, 50)
    before = traces()
    submit_many(own_broker, 200)
    assert what_is_new(before) == {}


def test_closing_a_broker_leaves_nothing() -> None:
    """Not even its zygote, its threads, or a zombie of either."""
    before = traces()
    for _ in range(3):
        broker = Broker(Bubblewrap(candidates()[0]), spares=1)
        submit_many(broker, 5)
        broker.close()
    assert what_is_new(before) == {}


def test_a_sandbox_that_is_closed_at_once_leaves_nothing() -> None:
    """A zygote that is killed before it is in its jail takes everything along, at whichever of bwrap's steps."""
    before = traces()
    for index in range(60):
        sandbox = Bubblewrap(candidates()[0], is_warm=index % 2 == 0)
        session = sandbox.open(LIMITS, Environment())
        # bwrap forks some two milliseconds after it was started.
        time.sleep(index * 0.0002)
        first, second = (sandbox, session) if sandbox.is_warm else (session, sandbox)
        first.close()
        second.close()
    assert what_is_new(before) == {}


def test_graders_leave_nothing(own_broker: Broker, kmeans: Problem) -> None:
    """Judges that come and go, one with a submission that hangs, take their processes along."""
    source = (kmeans.folder / "solutions/accepted/broadcasting.py").read_text()
    submission = Submission(kmeans, source, 0, cases=("test_two_obvious_groups",), is_explained=False)
    with Judge(own_broker) as judge:
        judge.judge(submission)
    before = traces()
    for _ in range(3):
        with Judge(own_broker) as judge:
            for _ in range(5):
                assert judge.judge(submission).verdict is Verdict.AC
    assert what_is_new(before) == {}


@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.nightly)])
def test_hostile_runs_have_no_survivors(count: int) -> None:
    """When a run has ended, nothing but init is left in its session, whatever the run was."""
    sandbox = Bubblewrap(candidates()[0])
    before = traces()
    session = sandbox.open(LIMITS, Environment())
    sources = list(HOSTILE.items())
    for index in range(count):
        name, source = sources[index % len(sources)]
        run = session.start()
        converse(run, source)
        run.end()
        assert descendants(session.pid) == [], name
    session.close()
    sandbox.close()
    assert what_is_new(before) == {}


@pytest.mark.nightly
def test_ten_thousand_submissions_leave_nothing(own_broker: Broker, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither what a survey sees nor memory: a submission that cost a kilobyte for good would show."""
    submit_many(own_broker, 50)
    before, zygote, began = traces(), zygote_of(own_broker), time.monotonic()
    memory: dict[int, tuple[float, float]] = {}

    def measure(done: int) -> None:
        if done in (500, 2_000, 10_000):
            gc.collect()
            memory[done] = resident_mib(os.getpid()), resident_mib(zygote)

    submit_many(own_broker, 10_000, measure)
    with capsys.disabled():
        taken = time.monotonic() - began
        print(f"\n10,000 submissions in {taken:.0f} s; MiB of judge and zygote: {memory}")  # noqa: T201 - what was measured is to be read
    assert what_is_new(before) == {}
    for index in range(2):
        # Allocators round up and keep what they had; 1,500 submissions of one kilobyte each would be more.
        assert memory[2_000][index] - memory[500][index] < 1.0
        assert memory[10_000][index] - memory[500][index] < 1.0


@pytest.mark.nightly
def test_a_thousand_judged_submissions_leave_nothing(own_broker: Broker, kmeans: Problem) -> None:
    """Whole submissions, through one grader, whose memory does not grow either."""
    source = (kmeans.folder / "solutions/accepted/broadcasting.py").read_text()
    submission = Submission(kmeans, source, 0, cases=("test_two_obvious_groups",), is_explained=False)
    with Judge(own_broker) as judge:
        for _ in range(250):
            judge.judge(submission)
        before, memory = traces(), resident_mib(judge._process.pid)
        for _ in range(1000):
            assert judge.judge(submission).verdict is Verdict.AC
        assert what_is_new(before) == {}
        assert resident_mib(judge._process.pid) - memory < 1.0
