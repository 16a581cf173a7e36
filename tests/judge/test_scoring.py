"""Metrics on hidden data: how far on the way from the baseline to the reference, and what that is worth."""

import math
from pathlib import Path

import pytest

from judge.agreement import Finding, ledger, scored
from judge.judging import Judge, Submission
from judge.problem import Problem, load_problem
from judge.verdict import Verdict

TOML = """
title = "Error"
entry_points = ["error"]
topics = ["evaluation metrics"]
minutes = 1

[points]
sample = 20
agreement = 80
"""
SUITE = '''
from judge.agreement import number, scored
from judge.suite import case


@case("sample")
def test_it_answers(submission, rng):
    """It is a number"""
    number(submission.error(), "error()")


@case("agreement")
def test_error(submission, rng):
    """Its error"""
    scored(number(submission.error(), "error()"), "error", baseline=1.0, reference=0.0, needed=0.5, n_samples=1)
'''


@pytest.mark.parametrize(
    ("value", "share", "credit"),
    [(0.5, 0.0, 0.0), (0.2, 0.75, 0.75), (0.1, 1.0, 1.0), (0.05, 1.125, 1.0), (0.9, -1.0, 0.0)],
)
def test_the_share_is_that_of_the_way(value, share, credit):
    """An error falls from the baseline's 0.5 to the reference's 0.1; beyond the reference it is worth no more."""
    with ledger() as notes:
        scored(value, "RMSLE", baseline=0.5, reference=0.1, needed=-2.0, n_samples=1)
    assert notes.metric is not None
    assert notes.metric.share == pytest.approx(share)
    assert notes.metric.credit == pytest.approx(credit)


def test_more_may_be_better():
    """Where the reference is above the baseline."""
    with ledger() as notes:
        scored(0.8, "AUC", baseline=0.5, reference=0.9, needed=0.7, n_samples=1)
    assert notes.metric is not None
    assert notes.metric.share == pytest.approx(0.75)


@pytest.mark.parametrize("value", [0.21, 0.6])
def test_too_little_is_a_finding(value):
    """Which says all three values, and is scored all the same."""
    told = r"baseline has 0\.5 and the reference 0\.1: .* 75% is asked for"
    with ledger() as notes, pytest.raises(Finding, match=told):
        scored(value, "RMSLE", baseline=0.5, reference=0.1, needed=0.75, n_samples=1)
    assert notes.metric is not None
    assert notes.worst is not None
    assert notes.worst.error > notes.worst.tolerance


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_not_scored(value):
    """A report has no place for it."""
    with ledger() as notes, pytest.raises(Finding, match=f"RMSLE is {value}"):
        scored(value, "RMSLE", baseline=0.5, reference=0.1, needed=0.75, n_samples=1)
    assert notes.metric is None


def test_enough_is_none():
    """Exactly the share that is needed."""
    scored(0.25, "RMSLE", baseline=0.5, reference=0.0, needed=0.5, n_samples=1)


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    """Return a problem that asks for a number near zero, as far as the baseline's one can tell."""
    folder = tmp_path / "numbers" / "error"
    folder.mkdir(parents=True)
    (folder / "problem.toml").write_text(TOML)
    (folder / "suite.py").write_text(SUITE)
    return load_problem(folder)


@pytest.mark.parametrize(
    ("error", "verdict", "points"), [(0.0, "AC", 100.0), (-0.1, "AC", 100.0), (0.25, "AC", 80.0), (0.6, "WA", 20.0)]
)
def test_points_follow_the_share(problem: Problem, judge: Judge, error: float, verdict: str, points: float):
    """Of a case that is passed; one that is not has none."""
    report = judge.judge(Submission(problem, f"def error():\n    return {error}\n", 0))
    assert report.verdict is Verdict(verdict)
    assert report.score == pytest.approx(points)
    assert report.cases[0].metric is None
    assert report.cases[1].metric is not None
    assert report.cases[1].metric.share == pytest.approx(1.0 - error)


def test_the_score_is_told_where_values_are_withheld(problem: Problem, judge: Judge):
    """It is what the submission is judged by; how it came about is not told."""
    report = judge.judge(Submission(problem, "def error():\n    return 0.6\n", 0, feedback="concise"))
    failed = report.cases[1]
    assert failed.metric is not None
    assert failed.metric.words == "error 0.6, reference 0, baseline 1: 40% of the way, 50% asked for"
    assert failed.transcript == ()
