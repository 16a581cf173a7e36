"""Proves a problem: what is right is accepted, what is wrong is rejected for its reason, and every case bites."""

import ast
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from judge.errors import JudgeError, ProblemError
from judge.judging import Judge, Submission
from judge.problem import GROUPS, Problem
from judge.report import Report
from judge.saboteurs import clause_breakers, garbage, misshapen
from judge.verdict import Verdict
from sandbox.broker import Broker

_ACCEPTED_AT_LEAST = 2
_WRONG_AT_LEAST = 5
_WRONG_SEEDS = 3
# Wrong answers, garbage and saboteurs are about cases, not about speed; what is too slow shows what a race is for.
_UNTIMED = tuple(group for group in GROUPS if group != "runtime")


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that a problem must not have."""

    problem: str
    what: str


@dataclass(frozen=True, slots=True)
class _Trial:
    """A submission with what must come of it; `check` returns defects in words."""

    submission: Submission
    title: str
    check: Callable[[Report], list[str]]
    counts_as_wrong: bool = False


@dataclass(slots=True)
class Verification:
    """The trials of some problems, run on several graders at once."""

    problems: list[Problem]
    seeds: int
    on_progress: Callable[[int, int, str], None] = lambda *_: None
    _defects: list[Defect] = field(default_factory=list)
    _bitten: dict[str, set[str]] = field(default_factory=dict)
    _cases: dict[str, set[str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, broker: Broker, workers: int, scale: float = 1.0) -> list[Defect]:
        """Run every trial and return the defects, by problem."""
        trials: queue.SimpleQueue[_Trial] = queue.SimpleQueue()
        total = 0
        for problem in self.problems:
            self._defects += [Defect(problem.slug, what) for what in _incomplete(problem)]
            for trial in _trials(problem, self.seeds):
                trials.put(trial)
                total += 1
        with ExitStack() as stack:
            judges = [stack.enter_context(Judge(broker, scale)) for _ in range(workers)]
            threads = [threading.Thread(target=self._work, args=(judge, trials, total)) for judge in judges]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self._defects += list(self._toothless())
        order = [problem.slug for problem in self.problems]
        return sorted(self._defects, key=lambda defect: order.index(defect.problem))

    def _work(self, judge: Judge, trials: "queue.SimpleQueue[_Trial]", total: int) -> None:
        while True:
            try:
                trial = trials.get_nowait()
            except queue.Empty:
                return
            slug = trial.submission.problem.slug
            try:
                report = judge.judge(trial.submission)
            except JudgeError as error:
                found = [f"{trial.title}: judge error: {error}"]
            else:
                found = [f"{trial.title}, seed {trial.submission.seed}: {what}" for what in trial.check(report)]
                self._take_in(slug, trial, report)
            with self._lock:
                self._defects += [Defect(slug, what) for what in found]
                self.on_progress(total - trials.qsize(), total, f"{slug}: {trial.title}")

    def _take_in(self, slug: str, trial: _Trial, report: Report) -> None:
        ran = {case.name for case in report.cases if case.verdict is not Verdict.NOT_RUN and case.name != "load"}
        failed = {case.name for case in report.cases if case.verdict in (Verdict.WA, Verdict.RTE, Verdict.TLE)}
        with self._lock:
            self._cases.setdefault(slug, set()).update(ran)
            if trial.counts_as_wrong:
                self._bitten.setdefault(slug, set()).update(failed)

    def _toothless(self) -> Iterator[Defect]:
        for slug, cases in self._cases.items():
            for name in sorted(cases - self._bitten.get(slug, set())):
                yield Defect(slug, f"{name}: no wrong solution fails it, so nothing shows what it is for")


def _incomplete(problem: Problem) -> list[str]:
    defects = []
    for name in ("statement.md", "starter.py", "suite.py"):
        try:
            if len(problem.text(name)) < len(problem.slug):
                defects.append(f"{name} is empty")
        except ProblemError as error:
            defects.append(str(error))
    if len(problem.solutions("accepted")) < _ACCEPTED_AT_LEAST:
        defects.append(f"solutions/accepted: at least {_ACCEPTED_AT_LEAST} are needed")
    if len(problem.solutions("wrong_answer")) < _WRONG_AT_LEAST:
        defects.append(f"solutions/wrong_answer: at least {_WRONG_AT_LEAST} are needed")
    if (problem.folder / "rival.py").exists() != (problem.description.rival is not None):
        defects.append("rival.py and the [rival] table of problem.toml go together")
    explained = problem.solutions("wrong_answer") + problem.solutions("time_limit_exceeded")
    silent = [path for path in explained if not _docstring(path)]
    return defects + [f"{path.parent.name}/{path.name}: no docstring explains the mistake" for path in silent]


def _docstring(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def _trials(problem: Problem, seeds: int) -> Iterator[_Trial]:
    def submission(source: str, seed: int, groups: tuple[str, ...] = GROUPS) -> Submission:
        return Submission(problem, source, seed, groups=groups, is_explained=False)

    accepted = problem.solutions("accepted")
    for path in accepted:
        source = path.read_text(encoding="utf-8")
        for seed in range(seeds):
            yield _Trial(submission(source, seed), f"accepted/{path.name}", _is_accepted)
    for path in problem.solutions("wrong_answer"):
        source = path.read_text(encoding="utf-8")
        for seed in range(min(seeds, _WRONG_SEEDS)):
            title = f"wrong_answer/{path.name}"
            yield _Trial(submission(source, seed, _UNTIMED), title, _is_wrong, counts_as_wrong=True)
    for path in problem.solutions("time_limit_exceeded"):
        source = path.read_text(encoding="utf-8")
        yield _Trial(submission(source, 0), f"time_limit_exceeded/{path.name}", _is_only_slow, counts_as_wrong=True)
    yield _Trial(submission(problem.text("starter.py"), 0), "starter.py", _is_not_accepted)
    if accepted:
        base, entries = accepted[0].read_text(encoding="utf-8"), problem.description.entry_points
        for name, source in clause_breakers(base, entries):
            yield _Trial(submission(source, 0, _UNTIMED), name, lambda _: [], counts_as_wrong=True)
        for name, source in [*garbage(base, entries), *misshapen(base, entries)]:
            yield _Trial(submission(source, 0, _UNTIMED), name, _is_no_judge_error)


def _is_accepted(report: Report) -> list[str]:
    if report.verdict is Verdict.AC:
        return []
    return [f"it must be accepted, but got {_first_failure(report)}"]


def _is_wrong(report: Report) -> list[str]:
    if report.verdict is Verdict.WA:
        return []
    return [f"it must get WA, but got {_first_failure(report)}"]


def _is_only_slow(report: Report) -> list[str]:
    others = [case for case in report.cases if case.group != "runtime" and case.verdict is not Verdict.AC]
    if others:
        return [f"it must fail on time alone, but {others[0].name} got {others[0].verdict}: {others[0].message}"]
    return [] if report.verdict is Verdict.TLE else [f"it must get TLE, but got {report.verdict}"]


def _is_not_accepted(report: Report) -> list[str]:
    return ["it must not be accepted as it is"] if report.verdict is Verdict.AC else _is_no_judge_error(report)


def _is_no_judge_error(report: Report) -> list[str]:
    return [f"{case.name}: judge error: {case.message}" for case in report.cases if case.verdict is Verdict.JE]


def _first_failure(report: Report) -> str:
    bad = [case for case in report.cases if case.verdict not in (Verdict.AC, Verdict.NOT_RUN)]
    return f"{bad[0].verdict} in {bad[0].name}: {bad[0].message}" if bad else str(report.verdict)
