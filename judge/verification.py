"""Proves problems: what is right is accepted, what is wrong is rejected for its reason, and every case bites."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import as_completed
from dataclasses import dataclass, field

from judge.completeness import lacks
from judge.errors import JudgeError
from judge.judging import Judge, open_judges
from judge.problem import Problem
from judge.report import Report
from judge.separation import Separations
from judge.trials import Trial, trials_of
from judge.verdict import Verdict
from sandbox.broker import Broker


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that a problem must not have."""

    problem: str
    what: str


@dataclass(slots=True)
class Findings:
    """What the trials of one problem showed together."""

    defects: list[str] = field(default_factory=list)
    cases: set[str] = field(default_factory=set)
    bites: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    separations: Separations = field(default_factory=Separations)

    def take_in(self, trial: Trial, report: Report) -> None:
        """Add what one trial showed."""
        failed = {case.name for case in report.cases if case.verdict in (Verdict.WA, Verdict.RTE, Verdict.TLE)}
        ran = {case.name for case in report.cases if case.verdict is not Verdict.NOT_RUN and case.name != "load"}
        self.cases |= ran
        self.defects += [f"{trial.title}, seed {trial.submission.seed}: {what}" for what in trial.check(report)]
        if trial.counts_as_wrong:
            self.bites[trial.title] |= failed
        if trial.is_accepted:
            self.separations.take_in_accepted(report)
        elif trial.title.startswith("wrong_answer/") and trial.counts_as_wrong:
            self.separations.take_in_wrong(trial.title, report)

    def toothless(self) -> Iterator[str]:
        """Yield a defect for every case that nothing wrong fails."""
        for name in sorted(self.cases.difference(*self.bites.values())):
            yield f"{name}: no wrong solution fails it, so nothing shows what it is for"

    def single_killers(self) -> Iterator[tuple[str, str]]:
        """Yield (wrong solution, case) where a wrong solution fails that case and no other."""
        for title, failed in sorted(self.bites.items()):
            if title.startswith("wrong_answer/") and len(failed) == 1:
                yield title, next(iter(failed))


@dataclass(slots=True)
class Verification:
    """The trials of some problems, run on several graders at once."""

    problems: list[Problem]
    seeds: int
    on_progress: Callable[[int, int, str], None] = lambda *_: None
    findings: dict[str, Findings] = field(default_factory=dict)

    def run(self, broker: Broker, workers: int, scale: float = 1.0) -> list[Defect]:
        """Run every trial and return the defects, by problem."""
        self.findings = {problem.slug: Findings(lacks(problem)) for problem in self.problems}
        trials = [trial for problem in self.problems for trial in trials_of(problem, self.seeds)]
        with open_judges(broker, workers, scale) as judges, judges.spread(_judged, trials) as results:
            for done, result in enumerate(as_completed(results), start=1):
                trial, report = result.result()
                slug = trial.submission.problem.slug
                if isinstance(report, JudgeError):
                    self.findings[slug].defects.append(f"{trial.title}: judge error: {report}")
                else:
                    self.findings[slug].take_in(trial, report)
                self.on_progress(done, len(trials), f"{slug}: {trial.title}")
        return [
            Defect(slug, what) for slug, found in self.findings.items() for what in (*found.defects, *found.toothless())
        ]


def _judged(judge: Judge, trial: Trial) -> tuple[Trial, Report | JudgeError]:
    try:
        return trial, judge.judge(trial.submission)
    except JudgeError as error:
        return trial, error
