"""The nearest-neighbour reference against scikit-learn and against rules worked out by hand."""

from collections import Counter

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors

from reference.neighbors import knn_predict, margin, nearest, vote


@pytest.mark.parametrize("n_neighbors", [1, 2, 5, 40])
def test_predictions_are_those_of_scikit_learn_where_no_distances_tie(n_neighbors):
    """On continuous data the rule for distance ties never matters."""
    rng = np.random.default_rng(0)
    X, queries, y = rng.normal(size=(40, 3)), rng.normal(size=(200, 3)), rng.integers(-1, 3, size=40)
    theirs = KNeighborsClassifier(n_neighbors, algorithm="kd_tree").fit(X, y)
    assert_array_equal(knn_predict(X, y, queries, n_neighbors), theirs.predict(queries))
    assert_array_equal(nearest(X, queries, n_neighbors), theirs.kneighbors(queries, return_distance=False))


def test_equal_distances_are_ordered_by_training_index():
    """A sort of (squared distance, index) pairs of whole numbers gives the same order."""
    rng = np.random.default_rng(1)
    X, queries = rng.integers(0, 4, size=(60, 2)), rng.integers(0, 4, size=(30, 2))
    for query, mine in zip(queries, nearest(X.astype(float), queries.astype(float), 60), strict=True):
        pairs = sorted((int(((row - query) ** 2).sum()), index) for index, row in enumerate(X))
        assert [index for _, index in pairs] == mine.tolist()


def test_a_vote_tie_goes_to_the_smallest_label():
    """Counting by hand and taking the smallest of the most frequent gives the same labels."""
    labels = np.random.default_rng(2).integers(-2, 3, size=(100, 6))
    for row, mine in zip(labels.tolist(), vote(labels), strict=True):
        counts = Counter(row)
        assert mine == min(label for label, count in counts.items() if count == max(counts.values()))


def test_the_margin_is_the_gap_behind_the_last_neighbour():
    """It is computed from scikit-learn's distances, is 0 for a tie and 1 when all samples are neighbours."""
    rng = np.random.default_rng(3)
    X, queries = rng.normal(size=(20, 2)), rng.normal(size=(5, 2))
    distances, _ = NearestNeighbors(n_neighbors=4, algorithm="kd_tree").fit(X).kneighbors(queries)
    expected = 1 - distances[:, 2] ** 2 / distances[:, 3] ** 2
    np.testing.assert_allclose(margin(X, queries, 3), expected, rtol=1e-9)
    assert margin(np.array([[1.0], [-1.0]]), np.array([[0.0]]), 1) == 0
    assert margin(X, queries, 20).tolist() == [1.0] * 5
