"""Proves that suites are adequate: every mutant of an accepted solution is rejected, or triaged as equivalent.

What mutants there are decides `judge.mutants`, which are equivalent `judge.triaged`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import as_completed
from dataclasses import dataclass, field
from typing import Any

from judge.errors import JudgeError, ProblemError
from judge.judging import Judge, Submission, open_judges
from judge.messages import Runs
from judge.mutants import Mutant, mutants_of
from judge.pool import Pool
from judge.problem import Problem
from judge.report import Report
from judge.triaged import FILE, Triaged, triaged
from judge.trials import UNTIMED
from judge.verdict import Verdict
from sandbox.broker import Broker
from sandbox.contract import Limits

# A mutant that loops for ever is given so many times what the slowest case of its original takes, and a second
# more for a busy machine.
_TIMES_AS_LONG = 10.0
_MORE_SECONDS = 1.0

_PAGE = f"""\
# Adequacy

How many mutants of the accepted solutions each suite kills, made by `judge problem verify --adequacy --table
docs/adequacy.md`, which writes the rows of the problems it is given and leaves the others. A mutant has one small
change: an operator, a comparison, a constant, a reduction, a condition, a statement left out, a slice. The equivalent
ones, which answer as well as their originals, stand in each problem's `{FILE}` with a reason and evidence; of the
others a share is killed, and the rest is open: holes, or equivalent ones whose evidence is still to be gathered. The
version is that of the suite which was measured; a problem without a row was not. "2 of 3" solutions means that one is
left out which takes thousands of steps by design: evidence on each of its mutants would take an hour.

| problem | solutions | mutants | killed | of all | equivalent | of the others | open | version |
|---|---|---|---|---|---|---|---|---|"""
_ROW = re.compile(r"^\| (\w+) \| \d.*\|$", re.MULTILINE)


@dataclass(slots=True)
class Score:
    """What became of one problem's mutants, by name; those in `timeouts` were killed for the time they took."""

    problem: Problem
    mutants: dict[str, Mutant] = field(default_factory=dict)
    killers: dict[str, str] = field(default_factory=dict)
    timeouts: set[str] = field(default_factory=set)
    survivors: set[str] = field(default_factory=set)
    defects: list[str] = field(default_factory=list)
    triaged: dict[str, Triaged] = field(default_factory=dict)

    @property
    def settled(self) -> set[str]:
        """Return the names of the survivors that are triaged as equivalent."""
        return {name for name in self.survivors if name in self.triaged and not self.triaged[name].lacks()}

    @property
    def open(self) -> list[Mutant]:
        """Return the survivors that nothing says to be equivalent, in the order of the text."""
        return [self.mutants[name] for name in self.mutants if name in self.survivors - self.settled]

    @property
    def raw(self) -> float:
        """Return the share of all mutants that are killed."""
        return len(self.killers) / max(len(self.mutants), 1)

    @property
    def adequacy(self) -> float:
        """Return the share of the mutants not triaged as equivalent that are killed."""
        return len(self.killers) / max(len(self.mutants) - len(self.settled), 1)

    def take_in(self, mutant: Mutant, report: Report | JudgeError) -> None:
        """Add what one mutant showed."""
        if isinstance(report, JudgeError):
            self.defects.append(f"{mutant.name}: judge error: {report}")
        elif report.verdict is Verdict.JE:
            self.defects.append(f"{mutant.name}: {_killer(report)}: judge error")
        elif report.verdict is Verdict.AC:
            self.survivors.add(mutant.name)
        else:
            self.killers[mutant.name] = _killer(report)
            if report.verdict is Verdict.TLE:
                self.timeouts.add(mutant.name)

    def mistriaged(self) -> Iterator[str]:
        """Yield a defect for every triaged mutant that should not be, or not as it is."""
        for name, entry in self.triaged.items():
            # Whether a slow one is in time is for the machine to say, and on another it survives.
            if name in self.timeouts:
                continue
            if name in self.killers:
                yield f"{FILE}: {name}: it is killed, by {self.killers[name]}; take it out"
            elif name not in self.mutants:
                yield f"{FILE}: {name}: there is no such mutant any more; take it out"
            elif lack := entry.lacks():
                yield f"{FILE}: {name}: {lack}"


@dataclass(slots=True)
class Adequacy:
    """The mutants of some problems, judged on several graders at once."""

    problems: list[Problem]
    seed: int = 0
    on_progress: Callable[[int, int, str], None] = lambda *_: None

    def run(self, broker: Broker, workers: int, scale: float = 1.0) -> Iterator[Score]:
        """Judge every mutant, problem by problem, and yield the scores."""
        with open_judges(broker, workers, scale) as judges:
            for problem in self.problems:
                yield self._score(problem, judges)

    def _score(self, problem: Problem, judges: Pool[Judge]) -> Score:
        score = Score(problem, triaged=triaged(problem))
        score.mutants = {mutant.name: mutant for mutant in all_mutants(problem)}
        limits = self._limits(problem, judges)

        def judged(judge: Judge, mutant: Mutant) -> tuple[Mutant, Report | JudgeError]:
            try:
                return mutant, judge.judge(submission_of(problem, mutant.source, self.seed, limits=limits))
            except JudgeError as error:
                return mutant, error

        with judges.spread(judged, score.mutants.values()) as results:
            for done, result in enumerate(as_completed(results), start=1):
                score.take_in(*result.result())
                self.on_progress(done, len(results), problem.slug)
        score.defects += score.mistriaged()
        return score

    def _limits(self, problem: Problem, judges: Pool[Judge]) -> Limits:
        """Return the limits of mutants, from the time that their originals take."""
        sources = [path.read_text(encoding="utf-8") for path in problem.mutated]
        with judges.spread(
            lambda judge, source: judge.judge(submission_of(problem, source, self.seed)), sources
        ) as results:
            reports = [result.result() for result in results]
        if any(report.verdict is not Verdict.AC for report in reports):
            raise ProblemError(f"{problem.slug}: an accepted solution is not accepted; see `judge problem verify`")
        slowest = max(case.seconds for report in reports for case in report.cases)
        own = problem.limits
        seconds = min(own.wall_seconds, round(_TIMES_AS_LONG * slowest + _MORE_SECONDS, 1))
        return Limits(seconds, own.cpu_seconds, own.memory_mib)


def all_mutants(problem: Problem) -> Iterator[Mutant]:
    """Yield the mutants of a problem's accepted solutions, without those that the problem leaves out."""
    for path in problem.mutated:
        yield from mutants_of(path.name, path.read_text(encoding="utf-8"))


def submission_of(problem: Problem, source: str, seed: int, **how: Any) -> Submission:
    """Return a source to be judged until something rejects it; speed is nothing that mutants are about."""
    return Submission(
        problem, source, seed, groups=UNTIMED, is_explained=False, until_failure=True, runs=Runs.SHARED, **how
    )


def table_of(scores: Iterable[Score], former: str = "") -> str:
    """Return the page of the documentation with these scores, and with those of other problems on its former text."""
    rows = {found[1]: found[0] for found in _ROW.finditer(former)}
    rows |= {score.problem.slug: _row(score) for score in scores}
    return "\n".join([_PAGE, *(rows[slug] for slug in sorted(rows)), ""])


def _row(score: Score) -> str:
    mutated, accepted = len(score.problem.mutated), len(score.problem.solutions("accepted"))
    solutions = mutated if mutated == accepted else f"{mutated} of {accepted}"
    return (
        f"| {score.problem.slug} | {solutions} | {len(score.mutants)} | {len(score.killers)} | {score.raw:.1%} "
        f"| {len(score.settled)} | {score.adequacy:.1%} | {len(score.open)} | {score.problem.version} |"
    )


def _killer(report: Report) -> str:
    """Return the case that a mutant was stopped by, or the verdict where no case was run."""
    return next((case.name for case in report.cases if case.verdict is report.verdict), str(report.verdict))
