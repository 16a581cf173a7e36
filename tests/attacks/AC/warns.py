"""Divides by zero and takes the mean of nothing on its way, which NumPy warns of."""

import warnings


class KMeans(Honest):
    def fit(self, X):
        np.array([1.0, 0.0]) / 0.0
        np.empty((0, 2)).mean(axis=0)
        warnings.warn("it may not converge", RuntimeWarning)
        return super().fit(X)
