"""Hidden cases of the regression metrics: closed forms, so values are compared directly."""

from dataclasses import asdict

import numpy as np

from judge import datasets
from judge.agreement import at_most, close_to, entries, number, raises
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.metrics import regression_summary

# The statement's number. Measured at a mean of a million deviations: a mean subtracted first is within 1e-9, a
# difference of large sums of squares is 1e-5 or more off, float32 has no digit left.
ACCURACY = 1e-6
KEYS = ("mse", "rmse", "mae", "mape", "r2", "adjusted_r2")


def ask(submission, y_true, y_pred, n_features):
    """Call once and return the six numbers; anything but a dict that holds them is a finding."""
    return converted(submission.regression_metrics(y_true, y_pred, n_features))


def converted(answer):
    """Convert the six numbers."""
    return {key: number(value, key) for key, value in entries(answer, KEYS, "regression_metrics").items()}


def compare(found, right):
    """Compare six numbers, errors by their own size and R² by the larger of that and 1."""
    for key in KEYS:
        scale = max(1.0, abs(right[key])) if key.endswith("r2") else abs(right[key])
        close_to(found[key], right[key], ACCURACY, key, scale=scale)


def check(submission, y_true, y_pred, n_features):
    """Call once and compare with the definitions."""
    found = ask(submission, y_true, y_pred, n_features)
    compare(found, asdict(regression_summary(y_true, y_pred, n_features)))
    return found


def predicted(rng, y_true, bias=0.2, noise=0.5):
    """Return predictions that are too near the mean, too high on average, and noisy, in units of y_true's deviation."""
    deviation = y_true.std()
    return y_true.mean() + 0.7 * (y_true - y_true.mean()) + deviation * (bias + noise * rng.normal(size=len(y_true)))


@case("sample", hint="The misses are 0, 0, -1 and 1; around their mean 2.5 the true values have the sum of squares 5.")
def test_four_samples(submission, rng):
    """Worked by hand: R² is 1 - 2/5"""
    found = ask(submission, np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 2.0, 4.0, 3.0]), 1)
    compare(found, {"mse": 0.5, "rmse": 0.5**0.5, "mae": 0.5, "mape": 7 / 48, "r2": 0.6, "adjusted_r2": 0.4})


@case("sample", hint="The true value 0 is left out of mape: (1/2 + 1/4) / 2.")
def test_a_true_value_of_zero(submission, rng):
    """Three samples, one of them zero"""
    found = ask(submission, np.array([0.0, 2.0, 4.0]), np.array([1.0, 1.0, 5.0]), 1)
    compare(found, {"mse": 1.0, "rmse": 1.0, "mae": 1.0, "mape": 3 / 8, "r2": 5 / 8, "adjusted_r2": 1 / 4})


@case("agreement", sizes=(5, 20, 200), hint="Take each definition literally; all sums run over the samples.")
def test_biased_predictions(submission, rng, size):
    """Predictions that are too high on average, and too near the mean"""
    y_true = datasets.gaussian(rng, size, 1)[:, 0] + 0.5
    check(submission, y_true, predicted(rng, y_true, bias=0.4), 2)


@case("agreement", hint="Subtract the mean before you square; a difference of large squares has no digits left.")
def test_far_from_zero(submission, rng):
    """A mean of a million standard deviations"""
    for deviation in (1e-3, 1.0, 500.0):
        y_true = deviation * (1e6 + datasets.gaussian(rng, 300, 1)[:, 0])
        check(submission, y_true, predicted(rng, y_true), 4)


@case("agreement", hint="Nothing is absolute here: no epsilon, no rounding.")
def test_small_and_large_scales(submission, rng):
    """Standard deviations from 0.001 to 1000, and predictions that are a thousandth of it off"""
    for deviation in (1e-3, 0.1, 1e3):
        y_true = deviation * datasets.gaussian(rng, 40, 1)[:, 0]
        check(submission, y_true, predicted(rng, y_true), 3)
        check(submission, y_true, y_true + 1e-3 * deviation * (1.0 + rng.random(40)), 3)


@case("agreement", hint="Convert with np.asarray(y_true, dtype=float) first: in float32 the mean alone costs the digits.")
def test_float32_far_from_zero(submission, rng):
    """Single-precision numbers near 10,000: the answers of the same numbers in double precision"""

    def loses_digits(y):
        # Numbers of float32 are 1e-3 apart here, a thirtieth of the deviation, and so may its mean be off.
        return np.square(y - y.mean()).sum() / np.square(y - y.astype(float).mean()).sum() - 1.0 > 100 * ACCURACY

    y_true = datasets.drawn_until(loses_digits, lambda: datasets.float32(1e4 + 0.03 * rng.normal(size=100)))
    y_pred = datasets.float32(1e4 + 0.3 + 0.03 * rng.normal(size=100))
    right = regression_summary(y_true.astype(float), y_pred.astype(float), 3)
    compare(ask(submission, y_true, y_pred, 3), asdict(right))


@case("agreement", hint="Samples with a true value of zero are left out of mape, and are not counted there either.")
def test_many_true_zeros(submission, rng):
    """Counts, a third of them zero, some negative"""
    y_true = rng.permutation(np.repeat([0.0, 1.0, 2.0, -3.0, 7.0], [20, 15, 10, 10, 5]))
    check(submission, y_true, y_true + rng.normal(size=60) + 0.3, 2)


@case("agreement", hint="R² has no lower bound.")
def test_worse_than_the_mean(submission, rng):
    """Predictions up to 30 standard deviations off: R² is negative"""
    y_true = datasets.gaussian(rng, 30, 1)[:, 0]
    for bias in (3.0, -30.0):
        found = check(submission, y_true, predicted(rng, y_true, bias=bias), 2)
        at_most(found["r2"], -1.0, "r2 of predictions that are worse than the mean")


@case("agreement", hint="The denominator of the adjusted R² is n - p - 1.")
def test_many_features(submission, rng):
    """From no feature to all but one of the samples' number"""
    y_true = datasets.gaussian(rng, 12, 1)[:, 0]
    y_pred = predicted(rng, y_true)
    for n_features in (0, 1, 5, 9, 10):
        check(submission, y_true, y_pred, n_features)


@case("agreement", hint="mse and rmse are moved by one large miss, mae hardly.")
def test_one_outlier(submission, rng):
    """One prediction is far off"""
    y_true = datasets.gaussian(rng, 50, 1)[:, 0] + 3.0
    y_pred = predicted(rng, y_true)
    y_pred[int(rng.integers(50))] += 25.0
    check(submission, y_true, y_pred, 1)


@case("property", hint="Misses and deviations keep when both arrays are moved by one number.")
def test_moved_and_stretched(submission, rng):
    """Both arrays times 4 and moved by 64: R² stays, errors grow by the factor"""
    y_true = datasets.dyadic(datasets.gaussian(rng, 25, 1)[:, 0]) + 8.0
    y_pred = datasets.dyadic(predicted(rng, y_true))
    before = check(submission, y_true, y_pred, 2)
    after = ask(submission, 4.0 * y_true + 64.0, 4.0 * y_pred + 64.0, 2)
    factors = {"mse": 16.0, "rmse": 4.0, "mae": 4.0, "r2": 1.0, "adjusted_r2": 1.0}
    for key, factor in factors.items():
        close_to(after[key], factor * before[key], 3 * ACCURACY, key, scale=factor * max(1.0, abs(before[key])))


@case("property", hint="R² compares with the best constant prediction, the mean of y_true.")
def test_predicting_the_mean(submission, rng):
    """The mean as the prediction has R² 0; half-way to the truth it is 3/4"""
    y_true = rng.permutation(np.arange(-8.0, 9.0)) + float(rng.integers(-5, 6))
    mean = np.full(17, y_true.mean())
    close_to(check(submission, y_true, mean, 1)["r2"], 0.0, ACCURACY, "r2", scale=1.0)
    close_to(check(submission, y_true, (y_true + mean) / 2, 1)["r2"], 0.75, ACCURACY, "r2", scale=1.0)


@case(
    "property",
    hint="Take each definition literally; all sums run over the samples.",
    given=lambda st: {
        "pairs": st.lists(st.tuples(st.integers(-6, 6), st.integers(-6, 6)), min_size=3, max_size=9),
    },
    examples=15,
)
def test_small_whole_numbers(submission, rng, pairs):
    """Short lists of whole numbers, with zeros, negatives and ties"""
    y_true, y_pred = np.array([(5, 4), *pairs], dtype=float).T
    check(submission, y_true, y_pred, 1)


@case("edge", hint="All true values are equal: R² is 1 for exact predictions and 0 for all others.")
def test_a_constant_truth(submission, rng):
    """Constant true values, predicted exactly, nearly, and badly"""
    for value in (2.5, -3.0, 1024.0):
        y_true = np.full(7, value)
        found = check(submission, y_true, y_true.copy(), 2)
        close_to(found["r2"], 1.0, ACCURACY, "r2", scale=1.0)
        one_off = y_true.copy()
        one_off[int(rng.integers(7))] += 2.0**-10
        # The square of this miss is 4e-12, which is 0 to whoever compares with 1e-8.
        hardly_off = y_true.copy()
        hardly_off[int(rng.integers(7))] += 2.0**-19
        for y_pred in (one_off, hardly_off, y_true + 1.0, y_true + rng.normal(size=7)):
            found = check(submission, y_true, y_pred, 2)
            close_to(found["r2"], 0.0, ACCURACY, "r2", scale=1.0)


@case("edge")
def test_exact_predictions(submission, rng):
    """No miss: all errors are 0, both R² are 1"""
    y_true = datasets.gaussian(rng, 9, 1)[:, 0]
    check(submission, y_true, y_true.copy(), 3)


@case("edge", hint="Only a true value of exactly 0 is left out of mape; the others divide as they are.")
def test_true_values_close_to_zero(submission, rng):
    """One true value between 1e-200 and 1e-7, on either side of zero, among others"""
    for tiny in (1e-9, -1e-7, 1e-13, -1e-200):
        y_true = np.append(rng.uniform(1.0, 2.0, size=6), tiny)
        check(submission, y_true, y_true + rng.uniform(0.05, 0.1, size=7), 1)


@case("edge", hint="Constant means that all true values are equal, not that they are near each other.")
def test_two_samples_a_little_apart(submission, rng):
    """Two true values that differ by 0.002: R² is 0.99"""
    y_true = np.array([1.0, 1.002])
    found = check(submission, y_true, np.array([1.0001, 1.0019]), 0)
    close_to(found["r2"], 0.99, ACCURACY, "r2", scale=1.0)


@case("edge", hint="A constant prediction is nothing special: only the true values stand in the denominator.")
def test_a_constant_prediction(submission, rng):
    """One prediction for everybody"""
    y_true = datasets.gaussian(rng, 15, 1)[:, 0]
    for value in (0.0, 2.0):
        check(submission, y_true, np.full(15, value), 1)


@case("edge", hint="The adjusted R² needs more than n_features + 1 samples: ValueError when there are not.")
def test_too_few_samples(submission, rng):
    """One sample more than enough, then ValueError"""
    y_true = datasets.gaussian(rng, 6, 1)[:, 0]
    y_pred = predicted(rng, y_true)
    check(submission, y_true, y_pred, 4)
    for n_samples, n_features in ((6, 5), (6, 6), (6, 40), (2, 1), (1, 0)):
        with raises(ValueError):
            submission.regression_metrics(y_true[:n_samples], y_pred[:n_samples], n_features)
    # Nor is there one for exact predictions, or where the true values are equal.
    for exact in (y_true[:3], np.full(3, 2.5)):
        with raises(ValueError):
            submission.regression_metrics(exact, exact.copy(), 5)


def clause_inputs(rng):
    y_true = datasets.dyadic(datasets.gaussian(rng, 20, 1)[:, 0]) + 4.0
    return y_true, datasets.dyadic(predicted(rng, y_true))


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, y_true, y_pred: submission.regression_metrics(y_true, y_pred, 2),
        answers=lambda answer, y_true, y_pred: {key: np.array(value) for key, value in converted(answer).items()},
        # The statement's number: the numbers are the same in float32, and are worked on in double precision.
        float32_tolerance=ACCURACY,
    ),
    leave_out={"test_fortran_order_is_taken": "the inputs have one axis"},
)
