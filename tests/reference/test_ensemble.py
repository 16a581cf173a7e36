"""Ensembles against scikit-learn's trees."""

import numpy as np
import pytest
from sklearn.ensemble import AdaBoostClassifier, GradientBoostingClassifier, GradientBoostingRegressor
from sklearn.tree import DecisionTreeClassifier

from reference.ensemble import Stump, adaboost, gradient_boosting, logistic_boosting, random_forest


def draw(seed, n_candidates):
    n_samples, n_features, n_trees, max_depth = 90, 4, 3, 3
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(n_samples, n_features)), rng.integers(0, 3, size=n_samples) * 2 + 1
    samples = rng.integers(0, n_samples, size=(n_trees, n_samples))
    allowed = [np.sort(rng.choice(n_features, size=n_candidates, replace=False)) for _ in range(n_trees)]
    features = np.repeat(np.array(allowed)[:, None, :], 2**max_depth - 1, axis=1)
    return X, y, samples, features, rng.normal(size=(200, n_features))


@pytest.mark.parametrize("n_candidates", [2, 4])
def test_trees_with_one_subset_are_those_of_scikit_learn(n_candidates):
    """Where all nodes of a tree have the same candidates, it is a tree on these columns of its bootstrap sample."""
    compared = 0
    for seed in range(40):
        X, y, samples, features, queries = draw(seed, n_candidates)
        forest = random_forest(X, y, samples, features, 3)
        # Of splits that tie, scikit-learn takes any.
        if not forest.is_certain or any(tree.n_tied for tree in forest.trees):
            continue
        compared += 1
        theirs = []
        for rows, allowed in zip(samples, features, strict=True):
            tree = DecisionTreeClassifier(max_depth=3, random_state=0).fit(X[rows][:, allowed[0]], y[rows])
            theirs.append(tree.predict_proba(queries[:, allowed[0]]))
        np.testing.assert_allclose(forest.predict_proba(queries), np.mean(theirs, axis=0), atol=1e-12)
    assert compared >= 3


def test_each_node_has_its_own_candidates():
    """The root may split by the first feature alone, its left child by the second, its right child by the third."""
    X = np.array([[i >> 2 & 1, i >> 1 & 1, i & 1] for i in range(8)], dtype=float)
    y = np.array([0, 0, 1, 1, 0, 1, 0, 1])
    features = np.array([[[0], [1], [2]]])
    forest = random_forest(X, y, np.arange(8)[None, :], features, 2)
    np.testing.assert_array_equal(forest.trees[0].feature[:3], [0, 1, 2])
    np.testing.assert_array_equal(forest.predict_proba(X).argmax(axis=1), y)


def test_a_class_that_no_tree_drew_keeps_its_column():
    """Shares have a column for every label of y."""
    X, y = np.array([[0.0], [1.0], [2.0]]), np.array([5, 7, 9])
    forest = random_forest(X, y, np.array([[0, 0, 2]]), np.zeros((1, 1, 1), dtype=int), 1)
    np.testing.assert_array_equal(forest.predict_proba(X), [[1, 0, 0], [1, 0, 0], [0, 0, 1]])


def test_splits_that_tie_by_rounding_alone_are_not_certain():
    """Mirrored counts tie mathematically; equal counts tie in any arithmetic."""
    features = np.zeros((1, 1, 1), dtype=int)
    X, y = np.arange(4.0)[:, None], np.array([0, 1, 0, 1])
    assert not random_forest(X, y, np.arange(4)[None, :], features, 1).is_certain
    twice = np.column_stack([X, X])
    y = np.array([0, 0, 0, 1])
    assert random_forest(twice, y, np.arange(4)[None, :], np.array([[[0, 1]]]), 1).is_certain


@pytest.mark.parametrize("max_depth", [1, 2, 3])
def test_gradient_boosting_agrees_with_scikit_learn(max_depth):
    """Predictions after every tree, where each split is clearly the best; float32 holds the features exactly."""
    limits = {"n_estimators": 8, "learning_rate": 0.3, "max_depth": max_depth, "min_samples_leaf": 6}
    compared = 0
    for seed in range(10):
        rng = np.random.default_rng(seed)
        X, queries = np.round(64 * rng.normal(size=(80, 3))) / 64, np.round(64 * rng.normal(size=(50, 3))) / 64
        y = 20.0 + np.abs(X[:, 0]) + X[:, 1] * X[:, 2] + 0.3 * rng.normal(size=80)
        mine = gradient_boosting(X, y, **limits)
        if not mine.is_certain:
            continue
        compared += 1
        theirs = GradientBoostingRegressor(**limits).fit(X, y)
        expected = np.array(list(theirs.staged_predict(queries)))
        np.testing.assert_allclose(mine.staged(queries), expected, rtol=1e-10)
    assert compared >= 3


@pytest.mark.parametrize("max_depth", [1, 2])
def test_logistic_boosting_agrees_with_scikit_learn(max_depth):
    """Log-odds after every tree, where each split is clearly the best; float32 holds the features exactly."""
    limits = {"n_estimators": 5, "learning_rate": 0.4, "max_depth": max_depth, "min_samples_leaf": 8}
    compared = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        X, queries = np.round(64 * rng.normal(size=(80, 3))) / 64, np.round(64 * rng.normal(size=(50, 3))) / 64
        y = (X[:, 0] + X[:, 1] * X[:, 2] + rng.normal(size=80) > 0.4).astype(int)
        mine = logistic_boosting(X, y, **limits)
        if not mine.is_certain:
            continue
        compared += 1
        theirs = GradientBoostingClassifier(**limits).fit(X, y)
        expected = np.array(list(theirs.staged_decision_function(queries)))[:, :, 0]
        np.testing.assert_allclose(mine.staged(queries), expected, rtol=1e-9, atol=1e-12)
    assert compared >= 3


def test_a_leaf_of_logistic_boosting_makes_a_newton_step():
    """One leaf for all, off the share of ones, takes the step that the derivatives of its log-loss ask for."""
    X, y = np.array([[0.0], [0.0], [1.0], [1.0], [1.0]]), np.array([0, 1, 1, 1, 0])
    mine = logistic_boosting(X, y, n_estimators=1, learning_rate=1.0, max_depth=1)
    left = X[:, 0] == 0

    def loss(score):
        return np.logaddexp(0.0, score) * left.sum() - score * y[left].sum()

    step = 1e-4
    around = [loss(mine.start + delta) for delta in (-step, 0.0, step)]
    slope = (around[2] - around[0]) / (2 * step)
    curvature = (around[2] - 2 * around[1] + around[0]) / step**2
    assert mine.staged(X)[0, 0] == pytest.approx(mine.start - slope / curvature, rel=1e-5)


def test_adaboost_agrees_with_scikit_learn():
    """The same stumps, with half of scikit-learn's weights."""
    compared = 0
    for seed in range(10):
        rng = np.random.default_rng(seed)
        X, queries = np.round(64 * rng.normal(size=(60, 3))) / 64, np.round(64 * rng.normal(size=(50, 3))) / 64
        y = np.where(X[:, 0] - X[:, 1] + rng.normal(size=60) > 0, 1, -1)
        mine = adaboost(X, y, 6)
        # A tree stump chooses by Gini impurity, which need not be the least error.
        theirs = AdaBoostClassifier(DecisionTreeClassifier(max_depth=1), n_estimators=6, random_state=0).fit(X, y)
        same = [
            (tree.tree_.feature[0], tree.tree_.threshold[0]) == (stump.feature, stump.threshold)
            for tree, stump in zip(theirs.estimators_, mine.stumps, strict=True)
        ]
        n_same = 6 if all(same) else same.index(False)
        compared += n_same
        np.testing.assert_allclose(mine.alphas[:n_same], theirs.estimator_weights_[:n_same] / 2, rtol=1e-10)
        for tree, stump in zip(theirs.estimators_[:n_same], mine.stumps, strict=False):
            np.testing.assert_array_equal(stump.votes(queries), tree.predict(queries))
    assert compared >= 10


def test_adaboost_lowers_the_exponential_loss_by_what_the_error_says():
    """After each round the loss is the product of 2 sqrt(e (1 - e)), which alpha gives as 1 / cosh(alpha)."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(50, 2))
    y = np.where(X[:, 0] + rng.normal(size=50) > 0, 1, -1)
    for n_estimators in (1, 2, 5, 20):
        mine = adaboost(X, y, n_estimators)
        loss = np.exp(-y * mine.decision_function(X)).mean()
        assert loss == pytest.approx(np.prod(1.0 / np.cosh(mine.alphas)), rel=1e-10)


def test_adaboost_ends():
    """Exclusive or has no stump, and a perfect one ends it."""
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    assert len(adaboost(X, np.array([-1, 1, 1, -1]), 5).alphas) == 0
    perfect = adaboost(X, np.array([-1, -1, 1, 1]), 5)
    assert perfect.stumps == (Stump(0, 0.5, 1),)
    np.testing.assert_allclose(perfect.alphas, 0.5 * np.log((1 - 1e-10) / 1e-10))
