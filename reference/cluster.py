"""Clustering: Lloyd's algorithm, step by step and exactly as the statements pin it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Clustering:
    """A result of Lloyd's algorithm.

    Attributes
    ----------
    centers : ndarray of shape (n_clusters, n_features)
    labels : ndarray of shape (n_samples,)
        Of the final centres.
    inertia : float
        Sum of squared distances to the nearest final centre.
    n_iter : int
        Centre updates made.
    margin : float
        The least (d2 - d1) / d2 of any sample in any assignment, with d1 and d2
        the squared distances to its two nearest centres.
    """

    centers: Floats
    labels: Integers
    inertia: float
    n_iter: int
    margin: float


def lloyd(X: Floats, init: Floats, max_iter: int = 300) -> Clustering:
    """Run Lloyd's algorithm from `init`.

    Stops when no assignment changes or after `max_iter` centre updates; the
    nearest centre with the lowest index wins; an empty cluster keeps its centre.

    Source: Lloyd, "Least squares quantization in PCM" (1982), method I; same as
    ``sklearn.cluster.KMeans(init=init, n_init=1, tol=0, algorithm="lloyd")``
    as long as no cluster is empty.
    """
    centers = np.array(init, dtype=np.float64)
    distances = squared_distances(X, centers)
    labels, margin = distances.argmin(axis=1), _margin(distances)
    n_iter = 0
    while n_iter < max_iter:
        for k in range(len(centers)):
            if (labels == k).any():
                centers[k] = X[labels == k].mean(axis=0)
        n_iter += 1
        distances = squared_distances(X, centers)
        margin = min(margin, _margin(distances))
        previous, labels = labels, distances.argmin(axis=1)
        if np.array_equal(previous, labels):
            break
    return Clustering(centers, labels, float(distances.min(axis=1).sum()), n_iter, margin)


def squared_distances(X: Floats, Y: Floats) -> Floats:
    """Return all squared Euclidean distances, shape (len(X), len(Y)), by differences and never by dot products."""
    return np.square(X[:, None, :] - Y[None, :, :]).sum(axis=2)


def _margin(distances: Floats) -> float:
    if distances.shape[1] < 2:
        return 1.0
    nearest, second = np.partition(distances, 1, axis=1)[:, :2].T
    return float(((second - nearest) / np.where(second > 0, second, 1.0)).min())
