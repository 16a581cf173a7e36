import numpy as np


def _sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


class LogisticRegression:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X = np.asarray(X, dtype=np.float64)
        y = np.asarray(y, dtype=np.float64)
        A = np.hstack([X, np.ones((len(X), 1))])
        pen = np.full(A.shape[1], 1.0 / self.C)
        pen[-1] = 0.0
        theta = np.zeros(A.shape[1])

        def J(t):
            z = A @ t
            return np.sum(np.logaddexp(0, z) - y * z) + 0.5 * np.sum(pen * t * t)

        value = J(theta)
        for _ in range(100):
            p = _sigmoid(A @ theta)
            grad = A.T @ (p - y) + pen * theta
            H = (A * (p * (1 - p))[:, None]).T @ A + np.diag(pen)
            step = np.linalg.solve(H + 1e-12 * np.eye(len(H)), grad)
            s = 1.0
            while s > 1e-8 and J(theta - s * step) > value:
                s /= 2
            theta = theta - s * step
            value = J(theta)
            if grad @ step < 1e-12:
                break
        self.coef_ = theta[:-1]
        self.intercept_ = float(theta[-1])
        return self

    def predict_proba(self, X):
        z = np.asarray(X, dtype=np.float64) @ self.coef_ + self.intercept_
        return np.column_stack([_sigmoid(-z), _sigmoid(z)])

    def predict(self, X):
        return (np.asarray(X, dtype=np.float64) @ self.coef_ + self.intercept_ > 0).astype(int)
