"""Hidden cases of the perceptron: all sums are exact, so every mistake is determined, and so is the plane."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, equal_to, fitted, number, that
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.perceptron import perceptron

# The statement's number. Sums of multiples of 1/8 are exact in float64; a missed or an added mistake moves the plane by
# a whole sample.
ACCURACY = 1e-9


def eighths(rng, n_samples, n_features, spread=1.0, offset=0.0):
    """Return columns of multiples of 1/8."""
    return datasets.dyadic(offset + spread * rng.normal(size=(n_samples, n_features)), bits=3)


def separable(rng, n_samples, n_features, offset=0.0, margin=0.2):
    """Return samples and labels of a random plane through the middle, and no sample nearer than the margin."""
    X = eighths(rng, 4 * n_samples, n_features, offset=offset)
    plane = rng.normal(size=n_features)
    score = (X - offset) @ plane / np.linalg.norm(plane)
    kept = np.flatnonzero(np.abs(score) > margin)[:n_samples]
    return X[kept], np.where(score[kept] > 0, 1, -1)


def overlapping(rng, n_samples, n_features, offset=0.0):
    """Return samples whose labels no plane separates: a sample occurs with both labels."""
    X = eighths(rng, n_samples, n_features, offset=offset)
    y = np.where((X - offset) @ rng.normal(size=n_features) + rng.normal(size=n_samples) > 0, 1, -1)
    X[-1], y[-1] = X[0], -y[0]
    return X, y


def compare(model, X, right):
    """Compare all attributes, and scores and labels at X and between its rows."""
    equal_to(model.mistakes_, right.mistakes, "mistakes_")
    unit = max(float(np.abs(right.coef).max()), abs(right.intercept))
    close_to(model.coef_, right.coef, ACCURACY, "coef_", scale=unit)
    close_to(model.intercept_, right.intercept, ACCURACY, "intercept_", scale=unit)
    rows = np.vstack([X, X[::-1] + 0.5])
    size = np.abs(rows) @ np.abs(right.coef) + abs(right.intercept)
    close_to(model.decision_function(rows), right.scores(rows), ACCURACY, "decision_function(X)", scale=size)
    equal_to(model.predict(rows), right.predict(rows), "predict(X)")


def check(submission, X, y, **options):
    """Fit once and compare; return the model."""
    model = fitted(submission.Perceptron(**options), X, y)
    compare(model, X, perceptron(X, y, **options))
    return model


@case("sample", hint="Both samples lie on the plane in their turn: w = 1, b = 1 after the first, then w = 2, b = 0.")
def test_two_points_by_hand(submission, rng):
    """x = 1 and -1: two mistakes in the first epoch, none in the second"""
    X, y = np.array([[1.0], [-1.0]]), np.array([1, -1])
    model = check(submission, X, y)
    close_to(model.coef_, [2.0], ACCURACY, "coef_")
    equal_to(model.mistakes_, [2, 0], "mistakes_")


@case("sample", hint="Use w and b as they are after the sample before.")
def test_the_logical_and(submission, rng):
    """The four corners of a square, of which one is positive"""
    X, y = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([-1, -1, -1, 1])
    check(submission, X, y)


@case("sample", hint="Stop after max_epochs epochs; mistakes_ has one entry for each epoch that was begun.")
def test_the_exclusive_or(submission, rng):
    """Corners that no plane separates, for seven epochs"""
    X, y = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([-1, 1, 1, -1])
    check(submission, X, y, max_epochs=7)


@case("agreement", sizes=(4, 20, 60), hint="Compare mistakes_ epoch by epoch: the first difference says where to look.")
def test_separable_classes(submission, rng, size):
    """Classes that a plane separates, until no mistake is left"""
    for n_features in (1, 3, 8):
        check(submission, *separable(rng, size, n_features))


@case("agreement", sizes=(5, 30, 100), hint="The plane moves until max_epochs; none is averaged, and no best one is kept.")
def test_overlapping_classes(submission, rng, size):
    """Classes that no plane separates, for 1, 2 and 25 epochs"""
    for max_epochs in (1, 2, 25):
        check(submission, *overlapping(rng, size, 3), max_epochs=max_epochs)


@case("agreement", sizes=(8, 40), hint="The intercept is moved by every mistake, too.")
def test_classes_far_from_zero(submission, rng, size):
    """Columns with means of 2: the plane does not go through zero"""

    def needs_an_intercept(both):
        return abs(perceptron(*both).intercept) > 1.0

    draw = lambda: separable(rng, size, 2, offset=2.0)
    check(submission, *datasets.drawn_until(needs_an_intercept, draw))


@case("agreement", hint="The order of the samples counts: do not shuffle them.")
def test_the_order_of_samples(submission, rng):
    """The same samples sorted by label, and the other way round"""
    X, y = overlapping(rng, 40, 3)
    for order in (np.argsort(y, kind="stable"), np.argsort(-y, kind="stable")):
        check(submission, X[order], y[order], max_epochs=6)


@case("agreement", hint="learning_rate multiplies the step of w and of b.")
def test_learning_rates(submission, rng):
    """Rates of 1/4 and 8: the plane is scaled, and the mistakes are the same"""
    X, y = separable(rng, 30, 3, offset=0.5)
    for learning_rate in (0.25, 8.0):
        check(submission, X, y, learning_rate=learning_rate)


@case("agreement", hint="A score of exactly zero is a mistake in fit.")
def test_samples_on_the_plane(submission, rng):
    """Small whole coordinates, so that scores of exactly zero are frequent"""

    def has_zeros(both):
        X, y = both
        w, b, zeros = np.zeros(2), 0.0, 0
        for x, label in zip(np.tile(X, (3, 1)), np.tile(y, 3)):
            score = label * (x @ w + b)
            zeros += score == 0
            if score <= 0:
                w, b = w + label * x, b + label
        return zeros > 4

    def draw():
        X = datasets.lattice(rng, 30, 2, side=5) - 2.0
        return X, np.where(X.sum(axis=1) + rng.integers(-1, 2, size=30) > 0, 1, -1)

    X, y = datasets.drawn_until(has_zeros, draw)
    check(submission, X, y, max_epochs=12)


@case("property", hint="Both labels are treated alike: every step is learning_rate * y_i times the sample.")
def test_labels_turned_round(submission, rng):
    """Turning the labels round turns the plane round; all samples times 4 go another way"""
    X, y = overlapping(rng, 30, 3)
    right = perceptron(X, y, max_epochs=5)
    model = fitted(submission.Perceptron(max_epochs=5), X, -y)
    unit = float(np.abs(right.coef).max()) + abs(right.intercept)
    close_to(model.coef_, -right.coef, ACCURACY, "coef_ for the labels turned round", scale=unit)
    close_to(model.intercept_, -right.intercept, ACCURACY, "intercept_ for the labels turned round", scale=unit)
    equal_to(model.mistakes_, right.mistakes, "mistakes_")
    check(submission, 4.0 * X, y, max_epochs=5)


@case(
    "property",
    given=lambda st: {
        "rows": st.lists(
            st.tuples(st.integers(-2, 2), st.integers(-2, 2), st.sampled_from([-1, 1])), min_size=1, max_size=6
        )
    },
    examples=20,
    hint="Stop after the first epoch without a mistake, and count that one as well.",
)
def test_small_lattices(submission, rng, rows):
    """A few points of whole coordinates, with any labels"""
    table = np.array(rows)
    check(submission, table[:, :2].astype(float), table[:, 2], max_epochs=8)


@case("property", hint="Every mistake adds learning_rate * y_i to the intercept.")
def test_the_plane_is_a_sum_of_samples(submission, rng):
    """The intercept counts mistakes of either label: it has their parity, and is no larger"""
    X, y = overlapping(rng, 25, 2)
    model = fitted(submission.Perceptron(max_epochs=9), X, y)
    total = int(array(model.mistakes_, "mistakes_", shape=(9,), kind="int").sum())
    intercept = number(model.intercept_, "intercept_")
    that(abs(intercept) <= total, "the intercept is larger than the number of mistakes", actual=intercept)
    that((intercept - total) % 2 == 0, "the intercept cannot come from so many steps of -1 and 1", actual=intercept)
    equal_to(total, perceptron(X, y, max_epochs=9).mistakes.sum(), "the sum of mistakes_")


@case("edge", hint="max_epochs counts the epoch without a mistake too.")
def test_as_many_epochs_as_are_needed(submission, rng):
    """max_epochs just enough, one too few, and one to spare"""
    X, y = datasets.drawn_until(lambda both: len(perceptron(*both).mistakes) > 2, lambda: separable(rng, 25, 3, 0.5))
    needed = len(perceptron(X, y).mistakes)
    for max_epochs in (needed - 1, needed, needed + 1):
        check(submission, X, y, max_epochs=max_epochs)


@case("edge", hint="max_epochs is 1000 where nothing else is asked for.")
def test_a_thousand_epochs(submission, rng):
    """The same sample with either label, for as many epochs as there are by default"""
    model = check(submission, np.array([[1.0, -0.5], [1.0, -0.5]]), np.array([1, -1]))
    equal_to(model.mistakes_, np.full(1000, 2), "mistakes_")


@case("edge", hint="The first sample is a mistake, since it lies on the plane; after that there may be none.")
def test_one_label_alone(submission, rng):
    """Only one of the two labels occurs; and a single sample"""
    X = eighths(rng, 12, 2)
    for label in (-1, 1):
        check(submission, X, np.full(12, label))
        check(submission, X[:1], np.array([label]))


@case("edge", hint="A score is a mistake when it is zero or less; how close to zero it is does not matter.")
def test_very_small_and_very_large_rates(submission, rng):
    """Rates of 2^-30 and 2^20: the mistakes are those of a rate of 1"""
    X, y = separable(rng, 25, 2, offset=0.5)
    for learning_rate in (2.0**-30, 2.0**20):
        check(submission, X, y, learning_rate=learning_rate)


@case("edge", hint="Convert with np.asarray(X, dtype=float) first: products of large float32 numbers are rounded, and signs with them.")
def test_large_numbers_in_float32(submission, rng):
    """Samples in float32 whose second score is 1/64, beside products of 263,154"""
    X = datasets.float32(np.array([[777.125, 516.75], [338.625, -509.25]]))
    y = np.array([1, 1])
    model = fitted(submission.Perceptron(), X, y)
    # In float64 all is exact: 777.125 * 338.625 - 516.75 * 509.25 + 1 = 1/64, so the second sample is right.
    equal_to(model.mistakes_, [1, 0], "mistakes_")
    right = perceptron(X.astype(float), y)
    compare(model, X.astype(float), right)
    size = np.abs(X.astype(float)) @ np.abs(right.coef) + abs(right.intercept)
    close_to(model.decision_function(X), right.scores(X.astype(float)), ACCURACY, "decision_function(X)", scale=size)


@case("edge", hint="A row of zeros moves the intercept only.")
def test_rows_of_zeros(submission, rng):
    """Samples at the origin with either label, and a column of zeros"""
    X, y = overlapping(rng, 20, 3)
    X[3:6], X[:, 1] = 0.0, 0.0
    y[3:6] = [1, -1, 1]
    check(submission, X, y, max_epochs=6)


@case("edge", hint="A score of exactly zero is not positive: predict -1.")
def test_scores_of_zero_in_predict(submission, rng):
    """Rows exactly on the plane are labelled -1"""
    model = fitted(submission.Perceptron(), np.array([[1.0, 0.0], [-1.0, 0.0]]), np.array([1, -1]))
    equal_to(model.predict(np.array([[0.0, 5.0], [0.125, 0.0], [-0.125, 3.0]])), [-1, 1, -1], "predict(X)")


def clause_inputs(rng):
    return overlapping(rng, 20, 3)


def clause_answers(model, X, y):
    n_epochs = len(perceptron(np.asarray(X, dtype=float), np.asarray(y), max_epochs=5).mistakes)
    return {
        "coef_": array(model.coef_, "coef_", shape=(3,)),
        "intercept_": np.array(number(model.intercept_, "intercept_")),
        "mistakes_": array(model.mistakes_, "mistakes_", shape=(n_epochs,), kind="int"),
        "decision_function(X)": array(model.decision_function(X), "decision_function(X)", shape=(len(X),)),
        "predict(X)": array(model.predict(X), "predict(X)", shape=(len(X),), kind="int"),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, y: submission.Perceptron(max_epochs=5).fit(X, y),
        answers=clause_answers,
        rows=("decision_function", "predict"),
        refit=lambda model, X, y: model.fit(X, y),
    )
)
