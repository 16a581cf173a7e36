"""Labels are kept as int32; breaks 'any integers of at most 2^53 in size'."""
import numpy as np


class GaussianNB:
    def __init__(self, var_smoothing=1e-9):
        self.var_smoothing = var_smoothing

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y)
        self.classes_ = np.unique(y)
        k, p = len(self.classes_), X.shape[1]
        self.mean_ = np.zeros((k, p))
        self.var_ = np.zeros((k, p))
        self.prior_ = np.zeros(k)
        for i, c in enumerate(self.classes_):
            rows = X[y == c]
            self.mean_[i] = rows.mean(axis=0)
            self.var_[i] = rows.var(axis=0)
            self.prior_[i] = len(rows) / len(X)
        self.var_ += self.var_smoothing * X.var(axis=0).max()
        return self

    def joint(self, X):
        X = np.asarray(X, dtype=float)
        out = np.zeros((len(X), len(self.classes_)))
        for i in range(len(self.classes_)):
            q = ((X - self.mean_[i]) ** 2 / self.var_[i]).sum(axis=1)
            out[:, i] = np.log(self.prior_[i]) - 0.5 * (np.log(2 * np.pi * self.var_[i]).sum() + q)
        return out

    def predict_log_proba(self, X):
        j = self.joint(X)
        top = j.max(axis=1, keepdims=True)
        return j - top - np.log(np.exp(j - top).sum(axis=1, keepdims=True))

    def predict(self, X):
        return self.classes_.astype(np.int32)[self.joint(X).argmax(axis=1)]
