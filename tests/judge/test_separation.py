"""Separation: errors in units of their tolerance, the largest right one beside the least wrong one."""

import math

from judge.report import Agreement, CaseReport, LimitFacts, Report, SandboxFacts
from judge.separation import Separations
from judge.verdict import Verdict


def report(*cases: tuple[Agreement, ...]) -> Report:
    """Return a report whose cases made these comparisons."""
    made = tuple(CaseReport(f"test_{i}", "", "edge", Verdict.AC, 1, 1, agreements=a) for i, a in enumerate(cases))
    sandbox, limits = SandboxFacts("fake", isolated=True, limits="none"), LimitFacts(1, 1, 1, 1)
    return Report("p", Verdict.AC, 1, 1, 0, "full", "", sandbox, limits, made)


def test_a_ratio_is_the_least_wrong_error_over_the_largest_right_one():
    """Each wrong solution counts by the case that shows it best, and the nearest one is named."""
    made = Separations()
    made.take_in_accepted(report((Agreement(1e-8, 1e-6, "gap"),), (Agreement(2e-8, 1e-6, "gap"),)))
    made.take_in_wrong("far", report((Agreement(1.0, 1e-6, "gap"),)))
    made.take_in_wrong("near", report((Agreement(2e-6, 1e-6, "gap"),), (Agreement(4e-6, 1e-6, "gap"),)))
    (gap,) = made.all()
    assert (gap.quantity, gap.nearest) == ("gap", "near")
    assert math.isclose(gap.ratio, 200.0)
    assert gap.is_enough


def test_errors_under_different_tolerances_are_comparable():
    """An error of half its tolerance is larger than one of a tenth, whatever the units."""
    made = Separations()
    made.take_in_accepted(report((Agreement(0.5, 1.0, "gap"), Agreement(1e-7, 1e-6, "gap"))))
    made.take_in_wrong("near", report((Agreement(5e-6, 1e-6, "gap"),)))
    (gap,) = made.all()
    assert math.isclose(gap.ratio, 10.0)
    assert not gap.is_enough


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
    assert gap.is_enough
