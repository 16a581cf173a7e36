"""Integrates the density up to 1000 standard errors beyond t only; heavy tails reach much farther."""

import math

import numpy as np

NODES, WEIGHTS = np.polynomial.legendre.leggauss(20)


def tail(t, df):
    constant = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - 0.5 * math.log(df * math.pi)
    edges = t + np.concatenate([[0.0], np.geomspace(1e-3, 1000.0, 200)])
    half = np.diff(edges)[:, None] / 2
    u = edges[:-1, None] + half * (NODES + 1)
    density = np.exp(constant - (df + 1) / 2 * np.log1p(u * u / df))
    return 2 * float((half * WEIGHTS * density).sum())


def welch_t_test(a, b):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    square_a, square_b = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
    t = (a.mean() - b.mean()) / math.sqrt(square_a + square_b)
    df = (square_a + square_b) ** 2 / (square_a**2 / (len(a) - 1) + square_b**2 / (len(b) - 1))
    return t, tail(abs(t), df)
