"""Hidden cases of the regression tree: predictions are compared with all that right trees may give.

Splits that cut a node's samples into the same two parts tie, which happens in
small nodes. Any prediction that tied best splits lead to is right, and so is
either side for a query between the two values of a threshold.
"""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to
from judge.clauses import Description, common_clauses
from judge.suite import case, picture, race
from reference.tree import regression_answers

# The statement's number. Means of 100 numbers err by 1e-15; targets differ by 1/16 at least, so the nearest mistake in
# a mean is 1e-4 and more of the largest target.
ACCURACY = 1e-9
# The second-best split is worse by this share of the node's squared error, or tied to 1e-9. Running sums of squares err
# by 1e-11 of it at the largest offset (100 times the spread).
MARGIN = 1e-6


def compare(given, y, right):
    """Check that each prediction is one that a right tree gives."""
    mine = array(given, "predict(X)", shape=right.lowest.shape)
    close_to(given, right.nearest(mine), ACCURACY, "predict(X)", scale=np.abs(y).max())


def fit_and_compare(submission, X, y, queries, **limits):
    """Fit one tree and compare its answers."""
    model = submission.DecisionTreeRegressor(**limits).fit(X, y)
    compare(model.predict(queries), y, regression_answers(X, y, queries, **limits))


def draw(rng, n_samples, n_features=4):
    """Draw noisy samples of a bent surface, and queries: the samples themselves and as many new points and more."""
    X = datasets.dyadic(datasets.gaussian(rng, n_samples + 100, n_features))
    y = 2 * np.abs(X[:, 0]) + X @ rng.normal(size=n_features) + rng.normal(size=len(X))
    return X[:n_samples], datasets.dyadic(y[:n_samples], bits=4), X


def differ(right, *others, by=1e-3):
    """Tell whether each of the other trees is wrong for some query, however ties are broken."""
    return all(((right.highest < other.lowest - by) | (other.highest < right.lowest - by)).any() for other in others)


def is_clear(*trees):
    """Tell whether no split of these trees is nearly as good as a better one."""
    return all(tree.margin > MARGIN for tree in trees)


def is_unique(*trees):
    """Tell whether these trees have one best split everywhere."""
    return is_clear(*trees) and all(tree.n_tied == 0 for tree in trees)


@case("sample", hint="The best threshold separates {1, 2, 3} from {7, 8, 9}; the means are 3 and 12.")
def test_one_threshold(submission, rng):
    """Six samples on a line, a tree of depth 1"""
    X = np.array([[1.0], [2.0], [3.0], [7.0], [8.0], [9.0]])
    y = np.array([2.0, 4.0, 3.0, 11.0, 12.0, 13.0])
    model = submission.DecisionTreeRegressor(max_depth=1).fit(X, y)
    queries = np.array([[-5.0], [2.5], [3.0], [7.0], [20.0]])
    close_to(model.predict(queries), [3.0, 3.0, 3.0, 12.0, 12.0], ACCURACY, "predict(X)")


@case("sample", hint="The root has depth 0. The first split is between 4 and 5, the next between 1 and 2.")
def test_depth_is_limited(submission, rng):
    """Trees of depth 0, 1 and 2, worked out by hand"""
    X = np.array([[1.0], [2.0], [3.0], [4.0], [5.0], [6.0]])
    y = np.array([0, 3, 3, 3, 13, 14])
    for max_depth, answers in (
        (0, [6.0] * 6),
        (1, [2.25, 2.25, 2.25, 2.25, 13.5, 13.5]),
        (2, [0.0, 3.0, 3.0, 3.0, 13.0, 14.0]),
    ):
        model = submission.DecisionTreeRegressor(max_depth=max_depth).fit(X, y)
        close_to(model.predict(X), answers, ACCURACY, f"predict(X) at max_depth={max_depth}")


@case("sample", hint="No first split lowers the error here. Split all the same; the second one helps.")
def test_exclusive_or(submission, rng):
    """Exclusive or: the first split gains nothing, and is made all the same"""
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.array([1.0, 5.0, 5.0, 1.0])
    close_to(submission.DecisionTreeRegressor().fit(X, y).predict(X), y, ACCURACY, "predict(X)")


@case("agreement", sizes=(12, 40, 90), hint="Try every feature and threshold; max_depth counts splits above a leaf.")
def test_shallow_trees(submission, rng, size):
    """Depth 1, 2 and 3, no ties"""
    max_depth = {12: 1, 40: 2, 90: 3}[size]

    def is_good(drawn):
        right, less, more = (regression_answers(*drawn, max_depth=max_depth + i) for i in (0, -1, 1))
        return is_unique(right) and differ(right, less, more)

    X, y, queries = datasets.drawn_until(is_good, lambda: draw(rng, size))
    fit_and_compare(submission, X, y, queries, max_depth=max_depth)


@case("agreement", hint="Look at every feature, the first and the last too.")
def test_every_feature_counts(submission, rng):
    """Each of three columns is needed"""

    def is_good(drawn):
        X, y, queries = drawn
        right = regression_answers(X, y, queries, max_depth=2)
        without = [regression_answers(np.delete(X, j, 1), y, np.delete(queries, j, 1), max_depth=2) for j in range(3)]
        return is_unique(right) and differ(right, *without)

    fit_and_compare(submission, *datasets.drawn_until(is_good, lambda: draw(rng, 60, n_features=3)), max_depth=2)


def of_variances(weight, power=1.0, ddof=0):
    """A mistake: another sum over both children, of some power of their variances."""

    def score(left, right):
        total = 0.0
        for side in (left, right):
            n = side[..., 0]
            variance = np.maximum(side[..., 2] - side[..., 1] ** 2 / n, 0.0) / np.maximum(n - ddof, 1)
            total = total + weight(n) * variance**power
        return total

    return score


NEIGHBOURS = (
    of_variances(np.ones_like),
    of_variances(lambda n: n, power=0.5),
    of_variances(lambda n: n, ddof=1),
    of_variances(np.sqrt),
)


@case("agreement", hint="Each child counts with the sum of its squared errors: its variance times its number of samples.")
def test_criteria_disagree(submission, rng):
    """Data on which the squared error and its neighbours choose different splits"""

    def is_good(drawn):
        right = regression_answers(*drawn, max_depth=2)
        return is_unique(right) and differ(right, *(regression_answers(*drawn, max_depth=2, score=s) for s in NEIGHBOURS))

    for n_samples in (20, 50):
        fit_and_compare(submission, *datasets.drawn_until(is_good, lambda: draw(rng, n_samples, 3)), max_depth=2)


@case("agreement", hint="Means are pulled by outliers, and so are splits: medians and absolute errors are not asked for.")
def test_outliers_pull_the_means(submission, rng):
    """A few targets far from the others"""

    def draw_skewed():
        X, y, queries = draw(rng, 50)
        return X, y + np.where(rng.random(50) < 0.2, 24.0, 0.0), queries

    X, y, queries = datasets.drawn_until(lambda drawn: is_unique(regression_answers(*drawn, max_depth=2)), draw_skewed)
    fit_and_compare(submission, X, y, queries, max_depth=2)


@case("agreement", hint="However little the best split gains, it is made, and the next ones may gain much.")
def test_small_gains_count(submission, rng):
    """A chessboard: the first split gains less than a hundredth of the error"""
    board = np.array([[i, j] for i in range(6) for j in range(6)], dtype=float)
    colour = np.where((board[:, 0] < 3) == (board[:, 1] < 3), 8.0, -8.0)

    def draw_board():
        return board, colour + datasets.dyadic(0.25 * rng.normal(size=36), bits=4), board

    def is_good(drawn):
        X, y, _ = drawn
        right, stump = (regression_answers(*drawn, max_depth=depth) for depth in (2, 1))
        gain = 1 - ((stump.lowest - y) ** 2).sum() / ((y - y.mean()) ** 2).sum()
        return is_unique(right) and gain < 0.005 and differ(right, stump, by=1.0)

    fit_and_compare(submission, *datasets.drawn_until(is_good, draw_board), max_depth=2)


@case("agreement", hint="Without max_depth a node is split until its targets are equal or no split is possible.")
def test_deep_trees(submission, rng):
    """Depth 4, 5 and without limit; any of equally good splits is right"""

    def is_good(drawn):
        trees = [regression_answers(*drawn, max_depth=depth) for depth in (3, 4, 5, 6, None)]
        return is_clear(*trees) and all(differ(*pair) for pair in zip(trees, trees[1:]))

    X, y, queries = datasets.drawn_until(is_good, lambda: draw(rng, 60))
    for max_depth in (4, 5, None):
        fit_and_compare(submission, X, y, queries, max_depth=max_depth)


@case("agreement", hint="A threshold separates two different values: equal values always go the same way.")
def test_repeated_values(submission, rng):
    """Columns of few distinct values, samples in the order of their targets"""

    def draw_repeated():
        X, y, _ = draw(rng, 60, n_features=3)
        X, order = np.clip(np.rint(X), -1.0, 2.0), np.argsort(y, kind="stable")
        return X[order], y[order], X

    is_good = lambda drawn: is_unique(regression_answers(*drawn, max_depth=2))
    for direction in (1, -1):
        X, y, queries = datasets.drawn_until(is_good, draw_repeated)
        fit_and_compare(submission, X[::direction], y[::direction], queries, max_depth=2)


def telling(drawn, limit, numbers):
    """Return the limits at which one more or one less makes another tree, none when a split is not clear."""
    trees = [regression_answers(*drawn, **{limit: number}) for number in numbers]
    if not is_clear(*trees):
        return []
    return [n for n, *three in zip(numbers[1:], trees, trees[1:], trees[2:]) if differ(three[1], three[0], three[2])]


@case("property", hint="A node with exactly min_samples_split samples is split; one with fewer is a leaf.")
def test_small_nodes_are_leaves(submission, rng):
    """min_samples_split decides for nodes of just that size"""
    numbers = range(3, 14)
    drawn = datasets.drawn_until(
        lambda drawn: len(telling(drawn, "min_samples_split", numbers)) >= 2, lambda: draw(rng, 50)
    )
    for least in (*telling(drawn, "min_samples_split", numbers), len(drawn[0]) + 1):
        fit_and_compare(submission, *drawn, min_samples_split=least)
    # The root has as many samples as are needed.
    fit_and_compare(submission, *drawn, max_depth=1, min_samples_split=len(drawn[0]))


@case("property", hint="A split with too small a side is no candidate: take the best of the others, if there is one.")
def test_leaves_are_not_small(submission, rng):
    """min_samples_leaf rules out some splits, and the best of the others is taken"""
    numbers = range(1, 10)
    drawn = datasets.drawn_until(
        lambda drawn: len(telling(drawn, "min_samples_leaf", numbers)) >= 2, lambda: draw(rng, 50)
    )
    for least in (*telling(drawn, "min_samples_leaf", numbers), 25, 26):
        fit_and_compare(submission, *drawn, min_samples_leaf=least)


@case("property", hint="Split 3 from the rest leaves one sample alone; with two samples a side only one split is left.")
def test_the_best_split_may_be_ruled_out(submission, rng):
    """The best split leaves one sample alone, and min_samples_leaf=2 forbids it"""
    X = np.array([[1.0], [2.0], [3.0], [4.0], [5.0]])
    y = np.array([0.0, 1.0, 2.0, 1.0, 90.0])
    model = submission.DecisionTreeRegressor(max_depth=1, min_samples_leaf=2).fit(X, y)
    close_to(model.predict(X), [1.0, 1.0, 1.0, 45.5, 45.5], ACCURACY, "predict(X)")


@case(
    "property",
    hint="As long as a node's targets differ and its samples do, split it, even without gain.",
    given=lambda st: {
        "samples": st.lists(
            st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(-2, 2)),
            min_size=1,
            max_size=10,
            unique_by=lambda sample: sample[:2],
        )
    },
    examples=15,
)
def test_distinct_samples_are_learnt_by_heart(submission, rng, samples):
    """A tree without limits gives every training sample its own target"""
    *columns, y = np.array(samples).T
    X = np.column_stack(columns).astype(float)
    model = submission.DecisionTreeRegressor().fit(X, y.astype(float))
    close_to(model.predict(X), y, ACCURACY, "predict(X)", scale=2.0)


@case("property", hint="Only the order of a feature's values matters, and only differences of targets.")
def test_scale_and_offset_do_not_matter(submission, rng):
    """Columns and targets of scale one thousandth and one thousand, and far from zero"""
    # Powers of two, so that float32 holds every number exactly.
    scale, offset = np.array([2.0**-10, 1.0, 2.0**10]), np.array([1.0, -64.0, 2.0**14])
    for y_scale, y_offset in ((1.0, 0.0), (2.0**-10, 0.0), (2.0**10, 0.0), (1.0, 256.0), (1.0, -256.0)):
        X, y, queries = datasets.drawn_until(
            lambda drawn: is_unique(regression_answers(*drawn, max_depth=2)), lambda: draw(rng, 60, n_features=3)
        )
        X, queries = X * scale + offset, queries * scale + offset
        fit_and_compare(submission, X, y * y_scale + y_offset, queries, max_depth=2)


@case("property", hint="Begin the search with no split, not with a decrease of zero: zero may come out as -1e-17.")
def test_exclusive_or_in_any_unit(submission, rng):
    """Exclusive or with numbers of which the decrease of zero is rounded to less"""

    def draw():
        first, second = rng.choice(np.arange(1, 160), size=2, replace=False) / 16 * rng.uniform(0.01, 1.0)
        return np.array([first, second, second, first])

    def by_variances(y):
        return 4 * y.var() - 2 * y[:2].var() - 2 * y[2:].var()

    def by_sums(y):
        return y[:2].sum() ** 2 / 2 + y[2:].sum() ** 2 / 2 - y.sum() ** 2 / 4

    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    for decrease in (by_variances, by_sums) * 3:
        y = datasets.drawn_until(lambda y: decrease(y) < 0, draw)
        close_to(submission.DecisionTreeRegressor().fit(X, y).predict(X), y, ACCURACY, "predict(X)")


@case("edge", hint="Targets are equal, and values of a column too, when they are exactly equal; no tolerance decides that.")
def test_small_differences_far_from_zero(submission, rng):
    """Targets that differ by 1/16 beside 8000, in a column whose values differ by 1/1024 beside 131 072"""
    X = 2.0**17 + np.arange(12.0)[:, None] / 1024
    y = 8000.0 + 200.0 * rng.permutation(np.repeat([0, 1], 6)) + np.tile([0.0, 1 / 16], 6)
    order = rng.permutation(12)
    model = submission.DecisionTreeRegressor().fit(X[order], y[order])
    close_to(model.predict(X), y, ACCURACY, "predict(X)")


@case("edge", hint="Targets are equal when they are exactly equal: in small units all variances are small.")
def test_targets_in_small_units(submission, rng):
    """Twelve different targets, multiples of 1/16 of a thousandth"""
    X, y = np.arange(12.0)[:, None], 1e-3 * rng.permutation(12) / 16
    close_to(submission.DecisionTreeRegressor().fit(X, y).predict(X), y, ACCURACY, "predict(X)")


@case("edge", hint="Take the split with the largest decrease, however little larger: a fixed tolerance is large in small units.")
def test_decreases_in_small_units(submission, rng):
    """Targets of zero to three sixteenths of a thousandth, whose decreases differ by 1e-8 and less"""

    def draw_small():
        X, _, queries = draw(rng, 40, n_features=3)
        return X, 1e-3 * rng.integers(0, 4, size=40) / 16, queries

    is_good = lambda drawn: is_unique(regression_answers(*drawn, max_depth=2))
    for _ in range(3):
        fit_and_compare(submission, *datasets.drawn_until(is_good, draw_small), max_depth=2)


@case("edge", hint="Means of whole numbers need not be whole: do not keep them in an array of integers.")
def test_whole_targets(submission, rng):
    """Integer targets have fractional means"""
    X = np.arange(7.0)[:, None]
    model = submission.DecisionTreeRegressor(max_depth=1).fit(X, np.array([1, 2, 2, 20, 21, 21, 21]))
    close_to(model.predict(X), [5 / 3] * 3 + [83 / 4] * 4, ACCURACY, "predict(X)")


@case("edge", hint="Alike samples cannot be split: they share a leaf, which answers with their mean.")
def test_alike_samples_with_different_targets(submission, rng):
    """Repeated samples whose targets contradict each other"""
    blocks = [[9, 4], [4, 4, 9], [30, 8, 30, 8], [-2, 4, -2], [30, 4, 9], [8, -2]]
    order = rng.permutation(len(blocks))
    values = np.concatenate([np.full(len(blocks[k]), float(i)) for i, k in enumerate(order)])
    X = np.column_stack([np.full(len(values), 3.0), values])
    model = submission.DecisionTreeRegressor().fit(X, np.concatenate([np.array(blocks[k], dtype=float) for k in order]))
    answers = np.array([np.mean(blocks[k]) for k in order])
    close_to(model.predict(np.column_stack([np.full(6, 3.0), np.arange(6.0)])), answers, ACCURACY, "predict(X)")


@case("edge", hint="A tree may be a single leaf: max_depth=0, equal targets, one sample, or no possible split.")
def test_a_single_leaf(submission, rng):
    """Trees that have no split at all"""
    X, y = datasets.gaussian(rng, 5, 2), np.array([8.0, 3.0, 8.0, 3.0, -1.0])
    for samples, targets, answer, limits in (
        (X, y, 4.2, {"max_depth": 0}),
        (X, np.full(5, 0.75), 0.75, {}),
        (X[:1], y[:1], 8.0, {}),
        (np.ones((5, 2)), y, 4.2, {}),
        (X, y, 4.2, {"min_samples_leaf": 3}),
    ):
        model = submission.DecisionTreeRegressor(**limits).fit(samples, targets)
        close_to(model.predict(X), np.full(5, answer), ACCURACY, f"predict(X) of {len(samples)} samples", scale=8.0)


@case("edge", hint="max_depth=None means no limit: a tree of n samples may be n - 1 deep.")
def test_a_long_chain(submission, rng):
    """Targets that grow fivefold from sample to sample: the best split always takes the last one off"""
    X = np.arange(16.0)[:, None]
    order = rng.permutation(16)
    y = 5.0 ** np.arange(16)
    model = submission.DecisionTreeRegressor().fit(X[order], y[order])
    close_to(model.predict(X), y, ACCURACY, "predict(X)")


@case("edge", hint="fit leaves max_depth as it was given: without a limit now, without a limit in the next fit.")
def test_forty_levels(submission, rng):
    """Zeros and ones in turn, 40 levels deep, after a fit of two samples"""
    # A side of one sample at either end is best at every node, so that trees are 40 deep however ties are broken.
    X, y = np.arange(41.0)[:, None], np.arange(41.0) % 2
    order = rng.permutation(41)
    model = submission.DecisionTreeRegressor().fit(X[:2], y[:2])
    close_to(model.predict(X[:2]), y[:2], ACCURACY, "predict(X) of two samples")
    close_to(model.fit(X[order], y[order]).predict(X), y, ACCURACY, "predict(X)")


def clause_inputs(rng):
    X, y, _ = datasets.drawn_until(lambda drawn: is_unique(regression_answers(*drawn, max_depth=3)), lambda: draw(rng, 60))
    return X, y


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, y: submission.DecisionTreeRegressor(max_depth=3).fit(X, y),
        answers=lambda model, X, y: {"predict(X)": array(model.predict(X), "predict(X)", shape=(len(X),))},
        rows=("predict",),
        refit=lambda model, X, y: model.fit(X, y),
        float32_tolerance=ACCURACY,
    )
)


def agrees(mine, rivals):
    """The predictions of a timed run are right."""
    X, y, queries, given = mine
    compare(given, y, regression_answers(X, y, queries, max_depth=4))


@race(
    limit=150.0,
    agree=agrees,
    hint="Sort a feature once per node and keep running sums; do not compute both errors anew for each threshold.",
)
def test_time_on_five_thousand_samples(contender, rng):
    """5000 samples, 2 columns, depth 4"""
    X = datasets.dyadic(datasets.gaussian(rng, 5000, 2), bits=14)
    y = datasets.dyadic(2 * np.abs(X[:, 0]) + X @ rng.normal(size=2) + rng.normal(size=5000), bits=4)
    model = contender.DecisionTreeRegressor(max_depth=4).fit(X, y)
    return X, y, X[:200], model.predict(X[:200])


@picture
def steps(axes, answers):
    """Targets as dots, predictions as crosses (the first column)"""
    axes.scatter(answers.given("fit", 0)[:, 0], answers.given("fit", 1), c="grey", s=14)
    axes.scatter(answers.given("predict", 0)[:, 0], answers["predict"], c="tab:red", marker="x", s=30)
