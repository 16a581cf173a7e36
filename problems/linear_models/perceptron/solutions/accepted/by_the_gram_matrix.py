"""Counts the mistakes of each sample, and keeps all scores up to date through scalar products of samples."""

import numpy as np


class Perceptron:
    def __init__(self, learning_rate=1.0, max_epochs=1000):
        self.learning_rate, self.max_epochs = learning_rate, max_epochs

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        gram = X @ X.T + 1.0
        scores, times, mistakes = np.zeros(len(X)), np.zeros(len(X)), []
        while len(mistakes) < self.max_epochs and 0 not in mistakes[-1:]:
            before = times.sum()
            for i in range(len(X)):
                if y[i] * scores[i] <= 0:
                    times[i] += 1
                    scores += y[i] * gram[i]
            mistakes.append(int(times.sum() - before))
        weights = self.learning_rate * times * y
        self.coef_, self.intercept_ = weights @ X, weights.sum()
        self.mistakes_ = np.array(mistakes)
        return self

    def decision_function(self, X):
        return np.dot(np.asarray(X, dtype=float), self.coef_) + self.intercept_

    def predict(self, X):
        return 2 * (self.decision_function(X) > 0) - 1
