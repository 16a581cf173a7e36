"""Lloyd's algorithm and k-means++ against scikit-learn and by brute force."""

import numpy as np
import pytest
from sklearn import cluster

from reference.cluster import kmeans_plus_plus, lloyd, squared_distances


def clouds(seed, n_samples=40, n_features=2, offset=0.0):
    rng = np.random.default_rng(seed)
    centres = rng.uniform(-5, 5, size=(3, n_features))
    return offset + centres[np.arange(n_samples) % 3] + rng.normal(size=(n_samples, n_features))


def test_squared_distances_are_those_of_a_loop():
    """Differences, squared and summed."""
    X, Y = clouds(0, 7, 3), clouds(1, 5, 3)
    np.testing.assert_allclose(squared_distances(X, Y), [[((x - y) ** 2).sum() for y in Y] for x in X], rtol=1e-14)


def test_lloyd_agrees_with_scikit_learn():
    """Centres and labels of the full run."""
    X = clouds(2, 60)
    mine = lloyd(X, X[:3])
    right = cluster.KMeans(3, init=X[:3], n_init=1, tol=0.0, algorithm="lloyd").fit(X)
    np.testing.assert_allclose(mine.centers, right.cluster_centers_, rtol=1e-10)
    np.testing.assert_array_equal(mine.labels, right.labels_)


def test_each_seed_is_drawn_by_its_share():
    """Of evenly spaced draws, each sample gets its share of squared distances to the nearest centre."""
    X = clouds(3, 12)
    first = 5
    shares = squared_distances(X, X[[first]])[:, 0]
    draws = (np.arange(4000) + 0.5) / 4000
    chosen = [kmeans_plus_plus(X, 2, np.array([(first + 0.5) / 12, u])).indices for u in draws]
    assert {int(pair[0]) for pair in chosen} == {first}
    counts = np.bincount([int(pair[1]) for pair in chosen], minlength=12)
    np.testing.assert_allclose(counts / 4000, shares / shares.sum(), atol=1 / 4000)


def test_seeds_are_those_of_scikit_learn_with_the_same_draws():
    """scikit-learn, given a generator that hands out the same numbers, chooses the same samples."""

    class Handed(np.random.RandomState):
        def __init__(self, draws):
            super().__init__(0)
            self.draws = list(draws)

        def choice(self, n, **_):
            return int(self.draws.pop(0) * n)

        def uniform(self, low=0.0, high=1.0, size=None):
            return low + (high - low) * np.full(size, self.draws.pop(0))

    for seed in range(5):
        X, draws = clouds(seed), np.random.default_rng(seed).random(6)
        _, theirs = cluster.kmeans_plusplus(X, 6, random_state=Handed(draws), n_local_trials=1)
        np.testing.assert_array_equal(kmeans_plus_plus(X, 6, draws).indices, theirs)


def test_a_draw_on_an_edge_goes_on():
    """The share must exceed the draw; the margin says that it was on an edge."""
    X = np.array([[0.0], [2.0], [-2.0]])
    found = kmeans_plus_plus(X, 2, np.array([0.1, 0.5]))
    assert found.indices.tolist() == [0, 2]
    assert found.margin == 0.0
    assert kmeans_plus_plus(X, 3, np.array([0.5, 0.25, 0.25])).margin == pytest.approx(0.05)
