"""Trees of clusters, merged from the nearest to the farthest."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Merges:
    """A tree of clusters.

    Attributes
    ----------
    children : ndarray of int, shape (n_samples - 1, 2)
        The two clusters of each merge, the lower number first; merge t makes cluster n_samples + t.
    heights : ndarray of shape (n_samples - 1,)
    margin : float
        The least lead of a merged pair over the next one, as a share of the largest height.
    """

    children: Integers
    heights: Floats
    margin: float

    def labels(self, n_clusters: int) -> Integers:
        """Return the number of each sample's cluster when `n_clusters` are left, shape (n_samples,)."""
        n_samples = len(self.children) + 1
        labels = np.arange(n_samples)
        for new, pair in enumerate(self.children[: n_samples - n_clusters], start=n_samples):
            labels[np.isin(labels, pair)] = new
        return labels


LINKAGES = ("single", "complete", "average", "ward")


def merges(X: Floats, linkage: str) -> Merges:
    """Return all merges of agglomerative clustering.

    Source: Müllner, "Modern hierarchical, agglomerative clustering algorithms" (2011), figures 1 and 2; the same
    as ``scipy.cluster.hierarchy.linkage`` where no distances tie.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    linkage : {"single", "complete", "average", "ward"}
    """
    n_samples = len(X)
    between = np.sqrt(np.square(X[:, None] - X).sum(axis=2))
    np.fill_diagonal(between, np.inf)
    numbers, sizes, means = np.arange(n_samples), np.ones(n_samples), X.astype(np.float64)
    children, heights, leads = [], [], []
    for new in range(n_samples, 2 * n_samples - 1):
        a, b = (int(index) for index in np.unravel_index(int(between.argmin()), between.shape))
        children.append(sorted((int(numbers[a]), int(numbers[b]))))
        heights.append(float(between[a, b]))
        # Each distance stands in the matrix twice.
        leads.append(float(np.partition(between, 2, axis=None)[2] - between[a, b]))
        merged = _of_parts(between, sizes, linkage, a, b)
        means[a] = (sizes[a] * means[a] + sizes[b] * means[b]) / (sizes[a] + sizes[b])
        numbers[a], sizes[a] = new, sizes[a] + sizes[b]
        if linkage == "ward":
            merged = np.where(np.isfinite(merged), _ward(means, sizes, a), np.inf)
        between[a], between[:, a] = merged, merged
        between[b], between[:, b], between[a, a] = np.inf, np.inf, np.inf
    return Merges(np.array(children), np.array(heights), min(leads) / max(heights))


def _of_parts(between: Floats, sizes: Floats, linkage: str, a: int, b: int) -> Floats:
    """Return the distances of all clusters to a and b together, from those to each of them."""
    if linkage == "single":
        return np.minimum(between[a], between[b])
    if linkage == "average":
        return np.asarray((sizes[a] * between[a] + sizes[b] * between[b]) / (sizes[a] + sizes[b]))
    return np.maximum(between[a], between[b])


def _ward(means: Floats, sizes: Floats, a: int) -> Floats:
    """Return Ward's distances of all clusters to cluster a, by the means."""
    gaps = np.square(means - means[a]).sum(axis=1)
    return np.asarray(np.sqrt(2.0 * sizes * sizes[a] / (sizes + sizes[a]) * gaps))
