"""What a problem is proven by: submissions with what must come of each.

A problem's own solutions, saboteurs and garbage. How trials are run, and what
they say together, stands in `judge.verification`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from judge.judging import Submission
from judge.messages import Runs
from judge.problem import GROUPS, Problem
from judge.report import Report
from judge.saboteurs import clause_breakers, garbage, misshapen
from judge.verdict import Verdict

# What the titles of solutions that must get WA begin with.
WRONG_ANSWER = "wrong_answer/"
_WRONG_SEEDS = 3
# Wrong answers and garbage are about cases, not about speed; what is too slow shows what a race is for.
UNTIMED = tuple(group for group in GROUPS if group != "runtime")
# The group of the common clauses, which saboteurs break; a problem's own wrong solutions see to the other cases.
_CLAUSES = ("edge",)


@dataclass(frozen=True, slots=True)
class Trial:
    """A submission with what must come of it; `check` returns defects in words."""

    submission: Submission
    title: str
    check: Callable[[Report], list[str]]
    is_accepted: bool = False
    counts_as_wrong: bool = False
    is_garbage: bool = False

    @property
    def is_wrong_answer(self) -> bool:
        """Tell whether it is one of the solutions that must get WA."""
        return self.title.startswith(WRONG_ANSWER)


def trials_of(problem: Problem, seeds: int) -> Iterator[Trial]:
    """Yield every trial of a problem.

    What is accepted is tried on all seeds, on the first as any submission is.
    What is wrong shows on its first seed which cases it fails, and on the next
    ones that it fails.
    """
    yield from _accepted(problem, seeds)
    yield from _wrong(problem, min(seeds, _WRONG_SEEDS))
    for title, source in _sources(problem, "time_limit_exceeded"):
        slow = _submission(problem, source, GROUPS, Runs.CONFIRMED)
        yield Trial(slow, title, _is_only_slow, counts_as_wrong=True)
    starter = _submission(problem, problem.text("starter.py"), GROUPS, Runs.FRESH)
    yield Trial(starter, "starter.py", _is_not_accepted)
    yield from _spoiled(problem)


def _accepted(problem: Problem, seeds: int) -> Iterator[Trial]:
    for title, source in _sources(problem, "accepted"):
        first = _submission(problem, source, GROUPS, Runs.FRESH)
        yield Trial(first, title, _passes, is_accepted=True)
        for seed in range(1, seeds):
            yield Trial(replace(first, seed=seed, runs=Runs.CONFIRMED), title, _passes, is_accepted=True)


def _wrong(problem: Problem, seeds: int) -> Iterator[Trial]:
    for title, source in _sources(problem, "wrong_answer"):
        first = _submission(problem, source, UNTIMED, Runs.CONFIRMED)
        yield Trial(first, title, _is_wrong, counts_as_wrong=True)
        for seed in range(1, seeds):
            yield Trial(replace(first, seed=seed, until_failure=True), title, _is_wrong)


def _spoiled(problem: Problem) -> Iterator[Trial]:
    """Yield an accepted solution's saboteurs and garbage, of which one pass through each case is enough."""
    entries = problem.description.entry_points
    for _, base in list(_sources(problem, "accepted"))[:1]:
        for name, source in clause_breakers(base, entries):
            sabotage = _submission(problem, source, _CLAUSES, Runs.SHARED)
            yield Trial(sabotage, name, lambda _: [], counts_as_wrong=True)
        for name, source in [*garbage(base, entries), *misshapen(base, entries)]:
            spoiled = _submission(problem, source, UNTIMED, Runs.SHARED)
            yield Trial(spoiled, name, _is_no_judge_error, is_garbage=True)


def _sources(problem: Problem, kind: str) -> Iterator[tuple[str, str]]:
    for path in problem.solutions(kind):
        yield f"{kind}/{path.name}", path.read_text(encoding="utf-8")


def _submission(problem: Problem, source: str, groups: tuple[str, ...], runs: Runs) -> Submission:
    return Submission(problem, source, 0, groups=groups, is_explained=False, lists_agreements=True, runs=runs)


def _passes(report: Report) -> list[str]:
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
    """Return the judge errors of a report as defects."""
    return [f"{case.name}: judge error: {case.message}" for case in report.cases if case.verdict is Verdict.JE]


def _first_failure(report: Report) -> str:
    bad = [case for case in report.cases if case.verdict not in (Verdict.AC, Verdict.NOT_RUN)]
    return f"{bad[0].verdict} in {bad[0].name}: {bad[0].message}" if bad else str(report.verdict)
