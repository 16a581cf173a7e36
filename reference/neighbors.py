"""Nearest neighbours: brute force by differences, with every tie broken as the statements pin it."""

import numpy as np
from numpy.typing import NDArray

from reference.cluster import squared_distances

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def nearest(X: Floats, queries: Floats, n_neighbors: int) -> Integers:
    """Return the training indices of each query's neighbours, nearest first.

    Equal distances are ordered by training index.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    queries : ndarray of shape (n_queries, n_features)
    n_neighbors : int
        From 1 to n_samples.

    Returns
    -------
    ndarray of shape (n_queries, n_neighbors)
    """
    order = squared_distances(queries, X).argsort(axis=1, kind="stable")
    return order[:, :n_neighbors].astype(np.int64)


def vote(labels: Integers) -> Integers:
    """Return the most frequent label of each row, the smallest of those that tie.

    Parameters
    ----------
    labels : ndarray of shape (n_queries, n_neighbors)

    Returns
    -------
    ndarray of shape (n_queries,)
    """
    classes = np.unique(labels)
    counts = (labels[:, :, None] == classes).sum(axis=1)
    return classes[counts.argmax(axis=1)]


def knn_predict(X: Floats, y: Integers, queries: Floats, n_neighbors: int) -> Integers:
    """Return the majority label among the nearest training samples.

    Source: Fix and Hodges, "Discriminatory analysis: nonparametric discrimination" (1951);
    same as ``sklearn.neighbors.KNeighborsClassifier(algorithm="brute")`` where no distances tie.
    """
    return vote(y[nearest(X, queries, n_neighbors)])


def margin(X: Floats, queries: Floats, n_neighbors: int) -> Floats:
    """Return (b - a) / b for each query, with a and b the squared distances to neighbours number k and k + 1.

    It is 0 for a tie at the edge of the neighbourhood, and 1 when every sample is a neighbour.
    """
    if n_neighbors >= len(X):
        return np.ones(len(queries))
    ordered = np.sort(squared_distances(queries, X), axis=1)
    last, first_outside = ordered[:, n_neighbors - 1], ordered[:, n_neighbors]
    gap: Floats = (first_outside - last) / np.where(first_outside > 0, first_outside, 1.0)
    return gap
