"""Checks of answers with several right forms, of probabilities and of optima: what is right passes in every guise."""

import contextlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score

from judge.agreement import (
    Finding,
    any_of,
    assignment,
    box_residual,
    close_to,
    entries,
    equal_to,
    fitted,
    gradient_of,
    l1_residual,
    ledger,
    log_probabilities,
    matched_rows,
    monotone,
    one_of,
    parts,
    probability_rows,
    same_components,
    same_partition,
    same_subspace,
    same_up_to_sign,
    zero_where,
)
from judge.saboteurs import _GARBAGE

LABELS = st.lists(st.integers(-2, 3), min_size=1, max_size=12)
SEEDS = st.integers(0, 2**32 - 1)
RIGHT = np.arange(6.0).reshape(3, 2) + 1.0


@pytest.fixture(autouse=True)
def _as_in_the_grader():
    """Let absurd numbers overflow silently, as a grader does."""
    with np.errstate(all="ignore"):
        yield


CHECKS = {
    "same_partition": lambda v: same_partition(v, [0, 0, 1], "labels_"),
    "matched_rows": lambda v: matched_rows(v, RIGHT, 1e-6, "rows"),
    "same_up_to_sign": lambda v: same_up_to_sign(v, RIGHT, 1e-6, "rows"),
    "same_subspace": lambda v: same_subspace(v, RIGHT[:1], 1e-6, "rows"),
    "same_components": lambda v: same_components(v, np.eye(2), [2.0, 1.0], 1e-6, "rows"),
    "probability_rows": lambda v: probability_rows(v, "proba", shape=(3, 2), tolerance=1e-6),
    "log_probabilities": lambda v: log_probabilities(v, np.log([[0.25, 0.75]] * 3), 1e-6, "log proba"),
    "gradient_of": lambda v: gradient_of(lambda x: float(x @ x), np.ones(3), v, 1e-5, "grad"),
    "zero_where": lambda v: zero_where(v, np.array([True, False, False]), "coef_"),
    "one_of": lambda v: one_of(v, [5, 6], np.array([[True, False]] * 3), "labels", expected=[5, 5, 5]),
    "monotone": lambda v: monotone(v, "losses", is_rising=False, tolerance=1e-9),
    "parts": lambda v: parts(v, ("loss", "grad", "more"), "f"),
    "entries": lambda v: entries(v, ("loss", "grad"), "f"),
    "fitted": fitted,
}


@pytest.mark.parametrize("name", CHECKS)
def test_garbage_is_a_finding_or_right_and_never_another_exception(name):
    """Whatever an answer is turned into, a check says so in its own words."""
    for value in (RIGHT, np.array([0.0, 0.0, 1.0])):
        for expression in _GARBAGE:
            made = eval(expression, {"_np": np, "value": value})  # noqa: S307 - the saboteurs' own expressions
            # Some of it is right for some checks; anything but a finding fails the test.
            with contextlib.suppress(Finding):
                CHECKS[name](made)


@pytest.mark.parametrize("name", [name for name in CHECKS if name != "parts"])
def test_none_is_never_right(name):
    """A forgotten return is a finding everywhere."""
    with pytest.raises(Finding):
        CHECKS[name](None)


@settings(deadline=None, max_examples=60)
@given(LABELS, st.permutations(range(-2, 4)))
def test_groups_under_other_names_are_the_same(labels, names):
    """Renaming the groups changes nothing."""
    same_partition([names[label + 2] for label in labels], labels, "labels_")


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=10))
def test_groups_are_the_same_where_the_adjusted_rand_index_is_one(pairs):
    """It agrees with scikit-learn's index, whichever groups are split or joined."""
    mine, right = np.array(pairs).T
    if adjusted_rand_score(right, mine) == 1.0:
        same_partition(mine, right, "labels_")
    else:
        with pytest.raises(Finding, match=r"samples \d+ and \d+"):
            same_partition(mine, right, "labels_")


def test_a_wrong_partition_names_a_pair():
    """Samples wrongly joined or parted are named; left-out samples are not looked at."""
    with pytest.raises(Finding, match="puts samples 0 and 2 together, which belong to different groups"):
        same_partition([1, 1, 1], [0, 0, 1], "labels_")
    with pytest.raises(Finding, match="parts samples 0 and 1, which belong together"):
        same_partition([1, 2, 3], [0, 0, 1], "labels_")
    same_partition([1, 1, 1], [0, 0, 1], "labels_", where=np.array([True, True, False]))


@settings(deadline=None, max_examples=60)
@given(npst.arrays(np.float64, st.integers(1, 7).map(lambda n: (n, n)), elements=st.integers(0, 9).map(float)))
def test_an_assignment_is_as_cheap_as_scipys(cost):
    """It is a permutation, and none costs less."""
    order = assignment(cost)
    assert sorted(order.tolist()) == list(range(len(cost)))
    rows, columns = linear_sum_assignment(cost)
    assert cost[np.arange(len(cost)), order].sum() == cost[rows, columns].sum()


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.integers(1, 6))
def test_rows_match_in_any_order(seed, n_rows):
    """A permutation passes and is told; a moved row does not pass."""
    rng = np.random.default_rng(seed)
    right = rng.normal(size=(n_rows, 3))
    shuffled = rng.permutation(right)
    np.testing.assert_array_equal(shuffled[matched_rows(shuffled, right, 1e-9, "centers")], right)
    shuffled[0, 1] += 1.0
    with pytest.raises(Finding, match="nearest order"):
        matched_rows(shuffled, right, 1e-9, "centers")


def test_near_twins_are_matched_where_they_can_be():
    """A pairing within the tolerance is found though another is nearer in sum."""
    right = np.array([[0.0], [1.0]])
    order = matched_rows(np.array([[0.9], [1.9]]), right, 1.0, "centers")
    assert order.tolist() == [0, 1]
    with pytest.raises(Finding):
        matched_rows(np.array([[0.0], [0.0]]), right, 0.5, "centers")


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.lists(st.sampled_from([-1.0, 1.0]), min_size=3, max_size=3))
def test_signs_of_rows_are_free(seed, signs):
    """Each row may be turned by itself; the signs within a row may not."""
    right = np.random.default_rng(seed).uniform(0.5, 1.0, size=(3, 4))
    same_up_to_sign(np.array(signs)[:, None] * right, right, 1e-9, "components_")
    with pytest.raises(Finding, match="its sign is free"):
        same_up_to_sign(right * [1.0, -1.0, 1.0, 1.0], right, 1e-9, "components_")


@settings(deadline=None, max_examples=40)
@given(SEEDS)
def test_a_subspace_has_many_bases(seed):
    """A mixture and scaling of the rows spans the same; another direction does not."""
    rng = np.random.default_rng(seed)
    right = rng.normal(size=(2, 4))
    mixed = np.array([[2.0, 1.0], [-1.0, 3.0]]) @ right * np.array([[1e3], [1e-3]])
    same_subspace(mixed, right, 1e-6, "components_")
    with pytest.raises(Finding, match="projector"):
        same_subspace(np.vstack([right[0], rng.normal(size=4)]), right, 1e-6, "components_")


def test_components_are_compared_as_far_as_they_are_determined():
    """Equal eigenvalues leave a rotation free, single ones a sign, and near ones have a wider tolerance."""
    c, s = np.cos(0.3), np.sin(0.3)
    turned = np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, -1.0]])
    same_components(turned, np.eye(3), [2.0, 2.0, 1.0], 1e-9, "components_")
    same_components(turned[:1], np.eye(3), [2.0, 2.0, 1.0], 1e-9, "components_")
    with pytest.raises(Finding, match=r"components_\[0\]"):
        same_components(turned, np.eye(3), [3.0, 2.0, 1.0], 1e-9, "components_")
    slightly = np.array([[1.0, 1e-5], [-1e-5, 1.0]])
    same_components(slightly, np.eye(2), [1.0, 0.999], 1e-7, "components_")
    with pytest.raises(Finding):
        same_components(slightly, np.eye(2), [1.0, 0.5], 1e-7, "components_")


def test_rows_of_probabilities_add_up_to_one():
    """Sums, signs and the upper bound are all looked at."""
    probability_rows([[0.25, 0.75], [0.0, 1.0]], "p", shape=(2, 2), tolerance=1e-9)
    for rows, what in (([[0.5, 0.6]], "sums"), ([[-0.5, 1.5]], "below 0"), ([[0.0, 2.0]], "above 1")):
        with pytest.raises(Finding, match=what):
            probability_rows(rows, "p", shape=(1, 2), tolerance=1e-9)


def test_the_logarithm_of_zero_may_be_answered_by_either():
    """-inf and what underflows are both right, a finite logarithm is not; other places are compared."""
    right = np.array([-np.inf, np.log(0.5)])
    for answer in ([-np.inf, np.log(0.5)], [-1e4, np.log(0.5)]):
        log_probabilities(answer, right, 1e-9, "log p")
    for answer in ([-30.0, np.log(0.5)], [np.nan, np.log(0.5)], [-np.inf, -1.0], [-np.inf, -np.inf]):
        with pytest.raises(Finding):
            log_probabilities(answer, right, 1e-9, "log p")


def test_far_tails_are_compared_relatively():
    """An error of 1e-4 in a logarithm of -1e6 is forgiven at 1e-9, and near zero it is not."""
    log_probabilities([-1e6 - 1e-4], [-1e6], 1e-9, "log p")
    with pytest.raises(Finding):
        log_probabilities([-1.0 - 1e-4], [-1.0], 1e-9, "log p")


def _loss(x):
    return float(np.sin(x).sum() + x[0] * x[-1])


def _gradient(x):
    made = np.cos(x)
    made[0] += x[-1]
    made[-1] += x[0]
    return made


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.booleans())
def test_a_gradient_is_known_from_its_loss(seed, is_random):
    """The right one passes by coordinates and by directions; half of it, its negative and zeros do not."""
    rng = np.random.default_rng(seed)
    at = rng.uniform(0.2, 1.2, size=5)
    chosen = rng if is_random else None
    gradient_of(_loss, at, _gradient(at), 1e-6, "grad", rng=chosen)
    for factor in (0.5, -1.0, 0.0):
        with pytest.raises(Finding, match="differences of the loss"):
            gradient_of(_loss, at, factor * _gradient(at), 1e-6, "grad", rng=chosen)


def test_certain_zeros_must_be_zero():
    """Relative to the largest coefficient; an answer of zeros has no largest and passes."""
    is_zero = np.array([True, False, True])
    zero_where([1e-9, 2.0, 0.0], is_zero, "coef_")
    zero_where([0.0, 0.0, 0.0], is_zero, "coef_")
    with pytest.raises(Finding, match=r"coef_\[2\] is 0.01"):
        zero_where([0.0, 2.0, 0.01], is_zero, "coef_")


@settings(deadline=None, max_examples=60)
@given(st.floats(-3, 3), st.floats(0.1, 2), st.floats(-3, 3))
def test_residuals_vanish_at_a_minimum_only(target, penalty, elsewhere):
    """For (w - target)^2 / 2 with a penalty or bounds the minimum is known in closed form."""
    sparse = np.sign(target) * max(abs(target) - penalty, 0.0)
    assert l1_residual([sparse - target], [sparse], penalty, 1.0) <= 1e-12
    np.testing.assert_allclose(l1_residual([elsewhere - target], [elsewhere], penalty, 1.0), abs(elsewhere - sparse))
    bounded = float(np.clip(target, -1.0, 1.0))
    assert box_residual([bounded - target], [bounded], -1.0, 1.0, 1.0) <= 1e-12
    np.testing.assert_allclose(box_residual([elsewhere - target], [elsewhere], -1, 1, 1), abs(elsewhere - bounded))


def test_a_residual_too_large_to_tell_is_still_a_number():
    """Overflow gives the largest float, which no bound allows."""
    assert np.isfinite(l1_residual([1e308], [-1e308], 1.0, 10.0))
    assert l1_residual([1e308], [-1e308], 1.0, 10.0) > 1e300


def test_a_sequence_may_not_turn_back():
    """In either direction, beyond the tolerance; one value alone turns nowhere."""
    monotone([3.0, 2.0, 2.0, 1.0], "losses", is_rising=False, tolerance=0.0)
    monotone([1.0, 1.0 - 1e-12, 2.0], "likelihoods", is_rising=True, tolerance=1e-9)
    monotone([1.0], "losses", is_rising=True, tolerance=0.0)
    with pytest.raises(Finding, match="the rise of losses from step 1 to 2"):
        monotone([3.0, 2.0, 2.5], "losses", is_rising=False, tolerance=1e-9)


def test_any_right_label_will_do():
    """A choice that the rule leaves open is open; what no rule allows is shown beside a right one."""
    allowed = np.array([[True, True, False], [False, True, False]])
    for answer in ([4, 7], [7, 7]):
        one_of(answer, [4, 7, 9], allowed, "predict(X)", expected=[4, 7])
    with pytest.raises(Finding, match="yours 9, expected 4"):
        one_of([9, 7], [4, 7, 9], allowed, "predict(X)", expected=[4, 7])


def test_one_of_several_checks_is_enough():
    """The comparison that passed is noted, not those that failed before it; where none passes the first one speaks."""
    with ledger() as notes:
        any_of(lambda: equal_to([1], [2], "first"), lambda: close_to([1.0], [1.0], 1e-9, "second"))
    assert set(notes.errors) == {"second"}
    with pytest.raises(Finding, match="first"):
        any_of(lambda: equal_to([1], [2], "first"), lambda: equal_to([1], [3], "second"))


def test_entries_are_named():
    """A dict is taken apart by name and may hold more; one that lacks an entry, or anything else, is a finding."""
    assert entries({"loss": 1.0, "grad": "x", "more": 2}, ("loss", "grad"), "f(x)") == {"loss": 1.0, "grad": "x"}
    with pytest.raises(Finding, match=r"f\(x\) returned no 'grad'"):
        entries({"loss": 1.0}, ("loss", "grad"), "f(x)")
    with pytest.raises(Finding, match=r"f\(x\) returned no dict"):
        entries([1.0, 2.0], ("loss", "grad"), "f(x)")


def test_parts_are_counted():
    """Tuples, lists and arrays are taken apart; anything else, or another number of parts, is a finding."""
    assert parts((1.0, "x"), ("loss", "grad"), "f(x)") == (1.0, "x")
    assert parts(np.array([1.0, 2.0]), ("t", "p"), "f(x)") == (1.0, 2.0)
    with pytest.raises(Finding, match=r"returned 3 values; \(t, p\) was asked for"):
        parts([1, 2, 3], ("t", "p"), "f(x)")
    with pytest.raises(Finding, match="did not return 2 values"):
        parts(1.0, ("t", "p"), "f(x)")
