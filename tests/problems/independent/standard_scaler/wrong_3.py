"""A buffer for the scale is allocated at the first fit and reused; breaks 'fit can be called again on other data' with another number of columns."""
import numpy as np


class StandardScaler:
    def __init__(self):
        pass

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.mean_ = X.mean(axis=0)
        self.mean_ = self.mean_ + (X - self.mean_).mean(axis=0)
        s = np.sqrt(((X - self.mean_) ** 2).mean(axis=0))
        if not hasattr(self, "scale_"):
            self.scale_ = np.empty(X.shape[1])
        self.scale_[:] = np.where((X == X[0]).all(axis=0), 1.0, s)
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) / self.scale_

    def inverse_transform(self, Z):
        return np.asarray(Z, dtype=float) * self.scale_ + self.mean_
