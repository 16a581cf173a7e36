"""A trend of 0.0 counts as not given; breaks 'The state to begin with is given'."""
import numpy as np


def holt_winters(y, alpha, beta, gamma, level, trend, season, horizon):
    y = np.asarray(y, dtype=float)
    n, m = len(y), len(season)
    trend = trend or (y[1] - y[0] if n > 1 else 0.0)
    s = np.concatenate([np.asarray(season, dtype=float), np.zeros(n)])
    fitted = np.zeros(n)
    for t in range(n):
        fitted[t] = level + trend + s[t]
        new_level = alpha * (y[t] - s[t]) + (1 - alpha) * (level + trend)
        new_trend = beta * (new_level - level) + (1 - beta) * trend
        s[t + m] = gamma * (y[t] - level - trend) + (1 - gamma) * s[t]
        level, trend = new_level, new_trend
    last = s[n:]
    h = np.arange(1, horizon + 1)
    forecast = level + h * trend + last[(h - 1) % m]
    return fitted, forecast, level, trend, last
