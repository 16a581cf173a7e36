"""Preprocessing: column statistics by exactly rounded sums, so that offsets cost no digits."""

from dataclasses import dataclass
from math import fsum, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Standardisation:
    """The columns' means and scales.

    Attributes
    ----------
    mean : ndarray of shape (n_features,)
    scale : ndarray of shape (n_features,)
        Standard deviations; 1 for a constant column.
    """

    mean: Floats
    scale: Floats

    def transform(self, X: Floats) -> Floats:
        """Return (X - mean) / scale."""
        return (X - self.mean) / self.scale

    def inverse_transform(self, Z: Floats) -> Floats:
        """Return Z * scale + mean."""
        return Z * self.scale + self.mean


def standardisation(X: Floats) -> Standardisation:
    """Compute mean and standard deviation (divisor n) of each column.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)

    Source: the corrected two-pass algorithm, Chan, Golub and LeVeque, "Algorithms for computing
    the sample variance" (1983), equation 1.7; same as ``sklearn.preprocessing.StandardScaler``.
    """
    columns = [_mean_and_deviation(column) for column in X.T.tolist()]
    mean, deviation = np.array(columns).T
    return Standardisation(mean, np.where(deviation > 0, deviation, 1.0))


def _mean_and_deviation(column: list[float]) -> tuple[float, float]:
    count = len(column)
    mean = fsum(column) / count
    residuals = [value - mean for value in column]
    # The mean is rounded: what the residuals still add up to is taken out again.
    total = fsum(value * value for value in residuals) - fsum(residuals) ** 2 / count
    return mean, sqrt(max(total, 0.0) / count)
