"""Clusters by density against scikit-learn."""

import numpy as np
import pytest
from sklearn.cluster import DBSCAN

from reference.density import dbscan


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("min_samples", [1, 2, 4, 7])
def test_clusters_and_core_samples_are_those_of_scikit_learn(seed, min_samples):
    """On clouds, and on a grid where many distances are eps."""
    rng = np.random.default_rng(seed)
    clouds = rng.normal(size=(80, 2)) + 5 * rng.integers(0, 2, size=(80, 1))
    grid = rng.integers(0, 9, size=(50, 2)).astype(float)
    for X, eps in ((clouds, 0.6), (grid, 1.0), (grid, 5.0)):
        theirs = DBSCAN(eps=eps, min_samples=min_samples, algorithm="brute").fit(X)
        mine = dbscan(X, eps, min_samples)
        np.testing.assert_array_equal(np.flatnonzero(mine.is_core), theirs.core_sample_indices_)
        np.testing.assert_array_equal(mine.labels, theirs.labels_)


def test_margin_is_the_nearest_distance_that_is_not_eps():
    """Distances 1 and 0.75 with eps = 1: a quarter away."""
    assert dbscan(np.array([[0.0], [1.0], [1.75]]), 1.0, 2).margin == pytest.approx(0.25)
