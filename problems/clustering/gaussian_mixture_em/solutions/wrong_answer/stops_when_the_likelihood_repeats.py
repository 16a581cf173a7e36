"""Ends when two likelihoods are equal, and has a shorter list of them than steps were asked for."""

import numpy as np


class GaussianMixture:
    def __init__(self, weights, means, covariances, n_steps, reg_covar=1e-6):
        self.start = [np.array(a, dtype=float) for a in (weights, means, covariances)]
        self.n_steps = n_steps
        self.reg_covar = reg_covar

    def _log_joint(self, X):
        X = np.asarray(X, dtype=float)
        n, d = X.shape
        joint = np.empty((n, len(self.weights_)))
        for k in range(len(self.weights_)):
            L = np.linalg.cholesky(self.covariances_[k])
            z = np.linalg.solve(L, (X - self.means_[k]).T)
            log_det = 2.0 * np.log(np.diag(L)).sum()
            log_density = -0.5 * ((z**2).sum(axis=0) + d * np.log(2 * np.pi) + log_det)
            joint[:, k] = np.log(self.weights_[k]) + log_density
        return joint

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        n, d = X.shape
        self.weights_, self.means_, self.covariances_ = [a.copy() for a in self.start]
        history = []
        for _ in range(self.n_steps):
            history.append(self.score_samples(X).mean())
            if len(history) > 1 and abs(history[-1] - history[-2]) < 1e-300:
                break
            r = self.predict_proba(X)
            N = r.sum(axis=0)
            self.weights_ = N / n
            means = (r.T @ X) / N[:, None]
            covariances = []
            for k in range(len(N)):
                diff = X - means[k]
                S = (r[:, k, None] * diff).T @ diff / N[k]
                covariances.append(S + self.reg_covar * np.eye(d))
            self.means_ = means
            self.covariances_ = np.array(covariances)
        self.log_likelihoods_ = np.array(history)
        return self

    def score_samples(self, X):
        joint = self._log_joint(X)
        top = joint.max(axis=1)
        return top + np.log(np.exp(joint - top[:, None]).sum(axis=1))

    def predict_proba(self, X):
        joint = self._log_joint(X)
        r = np.exp(joint - joint.max(axis=1, keepdims=True))
        return r / r.sum(axis=1, keepdims=True)

    def predict(self, X):
        return self._log_joint(X).argmax(axis=1)
