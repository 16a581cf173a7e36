"""Gaussian mixture by EM, by other means."""

import numpy as np
class GaussianMixture:
    def __init__(self, weights, means, covariances, n_steps, reg_covar=1e-6):
        self.weights=weights; self.means=means; self.covariances=covariances; self.n_steps=n_steps; self.reg_covar=reg_covar
    def _logp(self, X):
        X = np.asarray(X, float)
        P = np.linalg.inv(self.covariances_); ld = np.linalg.slogdet(self.covariances_)[1]
        D = X[:, None, :] - self.means_[None]
        q = np.einsum("nki,kij,nkj->nk", D, P, D)
        return np.log(self.weights_) - .5 * (X.shape[1] * np.log(2*np.pi) + ld + q)
    def fit(self, X):
        X = np.asarray(X, float)
        self.weights_, self.means_, self.covariances_ = [np.array(a, float) for a in (self.weights, self.means, self.covariances)]
        ll = []
        for _ in range(self.n_steps):
            ll.append(self.score_samples(X).mean()); r = self.predict_proba(X); N = r.sum(0)
            self.weights_ = N / len(X); self.means_ = r.T @ X / N[:, None]
            D = X[:, None] - self.means_
            self.covariances_ = np.einsum("nk,nki,nkj->kij", r, D, D) / N[:, None, None] + self.reg_covar*np.eye(X.shape[1])
        self.log_likelihoods_ = np.array(ll)
        return self
    def score_samples(self, X): return np.logaddexp.reduce(self._logp(X), axis=1)
    def predict_proba(self, X):
        L = self._logp(X); return np.exp(L - np.logaddexp.reduce(L, axis=1)[:, None])
    def predict(self, X): return self.predict_proba(X).argmax(1)
