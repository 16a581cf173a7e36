"""Conjugate gradients on the centred least squares problem; it takes dependent columns as they are."""

import numpy as np


class LinearRegression:
    def __init__(self, fit_intercept=True):
        self.fit_intercept = fit_intercept

    def fit(self, X, y):
        x_mean, y_mean = np.zeros(X.shape[1]), np.float64(0)
        if self.fit_intercept:
            x_mean, y_mean = X.mean(axis=0, dtype=float), y.mean(dtype=float)
        A, residual = X - x_mean, y - y_mean
        coef = np.zeros(X.shape[1])
        gradient = A.T @ residual
        direction, size = gradient, gradient @ gradient
        smallest = 1e-24 * size
        # Rounding costs a few steps more than there are columns; far more would divide what has become too small.
        for _ in range(2 * X.shape[1]):
            if size <= smallest:
                break
            image = A @ direction
            step = size / (image @ image)
            coef = coef + step * direction
            residual = residual - step * image
            gradient = A.T @ residual
            previous, size = size, gradient @ gradient
            direction = gradient + size / previous * direction
        self.coef_ = coef
        self.intercept_ = float(y_mean - x_mean @ coef)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
