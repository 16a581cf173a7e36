"""Weights and calibration against scikit-learn and simulation, thresholds against all pairs."""

import math

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.utils.class_weight import compute_sample_weight

from reference.imbalance import balanced_weights, costs_of_thresholds, recalibrated, resampled


def test_weights_are_those_of_scikit_learn():
    """Balanced sample weights."""
    y = (np.random.default_rng(0).random(200) < 0.1).astype(int)
    np.testing.assert_allclose(balanced_weights(y), compute_sample_weight("balanced", y), rtol=1e-13)


def test_resampling_takes_positives_again_and_drops_negatives():
    """By hand: the draw decides for negatives, and positives are taken twice."""
    taken = resampled(np.array([0, 1, 0, 0, 1]), 2, 0.5, np.array([0.4, 0.9, 0.6, 0.5, 0.0]))
    assert taken.tolist() == [0, 1, 1, 4, 4]


def test_recalibration_brings_back_the_model_of_the_whole_data():
    """A logistic model fitted after resampling differs in its intercept alone, and recalibration undoes that."""
    rng = np.random.default_rng(1)
    X = rng.normal(size=(200_000, 1))
    y = (rng.random(len(X)) < 1.0 / (1.0 + np.exp(3.0 - X[:, 0]))).astype(int)
    taken = resampled(y, 2, 0.2, rng.random(len(y)))
    whole = LogisticRegression(C=np.inf).fit(X, y)
    biased = LogisticRegression(C=np.inf).fit(X[taken], y[taken])
    grid = np.linspace(-2, 2, 9)[:, None]
    right = recalibrated(biased.predict_proba(grid)[:, 1], 2, 0.2)
    np.testing.assert_allclose(right, whole.predict_proba(grid)[:, 1], rtol=0.05)


def test_certainty_stays():
    """Zero and one are mapped to themselves, and tiny probabilities keep their digits."""
    np.testing.assert_array_equal(recalibrated(np.array([0.0, 1.0]), 3, 0.1), [0.0, 1.0])
    assert recalibrated(np.array([1e-12]), 1, 0.01)[0] == pytest.approx(1e-14, rel=1e-9)


def test_costs_agree_with_counting():
    """Each candidate's cost by comparing all samples with it."""
    rng = np.random.default_rng(2)
    y, p = rng.integers(0, 2, size=60), rng.integers(0, 9, size=60) / 8
    candidates, costs = costs_of_thresholds(y, p, 1.0, 3.5)
    assert candidates[0] == math.inf
    assert set(candidates[1:]) == set(p)
    counted = [((p >= t) & (y == 0)).sum() + 3.5 * ((p < t) & (y == 1)).sum() for t in candidates]
    np.testing.assert_array_equal(costs, counted)
