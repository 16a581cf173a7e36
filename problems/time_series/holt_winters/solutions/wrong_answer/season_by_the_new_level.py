"""The season is updated by the new level; the previous level and trend are asked for."""

import numpy as np


def holt_winters(y, alpha, beta, gamma, level, trend, season, horizon):
    m = len(season)
    terms = [float(term) for term in season]
    fitted = []
    for t, value in enumerate(y):
        old = terms[t]
        base = level + trend
        fitted.append(base + old)
        new_level = alpha * (value - old) + (1 - alpha) * base
        new_trend = beta * (new_level - level) + (1 - beta) * trend
        terms.append(gamma * (value - new_level) + (1 - gamma) * old)
        level, trend = new_level, new_trend
    last = terms[-m:]
    forecast = [level + h * trend + last[(h - 1) % m] for h in range(1, horizon + 1)]
    return np.array(fitted), np.array(forecast), level, trend, np.array(last)
