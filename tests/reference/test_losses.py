"""The losses against SciPy, closed forms and central differences."""

import numpy as np
import pytest
from scipy.special import log_softmax, softmax

from reference.losses import softmax_cross_entropy


@pytest.mark.parametrize("scale", [1.0, 30.0, 1000.0])
def test_softmax_cross_entropy_agrees_with_scipy(scale):
    """Loss and gradient are those by SciPy's log_softmax and softmax, also at large logits."""
    rng = np.random.default_rng(0)
    logits, y = scale * rng.normal(size=(20, 5)), rng.integers(0, 5, size=20)
    loss, grad = softmax_cross_entropy(logits, y)
    np.testing.assert_allclose(loss, -log_softmax(logits, axis=1)[np.arange(20), y].mean(), rtol=1e-12)
    np.testing.assert_allclose(grad, (softmax(logits, axis=1) - np.eye(5)[y]) / 20, atol=1e-14)


def test_equal_logits_have_a_closed_form():
    """Equal logits give log(n_classes), and a gradient of shares less the labels."""
    loss, grad = softmax_cross_entropy(np.full((2, 4), 7.0), np.array([0, 3]))
    assert loss == pytest.approx(np.log(4.0))
    np.testing.assert_allclose(grad, [[-0.375, 0.125, 0.125, 0.125], [0.125, 0.125, 0.125, -0.375]])


def test_the_gradient_is_that_of_the_loss():
    """Central differences of the loss give the gradient."""
    rng = np.random.default_rng(1)
    logits, y = rng.normal(size=(3, 4)), np.array([2, 0, 2])
    _, grad = softmax_cross_entropy(logits, y)
    for place in np.ndindex(logits.shape):
        step = np.zeros_like(logits)
        step[place] = 1e-5
        slope = (softmax_cross_entropy(logits + step, y)[0] - softmax_cross_entropy(logits - step, y)[0]) / 2e-5
        assert grad[place] == pytest.approx(slope, abs=1e-9)


def test_arguments_are_left_alone():
    """The logits are not changed."""
    logits = np.array([[1.0, 2.0]])
    softmax_cross_entropy(logits, np.array([0]))
    np.testing.assert_array_equal(logits, [[1.0, 2.0]])
