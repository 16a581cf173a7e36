"""The interior point method agrees with scikit-learn, closes the duality gap and meets the conditions of an optimum."""

import numpy as np
import pytest
from sklearn.svm import SVC

from reference.svm import (
    gaussian_kernel,
    hinge_objective,
    kernel_svm,
    linear_svm,
    null_value,
    primal_value,
    support_vectors,
    violating_pairs,
)


def data(seed, n_samples=40, n_features=3, noise=1.0):
    """Return samples away from zero, and labels that a plane nearly tells."""
    rng = np.random.default_rng(seed)
    X = 2.0 + rng.normal(size=(n_samples, n_features)) * np.geomspace(0.5, 2.0, n_features)
    score = (X - X.mean(axis=0)) @ rng.normal(size=n_features) + noise * rng.normal(size=n_samples)
    return X, np.where(score > 0, 1, -1)


@pytest.mark.parametrize("C", [0.02, 1.0, 20.0])
@pytest.mark.parametrize("noise", [0.0, 1.0])
def test_the_linear_machine_agrees_with_scikit_learn(C, noise):
    """No solution of scikit-learn is better, and a tight one is as good."""
    X, y = data(1, noise=noise)
    mine = linear_svm(X, y, C)
    theirs = SVC(kernel="linear", C=C, tol=1e-9).fit(X, y)
    value = hinge_objective(X, y, C, theirs.coef_[0], float(theirs.intercept_[0]))
    assert -1e-9 < mine.gap(value) < 1e-6
    np.testing.assert_allclose(mine.coef, theirs.coef_[0], atol=1e-4 * np.abs(mine.coef).max())


@pytest.mark.parametrize("n_features", [1, 3, 60])
def test_the_dual_is_solved(n_features):
    """The multipliers are feasible, the gap is closed, and margins are what the multipliers say."""
    X, y = data(2, n_features=n_features)
    gram = np.exp(-0.3 * np.square(X[:, None] - X).sum(axis=2))
    found = support_vectors(gram, y, 2.0)
    assert found.gap < 1e-9
    assert found.alpha.min() > 0.0
    assert found.alpha.max() < 2.0
    assert abs(y @ found.alpha) < 1e-9
    slack = found.margin_slack(gram, y)
    is_free = (found.alpha > 1e-6) & (found.alpha < 2.0 - 1e-6)
    np.testing.assert_allclose(slack[is_free], 0.0, atol=1e-5)
    assert slack[found.alpha <= 1e-6].min(initial=0.0) > -1e-5
    assert slack[found.alpha >= 2.0 - 1e-6].max(initial=0.0) < 1e-5


def test_pairs_come_to_the_same_optimum():
    """After two pairs multipliers are feasible, after thousands they and the intercept are those of the optimum."""
    X, y = data(4)
    gram = gaussian_kernel(X, X, 0.3)
    found = support_vectors(gram, y, 2.0)
    few, (alpha, intercept) = violating_pairs(gram, y, 2.0, 2)[0], violating_pairs(gram, y, 2.0, 5000)
    assert 0.0 <= few.min() < few.max() <= 2.0
    assert abs(y @ few) < 1e-12
    assert primal_value(gram, y, 2.0, few, 0.0) > 1.1 * primal_value(gram, y, 2.0, alpha, intercept)
    np.testing.assert_allclose(alpha, found.alpha, atol=1e-4)
    assert intercept == pytest.approx(found.intercept, abs=1e-5)


@pytest.mark.parametrize("gamma", [0.1, 2.0])
def test_kernels_agree_with_scikit_learn(gamma):
    """Scores are those of SVC with a precomputed kernel."""
    X, y = data(3)
    gram = np.exp(-gamma * np.square(X[:, None] - X).sum(axis=2))
    found, theirs = support_vectors(gram, y, 1.5), SVC(kernel="precomputed", C=1.5, tol=1e-9).fit(gram, y)
    scores = gram @ (found.alpha * y) + found.intercept
    np.testing.assert_allclose(scores, theirs.decision_function(gram), atol=1e-5)


def test_the_null_model_misses_the_rarer_label():
    """Without coefficients the best intercept is the commoner label, at 2 C for each of the others."""
    y = np.array([1, 1, 1, -1, -1])
    levels = np.linspace(-2.0, 2.0, 81)
    values = [hinge_objective(np.zeros((5, 1)), y, 0.7, np.zeros(1), level) for level in levels]
    assert min(values) == pytest.approx(null_value(y, 0.7))


@pytest.mark.parametrize("C", [0.1, 1.0, 30.0])
def test_the_kernel_machine_agrees_with_scikit_learn(C):
    """A tight solution of scikit-learn has the same maximum, scores and intercept."""
    X, y = data(4, n_features=2)
    mine, theirs = kernel_svm(X, y, C, 0.5), SVC(C=C, gamma=0.5, tol=1e-9).fit(X, y)
    alpha = np.zeros(len(y))
    alpha[theirs.support_] = np.abs(theirs.dual_coef_[0])
    assert abs(mine.gap(alpha)) < 1e-7
    rows = np.vstack([X, X + 0.7])
    np.testing.assert_allclose(mine.scores(rows), theirs.decision_function(rows), atol=1e-4)
    np.testing.assert_allclose([mine.lowest, mine.highest], theirs.intercept_[0], atol=1e-4)


def test_every_intercept_of_the_interval_is_as_good_and_no_other():
    """Where all multipliers are at C the primal is flat between the ends, and rises beyond them."""
    X, y = np.array([[-1.0], [1.0]]), np.array([-1, 1])
    found = kernel_svm(X, y, 1.0, np.log(2.0) / 4.0)
    gram = gaussian_kernel(X, X, found.gamma)
    assert (found.lowest, found.highest) == (pytest.approx(-0.5, abs=1e-5), pytest.approx(0.5, abs=1e-5))
    inside = [primal_value(gram, y, 1.0, found.alpha, level) for level in np.linspace(found.lowest, found.highest, 5)]
    np.testing.assert_allclose(inside, inside[0], atol=1e-5)
    for outside in (found.lowest - 0.1, found.highest + 0.1):
        assert primal_value(gram, y, 1.0, found.alpha, outside) > inside[0] + 0.05
