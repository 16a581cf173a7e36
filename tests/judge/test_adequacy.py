"""Adequacy from end to end on a small problem, and the evidence that mutants are equivalent."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from judge.adequacy import Adequacy, Score, all_mutants, table_of
from judge.equivalence import Equivalence
from judge.errors import ProblemError, SubmissionError
from judge.problem import Problem, load_problem
from judge.triaged import FILE, LEAST_INPUTS, Triaged, triaged, write
from judge.twins import difference
from sandbox.broker import Broker

SUITE = '''
import numpy as np

from judge.agreement import close_to, raises
from judge.suite import case


@case("agreement")
def test_values(submission, rng):
    """The larger of a number and zero"""
    model = submission.Positive(0.0)
    for x in rng.normal(size=20):
        close_to(model.part(x), max(x, 0.0), 1e-9, "part(x)", scale=1.0)


@case("edge")
def test_arrays_are_refused(submission, rng):
    """Arrays are refused"""
    with raises(TypeError):
        submission.Positive(0.0).part(np.zeros(2))
'''
SOLUTION = """
class Positive:
    def __init__(self, least):
        self.least = least

    def part(self, x):
        if getattr(x, "shape", ()):
            raise TypeError("one number at a time")
        n = 1
        while x < self.least:
            x = self.least
        return x * n
"""
TOML = """
title = "Positive part"
entry_points = ["Positive"]
topics = ["losses and regularisation"]
minutes = 1

[points]
agreement = 50
edge = 50
"""
SCORED_SUITE = '''
from judge.agreement import number, scored
from judge.suite import case


@case("agreement")
def test_loss(submission, rng):
    """An error, and bad luck, which is worst at seed 0"""
    error = number(submission.Positive(0.0).part(0.2), "part(0.2)")
    scored(error + 0.3 * rng.random(), "error", baseline=1.0, reference=0.0, needed=0.5, n_samples=20)


@case("edge")
def test_a_number_is_told(submission, rng):
    """Any number"""
    number(submission.Positive(0.0).part(0.0), "part(0.0)")
'''
SURVIVOR = "loop.py Positive.part: x * n -> x / n"


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    """Return a problem with one accepted solution, which divides by one as well as it multiplies by it."""
    folder = tmp_path / "numbers" / "positive"
    (folder / "solutions" / "accepted").mkdir(parents=True)
    (folder / "problem.toml").write_text(TOML)
    (folder / "suite.py").write_text(SUITE)
    (folder / "solutions" / "accepted" / "loop.py").write_text(SOLUTION)
    return load_problem(folder)


def score_of(problem: Problem, broker: Broker) -> Score:
    return next(Adequacy([problem]).run(broker, 1))


def test_survivors_are_what_the_suite_accepts(problem: Problem, broker: Broker):
    """An endless loop and a wrong value are killed; what answers alike survives until it is triaged with evidence."""
    score = score_of(problem, broker)
    assert [mutant.name for mutant in score.open] == [SURVIVOR]
    assert score.killers["loop.py Positive.part: x = self.least -> pass"] == "test_values"
    assert score.killers["loop.py Positive.part: raise TypeError('one number at a time') -> pass"] == (
        "test_arrays_are_refused"
    )
    assert "loop.py Positive.part: x = self.least -> pass" in score.timeouts
    assert not score.defects

    (evidence,) = Equivalence(problem, score.open, least_inputs=50).gather(broker, 1)
    assert [(one.inputs >= 50, one.seeds >= 3, one.difference, one.rejection) for one in evidence] == [
        (True, True, 0.0, "")
    ]
    entry = Triaged(SURVIVOR, "n is one", inputs=LEAST_INPUTS, seeds=600)
    others = ["loop.py Positive.part: gone -> pass", "loop.py Positive.part: x = self.least -> pass"]
    # The second is killed by the time it takes, which may be no defect on a faster machine.
    write(problem.folder / FILE, [entry, *(replace(entry, mutant=name) for name in others)])
    settled = score_of(problem, broker)
    assert (settled.open, settled.adequacy, len(settled.settled)) == ([], 1.0, 1)
    assert settled.raw < 1.0
    assert [defect for defect in settled.defects if "no such mutant" in defect] == settled.defects != []
    assert f"| positive | 1 | {len(settled.mutants)} |" in table_of([settled])
    former = table_of([score]) + table_of([score]).replace("| positive |", "| another |")
    rows = [line for line in table_of([settled], former).splitlines() if "| 1 |" in line]
    assert rows[0] in former
    assert rows[0].startswith("| another |")
    assert rows[1:] == [line for line in table_of([settled]).splitlines() if "| 1 |" in line]


def test_evidence_tells_a_wrong_answer(problem: Problem, broker: Broker):
    """A mutant that the suite rejects on a new seed is told so; of one that it accepts the difference is measured."""
    mutant = next(mutant for mutant in all_mutants(problem) if mutant.name == SURVIVOR)
    wrong, hardly = (
        replace(mutant, source=SOLUTION.replace("x * n", f"x * n + {error}")) for error in ("1e-3", "1e-10")
    )
    ((rejected, accepted),) = Equivalence(problem, [wrong, hardly], least_inputs=50).gather(broker, 1)
    assert "WA in test_values at seed 1" in rejected.rejection
    assert not accepted.rejection
    assert 1e-10 <= accepted.difference < math.inf


@pytest.mark.parametrize(("error", "lost"), [("0.02", 0.02), ("-0.02", 0.0), ("0.05", math.inf)])
def test_evidence_tells_what_is_lost_of_a_score(problem: Problem, broker: Broker, error: str, lost: float):
    """Where a suite scores, answers may be others, and rejection on any seed loses all; samples are counted."""
    (problem.folder / "suite.py").write_text(SCORED_SUITE)
    mutant = next(mutant for mutant in all_mutants(problem) if mutant.name == SURVIVOR)
    other = replace(mutant, source=SOLUTION.replace("x * n", f"x * n + {error}"))
    ((evidence,),) = Equivalence(problem, [other], least_inputs=50).gather(broker, 1)
    assert (evidence.inputs, evidence.seeds, evidence.rejection) == (60, 3, "")
    assert evidence.difference == pytest.approx(lost)


def test_an_accepted_solution_that_fails_is_told(problem: Problem, broker: Broker):
    """Mutants of what is not right say nothing."""
    path = problem.folder / "solutions" / "accepted" / "loop.py"
    path.write_text(SOLUTION.replace("x * n", "x + n"))
    with pytest.raises(ProblemError, match="is not accepted"):
        score_of(problem, broker)


def test_what_is_written_is_read_again(problem: Problem):
    """Quotes, arrows and infinite differences come back as they were."""
    entries = [
        Triaged("a.py f: \"x\" -> 'y\\n'", 'the "larger" ≥ one', 0.5, 12_000, 7, 1e-12),
        Triaged("b.py g: a -> b", "any tied split is right", math.inf, 12_000, 7, math.inf),
    ]
    write(problem.folder / FILE, reversed(entries))
    assert list(triaged(problem).values()) == entries
    assert not any(entry.lacks() for entry in entries)


@pytest.mark.parametrize(
    ("change", "lack"),
    [({"reason": " "}, "reason"), ({"inputs": 9_999}, "evidence"), ({"difference": 1e-8}, "differs by 1e-08")],
)
def test_an_entry_without_its_grounds_does_not_count(change, lack):
    """A reason, enough inputs, and no larger difference than it allows."""
    assert lack in replace(Triaged("a", "why", inputs=LEAST_INPUTS), **change).lacks()


def test_a_file_that_cannot_be_read_is_told(problem: Problem):
    """The error names the place."""
    (problem.folder / FILE).write_text("[[equivalent]]\nmutant = 3\n")
    with pytest.raises(ProblemError, match=FILE):
        triaged(problem)


@pytest.mark.parametrize(
    ("right", "other", "wanted"),
    [
        (2.0, 2.0, 0.0),
        (np.array([1.0, -4.0]), [1.0, -4.004], 1e-3),
        (np.array([1e-40]), np.array([2e-40]), 1.0),
        (np.array([0, 1]), np.array([0, 2]), math.inf),
        (np.array([0, 1]), np.array([0.0, 1.0]), 0.0),
        (np.zeros(2), np.zeros(3), math.inf),
        (np.nan, np.nan, 0.0),
        (np.nan, 1.0, math.inf),
        ("a", "a", 0.0),
        ("a", "b", math.inf),
        (None, None, 0.0),
        (None, 1.0, math.inf),
        ({"a": 1.0}, {"a": 1.5}, 0.5),
        ({"a": 1.0}, {"b": 1.0}, math.inf),
        ([np.zeros(2), np.ones(3)], [np.zeros(2), np.full(3, 2.0)], 1.0),
        (SubmissionError("ValueError", ("ValueError",), "x", ()), SubmissionError("ValueError", (), "y", ()), 0.0),
        (SubmissionError("ValueError", ("ValueError",), "x", ()), 1.0, math.inf),
    ],
)
def test_a_difference_is_relative_to_the_first_answer(right, other, wanted):
    """Whole numbers and texts are equal or not comparable at all."""
    assert difference(right, other) == pytest.approx(wanted)
