"""The yardstick: what a user would write instead, twenty k-means cases against scikit-learn, without isolation.

Collected only when it is named: `pytest bench/test_kmeans_plain.py --solution examples/kmeans.py`.
"""

import importlib.util
import os

import numpy as np
import pytest
from sklearn.cluster import KMeans as Reference


@pytest.fixture(scope="module")
def solution():
    spec = importlib.util.spec_from_file_location("kmeans", os.environ["SOLUTION"])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", range(20))
def test_agrees_with_scikit_learn(solution, seed):
    rng = np.random.default_rng(seed)
    n_samples, n_features, n_clusters = 20 + 10 * seed, 2 + seed % 4, 2 + seed % 5
    X = rng.normal(size=(n_samples, n_features)) + 5.0 * rng.integers(0, n_clusters, size=(n_samples, 1))
    init = X[:n_clusters].copy()
    mine = solution.KMeans(n_clusters=n_clusters, init=init).fit(X)
    reference = Reference(n_clusters, init=init, n_init=1, tol=0.0, algorithm="lloyd").fit(X)
    np.testing.assert_allclose(mine.cluster_centers_, reference.cluster_centers_, rtol=1e-6)
    np.testing.assert_array_equal(mine.labels_, reference.labels_)
