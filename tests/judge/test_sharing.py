"""Shared runs: sources that are loaded anew, failures that are confirmed, and trials that stop at the first failure."""

from dataclasses import replace
from pathlib import Path

import pytest

from judge.judging import Judge, Submission, open_judges
from judge.messages import Runs
from judge.problem import Problem, load_problem
from judge.report import Report
from judge.verdict import Verdict
from sandbox.broker import Broker

SUITE = '''
from judge.agreement import close_to
from judge.suite import case


def made(number):
    @case("edge")
    def test(submission, rng):
        """Counts to one"""
        close_to(submission.count(), 1.0, 0.5, "count()")

    return test


def named(number):
    from dataclasses import replace

    return replace(made(number), name=f"test_{number}")


cases = [named(number) for number in range(4)]
'''
TOML = """
title = "Counting"
entry_points = ["count"]
topics = ["supervised learning"]
minutes = 1

[points]
edge = 100

[limits]
cpu_seconds = 1
"""
MODULE_STATE = "n = 0\n\n\ndef count():\n    global n\n    n += 1\n    return n\n"
PROCESS_STATE = """
import os


def count():
    os.environ["n"] = str(int(os.environ.get("n", "0")) + 1)
    return int(os.environ["n"])
"""
WRONG = "def count():\n    return 2\n"
ENDLESS = "def count():\n    while True:\n        pass\n"


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    """Return a problem of four equal cases that ask for a count of one."""
    folder = tmp_path / "numbers" / "counting"
    folder.mkdir(parents=True)
    (folder / "problem.toml").write_text(TOML)
    (folder / "suite.py").write_text(SUITE)
    return load_problem(folder)


def verdicts(report: Report) -> list[Verdict]:
    return [case.verdict for case in report.cases]


def trial(problem: Problem, source: str, runs: Runs) -> Submission:
    return Submission(problem, source, 0, is_explained=False, runs=runs)


def test_a_source_is_loaded_anew_for_each_attempt(problem: Problem, judge: Judge):
    """What a module holds does not reach the next case, though the process stays."""
    assert verdicts(judge.judge(trial(problem, MODULE_STATE, Runs.SHARED))) == [Verdict.AC] * 4


def test_a_failure_that_an_earlier_case_caused_is_not_confirmed(problem: Problem, judge: Judge):
    """State of the process spoils a shared run, and a run of its own puts the verdict right."""
    assert verdicts(judge.judge(trial(problem, PROCESS_STATE, Runs.SHARED))) == [Verdict.AC] + [Verdict.WA] * 3
    assert verdicts(judge.judge(trial(problem, PROCESS_STATE, Runs.CONFIRMED))) == [Verdict.AC] * 4


@pytest.mark.parametrize("source", [WRONG, ENDLESS], ids=["wrong", "endless"])
@pytest.mark.parametrize("runs", [Runs.SHARED, Runs.CONFIRMED])
def test_verdicts_are_those_of_fresh_runs(problem: Problem, judge: Judge, source: str, runs: Runs):
    """Wrong answers and loops that never end are told as they are without sharing."""
    fresh = judge.judge(trial(problem, source, Runs.FRESH))
    assert verdicts(judge.judge(trial(problem, source, runs))) == verdicts(fresh)


@pytest.mark.parametrize("runs", list(Runs))
def test_nothing_is_run_after_the_first_failure(problem: Problem, judge: Judge, runs: Runs):
    """Who wants to know only whether it fails does not pay for the other cases."""
    report = judge.judge(replace(trial(problem, WRONG, runs), until_failure=True))
    assert verdicts(report) == [Verdict.WA] + [Verdict.NOT_RUN] * 3
    assert report.verdict is Verdict.WA


def test_every_comparison_is_told_where_it_is_asked_for(problem: Problem, judge: Judge):
    """Errors travel for those who measure suites, and for nobody else."""
    asked = judge.judge(replace(trial(problem, WRONG, Runs.FRESH), lists_agreements=True))
    assert [(one.quantity, one.error) for one in asked.cases[0].agreements] == [("count()", 1.0)]
    assert judge.judge(trial(problem, WRONG, Runs.FRESH)).cases[0].agreements == ()


def test_limits_of_a_trial_hold_instead_of_the_problems(problem: Problem, judge: Judge):
    """A loop is stopped after the time that the trial allows."""
    limits = replace(problem.limits, cpu_seconds=0.25)
    report = judge.judge(replace(trial(problem, ENDLESS, Runs.FRESH), limits=limits, until_failure=True))
    assert report.verdict is Verdict.TLE
    assert "0.25 s" in report.cases[0].message


def test_several_graders_do_every_item_and_raise_what_their_work_raises(broker: Broker):
    """Each item comes back with its own result, and an error is never lost in a thread."""

    def refuse(_: Judge, item: int) -> None:
        raise ValueError(item)

    with open_judges(broker, 2) as judges:
        with judges.spread(lambda _, item: (item, item * item), range(5)) as results:
            assert sorted(result.result() for result in results) == [(i, i * i) for i in range(5)]
        with judges.spread(refuse, [7]) as results, pytest.raises(ValueError, match="7"):
            results[0].result()
