"""Gathers evidence that mutants are equivalent: how far their answers are from the original's.

The calls are those that the suite makes of the original, on as many seeds as
give enough distinct ones. Where a suite scores answers by a metric there is no
answer to be equal to: what counts is how much of the score a mutant loses, over
as many samples. Besides, the suite must accept the mutants on seeds that they
were not judged on before.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import as_completed
from dataclasses import dataclass
from itertools import groupby

from judge.adequacy import submission_of
from judge.errors import JudgeError, ProblemError
from judge.judging import Judge, Progress, Submission, open_judges
from judge.mutants import Mutant
from judge.problem import Problem
from judge.report import MetricScore, Report
from judge.triaged import LEAST_INPUTS
from judge.verdict import Verdict
from sandbox.broker import Broker
from sandbox.contract import Limits

# Seeds, from 1, on which a mutant must be accepted: a mistake that one seed misses seldom slips through three more.
_ACCEPTED_SEEDS = 3
_SEEDS_CAP = 2000
_TIMES_AS_LONG = 10.0


@dataclass(slots=True)
class Evidence:
    """How a mutant compares with its original: distinct calls, seeds, and the largest relative difference.

    `rejection` says where the suite rejects the mutant after all. Where the suite
    scores (`is_scored`), `inputs` are the samples of its metrics, and the
    difference is the largest loss of a metric's share.
    """

    mutant: Mutant
    inputs: int = 0
    seeds: int = 0
    difference: float = 0.0
    rejection: str = ""
    is_scored: bool = False


@dataclass(slots=True)
class Equivalence:
    """A problem and the mutants of it that may be equivalent."""

    problem: Problem
    mutants: list[Mutant]
    on_progress: Callable[[str, int], None] = lambda *_: None
    least_inputs: int = LEAST_INPUTS

    def gather(self, broker: Broker, workers: int, scale: float = 1.0) -> Iterator[list[Evidence]]:
        """Compare every mutant with its original, and yield the evidence of one solution after the other.

        A solution with slow mutants takes an hour, so each is told as soon as it is done.
        """
        evidence = [Evidence(mutant) for mutant in self.mutants]
        by_solution = [list(group) for _, group in groupby(evidence, key=lambda one: one.mutant.solution)]
        with open_judges(broker, workers, scale) as judges:
            with judges.spread(self._accepted, evidence) as results:
                for result in as_completed(results):
                    result.result()
            with judges.spread(self._compared, by_solution) as compared:
                for done in as_completed(compared):
                    yield done.result()

    def _accepted(self, judge: Judge, evidence: Evidence) -> None:
        """Judge a mutant on new seeds."""
        for seed in range(1, _ACCEPTED_SEEDS + 1):
            report = judge.judge(submission_of(self.problem, evidence.mutant.source, seed))
            evidence.is_scored = bool(_metrics(report))
            if report.verdict is not Verdict.AC:
                bad = next(case for case in report.cases if case.verdict is report.verdict)
                evidence.rejection = f"{report.verdict} in {bad.name} at seed {seed}"
                return

    def _compared(self, judge: Judge, group: list[Evidence]) -> list[Evidence]:
        """Compare the mutants of one solution with it, a seed after the other until there are enough inputs."""
        left = [evidence for evidence in group if not evidence.rejection]
        if not left:
            return group
        source = (self.problem.folder / "solutions" / "accepted" / left[0].mutant.solution).read_text(encoding="utf-8")
        compared = self._scores if left[0].is_scored else self._answers
        seen: set[str] = set()
        for seed in range(_SEEDS_CAP):
            inputs, differences = compared(seed, judge, source, left)
            seen.update(inputs)
            for evidence, difference in zip(left, differences, strict=True):
                evidence.difference = max(evidence.difference, difference)
                evidence.inputs, evidence.seeds = len(seen), seed + 1
            self.on_progress(left[0].mutant.solution, len(seen))
            if len(seen) >= self.least_inputs:
                return group
        raise ProblemError(f"{self.problem.slug}: {_SEEDS_CAP} seeds give {len(seen)} distinct calls only")

    def _answers(
        self, seed: int, judge: Judge, source: str, twins: Iterable[Evidence]
    ) -> tuple[list[str], list[float]]:
        """Return the calls of a seed, and how far each twin's answers are from the original's."""
        heard: list[tuple[list[str], list[float]]] = []
        asked = self._unhurried(source, seed, tuple(one.mutant.source for one in twins))
        report = judge.judge(asked, Progress(on_compared=lambda *told: heard.append(told)))
        self._must_be_accepted(report)
        return heard[0]

    def _scores(self, seed: int, judge: Judge, source: str, twins: Iterable[Evidence]) -> tuple[list[str], list[float]]:
        """Return the samples that metrics of a seed are measured on, and how much of a share each twin loses."""
        report = judge.judge(self._unhurried(source, seed))
        self._must_be_accepted(report)
        right = _metrics(report)
        samples = [f"{seed} {name} {i}" for name, metric in right.items() for i in range(metric.n_samples)]
        others = (judge.judge(self._unhurried(one.mutant.source, seed)) for one in twins)
        return samples, [_lost(right, other) for other in others]

    def _unhurried(self, source: str, seed: int, twins: tuple[str, ...] = ()) -> Submission:
        """Return a submission asked for its answers and not for its speed, on a machine that may be busy for hours."""
        own = self.problem.limits
        limits = Limits(_TIMES_AS_LONG * own.wall_seconds, _TIMES_AS_LONG * own.cpu_seconds, own.memory_mib)
        return submission_of(self.problem, source, seed, twins=twins, limits=limits)

    def _must_be_accepted(self, report: Report) -> None:
        if report.verdict is not Verdict.AC:
            raise JudgeError(f"{self.problem.slug}: an accepted solution got {report.verdict} at seed {report.seed}")


def _metrics(report: Report) -> dict[str, MetricScore]:
    """Return what was scored, by case."""
    return {case.name: case.metric for case in report.cases if case.metric is not None}


def _lost(right: dict[str, MetricScore], report: Report) -> float:
    """Return the most that a mutant lost of a metric's share, which is all of it where it is rejected."""
    if report.verdict is not Verdict.AC:
        return math.inf
    return max(0.0, *(right[name].share - metric.share for name, metric in _metrics(report).items()))
