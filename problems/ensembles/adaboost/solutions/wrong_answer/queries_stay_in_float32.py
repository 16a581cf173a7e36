"""Compares float32 queries as they come with the thresholds, which NumPy rounds to float32 first: to a neighbour."""

import math

import numpy as np


class AdaBoostClassifier:
    def __init__(self, n_estimators=50):
        self.rounds = n_estimators

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
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
            threshold = float(values[row, j] + values[row + 1, j]) / 2
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
        total = np.zeros(len(X))
        for feature, threshold, vote in zip(self.features, self.thresholds, self.votes):
            total += np.where(X[:, feature] > threshold, vote, -vote)
        return total

    def predict(self, X):
        return [1 if value > 0 else -1 for value in self.decision_function(X)]
