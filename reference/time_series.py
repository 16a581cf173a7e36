"""Smoothing and forecasting of time series."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Smoothed:
    """One-step forecasts, forecasts after the end, and the state there; season[0] belongs to the next step."""

    fitted: Floats
    forecast: Floats
    level: float
    trend: float
    season: Floats


def holt_winters(  # noqa: PLR0913, PLR0917 - the series, three weights and a state of three parts
    y: Floats, alpha: float, beta: float, gamma: float, level: float, trend: float, season: Floats, horizon: int
) -> Smoothed:
    """Return additive Holt-Winters smoothing from a given state.

    The season is updated by the level and trend before the value, as in
    Hyndman and Athanasopoulos, "Forecasting: Principles and Practice" (2021),
    section 8.3; here in the error-correction form of their section 8.5.

    Parameters
    ----------
    y : ndarray of shape (n,)
    alpha, beta, gamma : float
        Weights of the newest value in level, trend and season.
    level, trend : float
        The state before the first value.
    season : ndarray of shape (period,)
        The terms of the first season; season[0] belongs to y[0].
    horizon : int
    """
    terms = np.concatenate([season, np.zeros(len(y))]).astype(np.float64)
    period, fitted = len(season), np.zeros(len(y))
    for t, value in enumerate(y):
        fitted[t] = level + trend + terms[t]
        error = float(value) - fitted[t]
        level, trend = level + trend + alpha * error, trend + alpha * beta * error
        terms[t + period] = terms[t] + gamma * error
    last, steps = terms[len(y) :], np.arange(1, horizon + 1)
    return Smoothed(fitted, level + steps * trend + last[(steps - 1) % period], float(level), float(trend), last)
