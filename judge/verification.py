"""Proves problems: what is right is accepted, what is wrong is rejected for its reason, and every case bites."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import as_completed
from dataclasses import dataclass, field, replace

from judge.completeness import lacks
from judge.errors import JudgeError
from judge.graders import CHILDREN, Graders
from judge.judging import GraderStopped, Judge, open_judges
from judge.problem import Problem
from judge.report import Report
from judge.separation import Near, Separations, near_quantities
from judge.trials import WRONG_ANSWER, Trial, trials_of
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
    # What the judge stumbled over, and in which trial first.
    errors: dict[str, str] = field(default_factory=dict)
    separations: Separations = field(default_factory=Separations)
    near: dict[str, Near] = field(default_factory=dict)

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
        elif trial.is_wrong_answer and trial.counts_as_wrong:
            self.separations.take_in_wrong(trial.title, report)

    def take_in_error(self, trial: Trial, error: JudgeError) -> None:
        """Add a trial without a report; an error that is there already is not told at length again."""
        first = self.errors.setdefault(str(error), trial.title)
        told = error if first == trial.title else f"the same as that of {first}"
        self.defects.append(f"{trial.title}: judge error: {told}")

    def together(self) -> Iterator[str]:
        """Yield the defects that no trial shows by itself."""
        yield from self._toothless()
        yield from self.separations.unexplained(self.near)

    def _toothless(self) -> Iterator[str]:
        for name in sorted(self.cases.difference(*self.bites.values())):
            yield f"{name}: no wrong solution fails it, so nothing shows what it is for"

    def single_killers(self) -> Iterator[tuple[str, str]]:
        """Yield (wrong solution, case) where a wrong solution fails that case and no other."""
        for title, failed in sorted(self.bites.items()):
            if title.startswith(WRONG_ANSWER) and len(failed) == 1:
                yield title, next(iter(failed))


@dataclass(slots=True)
class Verification:
    """The trials of some problems, or those that are `chosen`, run on several graders at once.

    `pack` is the version of a private pack, and then `graders` are jailed.
    """

    problems: list[Problem]
    seeds: int
    on_progress: Callable[[int, int, str], None] = lambda *_: None
    chosen: Callable[[Trial], bool] = lambda _: True
    graders: Graders = CHILDREN
    pack: str = ""
    findings: dict[str, Findings] = field(default_factory=dict)

    def run(self, broker: Broker, workers: int, scale: float = 1.0) -> list[Defect]:
        """Run every trial and return the defects, by problem; a suite that has to be stopped ends it."""
        self.findings = {
            problem.slug: Findings(lacks(problem), near=near_quantities(problem)) for problem in self.problems
        }
        every = [trial for problem in self.problems for trial in trials_of(problem, self.seeds)]
        trials = [self._own(trial) for trial in every if self.chosen(trial)]
        with open_judges(broker, workers, scale, self.graders) as judges, judges.spread(_judged, trials) as results:
            for done, result in enumerate(as_completed(results), start=1):
                trial, report = result.result()
                slug = trial.submission.problem.slug
                if isinstance(report, JudgeError):
                    self.findings[slug].take_in_error(trial, report)
                    if isinstance(report, GraderStopped):
                        break
                else:
                    self.findings[slug].take_in(trial, report)
                self.on_progress(done, len(trials), f"{slug}: {trial.title}")
        return [
            Defect(slug, what) for slug, found in self.findings.items() for what in (*found.defects, *found.together())
        ]

    def _own(self, trial: Trial) -> Trial:
        return replace(trial, submission=replace(trial.submission, pack=self.pack))


def _judged(judge: Judge, trial: Trial) -> tuple[Trial, Report | JudgeError]:
    try:
        return trial, judge.judge(trial.submission)
    except JudgeError as error:
        return trial, error
