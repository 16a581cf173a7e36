"""Gives marks: judges solutions side by side and makes points of their scores."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, replace

from judge.ci.discovery import Solution
from judge.ci.rules import Rules
from judge.errors import JudgeError
from judge.judging import Judge, Submission, open_judges, shared_rival
from judge.problem import Problem
from judge.rendering.outputs import Graded
from judge.report import Report
from judge.verdict import Verdict
from sandbox.broker import Broker

OnDone = Callable[[int, str], None]
# Points are sums of thirds and the like.
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Terms:
    """How solutions are judged: the hidden data's seed, how much is told, how many at once, and how slow it is here."""

    seed: int
    feedback: str
    workers: int
    scale: float


def judge_all(
    solutions: Sequence[Solution], problems: Mapping[str, Problem], broker: Broker, terms: Terms, on_done: OnDone
) -> dict[str, Report | JudgeError]:
    """Judge solutions and return what came of each, by slug.

    The longest begin first, and one session of scikit-learn's serves all races
    of a grader. What fails by our own fault is judged once more when the rest
    is done: a race, for one, needs a machine that is not too busy.
    """
    rival = shared_rival(problems[solution.slug] for solution in solutions)
    queue = sorted(solutions, key=lambda solution: _length(problems[solution.slug]), reverse=True)
    submissions = {
        solution.slug: Submission(problems[solution.slug], solution.source, terms.seed, terms.feedback, rival=rival)
        for solution in queue
    }
    with open_judges(broker, min(terms.workers, len(queue)), terms.scale) as judges:
        results: dict[str, Report | JudgeError] = {}
        with judges.spread(lambda judge, slug: (slug, _judged(judge, submissions[slug])), submissions) as coming:
            for done, result in enumerate(as_completed(coming), start=1):
                slug, came = result.result()
                results[slug] = came
                on_done(done, slug)
        for slug in [slug for slug, came in results.items() if _is_ours(came)]:
            with judges.lend() as judge:
                results[slug] = _judged(judge, submissions[slug])
    return results


def _length(problem: Problem) -> tuple[bool, int]:
    """Order problems by the time that judging takes, as far as their descriptions tell: races are what lasts."""
    return problem.description.rival is not None, problem.description.minutes


def _judged(judge: Judge, submission: Submission) -> Report | JudgeError:
    try:
        return judge.judge(submission)
    except JudgeError as error:
        return error


def _is_ours(result: Report | JudgeError) -> bool:
    """Tell whether this is no answer about the solution but a failure of the judge."""
    return isinstance(result, JudgeError) or result.verdict is Verdict.JE


@dataclass(frozen=True, slots=True)
class Marks:
    """What a repository earns: a mark for each solution, and what the judge failed at, in words."""

    items: tuple[Graded, ...]
    failures: tuple[str, ...]

    def is_enough(self, minimum: float | None) -> bool:
        """Tell whether what is required was handed in, and the minimum is reached (else: all accepted)."""
        if any(item.is_required and item.report is None for item in self.items):
            return False
        if minimum is None:
            return all(item.report is not None and item.report.verdict is Verdict.AC for item in self.items)
        return self.total >= minimum - _ROUNDING

    @property
    def total(self) -> float:
        """Return the points earned."""
        return round(sum(item.points for item in self.items), 6)

    @property
    def max_total(self) -> float:
        """Return the points that could be earned."""
        return round(sum(item.max_points for item in self.items), 6)


def marks(solutions: Iterable[Solution], results: Mapping[str, Report | JudgeError], rules: Rules) -> Marks:
    """Make marks of what came of each solution, in the order of the solutions."""
    items, failures = [], []
    for solution in solutions:
        result = results.get(solution.slug)
        mark = Graded(
            path=solution.path,
            slug=solution.slug,
            points=0.0,
            max_points=rules.worth(solution.slug),
            report=None,
            problem=solution.problem,
            is_required=solution.slug in rules.required,
        )
        if result is not None and _is_ours(result):
            failures.append(f"{solution.path}: {_failure(result)}")
        if isinstance(result, JudgeError):
            mark = replace(mark, problem=f"judge error: {result}")
        elif result is not None:
            share = result.score / result.max_score if result.max_score else 0.0
            mark = replace(mark, report=result, points=round(share * mark.max_points, 6))
        items.append(mark)
    return Marks(tuple(items), tuple(failures))


def _failure(result: Report | JudgeError) -> str:
    if isinstance(result, JudgeError):
        return str(result)
    told = next((case.message for case in result.cases if case.verdict is Verdict.JE), result.message)
    # What follows the first line is where in the suite, which is nobody's to read in a log.
    return told.partition("\n")[0]
