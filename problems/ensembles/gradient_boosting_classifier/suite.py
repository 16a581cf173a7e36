"""Hidden cases of gradient boosting for two classes: no splits tie, so the log-odds after every tree are compared."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, equal_to, monotone, probability_rows
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.ensemble import logistic_boosting

# The statement's number. float64 reaches 1e-12; the nearest mistakes, one sample on the other side of a threshold or
# one tree fewer, are off by 1e-3 and more.
ACCURACY = 1e-8
# The statement's numbers: signs of smaller log-odds are not judged, and no leaf divides by less.
CLEAR = 1e-6
CURVATURE = 0.01

STUMPS = {"n_estimators": 5, "learning_rate": 0.4, "max_depth": 1, "min_samples_leaf": 4}
SMALL_TREES = {"n_estimators": 4, "learning_rate": 0.4, "max_depth": 2, "min_samples_leaf": 6}


def is_certain(X, y, **limits):
    """Tell whether both labels occur, every split is clearly the best one, and no leaf is nearly decided."""
    if y.min() == y.max():
        return False
    right = logistic_boosting(X, y, **limits)
    return right.is_certain and right.least_curvature > CURVATURE


def draw(rng, n_samples, n_features=3, *, level=0.0, noise=0.7, **limits):
    """Draw samples, labels and new points; the log-odds are a bent surface, moved by `level`."""

    def draw_all():
        X = datasets.dyadic(datasets.gaussian(rng, n_samples + 20, n_features))
        odds = np.abs(X[:, 0]) + X @ rng.normal(size=n_features) + 0.5 * X[:, 0] * X[:, -1] - 1.0 + level
        y = (odds + noise * rng.logistic(size=len(X)) > 0).astype(np.int64)
        return X[:n_samples], y[:n_samples], X[n_samples:]

    return datasets.drawn_until(lambda drawn: is_certain(*drawn[:2], **limits), draw_all)


def compare(model, stages, X, what):
    """Compare all answers at X with the log-odds after every tree."""
    unit = 1.0 + float(np.abs(stages).max())
    close_to(model.staged_decision_function(X), stages, ACCURACY, f"staged_decision_function{what}", scale=unit)
    close_to(model.decision_function(X), stages[-1], ACCURACY, f"decision_function{what}", scale=unit)
    ones = 1.0 / (1.0 + np.exp(-stages[-1]))
    proba = probability_rows(model.predict_proba(X), f"predict_proba{what}", shape=(len(X), 2), tolerance=ACCURACY)
    close_to(proba, np.column_stack([1.0 - ones, ones]), ACCURACY, f"predict_proba{what}", scale=1.0)
    equal_to(model.predict(X), stages[-1] > 0, f"predict{what}", where=np.abs(stages[-1]) > CLEAR)


def fit_and_compare(submission, X, y, queries, **limits):
    """Fit once, and compare on the training data, on new points and on the threshold of the first split."""
    model = submission.GradientBoostingClassifier(**limits).fit(X, y)
    right = logistic_boosting(X, y, **limits)
    queries = queries.copy()
    first = right.trees[0]
    queries[: len(queries) // 2, first.feature[0]] = first.threshold[0]
    compare(model, right.staged(X), X, "(X)")
    compare(model, right.staged(queries), queries, "(X) of new points")
    return model


LINE = np.array([[1.0], [2.0], [3.0], [4.0]])


@case("sample", hint="F_0 = 0 and all p are 1/2: the leaves have the sums -1 and 1, divided by 1/2.")
def test_one_tree_by_hand(submission, rng):
    """Four samples, one stump, learning rate 1/2: log-odds of -1 and 1"""
    model = submission.GradientBoostingClassifier(n_estimators=1, learning_rate=0.5, max_depth=1)
    model = model.fit(LINE, np.array([0, 0, 1, 1]))
    queries = np.array([[0.0], [2.5], [2.6], [9.0]])
    compare(model, np.array([[-1.0, -1.0, 1.0, 1.0]]), queries, "(X)")


@case("sample", hint="F_0 = log(3). A split at 1.5 has the residuals -3/4 | 1/4, 1/4, 1/4, over 3/16 for each sample.")
def test_more_ones_than_zeros(submission, rng):
    """Labels 0, 1, 1, 1: log-odds of log(3) - 2 and log(3) + 2/3"""
    model = submission.GradientBoostingClassifier(n_estimators=1, learning_rate=0.5, max_depth=1)
    model = model.fit(LINE, np.array([0, 1, 1, 1]))
    compare(model, np.log(3.0) + np.array([[-2.0, 2.0 / 3.0, 2.0 / 3.0, 2.0 / 3.0]]), LINE, "(X)")


@case("agreement", sizes=(12, 100), hint="Check F_1 first: the log-odds of all, plus the rate times the first tree.")
def test_stumps(submission, rng, size):
    """Trees of depth 1"""
    limits = STUMPS | {"min_samples_leaf": 2 if size < 20 else 4}
    fit_and_compare(submission, *draw(rng, size, **limits), **limits)


@case("agreement", hint="The root has depth 0: max_depth counts the splits above a leaf.")
def test_deeper_trees(submission, rng):
    """Trees of depth 3"""
    limits = {"n_estimators": 2, "learning_rate": 0.25, "max_depth": 3, "min_samples_leaf": 8}
    fit_and_compare(submission, *draw(rng, 80, **limits), **limits)


@case("agreement", hint="Probabilities are taken anew after every tree, and so are residuals and denominators.")
def test_many_trees(submission, rng):
    """Twenty stumps"""
    limits = STUMPS | {"n_estimators": 20, "learning_rate": 0.2}
    fit_and_compare(submission, *draw(rng, 40, **limits), **limits)


@case("agreement", hint="The learning rate multiplies every tree, and not F_0.")
def test_several_learning_rates(submission, rng):
    """Learning rates of 0.05 and 1"""
    for rate in (0.05, 1.0):
        limits = SMALL_TREES | {"learning_rate": rate, "n_estimators": 3}
        fit_and_compare(submission, *draw(rng, 40, **limits), **limits)


@case("agreement", hint="A side of exactly min_samples_leaf samples is allowed, one less is not.")
def test_several_min_samples_leaf(submission, rng):
    """Leaves of at least 5, 10 and 15 of 31 samples"""
    for smallest in (5, 10, 15):
        limits = STUMPS | {"min_samples_leaf": smallest}
        fit_and_compare(submission, *draw(rng, 31, **limits), **limits)


@case("agreement", hint="F_0 is the logarithm of the odds of label 1: far from zero where one label is rare.")
def test_a_rare_label(submission, rng):
    """One label in seven samples or fewer, of either kind"""
    for level, rare in ((-2.5, 1), (3.0, 0)):

        def draw_rare(level=level, rare=rare):
            return datasets.drawn_until(
                lambda drawn: 4 <= (drawn[1] == rare).sum() <= 10, lambda: draw(rng, 70, level=level, **STUMPS)
            )

        fit_and_compare(submission, *draw_rare(), **STUMPS)


def splits_one_label(X, y, **limits):
    """Tell whether some tree splits a child of its root whose labels are all alike."""

    def is_pure(leaves, node):
        return len(np.unique(y[np.isin(leaves, [2 * node + 1, 2 * node + 2])])) == 1

    trees = logistic_boosting(X, y, **limits).trees
    return any(tree.feature[node] >= 0 and is_pure(tree.leaves(X), node) for tree in trees for node in (1, 2))


@case("agreement", hint="From the second tree on, samples of one label have different residuals: their node is split.")
def test_nodes_of_one_label(submission, rng):
    """Trees that go on splitting where all labels are alike"""
    limits = SMALL_TREES | {"min_samples_leaf": 1}
    drawn = datasets.drawn_until(lambda it: splits_one_label(*it[:2], **limits), lambda: draw(rng, 26, 2, **limits))
    fit_and_compare(submission, *drawn, **limits)


@case("agreement", hint="A node of exactly twice min_samples_leaf samples can be split, into halves.")
def test_nodes_of_two_smallest_leaves(submission, rng):
    """Trees that split a node of 12 samples into leaves of 6, the least that is allowed"""

    def halves(X, y, _):
        trees = logistic_boosting(X, y, **SMALL_TREES).trees
        return any((tree.totals[tree.feature >= 0, 0] == 2 * SMALL_TREES["min_samples_leaf"]).any() for tree in trees)

    drawn = datasets.drawn_until(lambda it: halves(*it), lambda: draw(rng, 30, 2, **SMALL_TREES))
    fit_and_compare(submission, *drawn, **SMALL_TREES)


@case("property", hint="Turning the labels round turns the signs of F, and exchanges the two probabilities.")
def test_labels_turned_round(submission, rng):
    """Labels 0 and 1 exchanged"""
    X, y, queries = draw(rng, 40, **SMALL_TREES)
    stages = logistic_boosting(X, y, **SMALL_TREES).staged(queries)
    model = submission.GradientBoostingClassifier(**SMALL_TREES).fit(X, 1 - y)
    compare(model, -stages, queries, "(X)")


@case("property", hint="Each leaf lowers its part of the log-loss, as long as the learning rate is small.")
def test_the_log_loss_falls(submission, rng):
    """The mean log-loss of the training data, tree by tree"""
    limits = STUMPS | {"n_estimators": 12, "learning_rate": 0.1}
    X, y, queries = draw(rng, 40, **limits)
    model = fit_and_compare(submission, X, y, queries, **limits)
    stages = array(model.staged_decision_function(X), "staged_decision_function(X)", shape=(12, 40))
    losses = (np.logaddexp(0.0, stages) - y * stages).mean(axis=1)
    monotone(losses, "the log-loss of the training data", is_rising=False, tolerance=ACCURACY)


@case("property", hint="Fewer trees are the first ones of more.")
def test_stages_are_smaller_models(submission, rng):
    """A model of three trees answers what one of six does after three"""
    X, y, queries = draw(rng, 50, **STUMPS | {"n_estimators": 6})
    stages = logistic_boosting(X, y, **STUMPS | {"n_estimators": 6}).staged(queries)
    model = submission.GradientBoostingClassifier(**STUMPS | {"n_estimators": 3}).fit(X, y)
    compare(model, stages[:3], queries, "(X)")


@case("property", hint="Features are compared one at a time; their order and their scale do not matter.")
def test_features_in_other_units(submission, rng):
    """Columns multiplied by powers of two, moved, and in another order"""
    X, y, queries = draw(rng, 40, 4, **SMALL_TREES)
    stages = logistic_boosting(X, y, **SMALL_TREES).staged(queries)
    order, factors = np.array([2, 0, 3, 1]), np.array([0.25, 64.0, 1.0, 8.0])
    model = submission.GradientBoostingClassifier(**SMALL_TREES).fit((X * factors + 3.0)[:, order], y)
    compare(model, stages, (queries * factors + 3.0)[:, order], "(X)")


@case("edge", hint="A node of one sample is a leaf, above the greatest depth too.")
def test_a_sample_alone(submission, rng):
    """Three samples, of which the first split leaves one alone"""
    X, limits = np.array([[0.0], [1.0], [2.0]]), SMALL_TREES | {"min_samples_leaf": 1}
    fit_and_compare(submission, X, np.array([0, 1, 1]), X + 0.25, **limits)


@case("edge", hint="With no possible split a tree is one leaf, whose residuals add up to zero: F stays at F_0.")
def test_nothing_to_split(submission, rng):
    """Constant features, and too few samples for min_samples_leaf"""
    y = np.array([1, 0, 1, 1, 0, 1, 1, 0, 1])
    for X, smallest in ((np.ones((9, 2)), 1), (datasets.gaussian(rng, 9, 2), 5)):
        model = submission.GradientBoostingClassifier(n_estimators=3, min_samples_leaf=smallest).fit(X, y)
        compare(model, np.full((3, 9), np.log(2.0)), X, "(X)")


@case("edge", hint="Values repeat: thresholds lie between different values only.")
def test_features_with_few_values(submission, rng):
    """Features that are whole numbers from 0 to 4: queries at every half"""
    limits = STUMPS | {"n_estimators": 3}

    def draw_both():
        X = rng.integers(0, 5, size=(40, 2)).astype(float)
        return X, (X @ [1.0, -0.5] - 1.0 + rng.logistic(size=40) > 0).astype(np.int64)

    X, y = datasets.drawn_until(lambda drawn: is_certain(*drawn, **limits), draw_both)
    halves = np.arange(-0.5, 5.0, 0.5)
    grid = np.column_stack([np.repeat(halves, len(halves)), np.tile(halves, len(halves))])
    fit_and_compare(submission, X, y, grid, **limits)


@case("edge", hint="Convert to float64 first, as a midpoint needs one more bit; and values differ when they are not equal.")
def test_neighbouring_values_far_from_zero(submission, rng):
    """Values 1/64 apart, near 130,000 in float32 and near half a million in float64, asked for in either"""
    y = np.repeat([0, 1], [4, 8])
    # From 2**17 to 2**18 float32 holds the multiples of 1/64, and the midpoint between the labels is rounded up to a value.
    for base, form in ((2.0**17, datasets.float32), (2.0**19, np.asarray)):
        X = base + np.arange(12.0)[:, None] / 64
        model = submission.GradientBoostingClassifier(**STUMPS).fit(form(X), y)
        stages = logistic_boosting(X, y, **STUMPS).staged(X)
        compare(model, stages, X, "(X)")
        compare(model, stages, form(X), "(X) in the precision of fit")


@case("edge", hint="A leaf whose samples have one label goes on moving, by 1 / p or 1 / (1 - p).")
def test_separable_labels(submission, rng):
    """A gap between the labels: every tree splits there, and the log-odds grow"""
    X, y = np.arange(12.0)[:, None], np.repeat([0, 1], [5, 7])
    limits = {"n_estimators": 8, "learning_rate": 0.5, "max_depth": 1, "min_samples_leaf": 1}
    fit_and_compare(submission, X, y, np.arange(-1.0, 13.0, 0.5)[:, None], **limits)


@case("edge", hint="100 trees of depth 3 with a learning rate of 0.1 are the defaults.")
def test_defaults(submission, rng):
    """Defaults, on a feature of two values"""
    X, y = np.repeat([[0.0], [1.0]], 8, axis=0), np.array([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1])
    model = submission.GradientBoostingClassifier().fit(X, y)
    # Each tree has a leaf for each value, and no other split is possible.
    shares, odds, stages = np.array([2 / 8, 7 / 8]), np.full(2, np.log(9 / 7)), []
    for _ in range(100):
        p = 1.0 / (1.0 + np.exp(-odds))
        odds = odds + 0.1 * (shares - p) / (p * (1.0 - p))
        stages.append(np.repeat(odds, 8))
    compare(model, np.array(stages), X, "(X)")


@case("edge", hint="Parameters may come by position, in the order of the interface.")
def test_all_parameters_by_position(submission, rng):
    """GradientBoostingClassifier(3, 0.4, 1, 4)"""
    limits = STUMPS | {"n_estimators": 3}
    X, y, queries = draw(rng, 40, **limits)
    model = submission.GradientBoostingClassifier(*limits.values()).fit(X, y)
    compare(model, logistic_boosting(X, y, **limits).staged(queries), queries, "(X)")


@case("edge", hint="Depth 3, a rate of 0.1 and leaves of a single sample are the defaults.")
def test_defaults_of_a_tree(submission, rng):
    """Ten trees with the other parameters left out, on three features"""
    limits = {"n_estimators": 10, "learning_rate": 0.1, "max_depth": 3}

    def shows(X, y, queries):
        shallow = logistic_boosting(X, y, **limits | {"max_depth": 2}).staged(X)
        return np.abs(logistic_boosting(X, y, **limits).staged(X) - shallow).max() > 0.01

    X, y, queries = datasets.drawn_until(lambda it: shows(*it), lambda: draw(rng, 40, **limits))
    model = submission.GradientBoostingClassifier(n_estimators=10).fit(X, y)
    right = logistic_boosting(X, y, **limits)
    compare(model, right.staged(X), X, "(X)")
    compare(model, right.staged(queries), queries, "(X) of new points")


@case("edge", hint="Neither p nor F is cut off: where p is nearly 0 or 1, residuals and denominators are small and exact.")
def test_nearly_certain_labels(submission, rng):
    """100 samples with a gap between the labels and a learning rate of 1: probabilities below 1/3000"""
    n_zeros = int(rng.integers(45, 56))
    X, y = np.arange(100.0)[:, None], np.repeat([0, 1], [n_zeros, 100 - n_zeros])
    limits = {"n_estimators": 8, "learning_rate": 1.0, "max_depth": 1, "min_samples_leaf": 1}
    fit_and_compare(submission, X, y, np.arange(-1.0, 101.0, 3.0)[:, None], **limits)


@case("edge", hint="Neither p nor F is cut off, however far it goes: the samples beside a certain one keep their leaf's denominator.")
def test_log_odds_beyond_twelve(submission, rng):
    """Twenty stumps with a learning rate of 1 and hardly any noise: some probabilities below 1e-5"""
    limits = {"n_estimators": 20, "learning_rate": 1.0, "max_depth": 1, "min_samples_leaf": 10}
    drawn = datasets.drawn_until(
        lambda it: np.abs(logistic_boosting(*it[:2], **limits).staged(it[0])).max() > 12.0,
        lambda: draw(rng, 100, 2, noise=0.1, **limits),
    )
    fit_and_compare(submission, *drawn, **limits)


CLAUSE_LIMITS = STUMPS | {"n_estimators": 3}


def clause_inputs(rng):
    def is_clear(drawn):
        # Labels are compared, so no log-odds may be near zero, in float32 arithmetic either.
        return np.abs(logistic_boosting(*drawn[:2], **CLAUSE_LIMITS).staged(drawn[0])[-1]).min() > 0.02

    return datasets.drawn_until(is_clear, lambda: draw(rng, 24, **CLAUSE_LIMITS))[:2]


def clause_answers(model, X, y):
    return {
        "decision_function(X)": array(model.decision_function(X), "decision_function(X)", shape=(len(X),)),
        "staged_decision_function(X)": array(
            model.staged_decision_function(X), "staged_decision_function(X)", shape=(3, len(X))
        ),
        "predict_proba(X)": array(model.predict_proba(X), "predict_proba(X)", shape=(len(X), 2)),
        "predict(X)": array(model.predict(X), "predict(X)", shape=(len(X),), kind="int"),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, y: submission.GradientBoostingClassifier(**CLAUSE_LIMITS).fit(X, y),
        answers=clause_answers,
        rows=("decision_function", "predict_proba", "predict"),
        refit=lambda model, X, y: model.fit(X, y),
    )
)
