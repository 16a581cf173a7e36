"""Keeps the type of season, so that corrections of whole numbers are cut off."""

import numpy as np


def holt_winters(y, alpha, beta, gamma, level, trend, season, horizon):
    y = np.asarray(y, dtype=float)
    ring = np.array(season)
    m = len(ring)
    fitted = np.empty(len(y))
    for t in range(len(y)):
        fitted[t] = level + trend + ring[t % m]
        error = y[t] - fitted[t]
        level += trend + alpha * error
        trend += alpha * beta * error
        ring[t % m] += gamma * error
    ring = np.roll(ring, -(len(y) % m))
    steps = np.arange(1, horizon + 1)
    return fitted, level + steps * trend + ring[(steps - 1) % m], level, trend, ring
