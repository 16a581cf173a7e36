"""Separation: errors in units of their tolerance, the largest right one beside the least wrong one."""

import math
from pathlib import Path

import pytest

from judge.errors import ProblemError
from judge.problem import Description, Problem
from judge.report import Agreement, CaseReport, LimitFacts, Report, SandboxFacts
from judge.separation import FILE, Separations, near_quantities
from judge.verdict import Verdict


def report(*cases: tuple[Agreement, ...]) -> Report:
    """Return a report whose cases made these comparisons."""
    made = tuple(CaseReport(f"test_{i}", "", "edge", Verdict.AC, 1, 1, agreements=a) for i, a in enumerate(cases))
    sandbox, limits = SandboxFacts("fake", isolated=True, limits="none"), LimitFacts(1, 1, 1, 1)
    return Report("p", Verdict.AC, 1, 1, 0, "full", "", sandbox, limits, made)


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    """Return a problem whose folder is empty."""
    return Problem(tmp_path, Description("P", ("P",), ("optimisation",), 10, {"edge": 100}))


def test_a_ratio_is_the_least_wrong_error_over_the_largest_right_one():
    """Each wrong solution counts by the case that shows it best, and the nearest one is named."""
    made = Separations()
    made.take_in_accepted(report((Agreement(1e-8, 1e-6, "gap"),), (Agreement(2e-8, 1e-6, "gap"),)))
    made.take_in_wrong("far", report((Agreement(1.0, 1e-6, "gap"),)))
    made.take_in_wrong("near", report((Agreement(2e-6, 1e-6, "gap"),), (Agreement(4e-6, 1e-6, "gap"),)))
    (gap,) = made.all()
    assert (gap.quantity, gap.nearest) == ("gap", "near")
    assert math.isclose(gap.ratio, 200.0)
    assert list(made.unexplained({})) == []


def test_errors_under_different_tolerances_are_comparable():
    """An error of half its tolerance is larger than one of a tenth, whatever the units."""
    made = Separations()
    made.take_in_accepted(report((Agreement(0.5, 1.0, "gap"), Agreement(1e-7, 1e-6, "gap"))))
    made.take_in_wrong("near", report((Agreement(5e-6, 1e-6, "gap"),)))
    (gap,) = made.all()
    assert math.isclose(gap.ratio, 10.0)
    (defect,) = made.unexplained({})
    assert "near 5 times it: 10 times apart, and 100 is the least" in defect


def test_exact_comparisons_and_passed_ones_separate_nothing():
    """A tolerance of zero has no unit, and a wrong solution within the tolerance does not fail by that quantity."""
    made = Separations()
    made.take_in_wrong("wrong", report((Agreement(3.0, 0.0, "labels_"), Agreement(0.5, 1.0, "gap"))))
    assert list(made.all()) == []


def test_right_answers_without_error_are_infinitely_far_from_wrong_ones():
    """There is no ratio to zero, and there is room enough."""
    made = Separations()
    made.take_in_accepted(report((Agreement(0.0, 1.0, "gap"),)))
    made.take_in_wrong("wrong", report((Agreement(5.0, 1.0, "gap"),)))
    (gap,) = made.all()
    assert gap.ratio == math.inf
    assert list(made.unexplained({})) == []


def test_a_reason_allows_less_room_but_no_less_than_it_says(problem: Problem):
    """An entry holds down to its ratio, and one of a quantity that nothing fails by is found."""
    (problem.folder / FILE).write_text(
        '[[near]]\nquantity = "gap"\napart = 5\nreason = "noise"\n'
        '[[near]]\nquantity = "gone"\napart = 5\nreason = "noise"\n'
    )
    near = near_quantities(problem)
    made = Separations()
    made.take_in_accepted(report((Agreement(0.5, 1.0, "gap"),)))
    made.take_in_wrong("near", report((Agreement(3.0, 1.0, "gap"),)))
    assert list(made.unexplained(near)) == [f"{FILE}: nothing wrong fails by 'gone'; take it out"]
    made.take_in_wrong("nearer", report((Agreement(2.0, 1.0, "gap"),)))
    (defect,) = made.unexplained({"gap": near["gap"]})
    assert defect.endswith(f"4 times apart, and 5 is the least; say in {FILE} why less is enough")


@pytest.mark.parametrize(
    "text",
    [
        "near = 1",
        "[[near]]\nquantity = 'gap'\napart = 5",
        "[[near]]\nquantity = 'gap'\napart = 100\nreason = 'noise'",
        "[[near]]\nquantity = 'gap'\napart = 5\nreason = ''",
        "[[near]]\nquantity = 'gap'\napart = 5\nreason = 'noise'\nratio = 5",
        "\x00",
    ],
)
def test_a_file_that_cannot_be_read_is_named(problem: Problem, text: str):
    """With its path."""
    (problem.folder / FILE).write_text(text)
    with pytest.raises(ProblemError, match=FILE):
        near_quantities(problem)


def test_nothing_is_near_without_a_file(problem: Problem):
    """Most problems have none."""
    assert near_quantities(problem) == {}
