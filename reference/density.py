"""Clusters by density."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Density:
    """What DBSCAN finds.

    Attributes
    ----------
    labels : ndarray of int, shape (n_samples,)
        -1 for noise; clusters are numbered by their first core sample, and a
        border sample has the least number that it may have.
    is_core : ndarray of bool, shape (n_samples,)
    is_near : ndarray of bool, shape (n_samples, n_samples)
        Whether two samples are neighbours.
    margin : float
        How near a distance other than eps comes to it, as a share of it.
    """

    labels: Integers
    is_core: Booleans
    is_near: Booleans
    margin: float


def dbscan(X: Floats, eps: float, min_samples: int) -> Density:
    """Return the clusters of DBSCAN; a distance of eps counts, and so does the sample itself.

    Source: Ester, Kriegel, Sander, Xu, "A density-based algorithm for discovering clusters in large spatial
    databases with noise" (1996); clusters and numbers are those of ``sklearn.cluster.DBSCAN``.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    eps : float
    min_samples : int
    """
    squared = np.square(X[:, None, :] - X).sum(axis=2)
    is_near = squared <= eps**2
    is_core = is_near.sum(axis=1) >= min_samples
    labels = np.full(len(X), -1, dtype=np.int64)
    reaches = is_near & is_core
    for first in np.flatnonzero(is_core):
        if labels[first] < 0:
            cluster = np.zeros(len(X), dtype=bool)
            cluster[first] = True
            while (grown := reaches[cluster].any(axis=0) | cluster).sum() > cluster.sum():
                cluster = grown
            # Border samples of an earlier cluster stay with it.
            labels[is_near[cluster].any(axis=0) & (labels < 0)] = labels.max() + 1
    away = np.abs(np.sqrt(squared[squared != eps**2]) / eps - 1.0)
    return Density(labels, is_core, is_near, float(away.min(initial=np.inf)))
