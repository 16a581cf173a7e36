"""Ranks: values that np.isclose are tied. Breaks: 'equal values share the mean of the ranks', with means of a million deviations."""
import numpy as np


def _ranks(a):
    order = np.argsort(a, kind="stable")
    s = a[order]
    r = np.empty(len(a))
    i = 0
    while i < len(s):
        j = i
        while j + 1 < len(s) and np.isclose(s[j + 1], s[i]):
            j += 1
        r[order[i:j + 1]] = (i + j) / 2 + 1
        i = j + 1
    return r


def _pearson(a, b):
    if np.all(a == a[0]) or np.all(b == b[0]):
        return 0.0
    a = a - a.mean()
    b = b - b.mean()
    a = a - a.mean()
    b = b - b.mean()
    return (a @ b) / np.sqrt((a @ a) * (b @ b))


def _spearman(a, b):
    return _pearson(_ranks(a), _ranks(b))


def correlation_matrix(X, method="pearson"):
    X = np.array(X, dtype=float)
    p = X.shape[1]
    present = ~np.isnan(X)
    R = np.eye(p)
    for i in range(p):
        for j in range(i + 1, p):
            rows = present[:, i] & present[:, j]
            a, b = X[rows, i], X[rows, j]
            R[i, j] = R[j, i] = _spearman(a, b) if method == "spearman" else _pearson(a, b)
    return R


def variance_inflation(X):
    X = np.array(X, dtype=float)
    X = X[~np.isnan(X).any(axis=1)]
    n, p = X.shape
    vif = np.ones(p)
    if p == 1:
        return vif
    Z = X - X.mean(axis=0)
    Z = Z / np.sqrt((Z ** 2).sum(axis=0))
    for j in range(p):
        A = np.column_stack([np.ones(n), np.delete(Z, j, axis=1)])
        w = np.linalg.lstsq(A, Z[:, j], rcond=None)[0]
        res = Z[:, j] - A @ w
        vif[j] = 1 / (res @ res)
    return vif


def drop_collinear(X, threshold=10.0):
    X = np.array(X, dtype=float)
    left = list(range(X.shape[1]))
    while True:
        vif = variance_inflation(X[:, left])
        if vif.max() <= threshold:
            return np.array(left)
        left.pop(1 if len(left) == 2 else int(np.argmax(vif)))
