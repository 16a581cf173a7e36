"""Holt-Winters exponential smoothing. Fill in the function."""

import numpy as np


def holt_winters(y, alpha, beta, gamma, level, trend, season, horizon):
    """Smooth a series from a given state, and forecast.

    Parameters
    ----------
    y : array of shape (n,)
    alpha, beta, gamma : float
        The weights of the newest value in level, trend and season.
    level, trend : float
        The state before the first value.
    season : array of shape (m,)
        The seasonal terms before the first value; season[0] belongs to y[0].
    horizon : int
        The number of steps to forecast after the last value.

    Returns
    -------
    fitted, forecast, level, trend, season
        One-step forecasts (n,), forecasts (horizon,), and the state after the last value; season[0] belongs to the
        step after it.
    """
    return np.zeros(len(y)), np.zeros(horizon), level, trend, season
