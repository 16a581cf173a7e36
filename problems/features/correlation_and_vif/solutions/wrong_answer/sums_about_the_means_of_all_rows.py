"""Columns are centred once by all their rows: what is constant in the rows of a pair has a variance of rounding there."""

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
    if method == "pearson":
        M = (~np.isnan(X)).astype(float)
        Z = np.nan_to_num(X - np.nanmean(X, axis=0))
        n, S, Q = M.T @ M, Z.T @ M, (Z**2).T @ M
        cov = Z.T @ Z - S * S.T / n
        var = Q - S**2 / n
        scale = np.sqrt(np.maximum(var * var.T, 0.0))
        R = np.where(scale > 0, cov / np.where(scale > 0, scale, 1.0), 0.0)
        np.fill_diagonal(R, 1.0)
        return R
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
        factors[j] = ((target - target.mean()) ** 2).sum() / (residual**2).sum()
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
