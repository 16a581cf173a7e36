"""Takes a level or a trend of zero for one that is not given, and computes it from the series."""

import numpy as np


def holt_winters(y, alpha, beta, gamma, level, trend, season, horizon):
    m = len(season)
    level = level or (y[0] if len(y) else 0.0)
    trend = trend or (y[1] - y[0] if len(y) > 1 else 0.0)
    terms = [float(term) for term in season]
    fitted = []
    for t, value in enumerate(y):
        old = terms[t]
        base = level + trend
        fitted.append(base + old)
        new_level = alpha * (value - old) + (1 - alpha) * base
        new_trend = beta * (new_level - level) + (1 - beta) * trend
        terms.append(gamma * (value - base) + (1 - gamma) * old)
        level, trend = new_level, new_trend
    last = terms[-m:]
    forecast = [level + h * trend + last[(h - 1) % m] for h in range(1, horizon + 1)]
    return np.array(fitted), np.array(forecast), level, trend, np.array(last)
