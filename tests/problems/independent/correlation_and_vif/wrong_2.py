"""Keeps the rows that are complete in the whole table while columns are dropped."""
import numpy as np


def _rank(a):
    values, inverse, counts = np.unique(a, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2.0)[inverse.ravel()]


def _corr(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    a = a - a.mean()
    b = b - b.mean()
    a = a - a.mean()
    b = b - b.mean()
    r = (a @ b) / np.sqrt((a @ a) * (b @ b))
    return float(np.clip(r, -1, 1))


def correlation_matrix(X, method="pearson"):
    X = np.asarray(X, dtype=float)
    p = X.shape[1]
    present = ~np.isnan(X)
    R = np.eye(p)
    for i in range(p):
        for j in range(i):
            rows = present[:, i] & present[:, j]
            a, b = X[rows, i], X[rows, j]
            if method == "spearman":
                a, b = _rank(a), _rank(b)
            R[i, j] = R[j, i] = _corr(a, b)
    return R


def variance_inflation(X):
    X = np.asarray(X, dtype=float)
    X = X[~np.isnan(X).any(axis=1)]
    p = X.shape[1]
    if p == 1:
        return np.ones(1)
    Z = X - X.mean(axis=0)
    Z = Z / np.sqrt((Z ** 2).sum(axis=0))
    vif = np.empty(p)
    for j in range(p):
        others = np.delete(Z, j, axis=1)
        w = np.linalg.lstsq(others, Z[:, j], rcond=None)[0]
        r = Z[:, j] - others @ w
        vif[j] = (Z[:, j] @ Z[:, j]) / (r @ r)
    return vif


def drop_collinear(X, threshold=10.0):
    X = np.asarray(X, dtype=float)
    left = list(range(X.shape[1]))
    X = X[~np.isnan(X).any(axis=1)]
    while len(left) > 1:
        vif = variance_inflation(X[:, left])
        if len(left) == 2:
            if vif.max() > threshold:
                left.pop(1)
            break
        worst = int(np.argmax(vif))
        if vif[worst] <= threshold:
            break
        left.pop(worst)
    return np.array(left)
