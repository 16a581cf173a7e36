import numpy as np


class Lasso:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        n, p = X.shape
        xm, ym = X.mean(axis=0), y.mean()
        Xc, yc = X - xm, y - ym
        Xc[:, np.ptp(X, axis=0) == 0] = 0
        sq = (Xc ** 2).sum(axis=0) / n
        w = np.zeros(p)
        r = yc.copy()
        for _ in range(20000):
            change = 0.0
            for j in range(p):
                if sq[j] == 0:
                    continue
                old = w[j]
                rho = Xc[:, j] @ r / n + sq[j] * old
                new = np.sign(rho) * max(abs(rho) - self.alpha, 0.0) / sq[j]
                if new != old:
                    r -= Xc[:, j] * (new - old)
                    w[j] = new
                    change = max(change, abs(new - old))
            if change <= 1e-10 * max(np.abs(w).max(), 1e-300):
                break
        self.coef_ = w
        self.intercept_ = float(ym - xm @ w)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
