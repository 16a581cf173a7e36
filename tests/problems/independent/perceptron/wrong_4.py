"""Weights have the type of X, float32 when that is given, and long runs round. Breaks "all sums are exact"; "float32 ... arrays are taken"."""
import numpy as np


class Perceptron:
    def __init__(self, learning_rate=1.0, max_epochs=1000):
        self.learning_rate = learning_rate
        self.max_epochs = max_epochs

    def fit(self, X, y):
        X = np.asarray(X)
        y = np.asarray(y)
        w, b = np.zeros(X.shape[1], dtype=X.dtype), X.dtype.type(0)
        mistakes = []
        for epoch in range(self.max_epochs):
            count = 0
            for x, t in zip(X, y):
                if t * (x @ w + b) <= 0:
                    w = w + (self.learning_rate * t * x).astype(X.dtype)
                    b = X.dtype.type(b + self.learning_rate * t)
                    count += 1
            mistakes.append(count)
            if count == 0:
                break
        self.coef_, self.intercept_ = w, float(b)
        self.mistakes_ = np.array(mistakes)
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
