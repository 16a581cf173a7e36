"""Looks for the next mistake in what is left of the epoch, for all samples at once."""

import numpy as np


class Perceptron:
    def __init__(self, learning_rate=1.0, max_epochs=1000):
        self.rate, self.max_epochs = learning_rate, max_epochs

    def fit(self, X, y):
        signed = np.column_stack([X, np.ones(len(X))]).astype(float) * np.asarray(y, dtype=float)[:, None]
        theta, counts = np.zeros(signed.shape[1]), []
        for _ in range(self.max_epochs):
            begin, count = 0, 0
            while begin < len(signed):
                wrong = signed[begin:] @ theta <= 0
                if not wrong.any():
                    break
                begin += int(wrong.argmax())
                theta = theta + self.rate * signed[begin]
                begin, count = begin + 1, count + 1
            counts.append(count)
            if not count:
                break
        self.theta, self.mistakes_ = theta, np.array(counts, dtype=np.int32)
        self.coef_, self.intercept_ = theta[:-1], theta[-1]
        return self

    def decision_function(self, X):
        return np.column_stack([X, np.ones(len(X))]) @ self.theta

    def predict(self, X):
        return np.array([1 if score > 0 else -1 for score in self.decision_function(X)])
