"""Marks are points of scores, and failures of the judge's own are told apart from wrong solutions."""

from dataclasses import replace

import pytest

from judge.catalogue import Catalogue
from judge.ci.discovery import Solution
from judge.ci.marking import Marks, Terms, judge_all, marks
from judge.ci.rules import Rules
from judge.errors import JudgeError
from judge.judging import Submission, request_for, rival_environment, shared_rival
from judge.problem import Problem
from judge.report import CaseReport, LimitFacts, Report, SandboxFacts
from judge.verdict import Verdict
from sandbox.broker import Broker

REQUIRED = Rules(required=("kmeans",))


def report(verdict: Verdict, score: float = 100.0) -> Report:
    case = CaseReport("test_it", "It", "sample", verdict, score, 100.0, message="first line\nsuite.py, line 3")
    facts = SandboxFacts("bubblewrap", isolated=True, limits="v2")
    return Report("kmeans", verdict, score, 100.0, 0, "concise", "", facts, LimitFacts(1.0, 1.0, 1, 1.0), (case,), None)


def mark(result: Report | JudgeError | None, problem: str = "", rules: Rules = REQUIRED) -> Marks:
    solution = Solution("kmeans", "kmeans.py", "", problem)
    return marks([solution], {"kmeans": result} if result is not None else {}, rules)


def test_points_are_the_share_of_the_score() -> None:
    found = mark(report(Verdict.WA, 75.0), rules=Rules(points={"kmeans": 40}))
    assert (found.total, found.max_total) == (30.0, 40.0)


@pytest.mark.parametrize(("minimum", "is_enough"), [(None, False), (75, True), (75.1, False)])
def test_a_minimum_replaces_acceptance(minimum: float | None, is_enough: bool) -> None:
    assert mark(report(Verdict.WA, 75.0)).is_enough(minimum) is is_enough


def test_thirds_add_up_to_a_minimum() -> None:
    rules = Rules(points=dict.fromkeys("abc", 100 / 3))
    solutions = [Solution(slug, f"{slug}.py") for slug in "abc"]
    assert marks(solutions, {slug: report(Verdict.AC) for slug in "abc"}, rules).is_enough(100)


def test_what_is_required_and_not_handed_in_is_never_enough() -> None:
    missing = mark(None, "there is no such file")
    assert (missing.total, missing.max_total) == (0, 100)
    assert not missing.is_enough(0)
    assert mark(None, "late", Rules()).is_enough(0)


def test_a_failure_of_the_judge_is_told_in_its_first_line() -> None:
    assert mark(report(Verdict.JE, 0.0)).failures == ("kmeans.py: first line",)
    found = mark(JudgeError("the grader is gone"))
    assert found.failures == ("kmeans.py: the grader is gone",)
    assert found.items[0].problem == "judge error: the grader is gone"
    assert mark(report(Verdict.WA)).failures == ()


def test_one_environment_serves_all_rivals() -> None:
    catalogue = Catalogue()
    kmeans, pca, plain = (catalogue.problem(slug) for slug in ("kmeans", "pca", "tfidf"))
    shared = shared_rival([kmeans, pca, plain])
    assert shared is not None
    for problem in (kmeans, pca):
        own = rival_environment(problem)
        assert own is not None
        assert set(own.preload) <= set(shared.preload)
        assert set(own.distributions) <= set(shared.distributions)
        assert request_for(Submission(problem, "", 0, rival=shared), 1.0).rival == shared
    assert request_for(Submission(plain, "", 0, rival=shared), 1.0).rival is None
    assert shared_rival([plain]) is None


def test_solutions_are_judged_side_by_side(broker: Broker) -> None:
    catalogue = Catalogue()
    slugs = ("two_proportion_z", "regression_metrics", "kmeans_plus_plus")
    problems: dict[str, Problem] = {slug: catalogue.problem(slug) for slug in slugs}
    solutions = [
        Solution(slug, f"{slug}.py", next(iter(problem.solutions("accepted"))).read_text())
        for slug, problem in problems.items()
    ]
    solutions[1] = replace(solutions[1], source="def regression_metrics(y_true, y_pred, n_features):\n    return {}\n")
    done: list[tuple[int, str]] = []
    results = judge_all(
        solutions, problems, broker, Terms(7, "concise", 2, 1.0), lambda n, slug: done.append((n, slug))
    )
    found = marks(solutions, results, Rules())
    assert [item.is_accepted for item in found.items] == [True, False, True]
    assert [item.report.seed for item in found.items if item.report] == [7, 7, 7]
    assert ([number for number, _ in done], {slug for _, slug in done}) == ([1, 2, 3], set(slugs))
