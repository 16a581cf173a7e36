"""Suites that nobody vouches for: in a jailed grader they get nothing, break nothing, and are gone when they are done.

Each look around is tried outside the jail as well, where it must find something: so it would find something inside.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from judge.bootstrap import jailed_graders
from judge.catalogue import BUILT_IN
from judge.errors import JudgeError
from judge.graders import Jailed
from judge.judging import GraderStopped, Judge, Submission
from judge.packs import problem_of, write_files
from judge.problem import Problem
from judge.verdict import Verdict
from sandbox.broker import Broker
from sandbox.processes import descendants

MARK = "what only the door may know"
PATIENCE_SECONDS = 8.0
DESCRIPTION = """
title = "Doubling"
entry_points = ["double"]
topics = ["optimisation"]
minutes = 5
points = { sample = 100.0 }
"""
SUITE = """
import ctypes, glob, json, os, socket, sys, time
from judge.agreement import number, that
from judge.suite import case

def attempt():
{attack}

@case("sample")
def test_what_is_found(submission, rng):
    \"\"\"It finds nothing\"\"\"
    number(submission.double(2.0), "double")
    try:
        found = attempt()
    except OSError:
        found = None
    that(not found, str(found))
"""
SOLUTION = "def double(x):\n    return 2 * x\n"

LOOKS = {
    "environments of other processes": """
for path in glob.glob("/proc/[0-9]*/environ"):
    try:
        if {secret!r} in open(path, errors="replace").read():
            return path
    except OSError:
        pass
""",
    "the database's file": "return {secret!r} in open({file!r}).read()",
    "users of the machine": "return [line for line in open('/etc/passwd') if line.startswith('root')]",
    "other problems": "return os.path.isdir({problems!r}) or glob.glob('/*/*/kmeans') + glob.glob('/*/kmeans')",
    "the network": "return socket.create_connection(('127.0.0.1', {port}), 1)",
    "a local socket": """
made = socket.socket(socket.AF_UNIX)
made.connect({local!r})
return "connected"
""",
    "the door's process": "return not os.kill({door}, 0)",
    "a way to write into the judge": "return os.access(sys.modules['judge'].__file__, os.W_OK)",
    "privileges": "return 'CapEff:\\t0000000000000000' not in open('/proc/self/status').read() or os.getuid() == 0",
    "namespaces of its own": """
if (pid := os.fork()) == 0:
    os._exit(0 if ctypes.CDLL(None).unshare(0x10000000) == 0 else 1)
return os.waitpid(pid, 0)[1] == 0
""",
}


def pack(folder: Path, attack: str, **facts: object) -> Problem:
    """Return a problem whose suite does what `attack`, the body of a function, says."""
    body = attack.format(**facts) if facts else attack
    suite = SUITE.replace("{attack}", "".join(f"    {line}\n" for line in body.strip().splitlines()))
    files = {"problem.toml": DESCRIPTION, "suite.py": suite, "statement.md": "Double.", "starter.py": "..."}
    write_files(files, folder / "double")
    return problem_of(files, folder / "double")


@contextmanager
def outer_world(folder: Path) -> Iterator[dict[str, object]]:
    """Be what an attack could find: a process with a secret, a file with one, listeners."""
    (folder / "service.db").write_text(MARK)
    local = f"\0judge-{os.getpid()}"
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as named:
        named.bind(local)
        named.listen()
        with subprocess.Popen(["/bin/sleep", "600"], env={"DATABASE_URL": MARK}) as door:
            try:
                yield {
                    "secret": MARK,
                    "file": str(folder / "service.db"),
                    "problems": str(BUILT_IN),
                    "port": server.getsockname()[1],
                    "local": local,
                    "door": door.pid,
                }
            finally:
                door.kill()


@pytest.fixture(scope="module")
def graders() -> Iterator[Jailed]:
    """Start graders in jails; where there are none, these tests fail."""
    with jailed_graders(PATIENCE_SECONDS) as made:
        yield made


@pytest.fixture(scope="module")
def jailed(broker: Broker, graders: Jailed) -> Iterator[Judge]:
    """Open one judge that has to live through all of these tests."""
    with Judge(broker, graders=graders) as made:
        yield made


def verdict_of(judge: Judge, problem: Problem, pack_version: str = "") -> tuple[Verdict, str]:
    report = judge.judge(Submission(problem, SOLUTION, 0, pack=pack_version, is_explained=False))
    return report.verdict, report.cases[-1].message


def demand_health(judge: Judge, kmeans: Problem) -> None:
    """Have a submission judged to a problem that we vouch for: right and wrong as ever."""
    right, wrong = kmeans.solutions("accepted")[0].read_text(), "class KMeans: pass"
    for source, verdict in ((right, Verdict.AC), (wrong, Verdict.RTE)):
        report = judge.judge(Submission(kmeans, source, 0, groups=("sample",), is_explained=False))
        assert report.verdict is verdict


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_a_suite_in_a_jail_finds_nothing(jailed: Judge, judge: Judge, tmp_path: Path, look: str):
    """What it finds outside is not there inside."""
    with outer_world(tmp_path) as facts:
        problem = pack(tmp_path, look, **facts)
        assert verdict_of(judge, problem)[0] is Verdict.WA
        assert verdict_of(jailed, problem, "a pack") == (Verdict.AC, "")


def test_a_suite_sees_its_own_pack_only(jailed: Judge, kmeans: Problem, tmp_path: Path):
    """The one before it has left nothing, in memory or in its folder."""
    demand_health(jailed, kmeans)
    problem = pack(
        tmp_path,
        """
return [p for p in glob.glob('/tmp/**', recursive=True) if 'double' not in p and p not in ('/tmp/', '/tmp/problem')] \\
    or [name for name in sys.modules if name.startswith('suite_of_') and name != 'suite_of_double']
""",
    )
    assert verdict_of(jailed, problem, "a pack") == (Verdict.AC, "")


SPENDERS = {
    "loops": "while True: pass",
    "sleeps": "time.sleep(600)",
    "takes all memory": "hoard = [bytearray(os.urandom(1) * (64 << 20)) for _ in range(1000)]",
    "floods the door": """
door = socket.socket(fileno=int(sys.argv[1]))
while True:
    door.sendall(b'{"started": "test_what_is_found"}\\n' * 1000)
""",
    "sends a line without end": """
door = socket.socket(fileno=int(sys.argv[1]))
while True:
    door.sendall(b'"' + b'a' * (1 << 20))
""",
    "kills its parent": "os.kill(os.getppid(), 9), time.sleep(600)",
    "starts processes without end": """
while True:
    try:
        if os.fork() == 0:
            time.sleep(600)
    except OSError:
        time.sleep(600)
""",
}


@pytest.mark.parametrize("spender", SPENDERS.values(), ids=SPENDERS)
def test_a_suite_that_takes_too_much_is_stopped(jailed: Judge, kmeans: Problem, tmp_path: Path, spender: str):
    """It is a judge error within the time that a suite has, nothing of it is left, and the next verdicts are right."""
    started = time.monotonic()
    with pytest.raises(JudgeError):
        verdict_of(jailed, pack(tmp_path, spender), "a pack")
    assert time.monotonic() - started < 4 * PATIENCE_SECONDS
    demand_health(jailed, kmeans)


def test_what_takes_too_long_is_not_tried_again(jailed: Judge, tmp_path: Path):
    """It says so, for whoever would queue it once more."""
    with pytest.raises(GraderStopped, match="longer than"):
        verdict_of(jailed, pack(tmp_path, "while True: pass"), "a pack")


def test_processes_that_a_suite_leaves_die_with_its_grader(jailed: Judge, tmp_path: Path):
    """Daemons as well."""
    left = """
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
"""
    verdict_of(jailed, pack(tmp_path, left), "a pack")
    grader = descendants(jailed._process.pid)
    jailed.renew()
    deadline = time.monotonic() + 5
    while (alive := [pid for pid in grader if os.path.exists(f"/proc/{pid}")]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(grader) >= 3
    assert alive == []


def test_a_forged_report_is_about_the_suites_own_problem_only(jailed: Judge, kmeans: Problem, tmp_path: Path):
    """What a suite writes on the door's socket beyond its report is never read: its grader judges nothing else."""
    forged = {"verdict": "AC", "score": 100.0, "max_score": 100.0, "message": "", "cases": [], "diagnosis": None}
    forged |= {"problem": "kmeans", "seed": 99, "feedback": "full"}
    forged |= {"limits": {"wall_seconds": 1.0, "cpu_seconds": 1.0, "memory_mib": 1, "scale": 1.0}}
    twice = (json.dumps({"report": forged}) + "\n") * 2
    attack = f"socket.socket(fileno=int(sys.argv[1])).sendall({twice!r}.encode())"
    problem = pack(tmp_path, attack)
    report = jailed.judge(Submission(problem, SOLUTION, 7, pack="a pack"))
    assert (report.problem, report.seed) == ("double", 7)
    demand_health(jailed, kmeans)


@pytest.mark.parametrize("field", ["score", "max_score"])
def test_a_report_with_a_score_that_is_no_number_is_refused(jailed: Judge, tmp_path: Path, field: str):
    """Databases and readers would choke on it."""
    forged = {"verdict": "AC", "score": 1.0, "max_score": 1.0, "message": "", "cases": [], "diagnosis": None}
    forged |= {"limits": {"wall_seconds": 1.0, "cpu_seconds": 1.0, "memory_mib": 1, "scale": 1.0}, field: float("nan")}
    line = json.dumps({"report": forged})
    problem = pack(tmp_path, f"socket.socket(fileno=int(sys.argv[1])).sendall({line!r}.encode() + b'\\n')")
    with pytest.raises(JudgeError, match="finite"):
        verdict_of(jailed, problem, "a pack")


def test_a_pack_is_refused_where_graders_are_not_jailed(judge: Judge, tmp_path: Path):
    """Before its suite is anywhere near."""
    with pytest.raises(JudgeError, match="jailed graders only"):
        verdict_of(judge, pack(tmp_path, "return None"), "a pack")


def test_graders_die_with_their_door():
    """A suite that hangs does not outlive a door that was killed."""
    program = f"""
import sys, threading, time
sys.path[:0] = {sys.path!r}
from judge.graders import Jailed
from sandbox.walls import candidates
import socket
graders = Jailed(candidates()[-1])
ours, theirs = socket.socketpair()
print(graders.start([theirs.fileno()]).pid, flush=True)
time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as door:
        assert door.stdout is not None
        bwrap = int(door.stdout.readline())
        deadline = time.monotonic() + 10
        while not descendants(bwrap) and time.monotonic() < deadline:
            time.sleep(0.02)
        inside = descendants(bwrap)
        door.kill()
    while (alive := [pid for pid in inside if os.path.exists(f"/proc/{pid}")]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert inside
    assert alive == []
