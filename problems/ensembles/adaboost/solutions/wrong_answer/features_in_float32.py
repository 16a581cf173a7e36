"""Takes features as float32, in which neighbouring values far from zero are one."""

import math

import numpy as np


class AdaBoostClassifier:
    def __init__(self, n_estimators=50):
        self.rounds = n_estimators

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=np.float32), np.asarray(y, dtype=float)
        order = np.argsort(X, axis=0, kind="stable")
        values = np.take_along_axis(X, order, axis=0)
        is_cut = values[:-1] < values[1:]
        weights = np.full(len(y), 1 / len(y))
        self.features, self.thresholds, self.votes = [], [], []
        while len(self.votes) < self.rounds and is_cut.any():
            # Correlation with the labels of "1 above, -1 below": its size is 1 - 2 error.
            signed = (weights * y)[order]
            above = (weights * y).sum() - 2 * np.cumsum(signed, axis=0)[:-1]
            skill = np.where(is_cut, np.abs(above), -1.0)
            row, j = np.unravel_index(np.argmax(skill), skill.shape)
            error = (1 - skill[row, j]) / 2
            if error > 0.5 - 1e-10:
                break
            polarity = math.copysign(1.0, above[row, j])
            alpha = math.atanh(1 - 2 * max(error, 1e-10))
            threshold = (values[row, j] + values[row + 1, j]) / 2
            self.features.append(j)
            self.thresholds.append(threshold)
            self.votes.append(polarity * alpha)
            if error < 1e-10:
                break
            is_right = y * polarity * np.where(X[:, j] > threshold, 1, -1) > 0
            # Half of all weight goes to those that were right, half to the others.
            weights = weights / np.where(is_right, 2 * (1 - error), 2 * error)
            weights /= weights.sum()
        self.alphas_ = np.abs(self.votes)
        return self

    def decision_function(self, X):
        X = np.asarray(X, dtype=np.float32)
        if not self.votes:
            return np.zeros(len(X))
        return np.where(X[:, self.features] > np.array(self.thresholds), 1, -1) @ np.array(self.votes)

    def predict(self, X):
        return [1 if value > 0 else -1 for value in self.decision_function(X)]
