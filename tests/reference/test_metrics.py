"""The metrics by counting are those of scikit-learn and SciPy."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import mannwhitneyu
from sklearn import metrics
from sklearn.metrics import (
    accuracy_score,
    mean_absolute_error,
    mean_absolute_percentage_error,
    mean_squared_error,
    precision_recall_fscore_support,
    r2_score,
    roc_auc_score,
    root_mean_squared_error,
)

from reference.metrics import auc_by_pairs, classification_summary, log_loss, regression_summary


@pytest.mark.parametrize("side", [2, 5, 10**6])
def test_it_is_that_of_scikit_learn(side):
    """Few or many ties make no difference."""
    rng = np.random.default_rng(side)
    for n in (2, 5, 30, 200):
        y = np.append([0, 1], rng.integers(0, 2, n - 2))
        scores = rng.integers(-side, side, n) / 64
        assert auc_by_pairs(y, scores) == pytest.approx(roc_auc_score(y, scores), abs=1e-14)


def test_it_is_the_mann_whitney_statistic():
    """U of the positives over the number of pairs."""
    rng = np.random.default_rng(1)
    y, scores = rng.permutation(np.arange(60) % 3 == 0).astype(int), rng.integers(0, 9, 60).astype(float)
    u = mannwhitneyu(scores[y == 1], scores[y == 0]).statistic
    assert auc_by_pairs(y, scores) == pytest.approx(u / (20 * 40), abs=1e-15)


def test_equal_scores_give_one_half():
    """A constant score says nothing."""
    assert auc_by_pairs(np.array([0, 1, 1]), np.zeros(3)) == 0.5


def test_reversed_scores_give_the_rest():
    """The AUC of -s is one minus that of s."""
    rng = np.random.default_rng(2)
    y, scores = np.arange(20) % 2, rng.integers(0, 4, 20).astype(float)
    assert auc_by_pairs(y, -scores) == pytest.approx(1 - auc_by_pairs(y, scores), abs=1e-15)


@pytest.mark.parametrize("label", [0, 1])
def test_one_class_alone_is_refused(label):
    """Without pairs there is nothing to count."""
    with pytest.raises(ValueError, match="both classes"):
        auc_by_pairs(np.full(3, label), np.arange(3.0))


@pytest.mark.parametrize("zero_division", [0.0, 1.0])
@pytest.mark.parametrize("labels", [None, [3, -1, 0], [7, 2], [9, 1]])
def test_a_classification_summary_is_that_of_scikit_learn(zero_division, labels):
    """All averages; classes in any order, left out, or never met."""
    rng = np.random.default_rng(5)
    for n in (3, 12, 200):
        y, predicted = np.append([0, 1, 2], rng.integers(-1, 5, n)), np.append([0, 0, 4], rng.integers(-2, 5, n))
        found = classification_summary(y, predicted, None if labels is None else np.array(labels), zero_division)
        ask = {"labels": labels, "zero_division": zero_division}
        theirs = precision_recall_fscore_support(y, predicted, **ask)
        for mine, right in zip((found.precision, found.recall, found.f1, found.support), theirs, strict=True):
            assert_allclose(mine, right, rtol=1e-14)
        for average in ("micro", "macro", "weighted"):
            right = precision_recall_fscore_support(y, predicted, average=average, **ask)[:3]
            assert_allclose(getattr(found, average), np.array(right, dtype=float), rtol=1e-14)
        assert found.accuracy == pytest.approx(accuracy_score(y, predicted), abs=1e-15)


@pytest.mark.parametrize("offset", [0.0, 1e5])
def test_a_regression_summary_is_that_of_scikit_learn(offset):
    """Near zero and far from it."""
    rng = np.random.default_rng(8)
    y = offset + rng.normal(size=50)
    predicted = y + 0.4 * rng.normal(size=50) + 0.2
    found = regression_summary(y, predicted, 3)
    assert found.mse == pytest.approx(mean_squared_error(y, predicted), rel=1e-12)
    assert found.rmse == pytest.approx(root_mean_squared_error(y, predicted), rel=1e-12)
    assert found.mae == pytest.approx(mean_absolute_error(y, predicted), rel=1e-12)
    assert found.mape == pytest.approx(mean_absolute_percentage_error(y, predicted), rel=1e-12)
    assert found.r2 == pytest.approx(r2_score(y, predicted), rel=1e-9)
    assert found.adjusted_r2 == pytest.approx(1 - (1 - r2_score(y, predicted)) * 49 / 46, rel=1e-9)


@pytest.mark.parametrize(("predicted", "r2"), [([2.0, 2.0, 2.0], 1.0), ([2.0, 2.0, 3.0], 0.0)])
def test_r2_of_a_constant_is_that_of_scikit_learn(predicted, r2):
    """One or zero, never a division by zero."""
    found = regression_summary(np.full(3, 2.0), np.array(predicted), 1)
    assert found.r2 == r2_score(np.full(3, 2.0), predicted) == r2
    assert found.adjusted_r2 == 1 - (1 - r2) * 2


def test_true_zeros_are_left_out_of_mape():
    """The mean is over the others."""
    assert regression_summary(np.array([0.0, 2.0, -4.0]), np.array([1.0, 1.0, -3.0]), 0).mape == pytest.approx(3 / 8)


def test_too_few_samples_are_refused():
    """Two samples and one feature leave no degree of freedom."""
    with pytest.raises(ValueError, match="more samples"):
        regression_summary(np.arange(2.0), np.arange(2.0), 1)


def test_log_loss_agrees_with_scikit_learn():
    """Labels in ascending order and rows that sum to one, with and without weights."""
    rng = np.random.default_rng(0)
    y, weights = rng.integers(0, 3, size=50), rng.uniform(0.0, 2.0, size=50)
    raw = rng.uniform(size=(50, 3))
    probabilities = raw / raw.sum(axis=1, keepdims=True)
    expected = metrics.log_loss(y, probabilities, labels=[0, 1, 2])
    assert log_loss(y, probabilities, [0, 1, 2]) == pytest.approx(expected, rel=1e-12)
    expected = metrics.log_loss(y, probabilities, labels=[0, 1, 2], sample_weight=weights)
    assert log_loss(y, probabilities, [0, 1, 2], sample_weight=weights) == pytest.approx(expected, rel=1e-12)


def test_log_loss_clips_and_keeps_the_order_of_labels():
    """Columns go by labels, zeros count as eps and ones as 1 - eps."""
    probabilities = np.array([[0.0, 1.0], [0.25, 0.5]])
    expected = -(np.log(0.1) + np.log(0.5)) / 2
    assert log_loss(["b", "a"], probabilities, ["b", "a"], eps=0.1) == pytest.approx(expected)
    assert log_loss(["a", "a"], probabilities, ["b", "a"], eps=0.1) == pytest.approx(-(np.log(0.9) + np.log(0.5)) / 2)
    with pytest.raises(ValueError):
        log_loss([3], probabilities[:1], [0, 1])
