"""Plain Python: the incomplete beta function by its power series, with a Lanczos-free log-gamma by Stirling."""

from math import exp, fsum, log, log1p, pi, sqrt


def log_gamma(z):
    """Stirling's series after the recurrence has made z large."""
    shift = 0.0
    while z < 20.0:
        shift -= log(z)
        z += 1.0
    series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * z**2)) / z**2) / z**2) / z
    return shift + (z - 0.5) * log(z) - z + 0.5 * log(2 * pi) + series


def series(a, b, x, log_x, log_y):
    """I_x(a, b) as a sum of positive terms, quick while x is not near 1; y = 1 - x."""
    term, terms, k = 1.0, [1.0], 0
    while term > 1e-17 * terms[0] or k < 10:
        term *= (a + b + k) / (a + 1 + k) * x
        terms.append(term)
        k += 1
    front = a * log_x + b * log_y - log(a) + log_gamma(a + b) - log_gamma(a) - log_gamma(b)
    return exp(front) * fsum(terms)


def tail(t, df):
    if t == 0:
        return 1.0
    x, y = df / (df + t * t), t * t / (df + t * t)
    log_x, log_y = -log1p(t * t / df), -log1p(df / (t * t))
    # The middle of the distribution from the other side.
    if x > (df / 2 + 1) / (df / 2 + 2.5):
        return 1.0 - series(0.5, df / 2, y, log_y, log_x)
    return series(df / 2, 0.5, x, log_x, log_y)


def mean_and_variance(values):
    mean = fsum(values) / len(values)
    return mean, fsum((value - mean) ** 2 for value in values) / (len(values) - 1)


def welch_t_test(a, b):
    a, b = [float(value) for value in a], [float(value) for value in b]
    mean_a, variance_a = mean_and_variance(a)
    mean_b, variance_b = mean_and_variance(b)
    u, v = variance_a / len(a), variance_b / len(b)
    t = (mean_a - mean_b) / sqrt(u + v)
    df = (u + v) ** 2 / (u * u / (len(a) - 1) + v * v / (len(b) - 1))
    return [t, tail(abs(t), df)]
