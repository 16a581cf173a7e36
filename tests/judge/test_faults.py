"""Whatever of ours is killed, at whichever moment, the verdict is that of an undisturbed judge."""

import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from judge.errors import JudgeError
from judge.judging import Judge, Progress, Submission
from judge.problem import Problem
from judge.report import Report
from judge.verdict import Verdict
from sandbox.broker import Broker
from sandbox.bubblewrap import Bubblewrap
from sandbox.contract import Ending, Environment, Limits, Run, Usage
from sandbox.link import BrokerLink
from sandbox.local import LocalRun, LocalSession
from sandbox.processes import children
from sandbox.walls import candidates

EXAMPLES = Path(__file__).parents[2] / "examples"
RIGHT = (EXAMPLES / "kmeans.py").read_text()
WRONG = (EXAMPLES / "wrong" / "kmeans.py").read_text()
ONE_STEP, CLIMB, SEARCH = "test_one_step", "test_blobs", "test_labels_and_inertia_fit_the_centres"
RACE = "test_time_on_three_thousand_samples"
APPEARANCE_SECONDS = 10.0

On = Callable[[str, "StrikingSession"], None]


@dataclass(eq=False)
class StrikingSandbox:
    """Passes on to bubblewrap, and tells `on` of each moment before (or, in the past tense, after) it comes."""

    inner: Bubblewrap = field(default_factory=lambda: Bubblewrap(candidates()[0]))
    on: On = lambda *_: None
    name: str = "bubblewrap, struck"
    is_isolated: bool = True
    limits_by: str = "any"

    def open(self, limits: Limits, environment: Environment) -> "StrikingSession":
        inner = self.inner.open(limits, environment)
        session = StrikingSession(self, inner, environment)
        self.on("opened", session)
        return session

    def close(self) -> None:
        self.inner.close()


@dataclass(eq=False)
class StrikingSession:
    """A session that tells when it starts a run."""

    sandbox: StrikingSandbox
    inner: LocalSession
    environment: Environment
    run: LocalRun | None = None

    def start(self, *, may_fork: bool = True) -> Run:
        self.sandbox.on("start", self)
        self.run = self.inner.start(may_fork=may_fork)
        self.sandbox.on("started", self)
        return StrikingRun(self, self.run)

    def close(self) -> None:
        self.sandbox.on("close", self)
        self.inner.close()

    @property
    def zygote(self) -> list[int]:
        """Return the zygote, as soon as bwrap has forked it; nothing when it is dead."""
        zygote = self.sandbox.inner._zygotes.get(self.environment)
        return [] if zygote is None else wait_for(lambda: children(zygote.process.pid), zygote.process)

    @property
    def inits(self) -> list[int]:
        """Return init, or what is becoming one."""
        if self.inner.pid:
            return [self.inner.pid]
        return wait_for(lambda: [init for zygote in self.zygote for init in children(zygote)])


@dataclass(eq=False)
class StrikingRun:
    """A run that tells when it is measured and when it is ended."""

    session: StrikingSession
    inner: LocalRun

    @property
    def stream(self) -> socket.socket:
        return self.inner.stream

    @property
    def area(self) -> int:
        return self.inner.area

    @property
    def descriptors(self) -> Sequence[int]:
        return self.inner.descriptors

    def attend(self) -> None:
        self.inner.attend()

    def usage(self) -> Usage:
        self.session.sandbox.on("usage", self.session)
        return self.inner.usage()

    def end(self) -> Ending:
        self.session.sandbox.on("end", self.session)
        return self.inner.end()


def wait_for(look: Callable[[], list[int]], process: "subprocess.Popen[bytes] | None" = None) -> list[int]:
    """Return the processes that `look` finds as soon as there are any, as long as their own one lives."""
    deadline = time.monotonic() + APPEARANCE_SECONDS
    while not any(found := look()) and time.monotonic() < deadline and (process is None or process.poll() is None):
        time.sleep(0.001)
    return found


def kill(pids: Sequence[int]) -> None:
    """Kill processes, some of which may be gone."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class Bench:
    """A judge at work, and the sandbox below it that can be struck."""

    problem: Problem
    sandbox: StrikingSandbox
    broker: Broker
    judge: Judge
    undisturbed: dict[tuple[str, tuple[str, ...]], dict[str, Verdict]] = field(default_factory=dict)

    def submit(self, source: str, cases: tuple[str, ...], progress: Progress | None = None) -> Report:
        return self.judge.judge(Submission(self.problem, source, 0, cases=cases), progress)

    def expected(self, source: str, cases: tuple[str, ...]) -> dict[str, Verdict]:
        """Return the verdicts when nothing is struck."""
        if (source, cases) not in self.undisturbed:
            self.undisturbed[source, cases] = verdicts(self.submit(source, cases))
        return self.undisturbed[source, cases]

    def victims(self, victim: str, session: StrikingSession) -> list[int]:
        """Return the processes of a kind."""
        if victim == "zygote":
            return session.zygote
        if victim == "init":
            return session.inits
        grader = self.judge._process.pid
        return [grader] if victim == "grader" else children(grader)


def verdicts(report: Report) -> dict[str, Verdict]:
    """Return a report's verdicts by case, the whole one under the empty name."""
    return {"": report.verdict, **{case.name: case.verdict for case in report.cases}}


@pytest.fixture(scope="module")
def bench(kmeans: Problem) -> Iterator[Bench]:
    """Open a judge that has to live through all of these tests."""
    before = set(children(os.getpid()))
    sandbox = StrikingSandbox()
    broker = Broker(sandbox)
    with Judge(broker) as judge:
        yield Bench(kmeans, sandbox, broker, judge)
    broker.close()
    assert set(children(os.getpid())) <= before


@pytest.fixture(autouse=True)
def calm(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave no strike behind for the next test."""
    yield
    if "bench" in request.fixturenames:
        request.getfixturevalue("bench").sandbox.on = lambda *_: None


@dataclass(eq=False)
class Strike:
    """Kills a victim at the `number`-th of a kind of moment, or at that and all later ones."""

    bench: Bench
    victim: str
    moment: str
    number: int
    is_repeated: bool = False
    seen: int = 0
    struck: int = 0

    def __call__(self, moment: str, session: StrikingSession) -> None:
        self.seen += moment == self.moment
        is_due = self.seen == self.number or (self.is_repeated and self.seen > self.number)
        if moment == self.moment and is_due:
            self.struck += 1
            kill(self.bench.victims(self.victim, session))


# Run 1 loads the source, run 2 is the first of the case, run 3 and after are more sizes, examples or diagnoses.
POINTS = {
    "while its session is being set up": (ONE_STEP, "opened", 1),
    "before the run that loads it": (ONE_STEP, "start", 1),
    "while it is loaded": (ONE_STEP, "started", 1),
    "when it has been loaded": (ONE_STEP, "end", 1),
    "before the run of a case": (ONE_STEP, "start", 2),
    "while a case runs": (ONE_STEP, "started", 2),
    "right before a case's end": (ONE_STEP, "end", 2),
    "between the sizes of a case": (CLIMB, "start", 3),
    "at the end of the second size": (CLIMB, "end", 3),
    "early in a search": (SEARCH, "started", 3),
    "late in a search or while shrinking": (SEARCH, "end", 25),
    "when its session is closed": (ONE_STEP, "close", 1),
}
RACE_POINTS = {
    "before the rival starts": (RACE, "start", 2),
    "before the submission starts in the race": (RACE, "start", 3),
    "while the race warms up": (RACE, "usage", 4),
    "in the middle of the race": (RACE, "usage", 21),
    "in the other lane of the race": (RACE, "usage", 23),
    "at the end of the race": (RACE, "end", 2),
}
DIAGNOSIS_POINTS = {
    "while the mistake is named": (ONE_STEP, "started", 4),
    "at the end of a known mistake's run": (ONE_STEP, "end", 5),
}
VICTIMS = ("zygote", "init", "grader", "grader's child")


def combinations(points: dict[str, tuple[str, str, int]]) -> list[Any]:
    """Return each victim at each point where it is alive, as parameters."""
    return [
        pytest.param(case, moment, number, victim, id=f"{victim} {title}")
        for title, (case, moment, number) in points.items()
        for victim in VICTIMS
        if victim != "grader's child" or moment not in ("opened", "close")
    ]


def some(points: dict[str, tuple[str, str, int]], one_in: int) -> list[Any]:
    """Return one in so many of the combinations for every day, and the others for the night."""
    return [
        pytest.param(*point.values, id=point.id, marks=[] if index % one_in == 0 else pytest.mark.nightly)
        for index, point in enumerate(combinations(points))
    ]


def check(bench: Bench, source: str, strike: Strike, case: str) -> None:
    """Judge under a strike and compare with an undisturbed judge."""
    expected = bench.expected(source, (case,))
    # A new submission has a new session, a judge's first one a rival's too: moments are counted from here.
    bench.sandbox.on = strike
    report = bench.submit(source, (case,))
    # A session is closed when its report has been sent already.
    wait_for(lambda: [strike.struck])
    assert strike.struck == 1
    busy = [case.message for case in report.cases if "too busy to judge speed" in case.message]
    if busy:
        pytest.skip(busy[0])
    assert verdicts(report) == expected


@pytest.mark.parametrize(("case", "moment", "number", "victim"), combinations(POINTS))
def test_a_right_solution_is_accepted_whatever_is_killed(
    bench: Bench, case: str, moment: str, number: int, victim: str
) -> None:
    """Each of our processes is killed once at each point; nobody notices."""
    check(bench, RIGHT, Strike(bench, victim, moment, number), case)


@pytest.mark.parametrize(("case", "moment", "number", "victim"), some({**POINTS, **DIAGNOSIS_POINTS}, 3))
def test_a_wrong_solution_is_rejected_whatever_is_killed(
    bench: Bench, case: str, moment: str, number: int, victim: str
) -> None:
    """It gets WA in the same case, never a verdict about the process that died under it."""
    check(bench, WRONG, Strike(bench, victim, moment, number), case)


@pytest.mark.parametrize(("case", "moment", "number", "victim"), some(RACE_POINTS, 5))
def test_a_race_is_won_whatever_is_killed(bench: Bench, case: str, moment: str, number: int, victim: str) -> None:
    """Times that were measured across a death decide nothing."""
    check(bench, RIGHT, Strike(bench, victim, moment, number), case)


@pytest.mark.parametrize("victim", ["zygote", "grader"])
@pytest.mark.parametrize("is_first", [True, False], ids=["before the first", "between two"])
def test_a_death_between_submissions_costs_none_of_them(bench: Bench, victim: str, is_first: bool) -> None:
    """Whoever died while nothing was judged is replaced when the next submission comes."""
    with Judge(bench.broker) as judge:
        submission = Submission(bench.problem, RIGHT, 0, cases=(ONE_STEP,))
        if not is_first:
            assert judge.judge(submission).verdict is Verdict.AC
        session = bench.sandbox.open(Limits(), bench.problem.environment)
        kill(session.zygote if victim == "zygote" else [judge._process.pid])
        session.close()
        assert judge.judge(submission).verdict is Verdict.AC


@pytest.mark.parametrize("victim", VICTIMS)
@pytest.mark.parametrize("moment", ["started", "end"])
@pytest.mark.parametrize("number", [1, 2], ids=["load", "case"])
@pytest.mark.parametrize("source", [RIGHT, WRONG], ids=["right", "wrong"])
def test_failures_without_end_are_a_judge_error(
    bench: Bench, victim: str, moment: str, number: int, source: str
) -> None:
    """After two failures in a row the judge says that it failed, and nothing about the submission."""
    expected = bench.expected(source, (ONE_STEP,))
    bench.sandbox.on = strike = Strike(bench, victim, moment, number, is_repeated=True)
    try:
        report = bench.submit(source, (ONE_STEP,))
    except JudgeError:
        assert strike.struck >= 2
    else:
        # A death may come too late to change anything, and then the verdict is the right one: a grader's does not stop
        # its child, a zygote's reaches init by a signal of the kernel's, and before a run's end all answers are in.
        may_be_late = victim in {"grader", "zygote"} or moment == "end"
        assert report.verdict in ({Verdict.JE, expected[""]} if may_be_late else {Verdict.JE})


def test_a_rival_that_dies_is_not_the_submissions_fault(bench: Bench) -> None:
    """Our own code in the other lane broke off: once more, and no verdict when it does so again."""

    def strike_once(moment: str, session: StrikingSession) -> None:
        is_rival = session.environment != bench.problem.environment
        if moment == "usage" and is_rival and session.run is not None:
            kill(session.run._pids)

    bench.sandbox.on = strike_once
    report = bench.submit(RIGHT, (RACE,))
    assert report.verdict is Verdict.JE
    assert "the rival failed" in report.cases[-1].message


class Interrupted(Exception):
    """What a door's own callback may raise."""


def interrupt(_: object) -> None:
    """Break off."""
    raise Interrupted


@pytest.mark.parametrize("callback", ["on_suite", "on_start", "on_case"])
def test_a_report_that_nobody_awaited_is_not_the_next_ones(bench: Bench, callback: str) -> None:
    """A door that breaks off in the middle gets what it asks for next, not what it asked for then."""
    with pytest.raises(Interrupted):
        bench.submit(WRONG, (ONE_STEP,), Progress(**{callback: interrupt}))
    assert verdicts(bench.submit(RIGHT, (CLIMB,))) == {"": Verdict.AC, CLIMB: Verdict.AC}


def test_graders_that_share_a_broker_all_recover(bench: Bench) -> None:
    """A zygote that dies takes the sessions of all graders along, and none of their submissions."""
    ends, lock = 0, threading.Lock()

    def strike(moment: str, session: StrikingSession) -> None:
        nonlocal ends
        if moment == "end":
            with lock:
                ends += 1
                is_due = ends % 40 == 10
            if is_due:
                kill(session.zygote)

    bench.sandbox.on = strike
    reports: list[Report] = []

    def work() -> None:
        with Judge(bench.broker) as judge:
            for source in (RIGHT, WRONG):
                groups = ("sample", "edge")
                reports.append(judge.judge(Submission(bench.problem, source, 0, groups=groups, is_explained=False)))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends > 90
    seen = [verdicts(report) for report in reports]
    assert [found[""] for found in seen].count(Verdict.AC) == 3
    assert [found[""] for found in seen].count(Verdict.WA) == 3
    assert all(set(found.values()) <= {Verdict.AC, Verdict.WA} for found in seen)
    assert len({tuple(found.items()) for found in seen}) == 2


def test_a_grader_that_leaves_takes_no_other_ones_session_along() -> None:
    """The zygote that was begun for one grader serves the next one after the first is gone."""
    broker = Broker(Bubblewrap(candidates()[0]))
    connection, first = broker.connect()
    other_connection, second = broker.connect()
    with other_connection:
        with connection:
            BrokerLink(connection).open(Limits(), Environment()).start().stream.close()
            run = BrokerLink(other_connection).open(Limits(), Environment()).start()
        first.join()
        assert run.end().stop == "ended"
    second.join()
    broker.close()


def test_a_closed_judge_takes_its_busy_child_along(bench: Bench) -> None:
    """A grader that is killed while its child waits for a hanging submission leaves nobody behind."""
    judge = Judge(bench.broker)
    submission = Submission(bench.problem, "import time\ntime.sleep(600)\n", 0, cases=(ONE_STEP,))
    with pytest.raises(Interrupted):
        judge.judge(submission, Progress(on_suite=interrupt))
    child = wait_for(lambda: children(judge._process.pid))
    kill([judge._process.pid])
    began = time.monotonic()
    judge.close()
    assert time.monotonic() - began < 4.0
    assert not any(thread.is_alive() for thread in judge._threads)
    assert wait_for(lambda: [pid for pid in child if not os.path.exists(f"/proc/{pid}")]) == child


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.nightly)])
def test_deaths_at_random_moments_change_no_verdict(bench: Bench, seed: int) -> None:
    """Twenty times (each night two hundred times) something is killed somewhere in a submission."""
    rng = random.Random(seed)  # noqa: S311 - moments, not secrets
    groups = ("sample", "agreement", "edge") if seed == 0 else ("sample", "agreement", "property", "edge")
    expected: dict[str, dict[str, Verdict]] = {}
    seconds: dict[str, float] = {}
    for source in (RIGHT, WRONG):
        began = time.monotonic()
        submission = Submission(bench.problem, source, 0, groups=groups, is_explained=False)
        expected[source] = verdicts(bench.judge.judge(submission))
        seconds[source] = time.monotonic() - began
    for index in range(20 if seed == 0 else 200):
        source, victim, delay = rng.choice((RIGHT, WRONG)), rng.choice(VICTIMS), rng.random()
        timer = threading.Timer(delay * seconds[source], strike_at_random, (bench, victim, rng.random()))
        timer.start()
        report = bench.judge.judge(Submission(bench.problem, source, 0, groups=groups, is_explained=False))
        timer.join()
        assert verdicts(report) == expected[source], (index, victim, delay)


def strike_at_random(bench: Bench, victim: str, choice: float) -> None:
    """Kill one of the processes of a kind, if there is one just now."""
    zygotes = [pid for zygote in bench.sandbox.inner._zygotes.values() for pid in children(zygote.process.pid)]
    found = {
        "zygote": zygotes,
        "init": [pid for zygote in zygotes for pid in children(zygote)],
        "grader": [bench.judge._process.pid],
        "grader's child": children(bench.judge._process.pid),
    }[victim]
    if found:
        kill([found[int(choice * len(found))]])
