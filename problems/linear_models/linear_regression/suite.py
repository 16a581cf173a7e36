"""Hidden cases of linear regression: any solver is right whose residual sum of squares is close to the least one."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, gap_at_most, number
from judge.clauses import Description, common_clauses
from judge.suite import case, picture, race
from reference.linear_model import LinearFit, condition, explained, least_squares, least_squares_gap

# The statement's number. Measured: honest solvers reach 1e-9 or better, the nearest mistake stays above 1e-4.
ACCURACY = 1e-6
# A gap is a squared distance, so quantities linear in the answer are certain to its root only.
LINEAR = ACCURACY**0.5
# The statement's number: float32 arithmetic loses 1e-6, a forgotten term is of order one.
CONSISTENCY = 1e-5
WELL_CONDITIONED = 10.0
# Near that limit a hundred steps of gradient descent leave a gap above 1e-4.
HARD = 8.0


def design(rng, n_samples, n_features, *, offset=0.0, strength=0.0, spread=1.0, centred=True, at_least=1.0):
    """Draw columns of mean `offset` and deviation 1, correlated by `strength`, and scale them by 1 to `spread`."""

    def draw():
        X = datasets.standardised(datasets.correlated(rng, n_samples, n_features, strength)) + offset
        return X * np.geomspace(1.0, spread, n_features)

    return datasets.drawn_until(lambda X: at_least <= condition(X, fit_intercept=centred) <= WELL_CONDITIONED, draw)


def shifted(rng, n_samples, n_features, **how):
    """Draw X far from zero and y with an intercept that no mistake about centring can get right by chance."""

    def draw():
        X = design(rng, n_samples, n_features, offset=3.0, **how)
        return X, datasets.linear_target(rng, X, intercept=20.0)

    def shows(drawn):
        X, y = drawn
        best = least_squares(X, y)
        return min(abs(best.intercept), abs(X.mean(axis=0) @ best.coef)) > y.std()

    return datasets.drawn_until(shows, draw)


def answer(model, n_features):
    """Return the fitted function as the attributes state it."""
    coef = array(model.coef_, "coef_", shape=(n_features,))
    return LinearFit(coef, number(model.intercept_, "intercept_"))


def values(fit, X):
    """Return the function's values; answers may be too large for them."""
    with np.errstate(over="ignore", invalid="ignore"):
        return fit.predict(X)


def compare(rng, model, X, y, fit_intercept=True):
    """Compare attributes with the optimum, and predict on new rows with the attributes."""
    fit = answer(model, X.shape[1])
    if not fit_intercept:
        close_to(fit.intercept, 0.0, 1e-9, "intercept_", scale=np.abs(y).max())
    gap = least_squares_gap(X, y, values(fit, X), fit_intercept=fit_intercept)
    gap_at_most(gap, ACCURACY, "the relative gap of coef_ and intercept_")
    new = X.mean(axis=0) + X.std(axis=0) * rng.normal(1.0, 2.0, size=(5, X.shape[1]))
    size = np.abs(new) @ np.abs(fit.coef) + abs(fit.intercept)
    close_to(model.predict(new), values(fit, new), CONSISTENCY, "predict on new rows", scale=size)


def fit_and_compare(rng, submission, X, y, fit_intercept=True):
    """Fit once and compare."""
    model = submission.LinearRegression(fit_intercept=fit_intercept).fit(X, y)
    compare(rng, model, X, y, fit_intercept)
    return model


def compare_fitted_values(submission, X, y, fit_intercept=True):
    """Judge predict on the training data alone, because many coefficients are right."""
    model = submission.LinearRegression(fit_intercept=fit_intercept).fit(X, y)
    fitted = array(model.predict(X), "predict(X)", shape=y.shape)
    gap = least_squares_gap(X, y, fitted, fit_intercept=fit_intercept)
    gap_at_most(gap, ACCURACY, "the relative gap of predict on the training data")


@case("sample")
def test_points_on_a_line(submission, rng):
    """Four points on y = 2x + 1"""
    X, y = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([1.0, 3.0, 5.0, 7.0])
    model = fit_and_compare(rng, submission, X, y)
    # The stated gap allows an error of 0.0055 there; a wrong slope or intercept is seen by whole units.
    close_to(model.predict(np.array([[4.0]])), [9.0], 0.006, "predict([[4]])", scale=1.0)


@case("sample", hint="With fit_intercept=False the line goes through the origin: w = sum(x y) / sum(x x).")
def test_a_line_through_the_origin(submission, rng):
    """Three points and no intercept: w = 26 / 14"""
    X, y = np.array([[1.0], [2.0], [3.0]]), np.array([3.0, 4.0, 5.0])
    fit_and_compare(rng, submission, X, y, fit_intercept=False)


@case("sample")
def test_two_columns_by_hand(submission, rng):
    """A plane over the corners of a square: w = (3, 4), b = 0.5"""
    X = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    fit_and_compare(rng, submission, X, np.array([1.0, 3.0, 4.0, 8.0]))


@case("agreement", sizes=(5, 30), hint="The slope is the covariance over the variance, both with the same divisor.")
def test_one_column(submission, rng, size):
    """Simple regression"""
    X, y = shifted(rng, size, 1)
    fit_and_compare(rng, submission, X, y)


@case("agreement", sizes=(6, 40), hint="The intercept is the mean of y minus the column means times coef_.")
def test_columns_far_from_zero(submission, rng, size):
    """Columns and target with large means"""
    X, y = shifted(rng, size, 3)
    fit_and_compare(rng, submission, X, y)


@case("agreement", sizes=(3, 12), hint="Far from zero a descent beside a column of ones hardly moves: centre X and y first.")
def test_wide_columns_far_from_zero(submission, rng, size):
    """Three and twelve columns of deviation 10 and mean 30"""
    X = 10.0 * design(rng, 60, size, offset=3.0)
    # More than the columns' means can explain, so that the intercept is far from zero, where a descent begins.
    fit_and_compare(rng, submission, X, datasets.linear_target(rng, X, intercept=100.0))


@case("agreement", sizes=(12, 60), hint="Columns that share information must be fitted together.")
def test_correlated_columns(submission, rng, size):
    """Four columns that are correlated by about 0.9"""
    X = design(rng, size, 4, strength=0.92, at_least=HARD)
    # The direction in which columns hardly differ carries the signal: a fit that stops early has not found it yet.
    coef = 3.0 * np.linalg.svd(X)[2][-1] + rng.uniform(-0.2, 0.2, size=4)
    fit_and_compare(rng, submission, X, 2.0 + X @ coef + 0.2 * rng.normal(size=size))


@case("agreement", sizes=(8, 50), hint="coef_ belongs to the columns as they were given.")
def test_columns_of_different_scale(submission, rng, size):
    """Columns whose deviations are up to nine times apart"""
    X = 0.5 * design(rng, size, 3, spread=8.5, at_least=HARD)
    fit_and_compare(rng, submission, X, datasets.linear_target(rng, X, intercept=2.0))


@case("agreement", hint="A fixed learning rate or an absolute tolerance depends on the scale; a relative one does not.")
def test_small_and_large_scales(submission, rng):
    """Columns of deviation 0.1 to 10, targets of scale 1e-3 and 1e3"""
    for columns in (2.5, 0.1):
        for unit in (1e-3, 1e3):
            X = columns * design(rng, 20, 3, spread=4.0, at_least=4.0)
            fit_and_compare(rng, submission, X, unit * datasets.linear_target(rng, X, intercept=2.0))
    # As small as products of columns and target get: a tolerance that is divided by them is none.
    for _ in range(5):
        X = 0.1 * design(rng, 6, 2, strength=0.93, at_least=4.0)
        fit_and_compare(rng, submission, X, 1e-3 * datasets.linear_target(rng, 10.0 * X))


@case("agreement", sizes=(6, 40), hint="Without an intercept nothing is centred.")
def test_without_intercept(submission, rng, size):
    """fit_intercept=False on data far from zero"""

    def draw():
        X = design(rng, size, 3, offset=1.5, centred=False)
        return X, datasets.linear_target(rng, X, intercept=10.0)

    # The mean of y is far from what the columns' means explain, so that an intercept would change everything.
    X, y = datasets.drawn_until(lambda drawn: abs(least_squares(*drawn).intercept) > drawn[1].std(), draw)
    fit_and_compare(rng, submission, X, y, fit_intercept=False)


@case("property", sizes=(8, 40), hint="At the minimum the gradient is zero.")
def test_residuals_are_orthogonal_to_the_columns(submission, rng, size):
    """Residuals sum to zero and are orthogonal to every column"""
    X, y = shifted(rng, size, 3)
    fit = answer(submission.LinearRegression().fit(X, y), 3)
    columns = np.column_stack([np.ones(size), X])
    # By Cauchy and Schwarz the gap bounds each product by the column's length.
    longest = np.sqrt(np.square(columns).sum(axis=0) * explained(X, y))
    products = columns.T @ (y - np.clip(values(fit, X), -1e100, 1e100))
    close_to(products, np.zeros(4), 1.01 * LINEAR, "the products of residuals with (1, X)", scale=longest)


@case("property", hint="Least squares does not care about units: only coef_ and intercept_ follow them.")
def test_change_of_units(submission, rng):
    """Rotated and moved columns and a rescaled target give the same function"""
    X, y = shifted(rng, 30, 3)
    rotation = datasets.orthonormal(rng, 3)
    turned, rescaled = (X - X.mean(axis=0)) @ rotation, 50.0 - 4.0 * y
    model = fit_and_compare(rng, submission, X, y)
    other = fit_and_compare(rng, submission, turned, rescaled)
    expected = 50.0 - 4.0 * array(model.predict(X), "predict(X)", shape=y.shape)
    # Each of the two fits may be off by the root of the gap.
    scale = 4.0 * explained(X, y) ** 0.5
    close_to(other.predict(turned), expected, 2.1 * LINEAR, "predict after a change of units", scale=scale)


@case("property", hint="Each row counts, also when it occurs more than once.")
def test_a_repeated_sample_counts_each_time(submission, rng):
    """A sample that occurs twelve times pulls twelve times as hard"""
    X = design(rng, 12, 2)
    y = datasets.linear_target(rng, X, noise=0.2)
    y[0] += 3.0
    rows = np.r_[np.arange(12), np.zeros(11, int)]
    fit_and_compare(rng, submission, X[rows], y[rows])


@case("edge", hint="The normal equations are singular here: use a pseudo-inverse or lstsq.")
def test_a_column_twice(submission, rng):
    """One column is a copy of another, with and without an intercept: only fitted values are judged"""
    X = datasets.drawn_until(
        lambda X: max(condition(X), condition(X, fit_intercept=False)) <= WELL_CONDITIONED and X.std(axis=0).min() > 0,
        lambda: datasets.with_duplicate_column(datasets.lattice(rng, 12, 3)),
    )
    y = np.rint(datasets.linear_target(rng, X, intercept=5.0))
    for fit_intercept in (True, False):
        compare_fitted_values(submission, X, y, fit_intercept)


@case("edge", hint="Without an intercept a column of ones is a column like any other, and does the intercept's work.")
def test_a_constant_column_in_place_of_an_intercept(submission, rng):
    """fit_intercept=False and a column of ones"""
    # The other columns are centred and of deviation one, so the condition is theirs.
    X = np.hstack([design(rng, 20, 2), np.ones((20, 1))])
    fit_and_compare(rng, submission, X, datasets.linear_target(rng, X, intercept=5.0), fit_intercept=False)


@case("edge", hint="Do not divide by its standard deviation, and do not count on an inverse to fail: rounding hides that there is none.")
def test_a_constant_column(submission, rng):
    """A column that never changes, beside the intercept: only fitted values are judged"""
    # Multiples of 2 are summed exactly, so that the normal equations are singular exactly; those of 0.7 and 0.1 are not.
    for value in (2.0, 0.7, 0.1):
        X = datasets.with_constant_column(design(rng, 15, 2), value)
        compare_fitted_values(submission, X, datasets.linear_target(rng, X, intercept=5.0))


@case("edge", hint="With more columns than samples the function goes through all points.")
def test_more_columns_than_samples(submission, rng):
    """Five samples with twelve columns, with and without an intercept: only fitted values are judged"""
    # Three times, because rounding lets a plain inverse come out well now and then.
    for _ in range(3):
        for fit_intercept in (True, False):
            X = design(rng, 5, 12, offset=1.0, centred=fit_intercept)
            compare_fitted_values(submission, X, datasets.linear_target(rng, X, intercept=5.0), fit_intercept)


@case("edge")
def test_as_many_samples_as_unknowns(submission, rng):
    """Four samples, three columns and an intercept: residuals are zero"""
    X = design(rng, 4, 3)
    fit_and_compare(rng, submission, X, datasets.linear_target(rng, X, intercept=5.0))


def clause_inputs(rng, n_samples=24, n_features=3):
    X = datasets.dyadic(design(rng, n_samples, n_features, offset=1.0))
    return X, datasets.dyadic(datasets.linear_target(rng, X, intercept=3.0))


def clause_answers(model, X, y):
    return {
        "coef_": array(model.coef_, "coef_", shape=(X.shape[1],)),
        "intercept_": np.array(number(model.intercept_, "intercept_")),
        "predict(X)": array(model.predict(X), "predict(X)", shape=(len(X),)),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, y: submission.LinearRegression().fit(X, y),
        answers=clause_answers,
        refit=lambda model, X, y: model.fit(X, y),
        others=lambda rng: clause_inputs(rng, n_samples=20, n_features=2),
    ),
    leave_out={
        "test_a_row_is_answered_by_itself": "predict may compute in float32, which is exact to 1e-7; a case below",
        "test_fortran_order_is_taken": "the same; a case below",
    },
)


@case("edge", hint="Compute statistics in fit, never from the data to be predicted.")
def test_a_row_alone(submission, rng):
    """The answer for a row does not depend on the rows beside it"""
    X, y = clause_inputs(rng)
    model = submission.LinearRegression().fit(X, y)
    together = array(model.predict(X), "predict(X)", shape=y.shape)
    for row in (slice(0, 1), slice(23, 24)):
        what = f"predict(X[{row.start}:{row.stop}])"
        close_to(model.predict(X[row]), together[row], CONSISTENCY, what, scale=np.abs(y).max())


@case("edge", hint="Do not rely on the order of an array's memory.")
def test_fortran_order(submission, rng):
    """Arrays in Fortran order are fitted and predicted like others"""
    X, y = clause_inputs(rng)
    model = submission.LinearRegression().fit(np.asfortranarray(X), y)
    compare(rng, model, X, y)
    fitted = values(answer(model, 3), X)
    close_to(model.predict(np.asfortranarray(X)), fitted, CONSISTENCY, "predict(X)", scale=np.abs(y).max())


def same_function(mine, rival):
    """Coefficients of a timed run are those of the rival."""
    coef, intercept = np.asarray(rival[0]), float(rival[1])
    # The root of the gap bounds the error of coef_ relative to its length, times the condition number, here below 6.
    length = np.linalg.norm(coef)
    close_to(mine[0], coef, 6 * LINEAR, "coef_", scale=length)
    close_to(mine[1], intercept, 6 * LINEAR, "intercept_", scale=length)


@race(limit=200.0, agree=same_function, hint="Use matrix products; a Python loop over samples is too slow.")
def test_time_on_two_thousand_samples(contender, rng):
    """2000 samples, 10 correlated columns"""
    X = datasets.correlated(rng, 2000, 10, 0.7)
    model = contender.LinearRegression().fit(X, datasets.linear_target(rng, X, intercept=1.0))
    return model.coef_, model.intercept_


@picture
def fitted_values(axes, answers):
    """Fitted values against y; the line is where they are equal"""
    y = answers.given("fit", 1)
    fitted = answers.given("fit", 0) @ answers["coef_"] + answers["intercept_"]
    axes.scatter(y, fitted, c="grey", s=14)
    axes.axline((y.mean(), y.mean()), slope=1.0, c="black", linewidth=1)
