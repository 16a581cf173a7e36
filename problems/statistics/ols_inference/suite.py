"""Hidden cases of inference in regression: closed forms, so the whole table is compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, entries, number, that
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.regression import ols_inference

# The statement's numbers. Normal equations reach 1e-9 at the correlations that occur, orthogonal methods 1e-12; the nearest mistake, a
# degree of freedom too many in 200, is off by 2e-3.
ACCURACY = 1e-6
# A p-value has about d times the relative error of t; continued fractions and series reach 1e-10 of p-values by themselves.
P_ACCURACY = 1e-5
DEPTH = 1e-100
NAMES = ("coef", "standard_errors", "t", "p", "intervals", "residual_variance", "r2", "adjusted_r2", "f", "f_p")


def columns(rng, n_samples, n_features, *, offset=2.0, strength=0.3):
    """Return correlated columns of deviation one and of this mean."""
    return datasets.standardised(datasets.correlated(rng, n_samples, n_features, strength)) + offset


def target(rng, X, noise=1.0):
    """Return a linear function of the standardised columns plus noise."""
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    return 3.0 + Z @ datasets.nonzero_coefficients(rng, X.shape[1]) + noise * rng.normal(size=len(X))


def compare_p(value, right, what):
    """Compare p-values relative to themselves; far below anything of interest only the depth counts."""
    mine = np.atleast_1d(array(value, what, shape=np.shape(right)))
    wanted = np.atleast_1d(right)
    is_deep = wanted < DEPTH
    that(bool((mine[is_deep] < 10 * DEPTH).all()), f"{what} holds values that must be below 1e-99", actual=value)
    that(bool((mine >= 0).all()), f"{what} holds negative values", actual=value)
    close_to(np.where(is_deep, wanted, mine), wanted, P_ACCURACY, what, scale=np.maximum(wanted, DEPTH))


def compare(answer, right):
    """Compare all entries of the table in the statement's units."""
    mine = entries(answer, NAMES, "ols_inference")
    errors = right.standard_errors
    close_to(mine["coef"], right.coef, ACCURACY, "coef", scale=errors)
    close_to(mine["standard_errors"], errors, ACCURACY, "standard_errors", scale=errors)
    close_to(mine["t"], right.t, ACCURACY, "t", scale=np.maximum(1.0, np.abs(right.t)))
    compare_p(mine["p"], right.p, "p")
    close_to(mine["intervals"], right.intervals, ACCURACY, "intervals", scale=errors[:, None])
    close_to(mine["residual_variance"], right.residual_variance, ACCURACY, "residual_variance")
    close_to(mine["r2"], right.r2, ACCURACY, "r2", scale=1.0)
    close_to(mine["adjusted_r2"], right.adjusted_r2, ACCURACY, "adjusted_r2", scale=1.0)
    close_to(mine["f"], right.f, ACCURACY, "f")
    compare_p(np.asarray(number(mine["f_p"], "f_p")), np.asarray(right.f_p), "f_p")


def check(submission, X, y, **options):
    """Call once and compare."""
    compare(submission.ols_inference(X, y, **options), ols_inference(X, y, **options))


@case("sample", hint="The slope is 1.5 and the intercept 0.5; residuals are 0, 0.5, -1, 0.5 and d = 2.")
def test_four_points_by_hand(submission, rng):
    """x = 1, 2, 3, 4 and y = 2, 4, 4, 7: s^2 = 0.75, the slope's error is the root of 0.15"""
    X, y = np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([2.0, 4.0, 4.0, 7.0])
    answer = submission.ols_inference(X, y)
    compare(answer, ols_inference(X, y))
    close_to(answer["standard_errors"], np.sqrt([0.75 * 1.5, 0.15]), ACCURACY, "standard_errors")


@case("sample", hint="For one column F is the square of the slope's t, and has the same p-value.")
def test_one_column(submission, rng):
    """Six points of one column, of which the slope hardly counts"""
    X, y = np.array([[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]]), np.array([3.0, -1.0, 4.0, -2.0, 5.0, 1.0])
    check(submission, X, y)


@case("agreement", sizes=(8, 30, 200), hint="There are n - p - 1 degrees of freedom: the intercept takes one as well.")
def test_several_columns(submission, rng, size):
    """One, three and five columns"""
    for n_features in (1, 3, 5):
        X = columns(rng, size, n_features)
        check(submission, X, target(rng, X))


@case("agreement", sizes=(6, 40), hint="The interval takes the quantile of the t distribution with (1 + confidence) / 2 below it.")
def test_other_confidences(submission, rng, size):
    """Confidences of 0.5, 0.75, 0.9 and 0.999"""
    X = columns(rng, size, 2)
    for confidence in (0.5, 0.75, 0.9, 0.999):
        check(submission, X, target(rng, X), confidence=confidence)


@case("agreement", hint="The diagonal of the inverse of X'X with its column of ones; correlated columns share their evidence.")
def test_correlated_columns(submission, rng):
    """Columns correlated by 0.95, of different scales and offsets"""
    for strength in (0.8, 0.95):
        X = columns(rng, 40, 4, offset=0.0, strength=strength) * [0.02, 1.0, 50.0, 5.0] + [0.1, -9.0, 200.0, 0.0]
        check(submission, X, target(rng, X))


@case("agreement", hint="No direction of the columns is too small to count: what is small is so because of its unit.")
def test_all_ranges_at_their_ends(submission, rng):
    """Columns correlated by 0.988, some of deviation 0.01, some of deviation 100 and as far from zero as may be"""
    # The least singular value is 6e-7 of the largest one; the inverse of X'X has lost 5 of its 16 digits for all that.
    mixing = np.linalg.cholesky(np.full((5, 5), 0.988) + 0.012 * np.eye(5))
    Z = datasets.standardised(datasets.with_covariance(rng, 40, np.ones(5), is_rotated=False) @ mixing.T)
    X = (Z + [0.0, 0.0, 9.9, 9.9, 9.9]) * [0.01, 0.01, 100.0, 100.0, 100.0]
    check(submission, X, target(rng, X))


@case("agreement", hint="The intercept's error includes how far zero is from the columns' means.")
def test_columns_away_from_zero(submission, rng):
    """Columns with means of ten deviations"""
    X = columns(rng, 25, 2, offset=10.0)
    check(submission, X, target(rng, X))
    check(submission, -X, target(rng, X, noise=5.0))


@case("agreement", hint="Never compute a small p-value as one less the rest: take the tail itself.")
def test_small_p_values(submission, rng):
    """Little noise: p-values from 1e-20 down to 1e-100 and below"""
    for noise in (0.3, 0.05, 0.01):
        X = columns(rng, 60, 3)
        check(submission, X, target(rng, X, noise=noise))


@case("agreement", hint="The F-test is about all coefficients but the intercept, with p and n - p - 1 degrees of freedom.")
def test_columns_that_explain_little(submission, rng):
    """Noise that drowns the columns: p-values of some tenths"""
    for shape in ((12, 2), (50, 7)):
        X = columns(rng, *shape)
        check(submission, X, target(rng, X, noise=40.0))


@case("agreement", hint="Square the residuals themselves: a difference of two sums of squares has lost them.")
def test_small_residuals_far_from_zero(submission, rng):
    """Residuals of 0.0002 deviations of y, whose mean is 100 of them"""
    for n_features in (1, 2, 4):
        X = columns(rng, 15, n_features)
        y = target(rng, X, noise=0.0)
        # Normal equations are within 3e-9 of a standard error here; the difference of sums of squares is off by 1e-5.
        check(submission, X, y + 100.0 * y.std() + 2e-4 * y.std() * rng.normal(size=15))


@case("agreement", hint="No determinant, diagonal or error is small by itself: what is added or compared for safety has a unit, too.")
def test_all_columns_in_small_or_large_units(submission, rng):
    """Six columns, all of deviation 0.01 or all of deviation 100, and a y of deviation 0.002 with small residuals"""
    for unit in (0.01, 100.0):
        X = unit * columns(rng, 20, 6, offset=0.0, strength=0.8)
        y = target(rng, X, noise=0.0)
        # Normal equations are within 5e-11 of a standard error; 1e-12 more on their diagonal moves coef by 1e-5 of it,
        # and 1e-12 more in the errors moves t by 1e-4 of its size.
        check(submission, X, 0.002 / y.std() * (y + 5e-4 * y.std() * rng.normal(size=20)))


@case("agreement", hint="A small sum of squares is no perfect fit: do not compare it, nor an error, with a fixed number.")
def test_the_smallest_residuals(submission, rng):
    """y with a deviation of a thousandth, explained but for a ten-thousandth by columns of deviation 100"""
    for n_samples, n_features in ((6, 1), (200, 2)):
        X = 100.0 * columns(rng, n_samples, n_features, offset=0.0)
        y, noise = target(rng, X, noise=0.0), rng.normal(size=n_samples)
        check(submission, X, 0.001 / y.std() * (y + 1.2e-4 * y.std() / noise.std() * noise))


@case("property", sizes=(6, 25), hint="A unit of a column divides its coefficient and its error alike.")
def test_units_do_not_matter(submission, rng, size):
    """Columns in other units, and y in another unit: t, p, R2 and F are the same"""
    X = columns(rng, size, 2)
    y = target(rng, X)
    right = ols_inference(X, y)
    mine = entries(submission.ols_inference(X * [8.0, 0.25], 1e3 * y), NAMES, "ols_inference")
    close_to(mine["t"], right.t, ACCURACY, "t in other units", scale=np.maximum(1.0, np.abs(right.t)))
    compare_p(mine["p"], right.p, "p in other units")
    close_to(mine["r2"], right.r2, ACCURACY, "r2 in other units", scale=1.0)
    close_to(mine["f"], right.f, ACCURACY, "f in other units")
    close_to(mine["standard_errors"], 1e3 * right.standard_errors / [1.0, 8.0, 0.25], ACCURACY, "standard_errors in other units",
             scale=1e3 * right.standard_errors / [1.0, 8.0, 0.25])


@case("property", hint="What is added to y moves the intercept and nothing else.")
def test_a_shift_of_y(submission, rng):
    """y moved by 40: R2, F and the slopes stay"""
    X = columns(rng, 20, 3)
    y = target(rng, X)
    right = ols_inference(X, y)
    mine = entries(submission.ols_inference(X, y + 40.0), NAMES, "ols_inference")
    errors = right.standard_errors
    close_to(mine["coef"], right.coef + [40.0, 0.0, 0.0, 0.0], ACCURACY, "coef for y + 40", scale=errors)
    close_to(mine["r2"], right.r2, ACCURACY, "r2 for y + 40", scale=1.0)
    close_to(mine["f"], right.f, ACCURACY, "f for y + 40")


@case("property", hint="With every sample twice, the coefficients stay and the degrees of freedom grow.")
def test_samples_taken_twice(submission, rng):
    """Every sample twice: errors shrink by the root of (n - k) / (2 n - k)"""
    X = columns(rng, 15, 2)
    y = target(rng, X)
    check(submission, np.vstack([X, X]), np.concatenate([y, y]))
    check(submission, X, y)


@case("edge", hint="With one degree of freedom the t distribution is that of Cauchy: tails are heavy, intervals wide.")
def test_one_degree_of_freedom(submission, rng):
    """As few samples as there can be: one and two degrees of freedom"""
    for n_samples in (5, 6):
        X = columns(rng, n_samples, 3)
        check(submission, X, target(rng, X, noise=0.3))
        for confidence in (0.99, 0.999):
            check(submission, X, target(rng, X, noise=3.0), confidence=confidence)


@case("edge", hint="On which side of its mean the variable of the beta function lies depends on both parameters.")
def test_more_columns_than_degrees_of_freedom(submission, rng):
    """Eight columns, and two, three and four degrees of freedom"""

    def draw(n_samples):
        X = columns(rng, n_samples, 8)
        return X, target(rng, X, noise=0.03)

    def is_fair(it):
        Z = it[0] - it[0].mean(axis=0)
        # Neither nearly collinear nor nearly without residuals: the statement leaves both out.
        return np.linalg.cond(Z / Z.std(axis=0)) < 20.0 and ols_inference(*it).residual_variance > 1e-6

    for n_samples in (11, 12, 13):
        check(submission, *datasets.drawn_until(is_fair, lambda n_samples=n_samples: draw(n_samples)))


@case("edge", hint="The quantile has no bound: with one degree of freedom and a confidence of 0.999 it is 636.6.")
def test_a_wide_interval(submission, rng):
    """One and two degrees of freedom, and a confidence of 0.999"""
    for n_samples in (4, 5):
        X = columns(rng, n_samples, 2)
        check(submission, X, target(rng, X), confidence=0.999)


@case("edge", hint="p is near one when t is near zero: the incomplete beta function needs its symmetry there.")
def test_a_coefficient_of_nearly_zero(submission, rng):
    """y is orthogonal to the second column but for a little: its p-value is nearly one"""
    X = columns(rng, 30, 2)
    y = target(rng, X)
    fit = ols_inference(X, y)
    check(submission, X, y - (fit.coef[2] - 1e-3 * fit.standard_errors[2]) * X[:, 1])


@case("edge", hint="Nothing is surprising about a coefficient of zero: p is 1. Mind the logarithm of zero.")
def test_a_coefficient_of_exactly_zero(submission, rng):
    """Orthogonal columns of 1 and -1: a slope of zero, and an intercept of zero"""
    a, b = np.array([-1.0, 1.0, -1.0, 1.0]), np.array([-1.0, -1.0, 1.0, 1.0])
    check(submission, np.column_stack([a, b]), 3.0 + a + 2.0 * a * b)
    check(submission, a[:, None], a + 2.0 * a * b)


@case("edge", hint="p-values below 1e-100 may be zero, but neither negative nor not a number.")
def test_a_nearly_perfect_fit(submission, rng):
    """200 samples with little noise: p-values far below 1e-100"""
    X = columns(rng, 200, 2)
    check(submission, X, target(rng, X, noise=1e-3))


def clause_inputs(rng):
    X = columns(rng, 16, 2, offset=1.0)
    return datasets.dyadic(X), datasets.dyadic(target(rng, X))


def clause_answers(answer, X, y):
    found = entries(answer, NAMES, "ols_inference")
    vectors = {name: array(found[name], name, shape=(3,)) for name in ("coef", "standard_errors", "t", "p")}
    numbers = {name: np.array(number(found[name], name)) for name in NAMES[5:]}
    return {**vectors, **numbers, "intervals": array(found["intervals"], "intervals", shape=(3, 2))}


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, y: submission.ols_inference(X, y),
        answers=clause_answers,
    )
)
