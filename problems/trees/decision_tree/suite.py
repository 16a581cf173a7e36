"""Hidden cases of the classification tree: labels are compared with all that right trees may give.

Up to depth 3 the data is drawn until no splits tie. Deeper trees always have
ties; there, any label that tied best splits lead to is right. A query that
lies between the two values of a threshold may go either way.
"""

import numpy as np

from judge import datasets
from judge.agreement import array, equal_to
from judge.clauses import Description, common_clauses
from judge.suite import case, picture, race
from reference.tree import SCORES, entropy, gini, tree_answers

# The second-best split is worse by this share of the node's impurity, or tied to 1e-9. Honest rounding errs by 1e-15,
# logarithms with 1e-9 added inside by 1e-8; among tens of samples different splits seldom come nearer than 1e-4.
MARGIN = 1e-6


def compare(model, queries, right):
    """Check that each predicted label is one that a right tree gives."""
    given = model.predict(queries)
    mine = array(given, "predict(X)", shape=(len(queries),), kind="int")
    is_right = ((mine[:, None] == right.labels) & right.allowed).any(axis=1)
    equal_to(given, np.where(is_right, mine, right.first), "predict(X)")


def fit_and_compare(submission, X, y, queries, criterion="gini", **limits):
    """Fit one tree and compare its answers."""
    model = submission.DecisionTreeClassifier(criterion=criterion, **limits).fit(X, y)
    compare(model, queries, tree_answers(X, y, queries, score=SCORES[criterion], **limits))


def draw(rng, n_samples, n_features=4, n_labels=3):
    """Draw noisy labelled samples, and queries: the samples themselves and as many new points and more."""
    X = datasets.dyadic(datasets.gaussian(rng, n_samples + 150, n_features))
    score = X @ rng.normal(size=(n_features, n_labels)) + rng.normal(size=(len(X), n_labels))
    labels = np.sort(rng.choice(np.arange(-9, 40), size=n_labels, replace=False))
    return X[:n_samples], labels[score.argmax(axis=1)][:n_samples], X


def differ(right, *others):
    """Tell whether each of the other trees is wrong for some query, however ties are broken."""
    return all((~(right.allowed & other.allowed).any(axis=1)).any() for other in others)


def is_clear(*trees):
    """Tell whether no split of these trees is nearly as good as a better one."""
    return all(tree.margin > MARGIN for tree in trees)


def is_unique(*trees):
    """Tell whether these trees have one best split everywhere."""
    return is_clear(*trees) and all(tree.n_tied == 0 for tree in trees)


@case("sample")
def test_one_threshold(submission, rng):
    """Six samples on a line, told apart by one threshold"""
    X = np.array([[1.0], [2.0], [3.0], [7.0], [8.0], [9.0]])
    y = np.array([0, 0, 0, 1, 1, 1])
    fit_and_compare(submission, X, y, np.array([[-5.0], [2.5], [3.0], [7.0], [20.0]]))


@case("sample", hint="No first split lowers the impurity here. Split all the same; the second one helps.")
def test_exclusive_or(submission, rng):
    """Exclusive or: the first split gains nothing, and is made all the same"""
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.array([0, 1, 1, 0])
    for criterion in SCORES:
        fit_and_compare(submission, X, y, X, criterion)


@case("sample", hint="The root has depth 0. Of equally frequent labels in a leaf, the smallest is the answer.")
def test_depth_is_limited(submission, rng):
    """Trees of depth 0, 1 and 2, worked out by hand"""
    X = np.array([[1.0], [2.0], [3.0], [4.0], [5.0], [6.0]])
    y = np.array([7, 7, 7, 5, 2, 2])
    for max_depth, labels in ((0, [7] * 6), (1, [7, 7, 7, 2, 2, 2]), (2, [7, 7, 7, 5, 2, 2])):
        model = submission.DecisionTreeClassifier(max_depth=max_depth).fit(X, y)
        equal_to(model.predict(X), labels, f"predict(X) at max_depth={max_depth}")


@case("agreement", sizes=(16, 40, 90), hint="Try every feature and threshold; max_depth counts splits above a leaf.")
def test_shallow_trees(submission, rng, size):
    """Depth 1, 2 and 3, gini and entropy, no ties"""
    max_depth = {16: 1, 40: 2, 90: 3}[size]

    def is_good(drawn):
        X, y, queries = drawn
        for score in SCORES.values():
            right = tree_answers(X, y, queries, max_depth=max_depth, score=score)
            if not is_unique(right) or not differ(
                right,
                tree_answers(X, y, queries, max_depth=max_depth - 1, score=score),
                tree_answers(X, y, queries, max_depth=max_depth + 1, score=score),
            ):
                return False
        return True

    X, y, queries = datasets.drawn_until(is_good, lambda: draw(rng, size))
    for criterion in SCORES:
        fit_and_compare(submission, X, y, queries, criterion, max_depth=max_depth)


@case("agreement", hint="Look at every feature, the first and the last too.")
def test_every_feature_counts(submission, rng):
    """Each of three columns is needed"""

    def is_good(drawn):
        X, y, queries = drawn
        right = tree_answers(X, y, queries, max_depth=2)
        without = [tree_answers(np.delete(X, j, 1), y, np.delete(queries, j, 1), max_depth=2) for j in range(3)]
        return is_unique(right) and differ(right, *without)

    X, y, queries = datasets.drawn_until(is_good, lambda: draw(rng, 60, n_features=3))
    fit_and_compare(submission, X, y, queries, max_depth=2)


def unweighted(impurity):
    """A mistake: both children count the same, however many samples they hold."""
    return lambda left, right: (impurity(left) + impurity(right)) / 2


def error_rate(left, right):
    """A mistake: the share of samples outside the majority."""
    return 1 - (left.max(axis=-1) + right.max(axis=-1)) / (left + right).sum(axis=-1)


def gain_ratio(left, right):
    """A mistake: C4.5's criterion, turned so that the least is best."""
    total = left + right
    sides = np.stack([left.sum(axis=-1), right.sum(axis=-1)], axis=-1)
    return 1 - (entropy(total) - SCORES["entropy"](left, right)) / entropy(sides)


@case("agreement", hint="Weigh each child's impurity by its share of the samples, and use the criterion asked for.")
def test_criteria_disagree(submission, rng):
    """Data on which gini, entropy and their neighbours choose different splits"""

    def is_good(drawn):
        trees = {name: tree_answers(*drawn, max_depth=2, score=score) for name, score in SCORES.items()}
        wrong = [
            tree_answers(*drawn, max_depth=2, score=score)
            for score in (unweighted(gini), unweighted(entropy), error_rate, gain_ratio)
        ]
        one, two = trees.values()
        return is_unique(one, two) and differ(one, two, *wrong) and differ(two, *wrong)

    for n_labels in (2, 4):
        X, y, queries = datasets.drawn_until(is_good, lambda: draw(rng, 60, n_labels=n_labels))
        for criterion in SCORES:
            fit_and_compare(submission, X, y, queries, criterion, max_depth=2)


@case("agreement", hint="Without max_depth a node is split until it holds one label, or samples that are all alike.")
def test_deep_trees(submission, rng):
    """Depth 4, 5 and without limit; any of equally good splits is right"""

    def is_good(drawn):
        for score in SCORES.values():
            trees = [tree_answers(*drawn, max_depth=depth, score=score) for depth in (3, 4, 5, 6, None)]
            is_certain = trees[-1].is_certain.mean() > 0.5
            if not (is_certain and is_clear(*trees) and all(differ(*pair) for pair in zip(trees, trees[1:]))):
                return False
        return True

    X, y, queries = datasets.drawn_until(is_good, lambda: draw(rng, 60))
    for criterion in SCORES:
        for max_depth in (4, 5, None):
            fit_and_compare(submission, X, y, queries, criterion, max_depth=max_depth)


@case("agreement", hint="A threshold separates two different values: equal values always go the same way.")
def test_repeated_values(submission, rng):
    """Columns of few distinct values, samples in the order of their labels"""

    def draw_repeated():
        X, y, _ = draw(rng, 60, n_features=3)
        X, order = np.clip(np.rint(X), -1.0, 2.0), np.argsort(y, kind="stable")
        return X[order], y[order], X

    for direction in (1, -1):
        X, y, queries = datasets.drawn_until(
            lambda drawn: all(is_unique(tree_answers(*drawn, max_depth=2, score=score)) for score in SCORES.values()),
            draw_repeated,
        )
        for criterion in SCORES:
            fit_and_compare(submission, X[::direction], y[::direction], queries, criterion, max_depth=2)


@case("property", hint="A node with exactly min_samples_split samples is split; one with fewer is a leaf.")
def test_small_nodes_are_leaves(submission, rng):
    """min_samples_split decides for nodes of just that size"""

    def telling(drawn):
        """The numbers at which one more or one less makes another tree."""
        trees = [tree_answers(*drawn, min_samples_split=least) for least in range(2, 17)]
        if not is_clear(*trees):
            return []
        return [i + 2 for i in range(2, 14) if differ(trees[i], trees[i + 1])]

    X, y, queries = datasets.drawn_until(lambda drawn: len(telling(drawn)) >= 2, lambda: draw(rng, 50))
    for least in (*telling((X, y, queries)), len(X) + 1):
        fit_and_compare(submission, X, y, queries, min_samples_split=least)
    # The root has as many samples as are needed.
    fit_and_compare(submission, X, y, queries, max_depth=1, min_samples_split=len(X))
    # Both limits hold, also where one of them decides nothing: the right child has two samples and stays a leaf.
    line = np.arange(4.0)[:, None]
    fit_and_compare(submission, line, np.array([0, 0, 1, 0]), line, max_depth=3, min_samples_split=3)


@case(
    "property",
    hint="As long as a node is impure and its samples differ, split it, even without gain.",
    given=lambda st: {
        "samples": st.lists(
            st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)),
            min_size=1,
            max_size=10,
            unique_by=lambda sample: sample[:2],
        )
    },
)
def test_distinct_samples_are_learnt_by_heart(submission, rng, samples):
    """A tree without limits gives every training sample its own label"""
    *columns, y = np.array(samples).T
    X = np.column_stack(columns).astype(float)
    model = submission.DecisionTreeClassifier().fit(X, y)
    equal_to(model.predict(X), y, "predict(X)")


@case("property", hint="Only the order of a feature's values matters; do not round them or use a grid of thresholds.")
def test_scale_and_offset_do_not_matter(submission, rng):
    """Columns of scale one thousandth and one thousand, far from zero"""
    # Powers of two, so that float32 holds every number exactly.
    scale, offset = np.array([2.0**-10, 1.0, 2.0**10]), np.array([1.0, -64.0, 2.0**14])

    def draw_scaled():
        X, y, queries = draw(rng, 60, n_features=3)
        return X * scale + offset, y, queries * scale + offset

    X, y, queries = datasets.drawn_until(lambda drawn: is_unique(tree_answers(*drawn, max_depth=2)), draw_scaled)
    fit_and_compare(submission, X, y, queries, max_depth=2)
    deep = datasets.drawn_until(lambda drawn: is_clear(tree_answers(*drawn)), draw_scaled)
    fit_and_compare(submission, *deep)
    # Pairs that are 2.4e-7 apart, with different labels: no threshold between them can be rounded to six decimals.
    column = np.repeat(rng.permutation(4096)[:15] * 2.0**-20, 2) + np.tile([0.0, 2.0**-22], 15)
    y = np.tile([0, 1], 15)
    equal_to(submission.DecisionTreeClassifier().fit(column[:, None], y).predict(column[:, None]), y, "predict(X)")


@case("property", hint="Values are equal when they are exactly equal: no tolerance decides that, and float32 has seven digits only.")
def test_values_that_hardly_differ(submission, rng):
    """Pairs that differ by 4e-9 of their size, with different labels, in columns of three scales"""
    y = np.tile([0, 1], 12)
    for scale in (1e-3, 1.0, 1e3):
        X = scale * (np.repeat(rng.permutation(12) + 1.0, 2) * np.tile([1.0, 1.0 + 4e-9], 12))[:, None]
        equal_to(submission.DecisionTreeClassifier().fit(X, y).predict(X), y, "predict(X)")


@case("edge", hint="Labels are names: count positions among the different ones, and keep the labels themselves as they are.")
def test_large_labels(submission, rng):
    """Labels of up to 2^53 in size"""
    X, y = np.arange(20.0)[:, None], rng.permutation(np.repeat([-(2**53), 3, 2**40, 2**53 - 1, 2**53], 4))
    equal_to(submission.DecisionTreeClassifier().fit(X, y).predict(X), y, "predict(X)")


@case("edge", hint="Take the best split, whatever its decrease is: rounding makes less than nothing out of zero.")
def test_decreases_of_exactly_zero(submission, rng):
    """Every label is as frequent on either side of both possible splits"""
    for n_labels in (3, 5, 6, 7):
        places = np.indices((n_labels, n_labels)).reshape(2, -1).T
        X, y = (places < 1).astype(float), places.sum(axis=1) % n_labels
        for criterion in SCORES:
            fit_and_compare(submission, X, y, X, criterion)


@case("edge", hint="Alike samples cannot be split. Count their labels; of equally frequent ones take the smallest.")
def test_alike_samples_with_different_labels(submission, rng):
    """Repeated samples whose labels contradict each other"""
    # Equal values end in one leaf in every right tree, so the answer is each value's own majority.
    blocks = [[9, 4], [4, 4, 9], [30, 9, 30, 9], [-2, 4, -2], [30, 4, 9], [9, -2]]
    order = rng.permutation(len(blocks))
    values = np.concatenate([np.full(len(blocks[k]), float(i)) for i, k in enumerate(order)])
    X = np.column_stack([np.full(len(values), 3.0), values])
    y = np.concatenate([blocks[k] for k in order])
    answers = np.array([4, 4, 9, -2, 4, -2])[order]
    for criterion in SCORES:
        model = submission.DecisionTreeClassifier(criterion=criterion).fit(X, y)
        equal_to(model.predict(np.column_stack([np.full(6, 3.0), np.arange(6.0)])), answers, "predict(X)")


@case("edge", hint="A tree may be a single leaf: max_depth=0, one label, one sample, or no feature that varies.")
def test_a_single_leaf(submission, rng):
    """Trees that have no split at all"""
    X, y = datasets.gaussian(rng, 5, 2), np.array([8, 3, 8, 3, -1])
    for samples, labels, answer, limits in (
        (X, y, 3, {"max_depth": 0}),
        (X, np.full(5, 4), 4, {}),
        (X[:1], y[:1], 8, {}),
        (np.ones((5, 2)), y, 3, {}),
    ):
        model = submission.DecisionTreeClassifier(**limits).fit(samples, labels)
        equal_to(model.predict(X), np.full(5, answer), f"predict(X) of {len(samples)} samples")


@case("edge", hint="max_depth=None means no limit: a tree of n samples may be n - 1 deep.")
def test_a_long_chain(submission, rng):
    """Two labels in turn along a line: the best split is always at an end"""
    X = np.arange(41.0)[:, None]
    order = rng.permutation(41)
    y = np.arange(41) % 2
    for criterion in SCORES:
        model = submission.DecisionTreeClassifier(criterion=criterion).fit(X[:3], y[:3])
        equal_to(model.predict(X[:3]), y[:3], "predict(X)")
        # A second fit begins without a limit too.
        model.fit(X[order], y[order])
        equal_to(model.predict(X), y, "predict(X)")


@case("edge", hint="A node is pure when all its labels are equal; one stranger among hundreds is split off.")
def test_one_stranger_among_many(submission, rng):
    """400 samples on a line, of which one has another label"""
    X, y = np.arange(400.0)[:, None], np.zeros(400, dtype=np.int64)
    y[int(rng.integers(100, 300))] = 1
    for criterion in ("gini", "entropy"):
        equal_to(submission.DecisionTreeClassifier(criterion=criterion).fit(X, y).predict(X), y, "predict(X)")


def clause_inputs(rng):
    X, y, _ = datasets.drawn_until(lambda drawn: is_unique(tree_answers(*drawn, max_depth=3)), lambda: draw(rng, 60))
    return X, y


def clause_answers(model, X, y):
    return {"predict(X)": array(model.predict(X), "predict(X)", shape=(len(X),), kind="int")}


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, y: submission.DecisionTreeClassifier(max_depth=3).fit(X, y),
        answers=clause_answers,
        rows=("predict",),
        refit=lambda model, X, y: model.fit(X, y),
    )
)


class Grown:
    """The answer of a timed run, dressed as a fitted model."""

    def __init__(self, labels):
        self.labels = labels

    def predict(self, X):
        return self.labels


def agrees(mine, rivals):
    """The labels of a timed run are right."""
    X, y, queries, labels = mine
    compare(Grown(labels), queries, tree_answers(X, y, queries, max_depth=4))


@race(
    limit=150.0,
    agree=agrees,
    hint="Sort a feature once per node and keep running counts of the labels; do not count anew for each threshold.",
)
def test_time_on_six_thousand_samples(contender, rng):
    """6000 samples, 2 columns, 3 labels, depth 4"""
    X = datasets.dyadic(datasets.gaussian(rng, 6000, 2), bits=14)
    y = (X @ rng.normal(size=(2, 3)) + rng.normal(size=(6000, 3))).argmax(axis=1)
    model = contender.DecisionTreeClassifier(max_depth=4).fit(X, y)
    return X, y, X[:200], model.predict(X[:200])


@picture
def regions(axes, answers):
    """Training samples as dots, queries as crosses, by label (the first two columns)"""
    for X, labels, marker in (
        (answers.given("fit", 0), answers.given("fit", 1), "o"),
        (answers.given("predict", 0), answers["predict"], "x"),
    ):
        colours = np.searchsorted(np.unique(answers.given("fit", 1)), labels)
        axes.scatter(X[:, 0], X[:, 1] if X.shape[1] > 1 else np.zeros(len(X)), c=colours, marker=marker, cmap="tab10", vmin=0, vmax=9)
