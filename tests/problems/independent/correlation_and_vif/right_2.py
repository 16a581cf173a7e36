"""Correlation and variance inflation, by other means."""

import numpy as np
def _rank(v):
    return np.array([(v < x).sum() + ((v == x).sum() + 1) / 2 for x in v])
def correlation_matrix(X, method="pearson"):
    p = X.shape[1]; out = np.ones((p, p))
    for i in range(p):
        for j in range(p):
            if i == j: continue
            ok = ~np.isnan(X[:, i] + X[:, j]); a, b = X[ok, i], X[ok, j]
            if method == "spearman": a, b = _rank(a), _rank(b)
            if a.std() == 0 or b.std() == 0: out[i, j] = 0
            else: out[i, j] = np.corrcoef(a, b)[0, 1]
    return out
def variance_inflation(X):
    X = X[~np.isnan(X).any(axis=1)]
    if X.shape[1] == 1: return np.array([1.0])
    return np.diag(np.linalg.inv(np.corrcoef(X, rowvar=False)))
def drop_collinear(X, threshold=10.0):
    keep = list(range(X.shape[1]))
    while len(keep) > 1:
        v = variance_inflation(X[:, keep])
        if v.max() <= threshold: break
        keep.pop(1 if len(keep) == 2 else int(v.argmax()))
    return keep
