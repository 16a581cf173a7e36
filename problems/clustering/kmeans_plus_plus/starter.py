"""Starting centres by k-means++. Fill in the function."""

import numpy as np


def kmeans_plus_plus(X, n_clusters, draws):
    """Choose starting centres among the rows of X.

    Parameters
    ----------
    X : array of shape (n_samples, n_features)
    n_clusters : int
    draws : array of shape (n_clusters,)
        Numbers from 0 to 1 that decide which sample is chosen.

    Returns
    -------
    indices : array of int, shape (n_clusters,)
        The chosen rows of X, in order.
    """
    return np.zeros(n_clusters, dtype=int)
