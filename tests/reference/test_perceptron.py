"""The perceptron agrees with scikit-learn, with an example by hand and with the theorem on its mistakes."""

import numpy as np
import pytest
from sklearn.linear_model import Perceptron

from reference.perceptron import perceptron


def data(margin=0.5, seed=0):
    """Return samples with at least this margin from a plane; with a negative one, nobody knows."""
    rng = np.random.default_rng(seed)
    X = np.rint(8 * rng.normal(size=(60, 3))) / 8
    score = X @ np.array([1.0, -1.0, 0.5]) + 0.25
    noisy = score + (rng.normal(size=60) if margin < 0 else 0.0)
    kept = np.abs(score) > margin
    return X[kept], np.where(noisy > 0, 1, -1)[kept]


@pytest.mark.parametrize("n_epochs", [1, 2, 7])
@pytest.mark.parametrize("margin", [0.5, -1.0])
def test_coefficients_are_those_of_scikit_learn(margin, n_epochs):
    """After so many epochs the plane is that of scikit-learn without shuffling."""
    X, y = data(margin)
    mine = perceptron(X, y, 0.5, n_epochs)
    theirs = Perceptron(eta0=0.5, shuffle=False, tol=None, max_iter=n_epochs).fit(X, y)
    np.testing.assert_allclose(mine.coef, theirs.coef_[0], atol=1e-12)
    np.testing.assert_allclose(mine.intercept, theirs.intercept_[0], atol=1e-12)
    np.testing.assert_array_equal(mine.predict(X), theirs.predict(X))


def test_two_mistakes_by_hand():
    """Both samples lie on the plane when their turn comes; then all is well."""
    fit = perceptron(np.array([[1.0], [-1.0]]), np.array([1, -1]))
    np.testing.assert_array_equal(fit.coef, [2.0])
    assert fit.intercept == 0.0
    np.testing.assert_array_equal(fit.mistakes, [2, 0])


def test_separable_data_ends_without_a_mistake():
    """Novikoff: at most (R / margin)^2 mistakes, then none."""
    X, y = data()
    fit = perceptron(X, y)
    plane = np.array([1.0, -1.0, 0.5, 0.25])
    rows = np.column_stack([X, np.ones(len(X))])
    margin = (y * (rows @ plane)).min() / np.linalg.norm(plane)
    assert fit.mistakes[-1] == 0
    assert (fit.mistakes[:-1] > 0).all()
    assert fit.mistakes.sum() <= np.square(rows).sum(axis=1).max() / margin**2
    np.testing.assert_array_equal(fit.predict(X), y)


def test_epochs_are_limited():
    """Conflicting labels never end by themselves."""
    fit = perceptron(np.ones((2, 1)), np.array([1, -1]), max_epochs=5)
    np.testing.assert_array_equal(fit.mistakes, [2] * 5)
