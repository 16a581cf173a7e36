"""Gradient boosting for classification, by other means."""

import numpy as np
class Node: pass
class GradientBoostingClassifier:
    def __init__(self, n_estimators=100, learning_rate=0.1, max_depth=3, min_samples_leaf=1):
        self.n_estimators=n_estimators; self.learning_rate=learning_rate; self.max_depth=max_depth; self.min_samples_leaf=min_samples_leaf
    def build(self, X, r, p, idx, depth):
        nd = Node(); nd.value = r[idx].sum() / (p[idx]*(1-p[idx])).sum(); nd.f = None
        if depth == self.max_depth or np.ptp(r[idx]) == 0: return nd
        best = np.inf
        for j in range(X.shape[1]):
            u = np.unique(X[idx, j])
            for s in (u[1:] + u[:-1]) / 2:
                L, Rr = idx[X[idx, j] <= s], idx[X[idx, j] > s]
                if min(len(L), len(Rr)) < self.min_samples_leaf: continue
                e = len(L)*r[L].var() + len(Rr)*r[Rr].var()
                if e < best: best, nd.f, nd.s, l, rr = e, j, s, L, Rr
        if nd.f is not None: nd.l, nd.r = self.build(X, r, p, l, depth+1), self.build(X, r, p, rr, depth+1)
        return nd
    def run(self, nd, X):
        if nd.f is None: return np.full(len(X), nd.value)
        return np.where(X[:, nd.f] <= nd.s, self.run(nd.l, X), self.run(nd.r, X))
    def fit(self, X, y):
        X = np.asarray(X, np.float64); y = np.asarray(y)
        self.F0 = np.log(y.sum() / (1 - y).sum()); F = np.full(len(y), self.F0); self.T = []
        for _ in range(self.n_estimators):
            p = 1/(1+np.exp(-F)); t = self.build(X, y - p, p, np.arange(len(y)), 0); self.T.append(t); F = F + self.learning_rate*self.run(t, X)
        return self
    def staged_decision_function(self, X):
        X = np.asarray(X, np.float64); return self.F0 + self.learning_rate*np.cumsum([self.run(t, X) for t in self.T], axis=0)
    def decision_function(self, X): return self.staged_decision_function(X)[-1]
    def predict_proba(self, X):
        p = 1/(1+np.exp(-self.decision_function(X))); return np.stack([1-p, p], 1)
    def predict(self, X): return (self.decision_function(X) > 0) * 1
