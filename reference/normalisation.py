"""Batch normalisation: the layer with its running statistics, and its gradients."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(slots=True)
class BatchNorm:
    """The layer, for X of shape (n_samples, n_channels) or (n_images, n_channels, height, width).

    Attributes
    ----------
    gamma, beta : ndarray of shape (n_channels,)
    momentum : float
        The share of the new batch in the running statistics.
    eps : float
        Added to the variance.
    running_mean, running_var : ndarray of shape (n_channels,)

    Source: Ioffe and Szegedy, "Batch normalization" (2015), algorithm 1 and the
    gradients after it.
    """

    gamma: Floats
    beta: Floats
    momentum: float = 0.1
    eps: float = 1e-5
    running_mean: Floats = field(init=False)
    running_var: Floats = field(init=False)

    def __post_init__(self) -> None:
        """Begin at mean 0 and variance 1."""
        self.running_mean, self.running_var = np.zeros(len(self.gamma)), np.ones(len(self.gamma))

    def train(self, X: Floats) -> Floats:
        """Normalise by the statistics of X, and move the running ones towards them."""
        columns = as_columns(X)
        mean, variance = columns.mean(axis=0), columns.var(axis=0)
        self.running_mean = self.running_mean + self.momentum * (mean - self.running_mean)
        self.running_var = self.running_var + self.momentum * (columns.var(axis=0, ddof=1) - self.running_var)
        return as_shape(self._scaled(columns, mean, variance), X)

    def evaluate(self, X: Floats) -> Floats:
        """Normalise by the running statistics."""
        return as_shape(self._scaled(as_columns(X), self.running_mean, self.running_var), X)

    def training_gradients(self, X: Floats, grad_y: Floats) -> tuple[Floats, Floats, Floats]:
        """Return the derivatives by X, gamma and beta of a number whose derivative by `train(X)` is `grad_y`.

        The derivative by X is that of the scaled values, less its projections on
        the constant vector and on the scaled values: both directions are
        normalised away.
        """
        columns, g = as_columns(X), as_columns(grad_y)
        deviation = np.sqrt(columns.var(axis=0) + self.eps)
        scaled = (columns - columns.mean(axis=0)) / deviation
        inside = g - g.mean(axis=0) - scaled * (g * scaled).mean(axis=0)
        return as_shape(self.gamma * inside / deviation, X), (g * scaled).sum(axis=0), g.sum(axis=0)

    def evaluation_gradients(self, X: Floats, grad_y: Floats) -> tuple[Floats, Floats, Floats]:
        """Return the derivatives by X, gamma and beta of a number whose derivative by `evaluate(X)` is `grad_y`."""
        columns, g = as_columns(X), as_columns(grad_y)
        deviation = np.sqrt(self.running_var + self.eps)
        scaled = (columns - self.running_mean) / deviation
        return as_shape(self.gamma * g / deviation, X), (g * scaled).sum(axis=0), g.sum(axis=0)

    def _scaled(self, columns: Floats, mean: Floats, variance: Floats) -> Floats:
        return self.gamma * (columns - mean) / np.sqrt(variance + self.eps) + self.beta


def as_columns(X: Floats) -> Floats:
    """Return X with a column for each channel, shape (n_samples * height * width, n_channels)."""
    return np.moveaxis(X, 1, -1).reshape(-1, X.shape[1])


def as_shape(columns: Floats, like: Floats) -> Floats:
    """Return columns, one for each channel, in the shape of `like`: the inverse of `as_columns`."""
    return np.moveaxis(columns.reshape(like.shape[0], *like.shape[2:], like.shape[1]), -1, 1)
