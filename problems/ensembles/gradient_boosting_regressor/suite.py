"""Hidden cases of gradient boosting: no splits tie, so the predictions after every tree are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, monotone
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.ensemble import gradient_boosting

# The statement's number. float64 reaches 1e-12 at the largest offset, 1000 times the spread; the nearest mistakes, one
# sample on the other side of a threshold or one tree fewer, are off by 1e-4 and more.
ACCURACY = 1e-8


def compare(model, right, X, y, what=""):
    """Compare the predictions after all trees and after each of them."""
    stages, unit = right.staged(X), float(np.ptp(y))
    close_to(model.staged_predict(X), stages, ACCURACY, f"staged_predict(X){what}", scale=unit)
    close_to(model.predict(X), stages[-1], ACCURACY, f"predict(X){what}", scale=unit)


def fit_and_compare(submission, X, y, queries, **limits):
    """Fit once, and compare on the training data, on new points and on the threshold of the first split."""
    model = submission.GradientBoostingRegressor(**limits).fit(X, y)
    right = gradient_boosting(X, y, **limits)
    compare(model, right, X, y)
    first = right.trees[0]
    if first.feature[0] >= 0:
        queries = queries.copy()
        queries[: len(queries) // 2, first.feature[0]] = first.threshold[0]
    compare(model, right, queries, y, " of new points")
    return model


def draw(rng, n_samples, n_features=3, *, scale=1.0, offset=5.0, **limits):
    """Draw noisy samples of a bent surface whose trees have one best split everywhere, and new points."""

    def draw_all():
        X = datasets.dyadic(datasets.gaussian(rng, n_samples + 30, n_features))
        y = np.abs(X[:, 0]) + X @ rng.normal(size=n_features) + 0.5 * X[:, 0] * X[:, -1] + 0.4 * rng.normal(size=len(X))
        return X[:n_samples], scale * y[:n_samples] + offset, X[n_samples:]

    return datasets.drawn_until(lambda drawn: gradient_boosting(*drawn[:2], **limits).is_certain, draw_all)


def check(submission, rng, n_samples, n_features=3, *, scale=1.0, offset=5.0, **limits):
    """Draw and compare."""
    fit_and_compare(submission, *draw(rng, n_samples, n_features, scale=scale, offset=offset, **limits), **limits)


STEP = (np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([1.0, 3.0, 8.0, 12.0]))


@case("sample", hint="F_0 = 6. The best threshold is 2.5: residuals -5, -3 | 2, 6 with means -4 and 4. Half of that is added.")
def test_one_tree_by_hand(submission, rng):
    """Four samples, one stump, learning rate 1/2: predictions 4 and 8"""
    model = submission.GradientBoostingRegressor(n_estimators=1, learning_rate=0.5, max_depth=1).fit(*STEP)
    close_to(model.predict(np.array([[0.0], [2.5], [2.6], [9.0]])), [4.0, 4.0, 8.0, 8.0], ACCURACY, "predict(X)")


@case("sample", hint="After the first tree the residuals are -3, -1, 0, 4: the next threshold is 3.5, and the means are -4/3 and 4.")
def test_two_trees_by_hand(submission, rng):
    """The same samples, a second stump on what is left"""
    model = submission.GradientBoostingRegressor(n_estimators=2, learning_rate=0.5, max_depth=1).fit(*STEP)
    stages = [[4.0, 4.0, 8.0, 8.0], [10 / 3, 10 / 3, 22 / 3, 10.0]]
    close_to(model.staged_predict(STEP[0]), stages, ACCURACY, "staged_predict(X)")
    close_to(model.predict(STEP[0]), stages[1], ACCURACY, "predict(X)")


@case("agreement", sizes=(12, 40, 100), hint="Check F_1 first: the mean plus the learning rate times the first tree.")
def test_stumps(submission, rng, size):
    """Trees of depth 1"""
    check(submission, rng, size, n_estimators=6, learning_rate=0.3, max_depth=1, min_samples_leaf=2)


@case("agreement", sizes=(40, 90), hint="The root has depth 0: max_depth counts the splits above a leaf.")
def test_deeper_trees(submission, rng, size):
    """Trees of depth 2 and 3"""
    check(submission, rng, size, n_estimators=4, learning_rate=0.25, max_depth=2 if size < 60 else 3, min_samples_leaf=6)


@case("agreement", hint="Residuals are taken anew after every tree, and after the shrunken step.")
def test_many_trees(submission, rng):
    """Forty stumps"""
    check(submission, rng, 50, n_estimators=40, learning_rate=0.1, max_depth=1, min_samples_leaf=4)


@case("agreement", hint="The learning rate multiplies every tree, and not the mean.")
def test_several_learning_rates(submission, rng):
    """Learning rates of 0.05, 0.5 and 1"""
    for rate in (0.05, 0.5, 1.0):
        check(submission, rng, 40, n_estimators=3, learning_rate=rate, max_depth=2, min_samples_leaf=6)


@case("agreement", hint="A side of exactly min_samples_leaf samples is allowed, one less is not.")
def test_several_min_samples_leaf(submission, rng):
    """Leaves of at least 5, 10 and 15 of 31 samples"""
    for smallest in (5, 10, 15):
        check(submission, rng, 31, n_estimators=4, learning_rate=0.4, max_depth=1, min_samples_leaf=smallest)


@case("agreement", hint="Begin with the mean of y; with zero a few trees cannot make up for the level.")
def test_targets_far_from_zero(submission, rng):
    """Targets at 1000 times their spread, above zero and below"""
    for offset in (1000.0, -1000.0):
        check(submission, rng, 40, offset=offset, n_estimators=5, learning_rate=0.2, max_depth=2, min_samples_leaf=6)


@case("agreement", hint="Leaves answer with the mean, and errors are squared.")
def test_outliers(submission, rng):
    """Some targets far away from the rest"""
    limits = {"n_estimators": 4, "learning_rate": 0.3, "max_depth": 2, "min_samples_leaf": 6}

    def draw_all():
        X, y, queries = draw(rng, 60, **limits)
        y[rng.choice(60, size=4, replace=False)] += 30.0 * rng.uniform(0.5, 1.0, size=4)
        return X, y, queries

    fit_and_compare(submission, *datasets.drawn_until(lambda drawn: gradient_boosting(*drawn[:2], **limits).is_certain, draw_all), **limits)


@case("property", hint="A constant added to y moves all predictions; a factor multiplies them.")
def test_other_units_of_the_target(submission, rng):
    """Targets of scale 1e-3 and 1e3"""
    for scale in (1e-3, -1e3):
        check(submission, rng, 40, scale=scale, offset=2.0 * scale, n_estimators=4, learning_rate=0.3, max_depth=2, min_samples_leaf=6)


@case("property", hint="Each tree lowers the training error, unless there is nothing left to lower.")
def test_the_training_error_falls(submission, rng):
    """The squared error of the training data, tree by tree"""
    limits = {"n_estimators": 12, "learning_rate": 0.5, "max_depth": 1, "min_samples_leaf": 4}
    X, y, queries = draw(rng, 40, **limits)
    model = fit_and_compare(submission, X, y, queries, **limits)
    stages = array(model.staged_predict(X), "staged_predict(X)", shape=(12, 40))
    errors = np.square(y - stages).sum(axis=1)
    total = float(np.square(y - y.mean()).sum())
    monotone(errors, "the squared error of the training data", is_rising=False, tolerance=ACCURACY, scale=total)


@case("property", hint="Fewer trees are the first ones of more.")
def test_stages_are_smaller_models(submission, rng):
    """A model of three trees predicts what one of eight does after three"""
    limits = {"learning_rate": 0.3, "max_depth": 2, "min_samples_leaf": 6}
    X, y, queries = draw(rng, 50, n_estimators=8, **limits)
    right = gradient_boosting(X, y, n_estimators=8, **limits).staged(queries)
    model = submission.GradientBoostingRegressor(n_estimators=3, **limits).fit(X, y)
    close_to(model.predict(queries), right[2], ACCURACY, "predict(X) of three trees", scale=float(np.ptp(y)))


@case("property", hint="Features are compared one at a time; their order and their scale do not matter.")
def test_features_in_other_units(submission, rng):
    """Columns multiplied by powers of two, moved, and in another order"""
    limits = {"n_estimators": 4, "learning_rate": 0.3, "max_depth": 2, "min_samples_leaf": 6}
    X, y, queries = draw(rng, 40, 4, **limits)
    right = gradient_boosting(X, y, **limits)
    order, factors = np.array([2, 0, 3, 1]), np.array([0.25, 64.0, 1.0, 8.0])
    model = submission.GradientBoostingRegressor(**limits).fit((X * factors + 3.0)[:, order], y)
    close_to(model.staged_predict((queries * factors + 3.0)[:, order]), right.staged(queries), ACCURACY, "staged_predict(X)", scale=float(np.ptp(y)))


@case("edge", hint="With no possible split a tree is a leaf: the mean of the residuals, which is zero.")
def test_nothing_to_split(submission, rng):
    """Constant features, and too few samples for min_samples_leaf: the mean of y"""
    y = 4.0 + rng.normal(size=9)
    for X, smallest in ((np.ones((9, 2)), 1), (datasets.gaussian(rng, 9, 2), 5)):
        model = submission.GradientBoostingRegressor(n_estimators=3, min_samples_leaf=smallest).fit(X, y)
        close_to(model.staged_predict(X), np.full((3, 9), y.mean()), ACCURACY, "staged_predict(X)")


@case("edge", hint="Equal targets leave no residuals; there are as many stages as trees were asked for all the same.")
def test_equal_targets(submission, rng):
    """All targets are 7"""
    X = datasets.gaussian(rng, 8, 2)
    model = submission.GradientBoostingRegressor(n_estimators=4).fit(X, np.full(8, 7.0))
    close_to(model.predict(X), np.full(8, 7.0), ACCURACY, "predict(X)")
    close_to(model.staged_predict(X), np.full((4, 8), 7.0), ACCURACY, "staged_predict(X)")


@case("edge", hint="Values repeat: thresholds lie between different values only.")
def test_features_with_few_values(submission, rng):
    """Features that are whole numbers from 0 to 4: queries at every half"""
    limits = {"n_estimators": 3, "learning_rate": 0.5, "max_depth": 1, "min_samples_leaf": 3}

    def draw_both():
        X = rng.integers(0, 5, size=(40, 2)).astype(float)
        return X, X @ [1.0, -0.5] + rng.normal(size=40)

    X, y = datasets.drawn_until(lambda drawn: gradient_boosting(*drawn, **limits).is_certain, draw_both)
    halves = np.arange(-0.5, 5.0, 0.5)
    fit_and_compare(submission, X, y, np.column_stack([np.repeat(halves, len(halves)), np.tile(halves, len(halves))]), **limits)


@case("edge", hint="Convert to float64 first, as a midpoint needs one more bit; and values differ when they are not equal.")
def test_neighbouring_values_far_from_zero(submission, rng):
    """Values 1/64 apart, near 130,000 in float32 and near half a million in float64"""
    y = np.repeat([1.0, 9.0], [4, 8])
    limits = {"n_estimators": 3, "learning_rate": 0.5, "max_depth": 1}
    # From 2**17 to 2**18 float32 holds the multiples of 1/64, and the midpoint at the step is rounded up to a value.
    for base, form in ((2.0**17, datasets.float32), (2.0**19, np.asarray)):
        X = base + np.arange(12.0)[:, None] / 64
        model = submission.GradientBoostingRegressor(**limits).fit(form(X), y)
        compare(model, gradient_boosting(X, y, **limits), X, y)


@case("edge", hint="A split is made whenever the residuals are not all equal, however little it gains and however near they are.")
def test_splits_that_gain_little(submission, rng):
    """Two pairs of targets that are nearly equal, and two features that are of use together only"""
    # The pairs are 6e-9 apart at the smallest scale. One mean for a pair is off by 30 times the accuracy.
    pairs = (np.arange(4.0)[:, None], np.array([0.0, 6e-6, 10.0, 10.0 + 6e-6]))
    # A first split of the corners lowers the squared error by 4e-4 of itself at most, the second ones lower it to zero.
    corners = (np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0.0, 1.0, 0.99, 0.03]))
    for X, y in (pairs, corners):
        for scale in (1e-3, 1.0, 100.0):
            model = submission.GradientBoostingRegressor(n_estimators=1, learning_rate=1.0, max_depth=2).fit(X, scale * y)
            close_to(model.predict(X), scale * y, ACCURACY, "predict(X)", scale=scale * float(np.ptp(y)))


@case("edge", hint="Depth 3, a rate of 0.1 and leaves of a single sample are the defaults.")
def test_defaults_of_a_tree(submission, rng):
    """Two trees with the other parameters left out, on three features"""
    limits = {"n_estimators": 2, "learning_rate": 0.1, "max_depth": 3}
    X, y, queries = draw(rng, 20, **limits)
    model = submission.GradientBoostingRegressor(n_estimators=2).fit(X, y)
    right = gradient_boosting(X, y, **limits)
    compare(model, right, X, y)
    compare(model, right, queries, y, " of new points")


@case("edge", hint="A node of one sample is a leaf, above the greatest depth too.")
def test_a_sample_alone(submission, rng):
    """Three samples, of which the first split leaves one alone"""
    X = np.array([[0.0], [1.0], [2.0]])
    fit_and_compare(submission, X, np.array([4.0, 7.0, 8.0]), X + 0.25, n_estimators=3, learning_rate=0.5, max_depth=2)


@case("edge", hint="100 trees of depth 3 with a learning rate of 0.1 are the defaults.")
def test_defaults(submission, rng):
    """Defaults, on one feature and thirteen samples: a step that any tree finds"""
    X = np.arange(13.0)[:, None]
    y = np.where(X[:, 0] < 5, 1.0, 9.0)
    model = submission.GradientBoostingRegressor().fit(X, y)
    # Each tree takes a tenth of what is left, whatever it splits besides.
    left = 0.9 ** np.arange(1, 101)[:, None]
    close_to(model.staged_predict(X), y + left * (y.mean() - y), ACCURACY, "staged_predict(X)")


CLAUSE_LIMITS = {"n_estimators": 4, "learning_rate": 0.25, "max_depth": 2, "min_samples_leaf": 6}


def clause_inputs(rng):
    # Targets are rounded, and what float32 leaves of them must not decide a split either.
    def is_clear(drawn):
        return gradient_boosting(*drawn, **CLAUSE_LIMITS).is_certain

    def draw_both():
        X, y, _ = draw(rng, 40, **CLAUSE_LIMITS)
        return X, datasets.dyadic(y, bits=8)

    return datasets.drawn_until(is_clear, draw_both)


def clause_answers(model, X, y):
    return {
        "predict(X)": array(model.predict(X), "predict(X)", shape=(len(X),)),
        "staged_predict(X)": array(model.staged_predict(X), "staged_predict(X)", shape=(4, len(X))),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, y: submission.GradientBoostingRegressor(**CLAUSE_LIMITS).fit(X, y),
        answers=clause_answers,
        rows=("predict",),
        refit=lambda model, X, y: model.fit(X, y),
        float32_tolerance=ACCURACY,
    )
)
