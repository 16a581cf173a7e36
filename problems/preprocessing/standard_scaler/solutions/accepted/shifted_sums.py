"""Sums and sums of squares after the first row is subtracted, so that nothing cancels; constants by their range."""

import numpy as np


class StandardScaler:
    def fit(self, X):
        X = np.array(X, dtype=np.float64)
        shifted = X - X[0]
        first = shifted.mean(axis=0)
        second = (shifted * shifted).mean(axis=0)
        self.mean_ = X[0] + first
        is_constant = np.ptp(X, axis=0) == 0
        self.scale_ = np.where(is_constant, 1.0, np.sqrt(np.maximum(second - first**2, 0.0)))
        return self

    def transform(self, X):
        Z = np.array(X, dtype=np.float64)
        Z -= self.mean_
        Z /= self.scale_
        return Z

    def inverse_transform(self, Z):
        return np.array(Z, dtype=np.float64) * self.scale_[None, :] + self.mean_[None, :]
