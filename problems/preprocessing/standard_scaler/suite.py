"""Hidden cases of the standard scaler: statistics and both directions are closed forms, compared to nine digits."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, that
from judge.clauses import Description, common_clauses
from judge.remote import Remote
from judge.suite import case
from reference.preprocessing import standardisation

# The statement's number. Measured: honest variants differ by 1e-10 at the largest offset (what the rounding of the
# mean is worth there) and by 1e-15 elsewhere; the variance as a difference of squares is off by 1e-7 or more there.
ACCURACY = 1e-9


def fit(submission, X):
    """Return a fitted scaler, or say that `fit` returned none."""
    model = submission.StandardScaler()
    that(isinstance(model, Remote), "StandardScaler() made no object with methods", actual=model)
    fitted = model.fit(X)
    that(isinstance(fitted, Remote), "fit must return self", actual=fitted)
    return fitted


def check_rows(model, right, X, Z):
    """Compare both directions with the formulas."""
    z, x = right.transform(X), right.inverse_transform(Z)
    close_to(model.transform(X), z, ACCURACY, "transform(X)", scale=1 + np.abs(z))
    unit = np.abs(right.mean) + right.scale * (1 + np.abs(Z))
    close_to(model.inverse_transform(Z), x, ACCURACY, "inverse_transform(Z)", scale=unit)


def check(submission, X, new):
    """Fit, and compare the statistics and both directions, for the training data and for new rows."""
    right = standardisation(X)
    model = fit(submission, X)
    close_to(model.mean_, right.mean, ACCURACY, "mean_", scale=np.abs(right.mean) + right.scale)
    close_to(model.scale_, right.scale, ACCURACY, "scale_", scale=right.scale)
    check_rows(model, right, X, right.transform(X))
    check_rows(model, right, new, right.transform(new))
    return model


@case("sample", hint="The divisor is the number of samples.")
def test_three_rows_by_hand(submission, rng):
    """Means 3 and 20; the standard deviation of 1, 3, 5 is the root of 8/3"""
    check(submission, np.array([[1.0, 10.0], [3.0, 10.0], [5.0, 40.0]]), np.array([[3.0, 20.0], [0.0, 0.0]]))


@case("sample", hint="transform uses the mean and the scale of the training data.")
def test_new_rows_by_hand(submission, rng):
    """Fitted on 0 and 2: mean 1, scale 1; then 5 becomes 4, by itself or beside others"""
    model = fit(submission, np.array([[0.0], [2.0]]))
    close_to(model.transform(np.array([[5.0]])), [[4.0]], ACCURACY, "transform(X)")
    close_to(model.transform(np.array([[5.0], [7.0], [-1.0]])), [[4.0], [6.0], [-2.0]], ACCURACY, "transform(X)")
    close_to(model.inverse_transform(np.array([[4.0], [0.5]])), [[5.0], [1.5]], ACCURACY, "inverse_transform(Z)")


@case("sample", hint="Where the standard deviation is zero, divide by 1 instead.")
def test_a_constant_column_by_hand(submission, rng):
    """A column of sevens has scale 1; a new 9 in it becomes 2"""
    check(submission, np.array([[7.0, 1.0], [7.0, 5.0], [7.0, 3.0]]), np.array([[9.0, 3.0], [7.0, 0.0]]))


@case("agreement", sizes=(3, 10, 100), hint="Means and deviations go down the columns: axis=0.")
def test_normal_columns(submission, rng, size):
    """Four columns with their own means and widths"""
    X = datasets.gaussian(rng, size, 4) * np.array([0.5, 1.0, 2.0, 7.0]) + np.array([3.0, -1.0, 0.0, 40.0])
    check(submission, X, 5 * datasets.gaussian(rng, 6, 4))


@case("agreement", hint="np.std divides by n, which is what is asked for; do not pass ddof=1.")
def test_two_samples(submission, rng):
    """With two rows the scale is half their distance"""
    check(submission, datasets.gaussian(rng, 2, 3), datasets.gaussian(rng, 4, 3))


@case("agreement", hint="Add nothing to the deviation: a small column is not a constant one.")
def test_columns_of_very_different_scale(submission, rng):
    """Standard deviations from two millionths to half a million"""
    X = datasets.drawn_until(
        lambda X: np.all((X.std(axis=0) > 1.5e-6) & (X.std(axis=0) < 9e5)),
        lambda: datasets.mixed_scales(rng, 40, 7, 2e-6, 5e5),
    )
    check(submission, X, datasets.mixed_scales(rng, 10, 7, 2e-6, 5e5))


@case("agreement", hint="mean(X**2) - mean(X)**2 loses its digits far from zero: subtract the mean first.")
def test_far_from_zero(submission, rng):
    """Means near 100,000 standard deviations"""
    # 24 rows: even a plain running sum rounds the mean by less than 1e-10 of the deviation.
    widths = np.array([1e-3, 1.0, 1.0, 1e3])
    X = datasets.drawn_until(
        lambda X: (np.abs(X.mean(axis=0)) <= 1e5 * X.std(axis=0)).all(),
        lambda: datasets.with_offset(datasets.gaussian(rng, 24, 4), 8e4) * widths * np.array([1.0, -1.0, 1.0, -1.0]),
    )
    check(submission, X, X[:6] + widths)


@case("agreement", hint="The mean and the root of the mean square: not the median, nor the range.")
def test_skewed_columns(submission, rng):
    """Exponential columns with outliers"""
    check(submission, rng.exponential(size=(50, 3)) ** 2, rng.exponential(size=(8, 3)))


@case("agreement", hint="Every column has its own mean and scale.")
def test_many_columns(submission, rng):
    """More columns than rows"""
    X = datasets.gaussian(rng, 6, 20) * rng.uniform(0.5, 2.0, size=20) + rng.uniform(-3.0, 3.0, size=20)
    check(submission, X, datasets.gaussian(rng, 3, 20))


@case("agreement", hint="inverse_transform multiplies by scale_, then adds mean_, for any rows.")
def test_new_rows(submission, rng):
    """Rows of another origin: far away, few, many, one"""
    X = datasets.gaussian(rng, 20, 3) * np.array([0.1, 3.0, 20.0]) + 4.0
    right, model = standardisation(X), fit(submission, X)
    for count in (1, 3, 50):
        check_rows(model, right, 100 + 10 * datasets.gaussian(rng, count, 3), 5 * datasets.gaussian(rng, count, 3) - 2)


def tables(st):
    """Return strategies for the rows of a small table of whole numbers."""
    entry = st.integers(-50, 50)
    return {"rows": st.lists(st.tuples(entry, entry), min_size=2, max_size=8)}


@case("property", given=tables, hint="Subtract the column's mean, then divide by its standard deviation.")
def test_columns_come_out_standardised(submission, rng, rows):
    """Transformed training columns have mean 0 and standard deviation 1, or are 0 if they were constant"""
    X = np.array(rows, dtype=float)
    Z = array(fit(submission, X).transform(X), "transform(X)", shape=X.shape)
    close_to(Z.mean(axis=0), np.zeros(2), 10 * ACCURACY, "the mean of transform(X)", scale=1.0)
    is_constant = (X == X[0]).all(axis=0)
    close_to(Z.std(axis=0), np.where(is_constant, 0.0, 1.0), 10 * ACCURACY, "the deviation of transform(X)", scale=1.0)


@case("property", given=tables, hint="inverse_transform undoes transform.")
def test_there_and_back(submission, rng, rows):
    """inverse_transform brings transformed rows back"""
    X = np.array(rows, dtype=float)
    model = fit(submission, X)
    # The answer is sent back as plain numbers: a scaler that remembers its last table gains nothing by it.
    Z = array(model.transform(X), "transform(X)", shape=X.shape)[::-1].copy()
    close_to(model.inverse_transform(Z), X[::-1], 10 * ACCURACY, "inverse_transform(transform(X))", scale=50.0)


@case("property", hint="Only a column's shape matters, not its unit or its origin.")
def test_units_do_not_matter(submission, rng):
    """Columns in another unit and from another origin come out the same"""
    X = datasets.dyadic(datasets.gaussian(rng, 16, 3))
    z = standardisation(X).transform(X)
    for factor, shift in ((1.0, 0.0), (1024.0, 0.0), (0.25, 8.0), (2.0, -64.0)):
        moved = factor * X + shift
        close_to(fit(submission, moved).transform(moved), z, ACCURACY, "transform(X)", scale=1 + np.abs(z))


@case("edge", hint="scale_ is 1, not 0, and the column is shifted like any other.")
def test_constant_columns(submission, rng):
    """Constant columns of several values, between columns that vary"""
    constants = np.array([0.0, -3.0, 2.5, 1e6, 1 / 64])
    X = np.empty((9, 10))
    X[:, ::2] = constants
    X[:, 1::2] = datasets.gaussian(rng, 9, 5) + constants
    X[:, 7] -= 1e6
    check(submission, X, X[:4] + datasets.gaussian(rng, 4, 10))


@case("edge", hint="One row has no spread: every scale is 1.")
def test_one_sample(submission, rng):
    """A single row becomes zeros"""
    X = datasets.dyadic(3 * datasets.gaussian(rng, 1, 4))
    model = check(submission, X, datasets.gaussian(rng, 3, 4))
    close_to(model.transform(X), np.zeros((1, 4)), ACCURACY, "transform(X)", scale=1.0)


@case("edge")
def test_one_column(submission, rng):
    """A table with a single column keeps two axes"""
    check(submission, datasets.gaussian(rng, 7, 1) + 2.0, datasets.gaussian(rng, 3, 1))


@case("edge", hint="A column that varies a little is not constant.")
def test_a_nearly_constant_column(submission, rng):
    """One entry among forty differs"""
    X = np.full((40, 3), 4.0)
    X[rng.integers(40), 0] += 1e-3
    X[rng.integers(40), 1] -= 2.0**-11
    check(submission, X, X[:3] + 0.5)


def clause_inputs(rng, n_samples=16, n_features=3):
    """Return a table with 6 binary digits and a constant column."""
    X = datasets.dyadic(2 * datasets.gaussian(rng, n_samples, n_features) + 1.0)
    return (datasets.with_constant_column(X, 3.0),)


def clause_answers(model, X):
    """Return the statistics and both directions for the training data."""
    return {
        "mean_": array(model.mean_, "mean_", shape=X.shape[1:]),
        "scale_": array(model.scale_, "scale_", shape=X.shape[1:]),
        "transform(X)": array(model.transform(X), "transform(X)", shape=X.shape),
        "inverse_transform(X)": array(model.inverse_transform(X), "inverse_transform(X)", shape=X.shape),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=fit,
        answers=clause_answers,
        rows=("transform", "inverse_transform"),
        refit=lambda model, X: model.fit(X),
        others=lambda rng: clause_inputs(rng, n_samples=11, n_features=4),
        # The statement's accuracy holds for every input; arithmetic in float32 is off by 1e-7.
        float32_tolerance=ACCURACY,
    )
)
