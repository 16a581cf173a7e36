"""Hidden cases of the kernel machine: feasibility, the dual's gap and the scores are judged, so any solver is welcome."""

import numpy as np

from judge import datasets
from judge.agreement import array, at_most, close_to, equal_to, gap_at_most, moderate, number
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.svm import gaussian_kernel, kernel_svm, violating_pairs

# The statement's numbers. Steps that keep the sum leave rounding errors, 1e-16 of C for each sample.
BOUNDS, BALANCE = 1e-8, 1e-6
# The statement's numbers. Pairs that stop at violations of 1e-3 leave gaps of 1e-5 and scores off by 1e-3; data is drawn
# so that the mistake that a case is there for costs a hundred times the gap, or moves the scores by ten times theirs.
GAP, SCORES = 1e-4, 1e-2
VISIBLE, MOVED = 1e-2, 0.1
# The statement's numbers: scores against the model's own multipliers, which float32 arithmetic reaches, and signs.
OWN, CLEAR = 1e-5, 1e-4
# The statement's number for multipliers that are away from both bounds.
FREE = 0.01


def is_fair(right, C):
    """Tell whether some multiplier is clearly between the bounds, so that there is one intercept."""
    return bool(np.minimum(right.alpha, C - right.alpha).max() > 2.0 * FREE * C)


def parameters(model, n_samples):
    """Return alpha_ and intercept_, converted, and small enough to compute with."""
    alpha, intercept = array(model.alpha_, "alpha_", shape=(n_samples,)), number(model.intercept_, "intercept_")
    moderate("alpha_ and intercept_", "objective overflows", alpha, intercept)
    return alpha, intercept


def gap_of(alpha, right, C):
    """Check that multipliers are feasible and nearly the best, and return the gap."""
    at_most(float(-alpha.min()), BOUNDS * C, "how far alpha_ is below 0")
    at_most(float(alpha.max() - C), BOUNDS * C, "how far alpha_ is above C")
    at_most(abs(float(alpha @ right.y)), BALANCE * C * len(alpha), "the size of sum(alpha_ * y)")
    gap = right.gap(alpha)
    gap_at_most(gap, GAP, "the relative gap of the dual")
    return gap


def other_rows(X):
    """Return the samples, rows between and beside them, and rows so far away that nothing but the intercept is left."""
    return np.vstack([X, (X + X[::-1]) / 2.0 + 0.1, X[:2] + 1000.0])


def compare(model, X, y, C, gamma, *, has_one_intercept=True):
    """Check multipliers, intercept, scores and labels of a fitted model."""
    right = kernel_svm(X, y, C, gamma)
    alpha, intercept = parameters(model, len(X))
    gap_of(alpha, right, C)
    nearest = float(np.clip(intercept, right.lowest, right.highest))
    close_to(intercept, nearest, SCORES, "intercept_", scale=1.0 + abs(nearest))
    rows = other_rows(X)
    scores = gaussian_kernel(rows, X, gamma) @ (alpha * y) + intercept
    unit = abs(intercept) + float(alpha.sum())
    mine = array(model.decision_function(rows), "decision_function(X)", shape=(len(rows),))
    close_to(mine, scores, OWN, "decision_function(X) beside the sum for alpha_", scale=unit)
    if has_one_intercept:
        close_to(mine, right.scores(rows), SCORES, "decision_function(X)")
    equal_to(model.predict(rows), np.where(scores > 0, 1, -1), "predict(X)", where=np.abs(scores) > CLEAR * unit)


def fit_and_compare(submission, X, y, C, gamma, **options):
    """Fit once and check."""
    model = submission.KernelSVM(C=C, gamma=gamma).fit(X, y)
    compare(model, X, y, C, gamma, **options)
    return model


def ring(rng, X, noise=0.3, radius=1.1):
    """Return 1 inside a noisy circle around the mean of the standardised columns, -1 outside."""
    deviation = np.where(X.std(axis=0) > 0, X.std(axis=0), 1.0)
    distance = np.linalg.norm((X - X.mean(axis=0)) / deviation, axis=1)
    return np.where(distance + noise * rng.normal(size=len(X)) < radius, 1, -1)


def drawn(rng, draw, C, gamma, *, label=ring, shows=lambda X, y, right: True):
    """Draw both labels twice at least and one intercept, on which the case's mistake shows."""

    def draw_both():
        X = draw()
        return X, label(rng, X)

    def is_good(it):
        X, y = it
        if min((y > 0).sum(), (y < 0).sum()) < 2:
            return False
        right = kernel_svm(X, y, C, gamma)
        return is_fair(right, C) and shows(X, y, right)

    return datasets.drawn_until(is_good, draw_both)


def plain(rng, size, n_features=2):
    """Return a draw of standard normal columns."""
    return lambda: datasets.gaussian(rng, size, n_features)


def moves(right, other, rows):
    """Tell whether two machines differ in their scores by much more than is allowed."""
    mine, theirs = right.scores(rows), other.scores(rows)
    return bool(np.abs(mine - theirs).max() > MOVED * np.abs(mine).max())


PAIR = np.array([[-1.0], [1.0]])
CORNERS = np.array([[-1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [1.0, -1.0]])
# Distances of 2 halve the kernel.
HALVING = float(np.log(2.0) / 4.0)


@case("sample", hint="With k = 1/2 between them, D = 2 a - a^2 / 2, which is greatest at a = 2.")
def test_two_samples_by_hand(submission, rng):
    """-1 against 1 with C = 10 and gamma = log(2) / 4: both multipliers 2, intercept 0"""
    fit_and_compare(submission, PAIR, np.array([-1, 1]), 10.0, HALVING)


@case("sample", hint="Neighbours have k = 1/2 and opposite corners 1/4: each score is a (1 + 1/4 - 2/2) = a / 4.")
def test_four_corners_by_hand(submission, rng):
    """Opposite corners of a square against the others, C = 10: all multipliers 4, intercept 0"""
    fit_and_compare(submission, CORNERS, np.array([1, 1, -1, -1]), 10.0, HALVING)


@case(
    "sample", hint="C and gamma are 1 when nothing is given. With k = 1/2 the multipliers would be 2, and C stops them."
)
def test_c_and_gamma_are_one_when_not_given(submission, rng):
    """Two samples of two columns, k = 1/2: both multipliers 1, and any intercept from -1/2 to 1/2 will do"""
    X, y = np.sqrt(np.log(2.0) / 2.0) * np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([-1, 1])
    compare(submission.KernelSVM().fit(X, y), X, y, 1.0, 1.0, has_one_intercept=False)


@case("agreement", sizes=(6, 20, 60), hint="Check the box: neither multiplier of a pair may leave 0 to C.")
def test_a_noisy_ring(submission, rng, size):
    """One class around the other, C = 1 and gamma = 0.5"""
    X, y = drawn(rng, plain(rng, size), 1.0, 0.5)
    fit_and_compare(submission, X, y, 1.0, 0.5)


@case("agreement", hint="gamma multiplies the squared distance as it is.")
def test_several_gammas(submission, rng):
    """gamma = 0.1, 1 and 5, where half and twice the gamma is another machine"""
    for gamma in (0.1, 1.0, 5.0):

        def shows(X, y, right, gamma=gamma):
            others = (kernel_svm(X, y, 2.0, factor * gamma) for factor in (0.5, 2.0))
            return all(right.gap(it.alpha) > VISIBLE or moves(right, it, X) for it in others)

        X, y = drawn(rng, plain(rng, 24), 2.0, gamma, shows=shows)
        fit_and_compare(submission, X, y, 2.0, gamma)


@case("agreement", hint="C bounds each multiplier: it is not divided by n, and it is no strength of a penalty.")
def test_several_bounds(submission, rng):
    """C = 0.2, 1 and 5, where half and twice the C is another machine"""
    for C in (0.2, 1.0, 5.0):

        def shows(X, y, right, C=C):
            others = (kernel_svm(X, y, factor * C, 0.5) for factor in (0.5, 2.0))
            return all(moves(right, it, X) for it in others)

        X, y = drawn(rng, plain(rng, 30), C, 0.5, label=lambda rng, X: ring(rng, X, 0.6), shows=shows)
        fit_and_compare(submission, X, y, C, 0.5)


@case("agreement", hint="A small multiplier is one: what is nearly zero depends on C, and the sum over both labels must stay zero.")
def test_small_multipliers(submission, rng):
    """C = 0.05, and a multiplier between 0.0002 and 0.0009"""
    shows = lambda X, y, right: bool(((right.alpha > 2e-4) & (right.alpha < 9e-4)).any())
    fit_and_compare(submission, *drawn(rng, plain(rng, 60), 0.05, 0.5, shows=shows), 0.05, 0.5)


@case("agreement", hint="Distances are those of the columns as they are; standardising changes them.")
def test_columns_of_different_scale(submission, rng):
    """Standard deviations from 0.2 to 2"""

    def shows(X, y, right):
        # Multipliers of the standardised columns, in this data's terms.
        other = kernel_svm(X / X.std(axis=0), y, 2.0, 0.5)
        return right.gap(other.alpha) > VISIBLE

    X, y = drawn(rng, lambda: datasets.mixed_scales(rng, 30, 3, 0.2, 2.0), 2.0, 0.5, shows=shows)
    fit_and_compare(submission, X, y, 2.0, 0.5)


@case("agreement", hint="Far from all samples the score is the intercept: only those on the margin tell it.")
def test_a_rare_label(submission, rng):
    """One sample in six or fewer is of the first class: the intercept is far from zero"""

    def shows(X, y, right):
        return 3 <= (y > 0).sum() <= 8 and abs(right.lowest) > 0.4

    X, y = drawn(rng, plain(rng, 48), 1.0, 0.5, label=lambda rng, X: ring(rng, X, 0.3, 0.55), shows=shows)
    fit_and_compare(submission, X, y, 1.0, 0.5)


@case("agreement", hint="Multipliers at C belong to samples within the margin: leave them out when you compute b.")
def test_overlapping_classes(submission, rng):
    """Two clouds on top of each other: many multipliers are at C"""

    def shows(X, y, right):
        # By so much is the intercept wrong for those who average y - f over all support vectors.
        return abs((y - right.scores(X))[right.alpha > 1e-3].mean()) > MOVED

    C, gamma = 1.0, 0.5
    label = lambda rng, X: np.where(X[:, 0] + 1.2 * rng.normal(size=len(X)) > 0.4, 1, -1)
    X, y = drawn(rng, plain(rng, 40), C, gamma, label=label, shows=shows)
    fit_and_compare(submission, X, y, C, gamma)


@case("agreement", hint="With a large C no multiplier reaches it, and every support vector is on the margin.")
def test_separable_classes(submission, rng):
    """C = 20 and distant classes: no multiplier is at C"""

    def draw():
        X = datasets.gaussian(rng, 24, 2)
        X[:, 0] += np.sign(X[:, 0])
        return X

    X, y = drawn(rng, draw, 20.0, 1.0, label=lambda rng, X: np.where(X[:, 0] > 0, 1, -1))
    fit_and_compare(submission, X, y, 20.0, 1.0)


@case("agreement", hint="A large C and a wide kernel need many pairs: no fixed count tells when to stop.")
def test_a_large_c_and_a_wide_kernel(submission, rng):
    """C = 20, gamma = 0.05 and labels that are mostly noise: five hundred pairs are not enough"""

    def shows(X, y, right):
        alpha, _ = violating_pairs(gaussian_kernel(X, X, 0.05), y, 20.0, 500)
        return right.gap(alpha) > 3.0 * GAP

    draw = lambda: 5.0 * datasets.standardised(datasets.gaussian(rng, 60, 2))
    X, y = drawn(rng, draw, 20.0, 0.05, label=lambda rng, X: ring(rng, X, 2.0), shows=shows)
    fit_and_compare(submission, X, y, 20.0, 0.05)


@case("agreement", hint="The kernel takes all columns together.")
def test_five_features(submission, rng):
    """30 samples of five columns"""
    X, y = drawn(rng, plain(rng, 30, 5), 1.0, 0.2, label=lambda rng, X: ring(rng, X, 0.4, 2.1))
    fit_and_compare(submission, X, y, 1.0, 0.2)


@case("property", hint="Only differences between rows count: take them first, or compute in float64.")
def test_a_shift_changes_nothing(submission, rng):
    """Columns moved by 50 and -30, in float64 and in float32: the same multipliers and intercept will do"""
    X, y = drawn(rng, lambda: datasets.dyadic(0.25 * datasets.gaussian(rng, 24, 2)), 2.0, 8.0)
    right = kernel_svm(X, y, 2.0, 8.0)
    moved = X + [50.0, -30.0]
    for rows in (moved, datasets.float32(moved)):
        model = submission.KernelSVM(C=2.0, gamma=8.0).fit(rows, y)
        alpha, intercept = parameters(model, len(X))
        gap_of(alpha, right, 2.0)
        close_to(model.decision_function(rows), right.scores(X), SCORES, "decision_function(X)")
        # Squares of 50 in float32 leave 1e-3 of a kernel's value, differences taken first 1e-7.
        own = gaussian_kernel(X, X, 8.0) @ (alpha * y) + intercept
        unit = abs(intercept) + float(alpha.sum())
        close_to(model.decision_function(rows), own, OWN, "decision_function(X) beside the sum for alpha_", scale=unit)


@case("property", hint="Turning the labels round turns the signs of all scores, and leaves the multipliers.")
def test_labels_turned_round(submission, rng):
    """With -1 and 1 exchanged, the scores turn round"""
    X, y = drawn(rng, plain(rng, 24), 1.0, 1.0)
    model = fit_and_compare(submission, X, -y, 1.0, 1.0)
    close_to(model.decision_function(X), -kernel_svm(X, y, 1.0, 1.0).scores(X), SCORES, "decision_function(X)")


@case("property", hint="Every sample twice with C is every sample once with 2 C.")
def test_samples_twice(submission, rng):
    """Every sample twice: copies share what a sample with twice the C has"""

    def shows(X, y, right):
        return moves(right, kernel_svm(X, y, 0.5, 0.5), X)

    X, y = drawn(rng, plain(rng, 20), 1.0, 0.5, label=lambda rng, X: ring(rng, X, 0.6), shows=shows)
    model = submission.KernelSVM(C=0.5, gamma=0.5).fit(np.vstack([X, X]), np.concatenate([y, y]))
    alpha, _ = parameters(model, 2 * len(X))
    right = kernel_svm(X, y, 1.0, 0.5)
    gap_of(alpha[: len(X)] + alpha[len(X) :], right, 1.0)
    close_to(model.decision_function(X), right.scores(X), SCORES, "decision_function(X)")


@case("property", hint="Samples with a multiplier of zero do not matter.")
def test_without_the_samples_that_do_not_matter(submission, rng):
    """Samples beyond the margin are left out: the scores stay"""

    def shows(X, y, right):
        return (right.alpha < 1e-6).sum() >= 6

    X, y = drawn(rng, plain(rng, 40), 2.0, 0.3, label=lambda rng, X: ring(rng, X, 0.1), shows=shows)
    right = kernel_svm(X, y, 2.0, 0.3)
    matters = right.alpha >= 1e-6
    model = submission.KernelSVM(C=2.0, gamma=0.3).fit(X[matters], y[matters])
    close_to(model.decision_function(X), right.scores(X), SCORES, "decision_function(X)")


@case("edge", hint="Two equal rows have no curvature between them: go as far as the box allows, do not divide by zero.")
def test_one_row_with_both_labels(submission, rng):
    """The same row with either label, C = 2: both multipliers are 2, and any intercept from -1 to 1 will do"""
    fit_and_compare(submission, np.ones((2, 1)), np.array([1, -1]), 2.0, 1.0, has_one_intercept=False)


@case("edge", hint="Two equal rows have no curvature between them: go as far as the box allows, do not divide by zero.")
def test_samples_with_both_labels(submission, rng):
    """Some rows occur with either label"""

    def draw():
        X = datasets.gaussian(rng, 20, 2)
        y = ring(rng, X)
        return np.vstack([X, X[:5]]), np.concatenate([y, -y[:5]])

    X, y = datasets.drawn_until(lambda it: is_fair(kernel_svm(*it, 1.0, 0.5), 1.0), draw)
    fit_and_compare(submission, X, y, 1.0, 0.5)


@case("edge", hint="Without a multiplier between 0 and C take the middle of what the conditions allow for b.")
def test_every_multiplier_at_its_bound(submission, rng):
    """C = 0.45, and four samples together against four apart: all multipliers are C, and b has a short interval"""
    C = 0.45

    def draw():
        spread = np.repeat([[0.3], [2.0]], 4, axis=0)
        return spread * datasets.gaussian(rng, 8, 2), np.repeat([1, -1], 4)

    def has_interval(it):
        X, y = it
        right = kernel_svm(X, y, C, 1.0)
        low, high = right.lowest, right.highest
        room = y - right.scores(X) + (low + high) / 2.0
        # What is taken for the middle: half the difference, a third of the sum, the wrong end of either class.
        mistakes = [(low - high) / 2, (low + high) / 3, (room[4:].min() + high) / 2, (low + room[:4].max()) / 2]
        outside = np.maximum(np.subtract(low, mistakes), np.subtract(mistakes, high)).min()
        # The stated accuracy is 0.015 here.
        return right.alpha.min() > C * (1.0 - 1e-7) and high - low > 0.05 and outside > 0.04

    X, y = datasets.drawn_until(has_interval, draw)
    fit_and_compare(submission, X, y, C, 1.0, has_one_intercept=False)
    # The mean of y - f over the four samples with a multiplier is outside of the interval by 0.8.
    X = np.array([[0.78], [1.36], [2.6], [0.23], [1.84]])
    for y in (np.array([-1, 1, -1, -1, 1]), np.array([1, -1, 1, 1, -1])):
        fit_and_compare(submission, X, y, 0.2, 1.0, has_one_intercept=False)


@case("edge", hint="With a narrow kernel every sample is a support vector, and b is about the mean of y.")
def test_a_narrow_kernel(submission, rng):
    """gamma = 10: the kernel between most samples is next to nothing"""
    label = lambda rng, X: np.where(rng.random(len(X)) < 0.3, 1, -1)
    X, y = drawn(rng, lambda: 3.0 * datasets.gaussian(rng, 16, 2), 5.0, 10.0, label=label)
    fit_and_compare(submission, X, y, 5.0, 10.0)


@case("edge", hint="Constant columns add nothing to distances.")
def test_a_constant_column(submission, rng):
    """A column of twos beside two others"""
    X, y = drawn(rng, lambda: datasets.with_constant_column(datasets.gaussian(rng, 24, 2)), 1.0, 0.5)
    fit_and_compare(submission, X, y, 1.0, 0.5)


def clause_inputs(rng):
    def shows(X, y, right):
        # Labels are compared, so no row may be near the boundary; the stated accuracy moves a score by 0.02.
        return np.abs(right.scores(X)).min() > 0.1

    return drawn(rng, lambda: datasets.dyadic(datasets.gaussian(rng, 14, 2)), 1.0, 0.5, shows=shows)


def clause_answers(model, X, y):
    """Return the gap as far as it is more than the stated one: which of the good answers is given is free."""
    X = np.asarray(X, dtype=float)
    alpha, _ = parameters(model, len(X))
    gap = kernel_svm(X, y, 1.0, 0.5).gap(alpha)
    array(model.decision_function(X), "decision_function(X)", shape=(len(X),))
    return {
        "the relative gap of the dual": np.array(max(gap, GAP)),
        "predict(X)": array(model.predict(X), "predict(X)", shape=(len(X),), kind="int"),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, y: submission.KernelSVM(C=1.0, gamma=0.5).fit(X, y),
        answers=clause_answers,
        rows=("decision_function", "predict"),
        refit=lambda model, X, y: model.fit(X, y),
    )
)
