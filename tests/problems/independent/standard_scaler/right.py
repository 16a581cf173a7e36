import numpy as np


class StandardScaler:
    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.mean_ = X.mean(axis=0)
        s = np.sqrt(((X - self.mean_) ** 2).mean(axis=0))
        s[X.max(axis=0) == X.min(axis=0)] = 1.0
        self.scale_ = s
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) / self.scale_

    def inverse_transform(self, Z):
        return np.asarray(Z, dtype=float) * self.scale_ + self.mean_
