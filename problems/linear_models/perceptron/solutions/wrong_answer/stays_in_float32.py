"""Works in float32 where X is, which rounds products of large numbers."""

import numpy as np


class Perceptron:
    def __init__(self, learning_rate=1.0, max_epochs=1000):
        self.learning_rate = learning_rate
        self.max_epochs = max_epochs

    def fit(self, X, y):
        X = np.asarray(X)
        w, b = np.zeros(X.shape[1], dtype=X.dtype), X.dtype.type(0)
        self.mistakes_ = []
        for _ in range(self.max_epochs):
            count = 0
            for x, label in zip(X, np.asarray(y, dtype=X.dtype)):
                if label * (x @ w + b) <= 0:
                    w = w + X.dtype.type(self.learning_rate) * label * x
                    b = b + X.dtype.type(self.learning_rate) * label
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
