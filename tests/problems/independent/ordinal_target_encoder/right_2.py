"""Ordinal and target encoding, by other means."""

import numpy as np
class OrdinalEncoder:
    def __init__(self, unknown_value=-1, missing_value=-2): self.u, self.m = unknown_value, missing_value
    def fit(self, X):
        A = np.array(X, dtype=object); self.categories_ = [sorted(set(v for v in A[:, j] if v is not None)) for j in range(A.shape[1])]; return self
    def transform(self, X):
        return np.array([[self.m if v is None else (c.index(v) if v in c else self.u) for v, c in zip(r, self.categories_)] for r in X], dtype=float)
    def inverse_transform(self, Z): return [[c[int(z)] if z >= 0 else None for z, c in zip(r, self.categories_)] for r in Z]
class TargetEncoder:
    def __init__(self, smoothing=10.0): self.s = smoothing
    def fit(self, X, y):
        self.A = [list(r) for r in X]; self.y = np.array(y, float); self.target_mean_ = self.y.mean(); return self
    def transform(self, X):
        out = np.full((len(X), len(X[0])), self.target_mean_)
        for i, r in enumerate(X):
            for j, v in enumerate(r):
                h = np.array([a[j] == v for a in self.A])
                if h.any(): out[i, j] = (self.y[h].sum()+self.s*self.target_mean_)/(h.sum()+self.s)
        return out
    def fit_transform(self, X, y, folds):
        y, folds = np.asarray(y), np.asarray(folds); out = np.zeros((len(X), len(X[0])))
        for f in np.unique(folds):
            t = folds == f; self.fit([r for r, k in zip(X, t) if not k], y[~t]); out[t] = self.transform([r for r, k in zip(X, t) if k])
        self.fit(X, y); return out
