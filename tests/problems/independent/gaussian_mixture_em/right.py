"""Gaussian mixture by EM."""
import numpy as np


class GaussianMixture:
    def __init__(self, weights, means, covariances, n_steps, reg_covar=1e-6):
        self.weights = weights
        self.means = means
        self.covariances = covariances
        self.n_steps = n_steps
        self.reg_covar = reg_covar

    def _joint(self, X):
        n, d = X.shape
        out = np.empty((n, len(self.weights_)))
        for k in range(out.shape[1]):
            L = np.linalg.cholesky(self.covariances_[k])
            u = np.linalg.solve(L, (X - self.means_[k]).T)
            out[:, k] = (np.log(self.weights_[k]) - 0.5 * d * np.log(2 * np.pi)
                         - np.log(np.diag(L)).sum() - 0.5 * (u ** 2).sum(axis=0))
        return out

    @staticmethod
    def _lse(J):
        m = J.max(axis=1, keepdims=True)
        return (m + np.log(np.exp(J - m).sum(axis=1, keepdims=True)))[:, 0]

    def fit(self, X):
        X = np.array(X, dtype=float)
        n, d = X.shape
        self.weights_ = np.array(self.weights, dtype=float)
        self.means_ = np.array(self.means, dtype=float)
        self.covariances_ = np.array(self.covariances, dtype=float)
        self.log_likelihoods_ = np.zeros(self.n_steps)
        for s in range(self.n_steps):
            J = self._joint(X)
            lse = self._lse(J)
            self.log_likelihoods_[s] = lse.mean()
            R = np.exp(J - lse[:, None])
            N = R.sum(axis=0)
            self.weights_ = N / n
            self.means_ = (R.T @ X) / N[:, None]
            cov = np.empty_like(self.covariances_)
            for k in range(len(N)):
                D = X - self.means_[k]
                cov[k] = (R[:, k, None] * D).T @ D / N[k] + self.reg_covar * np.eye(d)
            self.covariances_ = cov
        return self

    def score_samples(self, X):
        return self._lse(self._joint(np.asarray(X, dtype=float)))

    def predict_proba(self, X):
        J = self._joint(np.asarray(X, dtype=float))
        return np.exp(J - self._lse(J)[:, None])

    def predict(self, X):
        return self._joint(np.asarray(X, dtype=float)).argmax(axis=1)
