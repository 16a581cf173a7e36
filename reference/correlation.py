"""Correlations of columns with missing values, and how far each column is a mixture of the others."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def mean_ranks(values: Floats) -> Floats:
    """Return ranks from 1 of values without nan, shape (n_samples,); equal ones share the mean of theirs."""
    below = (values[:, None] > values).sum(axis=1)
    return below + ((values[:, None] == values).sum(axis=1) + 1) / 2.0


def correlation_matrix(X: Floats, method: str = "pearson") -> Floats:
    """Return pairwise correlations, each from the rows in which both columns are present.

    The diagonal is 1, and where a column is constant in the shared rows the
    correlation is 0; otherwise the same as pandas' ``DataFrame.corr``.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
        With nan where a value is missing.
    method : {"pearson", "spearman"}
        Spearman's takes ranks among the shared rows.
    """
    n_features = X.shape[1]
    present = ~np.isnan(X)
    R = np.eye(n_features)
    for j, k in zip(*np.triu_indices(n_features, 1), strict=True):
        pair = X[present[:, j] & present[:, k]][:, [j, k]].T
        if method == "spearman":
            pair = np.stack([mean_ranks(row) for row in pair])
        pair = pair - pair.mean(axis=1, keepdims=True)
        # Far from zero the first mean is rounded, and leaves one of its own.
        a, b = pair - pair.mean(axis=1, keepdims=True)
        lengths = np.linalg.norm(a) * np.linalg.norm(b)
        R[j, k] = R[k, j] = a @ b / lengths if lengths > 0 else 0.0
    return R


def variance_inflation(X: Floats) -> Floats:
    """Return 1 / (1 - R2) of each column regressed on all others and an intercept, in the complete rows.

    Source: Belsley, Kuh and Welsch, "Regression Diagnostics" (1980), section
    3.2: with QR of the centred columns, the squared lengths of the columns
    times those of the rows of the inverse of R.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
        With nan where a value is missing; of full rank together with an intercept.
    """
    complete = X[~np.isnan(X).any(axis=1)]
    Z = complete - complete.mean(axis=0)
    inverse = np.linalg.inv(np.linalg.qr(Z)[1])
    factors: Floats = np.square(Z).sum(axis=0) * np.square(inverse).sum(axis=1)
    return factors


def drop_collinear(X: Floats, threshold: float) -> Integers:
    """Return the columns that are left when the one of largest VIF is dropped until none is above `threshold`.

    Two columns have equal VIFs but for rounding: of these the second is dropped.
    """
    left = np.arange(X.shape[1])
    while (factors := variance_inflation(X[:, left])).max() > threshold:
        left = np.delete(left, factors.argmax() if len(left) > 2 else 1)
    return left
