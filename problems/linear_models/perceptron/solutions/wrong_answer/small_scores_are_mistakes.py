"""Counts positive scores below 1e-6 as mistakes, which a small learning rate makes frequent."""

import numpy as np


class Perceptron:
    def __init__(self, learning_rate=1.0, max_epochs=1000):
        self.learning_rate = learning_rate
        self.max_epochs = max_epochs

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        w, b = np.zeros(X.shape[1]), 0.0
        self.mistakes_ = []
        for _ in range(self.max_epochs):
            count = 0
            for x, label in zip(X, y):
                if label * (x @ w + b) <= 1e-6:
                    w = w + self.learning_rate * label * x
                    b = b + self.learning_rate * label
                    count += 1
            self.mistakes_.append(count)
            if count == 0:
                break
        self.coef_, self.intercept_ = w, float(b)
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
