"""What is the caller's stays as it is, in every call of every case of a suite that asks for it once."""

from pathlib import Path

import pytest

from judge.judging import Judge, Submission
from judge.problem import Problem, load_problem
from judge.report import CaseReport
from judge.verdict import Verdict

TOML = """
title = "Double"
entry_points = ["double", "Doubler"]
topics = ["optimisation"]
minutes = 1

[points]
sample = 50
edge = 50
"""
SUITE = '''
import numpy as np

from judge.agreement import array
from judge.clauses import Description, common_clauses
from judge.suite import case


@case("sample")
def test_one_argument_of_each_kind(submission, rng):
    """Arrays, and what lists, tuples and dicts hold"""
    X = np.arange(3.0)
    submission.double(X)
    submission.double(X + 1)
    submission.double([1.0, [2.0]])
    submission.double({"a": (X, "b")})
    doubler = submission.Doubler()
    doubler.double(X=X)
    doubler.double(X=X + 1)
    submission.double(X)


def answers(answer, X):
    return {"double(X)": array(answer, "double(X)", shape=X.shape)}


clauses = common_clauses(
    Description(
        inputs=lambda rng: (np.ones((2, 2)),), fit=lambda submission, X: submission.double(X), answers=answers
    )
)
'''
RIGHT = """
import numpy as np


def double(X):
    return np.asarray(X) * 2 if isinstance(X, np.ndarray) else None


class Doubler:
    def double(self, X):
        return X * 2
"""
IN_PLACE = RIGHT.replace("        return X * 2", "        X *= 2\n        return X")
IN_LISTS = "    if isinstance(X, list):\n        X[1].append(0.0)"
IN_DICTS = "    if isinstance(X, dict):\n        X['a'][0][:] = 0"
IN_A_BUFFER = (
    "    if isinstance(X, np.ndarray):\n        return np.multiply(X, 2, out=_kept.setdefault(X.shape, X * 0))"
)


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    """Return a problem whose suite asks once that inputs are left alone, and never gives a list there."""
    (tmp_path / "problem.toml").write_text(TOML)
    (tmp_path / "suite.py").write_text(SUITE)
    return load_problem(tmp_path)


def sample(judge: Judge, problem: Problem, source: str) -> CaseReport:
    """Judge a source and return what its sample case showed."""
    return judge.judge(Submission(problem, source, 0, groups=("sample",))).cases[0]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (IN_LISTS, "argument 1 of submission.double(…)"),
        (IN_DICTS, "argument 1 of submission.double(…)"),
        (IN_A_BUFFER, "in a later call the answer of submission.double(…)"),
    ],
)
def test_a_change_is_found_wherever_it_happens(judge: Judge, problem: Problem, line: str, told: str) -> None:
    """In a branch that no clause reaches, in what a list or a dict holds, and in an answer that was given before."""
    source = RIGHT.replace("def double(X):\n", f"_kept = {{}}\n\n\ndef double(X):\n{line}\n", 1)
    case = sample(judge, problem, source)
    assert (case.verdict, case.message) == (Verdict.WA, f"it changed {told}")
    assert "Copy an array" in case.hint


def test_an_argument_is_told_by_its_name(judge: Judge, problem: Problem) -> None:
    """And by the call that it was given to."""
    case = sample(judge, problem, IN_PLACE)
    assert case.message == "it changed argument X of doubler.double(…)"


def test_a_model_may_answer_with_what_it_works_on(judge: Judge, problem: Problem) -> None:
    """What its methods answer may change as it goes on."""
    kept = "self.kept = getattr(self, 'kept', X * 0)\n        return np.multiply(X, 2, out=self.kept)"
    assert sample(judge, problem, RIGHT.replace("return X * 2", kept)).verdict is Verdict.AC


def test_a_suite_that_does_not_ask_for_it_allows_it(judge: Judge, problem: Problem) -> None:
    """Some problems are about changing what is given."""
    suite = problem.folder / "suite.py"
    suite.write_text(
        SUITE.replace("answers=answers\n    )", 'answers=answers\n    ),\n    {"test_inputs_are_left_alone": "no"}')
    )
    assert sample(judge, problem, IN_PLACE).verdict is Verdict.AC
