import numpy as np


def holt_winters(y, alpha, beta, gamma, level, trend, season, horizon):
    s = [float(v) for v in season]
    m = len(s)
    l, b = float(level), float(trend)
    fitted = []
    for value in y:
        old = s[-m]
        fitted.append(l + b + old)
        new_l = alpha * (value - old) + (1 - alpha) * (l + b)
        s.append(gamma * (value - l - b) + (1 - gamma) * old)
        b = beta * (new_l - l) + (1 - beta) * b
        l = new_l
    last = s[-m:]
    forecast = [l + h * b + last[(h - 1) % m] for h in range(1, horizon + 1)]
    return np.array(fitted, dtype=float), np.array(forecast), float(l), float(b), np.array(last)
