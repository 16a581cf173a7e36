"""decision_function stops at n_estimators of the first fit's stumps. Breaks: F is the sum over the stumps that were kept; fit can be called again on other data."""

import numpy as np


class AdaBoostClassifier:
    def __init__(self, n_estimators=50):
        self.n_estimators = n_estimators

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        n = len(y)
        self.stumps = []
        alphas = []
        self.alphas_ = np.zeros(0)
        cand = []
        for j in range(X.shape[1]):
            u = np.unique(X[:, j])
            for s in (u[:-1] + u[1:]) / 2:
                cand.append((j, s, np.where(X[:, j] > s, 1.0, -1.0)))
        if not cand:
            return self
        H = np.array([c[2] for c in cand])
        wrong = H != y
        w = np.full(n, 1 / n)
        for _ in range(self.n_estimators):
            e = wrong @ w
            both = np.minimum(e, 1 - e)
            i = int(np.argmin(both))
            p = 1 if e[i] <= 1 - e[i] else -1
            h = p * H[i]
            eps = float(w[h != y].sum())
            if eps >= 0.5 - 1e-10:
                break
            perfect = eps < 1e-10
            if perfect:
                eps = 1e-10
            a = 0.5 * np.log((1 - eps) / eps)
            alphas.append(a)
            self.stumps.append((cand[i][0], cand[i][1], p))
            if perfect:
                break
            w = w * np.exp(-a * y * h)
            w /= w.sum()
        self.alphas_ = np.array(alphas)
        self.n_stumps = getattr(self, 'n_stumps', len(alphas))
        return self

    def decision_function(self, X):
        X = np.asarray(X, dtype=float)
        F = np.zeros(len(X))
        for a, (j, s, p) in list(zip(self.alphas_, self.stumps))[:self.n_stumps] if len(self.alphas_) else []:
            F = F + a * np.where(X[:, j] > s, p, -p)
        return F

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
