"""At most 50 sweeps. Breaks "A few dozen are not always enough"."""
import numpy as np


class Lasso:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        n, p = X.shape
        x_mean, y_mean = X.mean(axis=0), y.mean()
        Z, r = X - x_mean, y - y_mean
        norms = (Z ** 2).sum(axis=0) / n
        w = np.zeros(p)
        scale = np.abs(r).max()
        for sweep in range(50):
            biggest = 0.0
            for j in range(p):
                if norms[j] < 1e-20:
                    continue
                rho = Z[:, j] @ r / n + norms[j] * w[j]
                new = np.sign(rho) * max(abs(rho) - self.alpha, 0.0) / norms[j]
                if new != w[j]:
                    r -= Z[:, j] * (new - w[j])
                    biggest = max(biggest, abs(new - w[j]) * norms[j] ** 0.5)
                    w[j] = new
            if biggest <= 1e-10 * scale:
                break
        self.coef_ = w
        self.intercept_ = float(y_mean - x_mean @ w)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
