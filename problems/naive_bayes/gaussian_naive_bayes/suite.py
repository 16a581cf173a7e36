"""Hidden cases of Gaussian naive Bayes: the fit is a closed form, so log posteriors are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, at_most, close_to, equal_to, that
from judge.clauses import Description, common_clauses
from judge.remote import Remote
from judge.suite import case
from reference.naive_bayes import gaussian_naive_bayes

# The statement's number. Measured: honest variants differ by 1e-9 or less, at the largest offsets and by whatever
# formula for the variance; float32 answers differ by 1e-7; the nearest mistake (ddof in the smoothing) by 1e-3.
ACCURACY = 1e-6
# Labels are compared where the two best classes differ by more than this in log posterior.
CLEAR = 1e-3


def fit(submission, X, y, **parameters):
    """Return a fitted model, or say that `fit` returned none."""
    model = submission.GaussianNB(**parameters)
    that(isinstance(model, Remote), "GaussianNB(...) made no object with methods", actual=model)
    fitted = model.fit(X, y)
    that(isinstance(fitted, Remote), "fit must return self", actual=fitted)
    return fitted


def check(submission, X, y, queries, **parameters):
    """Fit, and compare log posteriors and labels of queries with the closed form."""
    right = gaussian_naive_bayes(X, y, **parameters)
    expected = right.predict_log_proba(queries)
    model = fit(submission, X, y, **parameters)
    close_to(model.predict_log_proba(queries), expected, ACCURACY, "predict_log_proba(X)", scale=1 + np.abs(expected))
    best = np.sort(expected, axis=1)
    equal_to(model.predict(queries), right.predict(queries), "predict(X)", where=best[:, -1] - best[:, -2] > CLEAR)


@case("sample")
def test_one_feature_by_hand(submission, rng):
    """Two classes with means 2 and 8 and variances 1 and 4"""
    X = np.array([[1.0], [3.0], [6.0], [10.0]])
    check(submission, X, np.array([0, 0, 1, 1]), np.array([[2.0], [5.0], [8.0], [0.0]]))


@case("sample", hint="The prior of a class is its share of the training samples.")
def test_priors_by_hand(submission, rng):
    """Equal densities at zero: the log posteriors are those of the priors, log 3/4 and log 1/4"""
    X = np.array([[1.0], [3.0], [1.0], [3.0], [1.0], [3.0], [-1.0], [-3.0]])
    check(submission, X, np.array([5, 5, 5, 5, 5, 5, 9, 9]), np.array([[0.0], [1.0], [-1.0]]))


@case("sample", hint="Add var_smoothing times the largest variance of a column over all samples, classes mixed.")
def test_smoothing_by_hand(submission, rng):
    """The columns' variances are 4 and 1, so var_smoothing = 0.5 adds 2 to every variance"""
    X = np.array([[0.0, 0.0], [4.0, 2.0], [0.0, 2.0], [4.0, 0.0]])
    check(submission, X, np.array([0, 0, 1, 0]), np.array([[0.0, 2.0], [1.0, 1.0], [4.0, 0.0]]), var_smoothing=0.5)


@case("agreement", sizes=(9, 30, 120), hint="Add the log prior and the log densities of all features, then normalise.")
def test_clouds(submission, rng, size):
    """Three classes, four features"""
    y = datasets.class_labels(rng, size // 3, size // 3, size // 3)
    X = datasets.class_clouds(rng, y, 4)
    check(submission, X, y, np.vstack([X, 2 * datasets.gaussian(rng, 20, 4)]))


@case("agreement", hint="Use the class frequencies as priors.")
def test_unequal_classes(submission, rng):
    """One class of five, one of twenty, one of a hundred"""
    y = datasets.class_labels(rng, 20, 5, 100)
    check(submission, datasets.class_clouds(rng, y, 2), y, 2 * datasets.gaussian(rng, 40, 2))


@case("agreement", hint="Divide by the number of samples of the class, not by one less.")
def test_few_samples(submission, rng):
    """Two, three and four samples for each class"""
    y = datasets.class_labels(rng, 2, 3, 4)
    check(submission, datasets.class_clouds(rng, y, 2), y, 2 * datasets.gaussian(rng, 40, 2))


@case("agreement", hint="The smoothing is the same number for all features and classes, and it is added.")
def test_smoothing_that_matters(submission, rng):
    """var_smoothing of 0.001, 0.1 and 1 on columns of unequal width"""
    y = datasets.class_labels(rng, 4, 5, 6)
    X = datasets.class_clouds(rng, y, 3) * np.array([0.5, 2.0, 8.0])
    for var_smoothing in (1e-3, 0.1, 1.0):
        queries = np.vstack([X, X.std(axis=0) * datasets.gaussian(rng, 20, 3)])
        check(submission, X, y, queries, var_smoothing=var_smoothing)


@case("agreement", hint="The largest variance may come from another column.")
def test_columns_of_very_different_scale(submission, rng):
    """Standard deviations from 0.001 to 1000: the default smoothing drowns the smallest"""
    y = datasets.class_labels(rng, 12, 18)
    X = datasets.class_clouds(rng, y, 5) * np.geomspace(1e-3, 1e3, 5)
    check(submission, X, y, np.vstack([X, 2 * datasets.gaussian(rng, 20, 5) * np.geomspace(1e-3, 1e3, 5)]))


@case("agreement", hint="Never take the log of a density or a probability: add logs, and subtract the largest first.")
def test_far_in_the_tails(submission, rng):
    """Samples 80 standard deviations away, beside ordinary ones"""
    y = datasets.class_labels(rng, 20, 25, 15)
    X = datasets.class_clouds(rng, y, 2)
    directions = datasets.gaussian(rng, 20, 2)
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    # No class is wider than about 3, so 240 is 80 standard deviations or more, on all sides.
    check(submission, X, y, np.vstack([X[:20], 240 * directions]))


@case("agreement", hint="A product of many densities is too small for a float; a sum of their logs is not.")
def test_sixty_features(submission, rng):
    """Sixty columns with wide and narrow ones"""
    y = datasets.class_labels(rng, 30, 20)
    X = datasets.class_clouds(rng, y, 60) * np.geomspace(0.01, 100.0, 60)
    check(submission, X, y, np.vstack([X, X[:10] * 4]), var_smoothing=1e-6)


@case("agreement", hint="Compute in float64; subtract the mean before you square.")
def test_far_from_zero(submission, rng):
    """Columns a thousand times their spread away from zero"""
    y = datasets.class_labels(rng, 20, 30, 10)
    X = datasets.with_offset(datasets.class_clouds(rng, y, 3), 1e3)
    check(submission, X, y, np.vstack([X, datasets.with_offset(2 * datasets.gaussian(rng, 20, 3), 1e3)]))


@case("agreement", hint="Columns are in ascending order of the labels, wherever these appear first.")
def test_labels_of_any_kind(submission, rng):
    """Labels that are negative, large, and not in order"""
    y = datasets.class_labels(rng, 9, 14, 8, 11)
    y[:4] = [2, 0, 3, 1]
    X, queries = datasets.class_clouds(rng, y, 3), 2 * datasets.gaussian(rng, 40, 3)
    # Those of the second set are lost in 32 bits, of integers or of floats.
    for labels in ([-30, -4, 10, 1_000_003], [1 - 2**53, -(2**31) - 1, 2**24 + 1, 2**53 - 1]):
        check(submission, X, np.array(labels)[y], queries)


def points_and_labels(st):
    """Return strategies for samples (x, y) on a small grid, the first of them apart, and queries."""
    place = st.integers(-8, 8)
    return {
        "samples": st.lists(st.tuples(place, place), min_size=4, max_size=10),
        "queries": st.lists(st.tuples(place, place), min_size=1, max_size=4),
    }


@case("property", given=points_and_labels, hint="Subtract the log of the sum over classes from every row.")
def test_probabilities_add_up_to_one(submission, rng, samples, queries):
    """Each row's probabilities add up to one, and predict takes the largest"""
    X = np.array([(9, -9), *samples], dtype=float)
    y, near = np.arange(len(X)) % 2, np.array(queries, dtype=float)
    model = fit(submission, X, y, var_smoothing=0.1)
    log_proba = array(model.predict_log_proba(near), "predict_log_proba(X)", shape=(len(near), 2))
    at_most(float(log_proba.max()), ACCURACY, "the largest log probability")
    totals = np.exp(np.minimum(log_proba, ACCURACY)).sum(axis=1)
    # Each log probability may be off by 1e-6 (1 + |v|), which moves its probability by as much, at most.
    close_to(totals, np.ones(len(near)), 3 * ACCURACY, "the sum of probabilities")
    clear = np.abs(log_proba[:, 0] - log_proba[:, 1]) > CLEAR
    equal_to(model.predict(near), log_proba.argmax(axis=1), "predict(X)", where=clear)


@case("property", given=points_and_labels, hint="The smoothing is relative to the data's own variance.")
def test_units_do_not_matter(submission, rng, samples, queries):
    """Measuring everything in units of 1/64 changes no probability"""
    X = np.array([(9, -9), *samples], dtype=float)
    y, near = np.arange(len(X)) % 2, np.array(queries, dtype=float)
    expected = gaussian_naive_bayes(X, y, 1e-3).predict_log_proba(near)
    finer = fit(submission, 64 * X, y, var_smoothing=1e-3).predict_log_proba(64 * near)
    close_to(finer, expected, ACCURACY, "predict_log_proba(64 X)", scale=1 + np.abs(expected))


@case("edge", hint="The variance of a constant feature is what the smoothing adds, however small that is.")
def test_a_feature_constant_within_a_class(submission, rng):
    """One class always has the same number in a column, at which and off which it is asked; then in narrow columns too"""
    y = datasets.class_labels(rng, 10, 12)
    X = datasets.class_clouds(rng, y, 2)
    X[y == 1, 0] = 3.0
    queries = 2 * datasets.gaussian(rng, 20, 2)
    queries[:10, 0] = 3.0
    # With deviations near 0.002 the smoothing is some 1e-14: numbers that are tiny elsewhere are large beside it.
    for scale in (1.0, 0.002 / X.std(axis=0).min()):
        check(submission, scale * X, y, scale * queries)


@case("edge", hint="Subtract the mean before you square: a difference of large squares has no digits left.")
def test_constant_within_a_class_and_far_from_zero(submission, rng):
    """Columns 1000 deviations from zero, most of which do not change within one of the classes"""
    y = datasets.class_labels(rng, 11, 13)
    X = datasets.with_offset(datasets.class_clouds(rng, y, 9), 1e3)
    # Near the mean of the column, so that moving all by any number near the data is as good as moving by the class's mean.
    X[y == 1, :8] = X[y != 1, :8].mean(axis=0)
    check(submission, X, y, X + 1e-5 * rng.normal(size=X.shape))


@case("edge", hint="A column without any variance says nothing about the class, unless a query leaves it.")
def test_a_constant_feature(submission, rng):
    """A column that never changes in training"""
    y = datasets.class_labels(rng, 10, 12, 9)
    X = datasets.with_constant_column(datasets.class_clouds(rng, y, 2))
    queries = datasets.with_constant_column(2 * datasets.gaussian(rng, 20, 2))
    queries[:5, 2] = 2.5
    check(submission, X, y, queries)


@case("edge", hint="With one sample the variance is zero, and the smoothing is all there is; with ddof=1 it is NaN.")
def test_a_class_of_one_sample(submission, rng):
    """A class that was seen once"""
    y = datasets.class_labels(rng, 10, 1, 14)
    X = datasets.dyadic(datasets.class_clouds(rng, y, 2))
    for var_smoothing in (1e-9, 0.25):
        check(submission, X, y, np.vstack([X, 2 * datasets.gaussian(rng, 20, 2)]), var_smoothing=var_smoothing)


@case("edge")
def test_equal_variances(submission, rng):
    """Classes that differ by a shift only: the log odds are linear"""
    rows = datasets.gaussian(rng, 12, 2)
    X, y = np.vstack([rows, rows + np.array([2.0, -1.0])]), np.repeat([0, 1], 12)
    check(submission, X, y, 3 * datasets.gaussian(rng, 20, 2))


def clause_inputs(rng, n_features=2, labels=(-1, 4, 9)):
    """Return 24 samples with 6 binary digits and three classes; no sample is between two classes."""

    def draw():
        y = datasets.class_labels(rng, 10, 8, 6)
        return datasets.dyadic(datasets.class_clouds(rng, y, n_features)), np.array(labels)[y]

    def is_clear(drawn):
        best = np.sort(gaussian_naive_bayes(*drawn, 0.1).predict_log_proba(drawn[0]), axis=1)
        return (best[:, -1] - best[:, -2]).min() > 0.01

    return datasets.drawn_until(is_clear, draw)


def clause_answers(model, X, y):
    """Return both answers for the training samples."""
    log_proba = model.predict_log_proba(X)
    return {
        "predict_log_proba(X)": array(log_proba, "predict_log_proba(X)", shape=(len(X), 3)),
        "predict(X)": array(model.predict(X), "predict(X)", shape=(len(X),), kind="int"),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        # So much that smoothing by another fit's variance shows.
        fit=lambda submission, X, y: fit(submission, X, y, var_smoothing=0.1),
        answers=clause_answers,
        rows=("predict_log_proba", "predict"),
        refit=lambda model, X, y: model.fit(X, y),
        others=lambda rng: clause_inputs(rng, n_features=3, labels=(-7, 0, 2)),
    )
)
