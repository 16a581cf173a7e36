"""A sample on the plane is a mistake only while everything is zero."""
import numpy as np


class Perceptron:
    def __init__(self, learning_rate=1.0, max_epochs=1000):
        self.learning_rate = learning_rate
        self.max_epochs = max_epochs

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        w = np.zeros(X.shape[1] + 1)
        A = np.column_stack([X, np.ones(len(X))]) * y[:, None]
        mistakes = []
        for _ in range(self.max_epochs):
            m = 0
            for a in A:
                if a @ w < 0 or not w.any():
                    w = w + self.learning_rate * a
                    m += 1
            mistakes.append(m)
            if m == 0:
                break
        self.coef_ = w[:-1]
        self.intercept_ = float(w[-1])
        self.mistakes_ = np.array(mistakes, dtype=int)
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
