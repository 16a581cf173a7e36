"""Keeps a floor of 0.0002 under 1 - R^2, lest it vanish: VIFs end at 5,000."""

import numpy as np


def ranks(values):
    order = np.sort(values)
    first = np.searchsorted(order, values, side="left")
    last = np.searchsorted(order, values, side="right")
    return (first + last + 1) / 2


def correlation(a, b, method):
    both = ~np.isnan(a) & ~np.isnan(b)
    a, b = a[both], b[both]
    if method == "spearman":
        a, b = ranks(a), ranks(b)
    a, b = a - a.mean(), b - b.mean()
    scale = np.sqrt((a**2).sum() * (b**2).sum())
    return (a * b).sum() / scale if scale > 0 else 0.0


def correlation_matrix(X, method="pearson"):
    X = np.asarray(X, dtype=float)
    p = X.shape[1]
    R = np.eye(p)
    for i in range(p):
        for j in range(i):
            R[i, j] = R[j, i] = correlation(X[:, i], X[:, j], method)
    return R


def variance_inflation(X):
    X = np.asarray(X, dtype=float)
    X = X[~np.isnan(X).any(axis=1)]
    n, p = X.shape
    factors = np.ones(p)
    for j in range(p):
        target = X[:, j]
        others = np.column_stack([np.ones(n), np.delete(X, j, axis=1)])
        residual = target - others @ np.linalg.lstsq(others, target, rcond=None)[0]
        factors[j] = 1.0 / max((residual**2).sum() / ((target - target.mean()) ** 2).sum(), 0.0002)
    return factors


def drop_collinear(X, threshold=10.0):
    X = np.asarray(X, dtype=float)
    left = list(range(X.shape[1]))
    while left:
        factors = variance_inflation(X[:, left])
        worst = int(np.argmax(factors)) if len(left) != 2 else 1
        if factors[worst] <= threshold:
            break
        del left[worst]
    return left
