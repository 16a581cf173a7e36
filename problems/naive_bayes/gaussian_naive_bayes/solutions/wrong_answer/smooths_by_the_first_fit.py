"""What is added to the variances is kept from the first fit on."""

import numpy as np


class GaussianNB:
    def __init__(self, var_smoothing=1e-9):
        self.var_smoothing = var_smoothing

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y)
        self.classes_ = np.unique(y)
        if not hasattr(self, "epsilon_"):
            self.epsilon_ = self.var_smoothing * X.var(axis=0).max()
        self.theta = np.array([X[y == c].mean(axis=0) for c in self.classes_])
        self.var = np.array([X[y == c].var(axis=0) for c in self.classes_]) + self.epsilon_
        self.prior = np.array([(y == c).mean() for c in self.classes_])
        return self

    def predict_log_proba(self, X):
        Z = (np.asarray(X, dtype=float)[:, None, :] - self.theta) ** 2 / self.var
        joint = np.log(self.prior) - 0.5 * (np.log(2 * np.pi * self.var).sum(axis=1) + Z.sum(axis=2))
        largest = joint.max(axis=1, keepdims=True)
        return joint - largest - np.log(np.exp(joint - largest).sum(axis=1, keepdims=True))

    def predict(self, X):
        return self.classes_[self.predict_log_proba(X).argmax(axis=1)]
