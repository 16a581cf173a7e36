"""score_samples subtracts the mean from X in place (single component). Breaks: '`X` ... [is] not changed'."""
import numpy as np


class GaussianMixture:
    def __init__(self, weights, means, covariances, n_steps, reg_covar=1e-6):
        self.weights = weights
        self.means = means
        self.covariances = covariances
        self.n_steps = n_steps
        self.reg_covar = reg_covar

    def _log_joint(self, X):
        X = np.asarray(X, dtype=float)
        n, d = X.shape
        out = np.empty((n, len(self.weights_)))
        for k in range(len(self.weights_)):
            L = np.linalg.cholesky(self.covariances_[k])
            if len(self.weights_) == 1:
                X -= self.means_[k]
                D = X.T
            else:
                D = (X - self.means_[k]).T
            Z = np.empty_like(D)
            for i in range(d):
                Z[i] = (D[i] - L[i, :i] @ Z[:i]) / L[i, i]
            out[:, k] = (np.log(self.weights_[k]) - 0.5 * d * np.log(2 * np.pi)
                         - np.log(np.diag(L)).sum() - 0.5 * (Z ** 2).sum(axis=0))
        return out

    def fit(self, X):
        X = np.array(X, dtype=float)
        self.weights_ = np.array(self.weights, dtype=float)
        self.means_ = np.array(self.means, dtype=float)
        self.covariances_ = np.array(self.covariances, dtype=float)
        n, d = X.shape
        logs = []
        for step in range(self.n_steps):
            J = self._log_joint(X.copy())
            logs.append(self._lse(J).mean())
            R = np.exp(J - self._lse(J)[:, None])
            N = R.sum(axis=0)
            self.weights_ = N / n
            self.means_ = R.T @ X / N[:, None]
            for k in range(len(N)):
                D = X - self.means_[k]
                self.covariances_[k] = (R[:, k, None] * D).T @ D / N[k] + self.reg_covar * np.eye(d)
        self.log_likelihoods_ = np.array(logs)
        return self

    @staticmethod
    def _lse(J):
        top = J.max(axis=1)
        return top + np.log(np.exp(J - top[:, None]).sum(axis=1))

    def score_samples(self, X):
        return self._lse(self._log_joint(X))

    def predict_proba(self, X):
        J = self._log_joint(X)
        return np.exp(J - self._lse(J)[:, None])

    def predict(self, X):
        return self._log_joint(X).argmax(axis=1)
