"""Recursive feature elimination, by other means."""

import numpy as np
def ls(X, y):
    A = np.column_stack([np.ones(len(X)), X]); s = np.linalg.lstsq(A, y, rcond=None)[0]; return s[1:], s[0]
def elim(X, y, n, step):
    A = list(range(X.shape[1])); yield list(A), []
    while len(A) > n:
        w, b = ls(X[:, A], y); wt = np.abs(w)*X[:, A].std(0)
        out = [A[i] for i in np.argsort(wt)[:min(step, len(A)-n)]]; A = [a for a in A if a not in out]; yield list(A), out
class RFE:
    def __init__(self, n_features_to_select, step=1): self.n, self.step = n_features_to_select, step
    def fit(self, X, y):
        R = list(elim(X, y, self.n, self.step)); self.A = R[-1][0]; self.ranking_ = np.ones(X.shape[1], int)
        for k, (_, out) in enumerate(R[:0:-1]): self.ranking_[out] = k+2
        self.support_ = self.ranking_ == 1; self.coef_, self.intercept_ = ls(X[:, self.A], y); return self
    def predict(self, X): return X[:, self.A] @ self.coef_ + self.intercept_
class RFECV:
    def __init__(self, step=1): self.step = step
    def fit(self, X, y, folds):
        E = {}
        for f in set(folds.tolist()):
            t = folds == f
            for A, _ in elim(X[~t], y[~t], 1, self.step):
                w, b = ls(X[~t][:, A], y[~t]); E.setdefault(len(A), []).append(((X[t][:, A]@w+b-y[t])**2).mean())
        self.sizes_ = sorted(E); self.errors_ = [np.mean(E[s]) for s in self.sizes_]; self.n_features_ = self.sizes_[int(np.argmin(self.errors_))]
        r = RFE(self.n_features_, self.step).fit(X, y); self.support_, self.ranking_ = r.support_, r.ranking_; return self
