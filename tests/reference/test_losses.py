"""The losses against SciPy, closed forms and central differences."""

import numpy as np
import pytest
from scipy.special import expit, log_expit, log_softmax, softmax
from sklearn.metrics import log_loss

from reference.losses import focal_loss, softmax_cross_entropy


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


def test_focal_loss_without_focus_is_the_log_loss_of_scikit_learn():
    """With gamma 0 it is the cross-entropy: plain without alpha, weighted by class with it."""
    rng = np.random.default_rng(2)
    logits, y = 3.0 * rng.normal(size=50), rng.integers(0, 2, size=50)
    loss, grad = focal_loss(logits, y, alpha=None, gamma=0.0)
    assert loss == pytest.approx(log_loss(y, expit(logits)), rel=1e-12)
    np.testing.assert_allclose(grad, (expit(logits) - y) / 50, atol=1e-15)
    weights = np.where(y == 1, 0.3, 0.7)
    weighted, _ = focal_loss(logits, y, alpha=0.3, gamma=0.0, reduction="sum")
    assert weighted == pytest.approx(log_loss(y, expit(logits), sample_weight=weights, normalize=False), rel=1e-12)


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0, 5.0])
@pytest.mark.parametrize("scale", [1.0, 30.0, 1000.0])
def test_focal_loss_is_the_formula_by_scipy(gamma, scale):
    """Each loss is the formula with SciPy's sigmoid and its logarithm, also at large logits."""
    logits = scale * np.linspace(-1.0, 1.0, 21)
    for label, alpha_t in ((0, 0.6), (1, 0.4)):
        x = logits if label else -logits
        loss, _ = focal_loss(logits, np.full(21, label), alpha=0.4, gamma=gamma, reduction="none")
        np.testing.assert_allclose(loss, -alpha_t * expit(-x) ** gamma * log_expit(x), rtol=1e-11, atol=1e-300)


@pytest.mark.parametrize("gamma", [0.0, 0.5, 1.0, 2.0, 5.0])
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_the_gradient_of_the_focal_loss_is_its_slope(gamma, reduction):
    """Central differences of the loss give the gradient for either label."""
    logits, y = np.array([-3.0, -0.5, 0.0, 2.0, -1.0, 4.0]), np.array([0, 1, 1, 0, 1, 1])
    _, grad = focal_loss(logits, y, 0.3, gamma, reduction)
    for i, step in enumerate(1e-5 * np.eye(6)):
        ahead, behind = (focal_loss(logits + move, y, 0.3, gamma, reduction)[0] for move in (step, -step))
        assert grad[i] == pytest.approx(np.sum(ahead - behind) / 2e-5, abs=1e-9)


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0])
def test_the_focal_loss_has_its_limits_at_a_thousand(gamma):
    """A sure mistake costs weight times the logit at slope weight; a sure hit costs nothing."""
    loss, grad = focal_loss(np.array([-1000.0, 1000.0, 1000.0, -1000.0]), np.array([1, 0, 1, 0]), 0.25, gamma, "none")
    np.testing.assert_allclose(loss, [250.0, 750.0, 0.0, 0.0], atol=1e-200)
    np.testing.assert_allclose(grad, [-0.25, 0.75, 0.0, 0.0], atol=1e-200)
