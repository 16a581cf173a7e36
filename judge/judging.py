"""Judging as a door sees it: hand a submission to a grader, watch it, get a report."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, Self

from judge import __version__
from judge.errors import JudgeError, UsageError
from judge.messages import Request, Runs, lines, send_line
from judge.pool import Pool
from judge.problem import GROUPS, Problem
from judge.report import CaseReport, Report, case_from_json
from sandbox.broker import Broker
from sandbox.contract import Environment, Limits
from sandbox.mounts import with_requirements

_SOURCE_CAP = 256 << 10
# With one of these a grader has said all about a submission (see `judge.messages`).
_LAST_WORDS = ("report", "refusal", "failure")

Json = Any


@dataclass(frozen=True, slots=True)
class Submission:
    """A source text for a problem, at a seed; `groups` and `cases` narrow what is run.

    `limits` hold instead of the problem's own; for the other fields see `judge.messages.Request`.
    """

    problem: Problem
    source: str
    seed: int
    feedback: str = "full"
    groups: tuple[str, ...] = GROUPS
    cases: tuple[str, ...] = ()
    is_explained: bool = True
    until_failure: bool = False
    lists_agreements: bool = False
    is_drawn: bool = False
    runs: Runs = Runs.FRESH
    limits: Limits | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What a door may show while it waits."""

    on_suite: Callable[[list[str]], None] = lambda _: None
    on_start: Callable[[str], None] = lambda _: None
    on_case: Callable[[CaseReport], None] = lambda _: None


class _GraderGone(JudgeError):
    """The grader died before it reported."""


class Judge:
    """One grader at work; close it, or use it as a context manager."""

    def __init__(self, broker: Broker, scale: float = 1.0, lanes: int = 1) -> None:
        """Start a grader that gets its sessions from `broker` and runs cases in so many `lanes` side by side.

        `scale` stretches time limits on slow machines.
        """
        self._broker = broker
        self._scale = scale
        self._lanes = lanes
        self._start()

    def _start(self) -> None:
        links, self._threads = zip(*(self._broker.connect() for _ in range(self._lanes)), strict=True)
        self._door, inside = socket.socketpair()
        numbers = [end.fileno() for end in (inside, *links)]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "judge.grader", *map(str, numbers)],
            pass_fds=numbers,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=_grader_variables(),
            process_group=0,
        )
        for end in (inside, *links):
            end.close()
        self._lines = lines(self._door)
        # Whether the next thing it says answers the next thing it is asked.
        self._is_in_step = True

    def judge(self, submission: Submission, progress: Progress | None = None) -> Report:
        """Judge one submission.

        Raises JudgeError when the grader fails: that is never the submission's fault.
        """
        if len(submission.source.encode("utf-8", "replace")) > _SOURCE_CAP:
            raise JudgeError(f"the file is larger than {_SOURCE_CAP >> 10} KiB, more than a submission may be")
        request, progress = request_for(submission, self._scale).to_json(), progress or Progress()
        if not self._is_in_step or self._process.poll() is not None:
            self._start_again()
        try:
            return self._ask(request, submission, progress)
        except _GraderGone:
            # It runs no submitted code, so its death is nobody's fault: once more with another.
            self._start_again()
            return self._ask(request, submission, progress)

    def _start_again(self) -> None:
        self.close()
        self._start()

    def _ask(self, request: Json, submission: Submission, progress: Progress) -> Report:
        # Whoever breaks off here, by an error of a progress callback or an interrupt, leaves a report unread.
        self._is_in_step = False
        try:
            send_line(self._door, request)
            return self._follow(submission, progress)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise _GraderGone("the grader is gone without a report") from error

    def _follow(self, submission: Submission, progress: Progress) -> Report:
        for event in self._lines:
            self._is_in_step = isinstance(event, dict) and not event.keys().isdisjoint(_LAST_WORDS)
            match event:
                case {"suite": list(names)} if all(isinstance(name, str) for name in names):
                    progress.on_suite(names)
                case {"started": str(name)}:
                    progress.on_start(name)
                case {"case": dict(tree)}:
                    progress.on_case(case_from_json(tree))
                case {"report": dict(tree)}:
                    return Report.from_json({**tree, **self._own_facts(submission)})
                case {"refusal": str(text)}:
                    raise UsageError(text)
                case {"failure": str(text)}:
                    raise JudgeError(text)
                case _:
                    raise JudgeError("the grader sent something that is not understood")
        raise _GraderGone("the grader is gone without a report")

    def _own_facts(self, submission: Submission) -> Json:
        """Return what the door answers for: the sandbox and the versions."""
        sandbox = self._broker.sandbox
        return {
            "sandbox": {"name": sandbox.name, "isolated": sandbox.is_isolated, "limits": sandbox.limits_by},
            "versions": {"judge": __version__, "suite": submission.problem.version, **_installed()},
        }

    def close(self) -> None:
        """Hang up and wait until the grader and its sessions are gone."""
        self._door.close()
        # The group holds the child that grades too, which may have outlived a grader that was killed.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for thread in self._threads:
            thread.join(5.0)

    def __enter__(self) -> Self:
        """Return the judge itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the judge."""
        self.close()


@contextmanager
def open_judges(broker: Broker, count: int, scale: float = 1.0) -> Iterator[Pool[Judge]]:
    """Open several graders with one broker, for whoever has many submissions to judge."""
    with ExitStack() as opened:
        yield Pool([opened.enter_context(Judge(broker, scale)) for _ in range(count)])


def request_for(submission: Submission, scale: float) -> Request:
    """Return what the grader is asked."""
    problem = submission.problem
    return Request(
        problem=problem.slug,
        folder=str(problem.folder),
        source=submission.source,
        seed=submission.seed,
        feedback=submission.feedback,
        groups=submission.groups,
        entry_points=problem.description.entry_points,
        points={str(group): points for group, points in problem.description.points.items()},
        limits=scaled(submission.limits or problem.limits, scale),
        environment=problem.environment,
        rival=rival_environment(problem),
        scale=scale,
        cases=submission.cases,
        is_explained=submission.is_explained,
        until_failure=submission.until_failure,
        lists_agreements=submission.lists_agreements,
        is_drawn=submission.is_drawn,
        runs=submission.runs,
    )


def scaled(limits: Limits, scale: float) -> Limits:
    """Return limits whose times are `scale` times as long."""
    return Limits(limits.wall_seconds * scale, limits.cpu_seconds * scale, limits.memory_mib)


def rival_environment(problem: Problem) -> Environment | None:
    """Return what a problem's rival may import, and has imported before it is timed."""
    rival = problem.description.rival
    if rival is None:
        return None
    own = problem.environment
    distributions = dict.fromkeys([*own.distributions, *with_requirements(rival.distribution)])
    return Environment(tuple(distributions), own.preload + rival.preload)


def _installed() -> dict[str, str]:
    from importlib.metadata import version

    return {
        "python": ".".join(map(str, sys.version_info[:3])),
        "numpy": version("numpy"),
        "scikit-learn": version("scikit-learn"),
    }


def _grader_variables() -> dict[str, str]:
    """Return the grader's whole environment: nothing of the door's, which may hold credentials."""
    one_thread = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", **one_thread}
