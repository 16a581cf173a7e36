"""The multilayer perceptron agrees with differences of its loss, with scikit-learn and with closed forms."""

import itertools

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from reference.mlp import Perceptron, descend

WIDTHS = (3, 5, 4, 3)


def perceptron(activation="tanh", l2=0.0, widths=WIDTHS, seed=0):
    """Return random parameters."""
    rng = np.random.default_rng(seed)
    weights = [rng.normal(size=shape) for shape in itertools.pairwise(widths)]
    return Perceptron(weights, [rng.normal(size=width) for width in widths[1:]], activation, l2)


def samples(n_samples=7, seed=1):
    """Return inputs and labels of three classes."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n_samples, 3)), rng.integers(0, 3, size=n_samples)


@pytest.mark.parametrize("activation", ["relu", "tanh"])
@pytest.mark.parametrize("l2", [0.0, 0.3])
def test_gradients_are_those_of_the_loss(activation, l2):
    """Central differences of the loss give every entry of every gradient."""
    model, (X, y) = perceptron(activation, l2), samples()
    _, weights, biases = model.loss_and_gradients(X, y)
    for arrays, slopes in ((model.weights, weights), (model.biases, biases)):
        for array, slope in zip(arrays, slopes, strict=True):
            for place in np.ndindex(array.shape):
                kept, losses = array[place], []
                for step in (1e-5, -1e-5):
                    array[place] = kept + step
                    losses.append(model.loss_and_gradients(X, y)[0])
                array[place] = kept
                assert slope[place] == pytest.approx((losses[0] - losses[1]) / 2e-5, abs=1e-8)


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_probabilities_are_those_of_scikit_learn(activation):
    """scikit-learn's classifier with the same parameters predicts the same."""
    model, (X, y) = perceptron(activation), samples(30)
    theirs = MLPClassifier(WIDTHS[1:-1], activation=activation, solver="sgd").partial_fit(X, y, classes=[0, 1, 2])
    theirs.coefs_, theirs.intercepts_ = list(model.weights), list(model.biases)
    np.testing.assert_allclose(model.predict_proba(X), theirs.predict_proba(X), atol=1e-12)


def test_one_layer_of_zeros_has_a_closed_form():
    """Without weights every class has an equal share."""
    loss, weights, biases = Perceptron([np.zeros((1, 2))], [np.zeros(2)]).loss_and_gradients(np.array([[3.0]]), [0])
    assert loss == pytest.approx(np.log(2.0))
    np.testing.assert_allclose(weights[0], [[-1.5, 1.5]])
    np.testing.assert_allclose(biases[0], [-0.5, 0.5])


def test_the_slope_of_relu_at_zero_is_zero():
    """A unit at exactly zero passes nothing back."""
    model = Perceptron([np.array([[1.0]]), np.array([[1.0, -1.0]])], [np.zeros(1), np.zeros(2)])
    _, weights, biases = model.loss_and_gradients(np.array([[0.0]]), np.array([0]))
    assert weights[0][0, 0] == biases[0][0] == 0.0


def test_descent_lowers_the_loss_and_leaves_the_start_alone():
    """Small steps go downhill, and the given parameters stay what they are."""
    model, (X, y) = perceptron(), samples()
    kept = [W.copy() for W in model.weights]
    losses, last = descend(model, X, y, 0.05, 20)
    assert (np.diff(losses) < 0).all()
    assert last.loss_and_gradients(X, y)[0] < losses[-1]
    for W, old in zip(model.weights, kept, strict=True):
        np.testing.assert_array_equal(W, old)
