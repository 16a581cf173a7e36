"""The exhaustive tree gives what scikit-learn gives, and knows every other right answer."""

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from reference.tree import SCORES, entropy, gini, regression_answers, tree_answers


def drawn(seed, n_samples=80, n_features=3, n_labels=3):
    rng = np.random.default_rng(seed)
    # Multiples of 1/64: scikit-learn keeps X as float32.
    X = np.rint(64 * rng.normal(size=(n_samples + 100, n_features))) / 64
    y = (X @ rng.normal(size=(n_features, n_labels)) + rng.normal(size=(len(X), n_labels))).argmax(axis=1)
    return X[:n_samples], 3 * y[:n_samples] - 4, X


def sklearn_labels(X, y, queries, random_state, **limits):
    return DecisionTreeClassifier(random_state=random_state, **limits).fit(X, y).predict(queries)


def is_allowed(answers, labels):
    return ((labels[:, None] == answers.labels) & answers.allowed).any(axis=1).all()


@pytest.mark.parametrize("criterion", ["gini", "entropy"])
@pytest.mark.parametrize("max_depth", [0, 1, 2, 3])
def test_a_tree_without_ties_is_that_of_scikit_learn(criterion, max_depth):
    """Where no splits tie, every certain answer is scikit-learn's."""
    compared = 0
    for seed in range(15):
        X, y, queries = drawn(seed)
        right = tree_answers(X, y, queries, max_depth=max_depth, score=SCORES[criterion])
        if right.n_tied or right.margin < 1e-6:
            continue
        if max_depth == 0:
            values, counts = np.unique(y, return_counts=True)
            labels = np.full(len(queries), values[counts.argmax()])
        else:
            labels = sklearn_labels(X, y, queries, 0, criterion=criterion, max_depth=max_depth)
        assert (right.first == labels)[right.is_certain].all()
        assert is_allowed(right, labels)
        compared += 1
    assert compared >= 3


@pytest.mark.parametrize("criterion", ["gini", "entropy"])
@pytest.mark.parametrize("limits", [{}, {"max_depth": 5}, {"min_samples_split": 7}])
def test_each_tree_of_scikit_learn_is_allowed(criterion, limits):
    """However scikit-learn breaks ties, its labels are among the right ones, and its ties are seen."""
    for seed in range(6):
        X, y, queries = drawn(seed, n_samples=60)
        right = tree_answers(X, y, queries, score=SCORES[criterion], **limits)
        given = np.array([sklearn_labels(X, y, queries, state, criterion=criterion, **limits) for state in range(5)])
        assert all(is_allowed(right, labels) for labels in given)
        assert not right.is_certain[(given != given[0]).any(axis=0)].any()


def test_few_answers_are_left_open():
    """A full tree on noisy data is certain about more than a third of new points, so the set is not idle."""
    shares = [tree_answers(*drawn(seed)).is_certain[80:].mean() for seed in range(10)]
    assert np.mean(shares) > 1 / 3


def test_impurities_have_their_closed_forms():
    """k equally frequent labels have gini 1 - 1/k and entropy log2 k; one label has none."""
    for k in range(1, 6):
        counts = np.append(np.full(k, 7.0), 0.0)
        assert gini(counts) == pytest.approx(1 - 1 / k, abs=1e-15)
        assert entropy(counts) == pytest.approx(np.log2(k), abs=1e-15)


def test_exclusive_or_is_learnt_without_gain():
    """Both features tie at the root with zero gain, and every corner keeps its label."""
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.array([0, 1, 1, 0])
    right = tree_answers(X, y, X)
    assert right.n_tied == 1
    np.testing.assert_array_equal(right.first, y)
    assert right.is_certain.all()


def test_a_query_between_two_values_may_go_either_way():
    """The open interval between the two values is left open; its ends are not."""
    X, y = np.array([[1.0], [2.0]]), np.array([5, 3])
    right = tree_answers(X, y, np.array([[1.0], [1.5], [2.0]]))
    np.testing.assert_array_equal(right.is_certain, [True, False, True])
    np.testing.assert_array_equal(right.labels[right.allowed[[0, 2]].argmax(axis=1)], [5, 3])


def test_a_leaf_takes_the_smallest_of_equally_frequent_labels():
    """Alike samples make a leaf, whatever the order of their labels."""
    for y in ([9, -2, 9, -2], [-2, 9, 9, -2]):
        right = tree_answers(np.zeros((4, 2)), np.array(y), np.zeros((1, 2)))
        assert right.first[0] == -2
        assert right.is_certain.all()


def test_min_samples_split_counts_a_node_of_just_that_size_as_large_enough():
    """Four samples are split at min_samples_split=4 and not at 5."""
    X, y = np.arange(4.0)[:, None], np.array([1, 1, 1, 0])
    assert tree_answers(X, y, X, min_samples_split=4).first[3] == 0
    assert tree_answers(X, y, X, min_samples_split=5).first[3] == 1


def test_alternating_labels_make_a_chain():
    """Two labels in turn: one end is cut off at a time, so a depth of n - 1 is needed and enough."""
    X, y = np.arange(12.0)[:, None], np.arange(12) % 2
    np.testing.assert_array_equal(tree_answers(X, y, X, max_depth=11).first, y)
    assert not tree_answers(X, y, X, max_depth=10).is_certain.all()


def test_ties_without_end_are_refused():
    """Sixteen samples, each with a column and a label of its own, can be parted in all orders."""
    with pytest.raises(ValueError, match="ties"):
        tree_answers(np.eye(16), np.arange(16), np.zeros((1, 16)))


def drawn_numbers(seed, n_samples=60, n_features=3):
    rng = np.random.default_rng(seed)
    X = np.rint(64 * rng.normal(size=(n_samples + 80, n_features))) / 64
    y = np.rint(16 * (np.sin(2 * X[:, 0]) + X[:, 1] * X[:, 2] + rng.normal(size=len(X)))) / 16
    return X[:n_samples], y[:n_samples], X


REGRESSION_LIMITS = [
    {"max_depth": 1},
    {"max_depth": 3},
    {"max_depth": 3, "min_samples_leaf": 7},
    {"max_depth": 4, "min_samples_split": 20},
]


@pytest.mark.parametrize("limits", REGRESSION_LIMITS)
def test_a_regression_tree_without_ties_is_that_of_scikit_learn(limits):
    """Where no splits tie, scikit-learn's predictions are allowed, and equal the only value where there is one."""
    compared = 0
    for seed in range(12):
        X, y, queries = drawn_numbers(seed)
        right = regression_answers(X, y, queries, **limits)
        if right.n_tied or right.margin < 1e-6:
            continue
        theirs = DecisionTreeRegressor(random_state=0, **limits).fit(X, y).predict(queries)
        np.testing.assert_allclose(right.nearest(theirs), theirs, rtol=0, atol=1e-12)
        single = right.allowed.sum(axis=1) == 1
        assert single.mean() > 0.8
        np.testing.assert_array_equal(right.lowest[single], right.highest[single])
        compared += 1
    assert compared >= 3


@pytest.mark.parametrize("limits", [{}, {"min_samples_leaf": 3}, {"max_depth": 6}])
def test_each_regression_tree_of_scikit_learn_is_allowed(limits):
    """However scikit-learn breaks ties, what it predicts is among the right values."""
    for seed in range(4):
        X, y, queries = drawn_numbers(seed)
        right = regression_answers(X, y, queries, **limits)
        for random_state in range(5):
            theirs = DecisionTreeRegressor(random_state=random_state, **limits).fit(X, y).predict(queries)
            np.testing.assert_allclose(right.nearest(theirs), theirs, rtol=0, atol=1e-12)


def test_the_best_regression_split_has_the_least_squared_error():
    """Brute force over all thresholds finds the same two means."""
    X, y, _ = drawn_numbers(3, n_samples=25)
    best = np.inf
    for j in range(X.shape[1]):
        for t in np.unique(X[:, j])[:-1]:
            left = X[:, j] <= t
            error = ((y[left] - y[left].mean()) ** 2).sum() + ((y[~left] - y[~left].mean()) ** 2).sum()
            if error < best:
                best, means = error, np.where(left, y[left].mean(), y[~left].mean())
    np.testing.assert_allclose(regression_answers(X, y, X, max_depth=1).lowest, means, rtol=1e-12)


def test_a_regression_query_inside_a_gap_may_go_either_way():
    """Between two neighbouring values both leaves are right; the whole tree is one leaf at depth 0."""
    X, y = np.array([[0.0], [1.0], [4.0]]), np.array([2.0, 2.0, 8.0])
    right = regression_answers(X, y, np.array([[1.0], [2.0], [4.0]]))
    np.testing.assert_allclose(right.lowest, [2, 2, 8])
    np.testing.assert_allclose(right.highest, [2, 8, 8])
    np.testing.assert_allclose(right.nearest(np.array([5.1, 5.1, 5.1])), [2, 8, 8])
    np.testing.assert_allclose(regression_answers(X, y, X, max_depth=0).lowest, 4.0)
