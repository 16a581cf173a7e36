"""Bisection stops at an absolute width of 1e-5; breaks 'Estimates to 1e-4 of their standard errors' for small shapes and many rows."""
import math
import numpy as np


def exponential_mle(times, observed):
    t = np.asarray(times, dtype=float)
    o = np.asarray(observed, dtype=bool)
    d = int(o.sum())
    if d == 0:
        raise ValueError("nothing observed")
    rate = d / t.sum()
    return {"rate": rate, "standard_error": rate / math.sqrt(d), "log_likelihood": d * math.log(rate) - rate * t.sum()}


def weibull_mle(times, observed):
    t = np.asarray(times, dtype=float)
    o = np.asarray(observed, dtype=bool)
    d = int(o.sum())
    if d == 0:
        raise ValueError("nothing observed")
    unit = t.max()
    u = np.log(t / unit)

    def score(k):
        e = np.exp(k * u)
        return 1 / k + u[o].mean() - (e * u).sum() / e.sum()
    lo, hi = 0.01, 1000.0
    while hi - lo > 1e-5:
        k = (lo + hi) / 2
        if not lo < k < hi:
            break
        if score(k) > 0:
            lo = k
        else:
            hi = k
    k = (lo + hi) / 2
    lam = (np.exp(k * u).sum() / d) ** (1 / k)
    w = u - math.log(lam)
    e = np.exp(k * w)
    lam = lam * unit
    ll = float(np.sum(math.log(k / lam) + (k - 1) * w[o]) - e.sum())
    jkk = d / k ** 2 + (e * w ** 2).sum()
    jkl = (d - (e * (1 + k * w)).sum()) / lam
    jll = (k * (k + 1) * e.sum() - d * k) / lam ** 2
    det = jkk * jll - jkl ** 2
    D = max(0.0, 2 * (ll - exponential_mle(times, observed)["log_likelihood"]))
    return {"shape": k, "scale": lam, "standard_errors": np.array([math.sqrt(jll / det), math.sqrt(jkk / det)]),
            "log_likelihood": ll, "likelihood_ratio": D, "p": math.erfc(math.sqrt(D / 2))}
