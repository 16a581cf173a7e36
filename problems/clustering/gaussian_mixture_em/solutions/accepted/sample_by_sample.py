"""Loops over components and samples, with inverses and determinants of the matrices."""

import math

import numpy as np


class GaussianMixture:
    def __init__(self, weights, means, covariances, n_steps, reg_covar=1e-6):
        self.begin = list(zip(weights, means, covariances))
        self.n_steps, self.reg_covar = n_steps, reg_covar

    def _prepared(self):
        found = []
        for weight, mean, covariance in self.components:
            covariance = np.asarray(covariance, dtype=float)
            constant = math.log(weight) - 0.5 * np.linalg.slogdet(2 * math.pi * covariance)[1]
            found.append((constant, np.asarray(mean, dtype=float), np.linalg.inv(covariance)))
        return found

    def _row(self, x, prepared):
        logs = [constant - 0.5 * (x - mean) @ inverse @ (x - mean) for constant, mean, inverse in prepared]
        top = max(logs)
        total = top + math.log(sum(math.exp(value - top) for value in logs))
        return [math.exp(value - total) for value in logs], total

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.components, self.log_likelihoods_ = self.begin, []
        for _ in range(self.n_steps):
            prepared = self._prepared()
            rows = [self._row(x, prepared) for x in X]
            self.log_likelihoods_.append(math.fsum(total for _, total in rows) / len(X))
            shares = np.array([row for row, _ in rows])
            components = []
            for k in range(shares.shape[1]):
                size = shares[:, k].sum()
                mean = sum(s * x for s, x in zip(shares[:, k], X)) / size
                scatter = sum(s * np.outer(x - mean, x - mean) for s, x in zip(shares[:, k], X)) / size
                components.append((size / len(X), mean, scatter + np.diag([self.reg_covar] * X.shape[1])))
            self.components = components
        self.weights_, self.means_, self.covariances_ = (np.array(part) for part in zip(*self.components))
        return self

    def score_samples(self, X):
        prepared = self._prepared()
        return np.array([self._row(x, prepared)[1] for x in np.asarray(X, dtype=float)])

    def predict_proba(self, X):
        prepared = self._prepared()
        return np.array([self._row(x, prepared)[0] for x in np.asarray(X, dtype=float)])

    def predict(self, X):
        return self.predict_proba(X).argmax(axis=1)
