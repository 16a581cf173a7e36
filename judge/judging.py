"""Judging as a door sees it: hand a submission to a grader, watch it, get a report."""

import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Self

from judge import __version__
from judge.errors import JudgeError, UsageError
from judge.graders import CHILDREN, Graders, watching
from judge.messages import LINE_CAP, Lines, Request, Runs, send_line
from judge.packs import files_of
from judge.pool import Pool
from judge.problem import GROUPS, Problem
from judge.report import CaseReport, Report, case_from_json
from sandbox.broker import Broker, Terms
from sandbox.contract import Environment, Limits
from sandbox.errors import SandboxError
from sandbox.mounts import with_requirements

SOURCE_CAP = 256 << 10
# With one of these a grader has said all about a submission (see `judge.messages`).
_LAST_WORDS = ("report", "refusal", "failure")
# On one connection a grader keeps two rivals' sessions and uses one of its own; some room is left.
_SESSIONS_CAP = 6
# A suite that nobody vouches for could go on telling of cases for ever.
_EVENTS_CAP = 2000
_EVENTS_BYTES_CAP = 32 << 20

Json = Any


@dataclass(frozen=True, slots=True)
class Submission:
    """A source text for a problem, at a seed; `groups` and `cases` narrow what is run.

    `limits` and `rival` (what it may import, see `shared_rival`) hold instead of the
    problem's own. `pack` is the version of a private pack, whose suite nobody
    vouches for: only jailed graders take it. For the other fields see
    `judge.messages.Request`.
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
    twins: tuple[str, ...] = ()
    limits: Limits | None = None
    pack: str = ""
    rival: Environment | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What a door may show while it waits."""

    on_suite: Callable[[list[str]], None] = lambda _: None
    on_start: Callable[[str], None] = lambda _: None
    on_case: Callable[[CaseReport], None] = lambda _: None
    on_compared: Callable[[list[str], list[float]], None] = lambda *_: None


class _GraderGone(JudgeError):
    """The grader died before it reported."""


class GraderStopped(JudgeError):
    """The grader took more than a submission can need, so another try would too."""


class Interrupted(JudgeError):
    """Somebody wanted the judging to end before there was a report."""


class Judge:
    """One grader at work; close it, or use it as a context manager."""

    def __init__(self, broker: Broker, scale: float = 1.0, lanes: int = 1, graders: Graders = CHILDREN) -> None:
        """Start a grader that gets its sessions from `broker` and runs cases in so many `lanes` side by side.

        `scale` stretches time limits on slow machines; `graders` says how a grader is started.
        """
        self._broker = broker
        self._scale = scale
        self._lanes = lanes
        self._graders = graders
        self._is_interrupted = False
        self._start()

    def _start(self) -> None:
        self._terms = Terms(frozenset(), _SESSIONS_CAP)
        links, self._threads = zip(*(self._broker.connect(self._terms) for _ in range(self._lanes)), strict=True)
        self._door, inside = socket.socketpair()
        try:
            self._process = self._graders.start([end.fileno() for end in (inside, *links)])
        except SandboxError as error:
            self._door.close()
            raise JudgeError(f"a grader cannot be started: {error}") from error
        finally:
            for end in (inside, *links):
                end.close()
        self._lines = Lines(self._door, _EVENTS_BYTES_CAP if self._graders.is_jailed else LINE_CAP)
        self._events = iter(self._lines)
        # Whether the next thing it says answers the next thing it is asked.
        self._is_in_step = True
        # The private pack whose suite it has loaded: from then on it may be anybody's, and serves that pack alone.
        self._pack = ""

    def judge(self, submission: Submission, progress: Progress | None = None) -> Report:
        """Judge one submission.

        Raises JudgeError when the grader fails: that is never the submission's fault.
        """
        if len(submission.source.encode("utf-8", "replace")) > SOURCE_CAP:
            raise JudgeError(f"the file is larger than {SOURCE_CAP >> 10} KiB, more than a submission may be")
        if submission.pack and not self._graders.is_jailed:
            raise JudgeError("a private pack is judged by jailed graders only, and this machine's are not")
        request, progress = request_for(submission, self._scale), progress or Progress()
        if self._graders.is_jailed:
            request = replace(request, files=files_of(submission.problem.folder))
        self._is_interrupted = False
        if not self._is_fit_for(submission):
            self.renew()
        try:
            return self._ask(request, submission, progress)
        except _GraderGone:
            self.renew()
            if self._is_interrupted:
                raise Interrupted("the judging was broken off") from None
            # It runs no submitted code, so its death is nobody's fault: once more with another.
            return self._ask(request, submission, progress)

    def _is_fit_for(self, submission: Submission) -> bool:
        return self._is_in_step and self._process.is_alive() and self._pack in ("", submission.pack)

    def interrupt(self) -> None:
        """End what is being judged, from another thread: its sessions are closed, and `judge` raises Interrupted."""
        self._is_interrupted = True
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)

    def renew(self) -> None:
        """Have another grader instead of this one, which is warm when it is needed."""
        self.close()
        self._start()

    def _ask(self, request: Request, submission: Submission, progress: Progress) -> Report:
        # Whoever breaks off here, by an error of a progress callback or an interrupt, leaves a report unread.
        self._is_in_step = False
        self._pack = submission.pack
        kinds = [(request.limits, request.environment)]
        kinds += [(request.limits, request.rival)] if request.rival is not None else []
        self._terms.kinds = frozenset(kinds)
        with watching(self._process, self._graders.patience_seconds * self._scale) as watch:
            try:
                send_line(self._door, request.to_json())
                return self._follow(submission, progress)
            except (_GraderGone, BrokenPipeError, ConnectionResetError) as error:
                if watch.verdict:
                    raise GraderStopped(watch.verdict) from None
                said = self._process.last_words()
                raise _GraderGone(f"the grader is gone without a report{': ' if said else ''}{said}") from error

    def _follow(self, submission: Submission, progress: Progress) -> Report:
        begun = self._lines.taken_bytes
        for count, event in enumerate(self._events):
            if self._graders.is_jailed and not self._is_modest(count, self._lines.taken_bytes - begun):
                raise GraderStopped("the grader says more than there is to say of a submission")
            self._is_in_step = isinstance(event, dict) and not event.keys().isdisjoint(_LAST_WORDS)
            match event:
                case {"suite": list(names)} if all(isinstance(name, str) for name in names):
                    progress.on_suite(names)
                case {"started": str(name)}:
                    progress.on_start(name)
                case {"case": dict(tree)}:
                    progress.on_case(case_from_json(tree))
                case {"compared": {"inputs": list(inputs), "differences": list(differences)}}:
                    progress.on_compared(inputs, differences)
                case {"report": dict(tree)}:
                    return Report.from_json({**tree, **self._own_facts(submission)})
                case {"refusal": str(text)}:
                    raise UsageError(text)
                case {"failure": str(text)}:
                    raise JudgeError(text)
                case _:
                    raise JudgeError("the grader sent something that is not understood")
        raise _GraderGone

    @staticmethod
    def _is_modest(count: int, taken_bytes: int) -> bool:
        return count < _EVENTS_CAP and taken_bytes <= _EVENTS_BYTES_CAP

    def _own_facts(self, submission: Submission) -> Json:
        """Return what the door answers for: what was asked, the sandbox and the versions."""
        sandbox = self._broker.sandbox
        return {
            "problem": submission.problem.slug,
            "seed": submission.seed,
            "feedback": submission.feedback,
            "sandbox": {"name": sandbox.name, "isolated": sandbox.is_isolated, "limits": sandbox.limits_by},
            "versions": {"judge": __version__, "suite": submission.problem.version, **_installed()},
        }

    def close(self) -> None:
        """Hang up and wait until the grader and its sessions are gone."""
        self._door.close()
        self._process.close()
        for thread in self._threads:
            thread.join(5.0)

    def __enter__(self) -> Self:
        """Return the judge itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the judge."""
        self.close()


@contextmanager
def open_judges(broker: Broker, count: int, scale: float = 1.0, graders: Graders = CHILDREN) -> Iterator[Pool[Judge]]:
    """Open several graders with one broker, for whoever has many submissions to judge."""
    with ExitStack() as opened:
        yield Pool([opened.enter_context(Judge(broker, scale, graders=graders)) for _ in range(count)])


def request_for(submission: Submission, scale: float) -> Request:
    """Return what the grader is asked."""
    problem = submission.problem
    own_rival = rival_environment(problem)
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
        rival=own_rival and (submission.rival or own_rival),
        scale=scale,
        cases=submission.cases,
        is_explained=submission.is_explained,
        until_failure=submission.until_failure,
        lists_agreements=submission.lists_agreements,
        is_drawn=submission.is_drawn,
        runs=submission.runs,
        twins=submission.twins,
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


def shared_rival(problems: Iterable[Problem]) -> Environment | None:
    """Return what serves all the problems' rivals, so that it is imported once; None when there are none."""
    own = [environment for problem in problems if (environment := rival_environment(problem)) is not None]
    if not own:
        return None
    distributions = dict.fromkeys(name for environment in own for name in environment.distributions)
    preload = dict.fromkeys(name for environment in own for name in environment.preload)
    return Environment(tuple(distributions), tuple(preload))


@cache
def _installed() -> dict[str, str]:
    from importlib.metadata import version

    return {
        "python": ".".join(map(str, sys.version_info[:3])),
        "numpy": version("numpy"),
        "scikit-learn": version("scikit-learn"),
    }
