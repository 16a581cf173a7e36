"""Looks for the shape between 0.1 and 10 only."""

import math


def exponential_mle(times, observed):
    total, ends = math.fsum(times), sum(bool(o) for o in observed)
    if not ends:
        raise ValueError("all times are censored")
    rate = ends / total
    return {"rate": rate, "standard_error": math.sqrt(ends) / total, "log_likelihood": ends * (math.log(rate) - 1)}


def weibull_mle(times, observed):
    exponential = exponential_mle(times, observed)
    largest = float(max(times))
    logs = [math.log(float(t) / largest) for t in times]
    ends = [x for x, o in zip(logs, observed) if o]
    mean = math.fsum(ends) / len(ends)

    def slope(k):
        powers = [math.exp(k * x) for x in logs]
        return math.fsum(p * x for p, x in zip(powers, logs)) / math.fsum(powers) - 1 / k - mean

    low, high = 0.1, 10.0
    for _ in range(80):
        middle = math.sqrt(low * high)
        if slope(middle) > 0:
            high = middle
        else:
            low = middle
    k = math.sqrt(low * high)
    log_scale = math.log(math.fsum(math.exp(k * x) for x in logs) / len(ends)) / k

    def likelihood(log_k, log_l):
        k = math.exp(log_k)
        gained = math.fsum(log_k - log_l + (k - 1) * (x - log_l) for x in ends)
        return gained - math.fsum(math.exp(k * (x - log_l)) for x in logs)

    # In logarithms of the parameters the first derivatives vanish as well, so that errors are only rescaled.
    h, at = 3e-4, (math.log(k), log_scale)

    def second(a, b):
        return (
            likelihood(at[0] + a[0] + b[0], at[1] + a[1] + b[1])
            - likelihood(at[0] + a[0] - b[0], at[1] + a[1] - b[1])
            - likelihood(at[0] - a[0] + b[0], at[1] - a[1] + b[1])
            + likelihood(at[0] - a[0] - b[0], at[1] - a[1] - b[1])
        ) / (4 * h * h)

    kk, ll, kl = -second((h, 0), (h, 0)), -second((0, h), (0, h)), -second((h, 0), (0, h))
    determinant = kk * ll - kl * kl
    best = likelihood(*at) - len(ends) * math.log(largest)
    scale = largest * math.exp(log_scale)
    ratio = max(0.0, 2 * (best - exponential["log_likelihood"]))
    return {
        "shape": k,
        "scale": scale,
        "standard_errors": [k * math.sqrt(ll / determinant), scale * math.sqrt(kk / determinant)],
        "log_likelihood": best,
        "likelihood_ratio": ratio,
        "p": math.erfc(math.sqrt(ratio / 2)),
    }
