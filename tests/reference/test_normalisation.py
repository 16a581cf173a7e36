"""Batch normalisation agrees with scikit-learn's scaler, and its gradients with differences."""

import numpy as np
import pytest
from sklearn.preprocessing import StandardScaler

from reference.normalisation import BatchNorm, as_columns, as_shape

SHAPES = [(6, 3), (2, 3, 4, 2)]


def layer(eps=1e-5):
    """Return a layer of three channels, and one batch for each shape."""
    return BatchNorm(np.array([1.0, -2.0, 0.5]), np.array([0.0, 1.0, -3.0]), eps=eps)


def batch(shape, seed=0):
    """Return numbers with an offset."""
    return 3.0 + 2.0 * np.random.default_rng(seed).normal(size=shape)


def test_training_is_scaling_as_by_scikit_learn():
    """Without scale, shift and eps it is StandardScaler."""
    X = batch((20, 3))
    y = BatchNorm(np.ones(3), np.zeros(3), eps=0.0).train(X)
    np.testing.assert_allclose(y, StandardScaler().fit_transform(X), atol=1e-12)


def test_running_statistics_after_two_batches():
    """They are mixtures of the start and of the batches, with unbiased variances."""
    first, second, model = batch((6, 3)), batch((4, 3), seed=1), layer()
    model.train(first)
    model.train(second)
    np.testing.assert_allclose(model.running_mean, 0.09 * first.mean(axis=0) + 0.1 * second.mean(axis=0))
    variances = 0.81 + 0.09 * first.var(axis=0, ddof=1) + 0.1 * second.var(axis=0, ddof=1)
    np.testing.assert_allclose(model.running_var, variances)


@pytest.mark.parametrize("shape", SHAPES)
def test_columns_are_channels_and_come_back(shape):
    """Each column holds one channel, and the shape is restored."""
    X = batch(shape)
    assert set(as_columns(X)[:, 1]) == set(X[:, 1].ravel())
    np.testing.assert_array_equal(as_shape(as_columns(X), X), X)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("mode", ["train", "evaluate"])
def test_gradients_are_slopes(shape, mode):
    """Central differences give every derivative, in both modes."""
    X, weights = batch(shape), np.random.default_rng(1).normal(size=shape)

    def loss(x, gamma, beta):
        model = BatchNorm(gamma, beta)
        model.running_mean, model.running_var = np.array([1.0, 2.0, 3.0]), np.array([0.5, 1.0, 2.0])
        return float((weights * getattr(model, mode)(x)).sum()), model

    arguments = (X, layer().gamma, layer().beta)
    model = loss(*arguments)[1]
    found = model.training_gradients(X, weights) if mode == "train" else model.evaluation_gradients(X, weights)
    for index, gradient in enumerate(found):
        for place in np.ndindex(gradient.shape):
            values = []
            for step in (1e-5, -1e-5):
                moved = [one.copy() for one in arguments]
                moved[index][place] += step
                values.append(loss(*moved)[0])
            assert gradient[place] == pytest.approx((values[0] - values[1]) / 2e-5, abs=1e-7)


def test_a_constant_channel_is_its_shift():
    """Variance zero gives beta, and gradients that are finite."""
    X = np.full((4, 3), 7.0)
    np.testing.assert_array_equal(layer().train(X), np.tile(layer().beta, (4, 1)))
    assert np.isfinite(layer().training_gradients(X, batch((4, 3)))[0]).all()
