"""A suite may set attributes of what a submission made, as its users do: `leaf.grad = 0.0`."""

from pathlib import Path

import numpy as np
import pytest

from judge.judging import Judge, Progress, Submission
from judge.messages import Runs
from judge.problem import Problem, load_problem
from judge.rendering.calls import readable, runnable
from judge.report import CaseReport
from judge.verdict import Verdict

TOML = """
title = "Counter"
entry_points = ["Counter"]
topics = ["optimisation"]
minutes = 1

[points]
sample = 100
"""
SUITE = '''
import numpy as np

from judge.agreement import equal_to
from judge.suite import case


@case("sample")
def test_it_begins_anew(submission, rng):
    """Set to a number, to an array and to another object"""
    counter, other = submission.Counter(), submission.Counter()
    counter.add(2.0)
    counter.total = 0.0
    counter.add(3.0)
    equal_to(float(counter.total), 3.0, "total")
    counter.total = np.ones(2)
    equal_to(counter.add(1.0), 4.0, "add(1.0)")
    counter.next = other
    counter.next.add(5.0)
    equal_to(float(other.total), 5.0, "total of the other")
'''
RIGHT = """
import numpy as np


class Counter:
    def __init__(self):
        self.total = 0.0

    def add(self, number):
        self.total = self.total + number
        return float(np.sum(self.total))
"""
READ_ONLY = """
class Counter:
    _total = 0.0
    total = property(lambda self: self._total)

    def add(self, number):
        self._total += number
        return self._total
"""


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    """Return a problem whose suite sets attributes."""
    (tmp_path / "problem.toml").write_text(TOML)
    (tmp_path / "suite.py").write_text(SUITE)
    return load_problem(tmp_path)


def sample(judge: Judge, problem: Problem, source: str) -> CaseReport:
    """Judge a source and return what its case showed."""
    return judge.judge(Submission(problem, source, 0)).cases[0]


def test_what_is_set_is_what_the_submission_has(judge: Judge, problem: Problem) -> None:
    """Numbers, arrays and objects arrive; a submission that keeps its count elsewhere is found out."""
    assert sample(judge, problem, RIGHT).verdict is Verdict.AC
    elsewhere = RIGHT.replace("self.total + number", "self.__dict__.setdefault('kept', 0.0) + number").replace(
        "        return", "        self.kept = self.total\n        return"
    )
    case = sample(judge, problem, elsewhere)
    assert (case.verdict, "total" in case.message) == (Verdict.WA, True)


def test_what_cannot_be_set_is_the_submissions_error(judge: Judge, problem: Problem) -> None:
    """The report shows the statement, which an exported script can run."""
    case = sample(judge, problem, READ_ONLY)
    assert case.verdict is Verdict.RTE
    assert "AttributeError" in case.message
    assert readable(case.transcript)[-1].startswith("setattr(counter, 'total', 0)   raised AttributeError")
    assert runnable(case.transcript)[-1] == "setattr(counter, 'total', 0.0)"


def test_twins_are_set_as_well(judge: Judge, problem: Problem) -> None:
    """A twin is asked the same; one that forgets what it was set to differs."""
    forgets = RIGHT + "\n    def __setattr__(self, name, value):\n        self.__dict__.setdefault(name, value)\n"
    told: list[list[float]] = []
    asked = Submission(problem, RIGHT, 0, runs=Runs.SHARED, twins=(RIGHT, forgets))
    judge.judge(asked, Progress(on_compared=lambda _, differences: told.append(differences)))
    same, other = told[0]
    assert same == 0.0
    assert other > 0.1 or np.isinf(other)
