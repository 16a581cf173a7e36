"""Sums over masked columns for all pairs at once; VIFs are the diagonal of the inverse of the correlations."""

import numpy as np


def mean_ranks(column):
    values, where, counts = np.unique(column, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[where]


def correlation_matrix(X, method="pearson"):
    X = np.array(X, dtype=np.float64)
    present = ~np.isnan(X)
    n_features = X.shape[1]
    result = np.zeros((n_features, n_features))
    for j in range(n_features):
        rows = present & present[:, [j]]
        for k in range(n_features):
            pair = X[rows[:, k]][:, [j, k]]
            if method == "spearman":
                pair = np.column_stack([mean_ranks(pair[:, 0]), mean_ranks(pair[:, 1])])
            pair -= pair.mean(axis=0)
            lengths = np.linalg.norm(pair, axis=0)
            if lengths.min() > 0:
                result[j, k] = (pair[:, 0] / lengths[0]) @ (pair[:, 1] / lengths[1])
    np.fill_diagonal(result, 1.0)
    return result


def variance_inflation(X):
    X = np.array(X, dtype=np.float64)
    complete = X[np.isfinite(X).all(axis=1)]
    return np.diag(np.linalg.inv(np.atleast_2d(np.corrcoef(complete, rowvar=False))))


def drop_collinear(X, threshold=10.0):
    X = np.array(X, dtype=np.float64)

    def go_on(columns):
        factors = variance_inflation(X[:, columns])
        if factors.max() <= threshold:
            return columns
        # Rounding apart two columns have equal factors: the second one goes.
        return go_on(columns[:1] if len(columns) == 2 else np.delete(columns, factors.argmax()))

    return go_on(np.arange(X.shape[1]))
