"""Maximum likelihood for survival times."""
import math

import numpy as np


def exponential_mle(times, observed):
    t = np.asarray(times, dtype=float)
    d = int(np.sum(np.asarray(observed, dtype=bool)))
    if d == 0:
        raise ValueError("no end was observed")
    rate = d / t.sum()
    return {"rate": rate, "standard_error": rate / math.sqrt(d),
            "log_likelihood": d * math.log(rate) - d}


def weibull_mle(times, observed):
    t = np.asarray(times, dtype=float)
    obs = np.asarray(observed, dtype=bool)
    d = int(obs.sum())
    if d == 0:
        raise ValueError("no end was observed")
    x = np.log(t)
    top = x.max()
    mean_obs = x[obs].mean()

    def g(k):
        w = np.exp(k * (x - top))
        return (w @ x) / w.sum() - 1 / k - mean_obs

    lo, hi = 1e-4, 1.0
    while g(hi) < 0:
        hi *= 2
    for _ in range(200):
        mid = 0.5 * (lo + hi)
        if g(mid) < 0:
            lo = mid
        else:
            hi = mid
    k = 0.5 * (lo + hi)
    log_scale = top + math.log(np.exp(k * (x - top)).sum() / d) / k
    lam = math.exp(log_scale)
    L = x - log_scale
    z = np.exp(k * L)
    J = np.empty((2, 2))
    J[0, 0] = d / k ** 2 + (z * L * L).sum()
    J[1, 1] = (-d * k + k * (k + 1) * z.sum()) / lam ** 2
    J[0, 1] = J[1, 0] = (d - z.sum() - k * (z * L).sum()) / lam
    det = J[0, 0] * J[1, 1] - J[0, 1] ** 2
    se = np.sqrt(np.array([J[1, 1], J[0, 0]]) / det)
    ll = d * (math.log(k) - log_scale) + (k - 1) * L[obs].sum() - z.sum()
    D = max(0.0, 2 * (ll - exponential_mle(t, obs)["log_likelihood"]))
    return {"shape": k, "scale": lam, "standard_errors": se, "log_likelihood": float(ll),
            "likelihood_ratio": float(D), "p": math.erfc(math.sqrt(D / 2))}
