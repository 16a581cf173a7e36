"""Clustering: Lloyd's algorithm and k-means++, step by step and exactly as the statements pin them."""

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


@dataclass(frozen=True, slots=True)
class Seeding:
    """A result of k-means++.

    Attributes
    ----------
    indices : ndarray of shape (n_clusters,)
        The samples chosen, in order.
    margin : float
        The least distance of a draw to an edge of a sample's share, in [0, 1].
    """

    indices: Integers
    margin: float


def kmeans_plus_plus(X: Floats, n_clusters: int, draws: Floats) -> Seeding:
    """Choose starting centres among the rows of X by the given draws.

    The first is sample ``floor(draws[0] * n_samples)``. Each further one is the
    first sample at which the running share of squared distances to the nearest
    centre chosen so far exceeds its draw.

    Source: Arthur and Vassilvitskii, "k-means++: The advantages of careful
    seeding" (2007), section 2.2. ``sklearn.cluster.kmeans_plusplus`` with
    ``n_local_trials=1`` is the same up to how it draws.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    n_clusters : int
        At most the number of distinct rows.
    draws : ndarray of shape (n_clusters,)
        In [0, 1).
    """
    first = int(draws[0] * len(X))
    indices, margin = [first], _distance_to_whole(draws[0] * len(X)) / len(X)
    distances = squared_distances(X, X[[first]])[:, 0]
    for draw in draws[1:n_clusters]:
        shares = distances.cumsum() / distances.sum()
        index = int((shares <= draw).sum())
        # A sample that is chosen again and again leaves edges at 0 and 1 alone, which a draw in [0, 1) may touch.
        margin = min(margin, float(np.abs(shares[:-1] - draw).min(initial=1.0)))
        indices.append(index)
        distances = np.minimum(distances, squared_distances(X, X[[index]])[:, 0])
    return Seeding(np.array(indices), margin)


def _distance_to_whole(number: float) -> float:
    return float(abs(number - np.rint(number)))
