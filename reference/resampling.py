"""Confidence intervals from given resamples."""

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_NORMAL = NormalDist()


def _of_rows(rows: Floats, statistic: str) -> Floats:
    if statistic == "std":
        return np.asarray(rows.std(axis=1, ddof=1))
    return np.asarray(rows.mean(axis=1) if statistic == "mean" else np.median(rows, axis=1))


def replicates_of(x: Floats, indices: Integers, statistic: str) -> Floats:
    """Return the statistic of each resample, shape (n_resamples,); parameters as in `bootstrap_ci`."""
    return _of_rows(x[indices], statistic)


def bootstrap_ci(
    x: Floats, indices: Integers, statistic: str = "mean", method: str = "percentile", confidence: float = 0.95
) -> tuple[float, float, float]:
    """Return the ends of a bootstrap confidence interval, and the standard error.

    Source: Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapters 13 and 14; the same as
    ``scipy.stats.bootstrap`` on the same replicates.

    Parameters
    ----------
    x : ndarray of shape (n,)
    indices : ndarray of int, shape (n_resamples, n)
    statistic : {"mean", "median", "std"}
        The last with ddof 1.
    method : {"percentile", "basic", "bca"}
    confidence : float
    """
    replicates, estimate = replicates_of(x, indices, statistic), float(_of_rows(x[None], statistic)[0])
    levels = ((1.0 - confidence) / 2.0, (1.0 + confidence) / 2.0)
    if method == "bca":
        levels = _bca_levels(x, statistic, levels, float((np.sign(estimate - replicates) + 1.0).mean()) / 2.0)
    low, high = (float(end) for end in np.quantile(replicates, levels))
    if method == "basic":
        low, high = 2.0 * estimate - high, 2.0 * estimate - low
    return low, high, float(replicates.std(ddof=1))


def acceleration(x: Floats, statistic: str) -> float:
    """Return a sixth of the skewness of the values that leaving one out gives; parameters as in `bootstrap_ci`."""
    others = _of_rows(np.array([np.delete(x, i) for i in range(len(x))]), statistic)
    gaps = others.mean() - others
    return float((gaps**3).sum() / (6.0 * (gaps**2).sum() ** 1.5))


def _bca_levels(x: Floats, statistic: str, levels: tuple[float, float], below: float) -> tuple[float, float]:
    """Return both levels after correction for bias, by the share of replicates below the estimate, and acceleration."""
    bias, rate = _NORMAL.inv_cdf(below), acceleration(x, statistic)
    shifted = [bias + _NORMAL.inv_cdf(level) for level in levels]
    first, second = (_NORMAL.cdf(bias + z / (1.0 - rate * z)) for z in shifted)
    return first, second
