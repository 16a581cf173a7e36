"""Scores are squashed to probabilities when any lies outside [0, 1], which ties large ones; breaks 'need not be probabilities'."""
import numpy as np


def roc_auc(y_true, y_score):
    y = np.asarray(y_true)
    s = np.asarray(y_score, dtype=float)
    if s.min() < 0 or s.max() > 1:
        s = 0.5 * (1 + np.tanh(s / (2 * max(1.0, np.abs(s).mean()))))
    n_pos = int((y == 1).sum())
    n_neg = len(y) - n_pos
    if n_pos == 0 or n_neg == 0:
        raise ValueError("one label only")
    order = np.argsort(s, kind="stable")
    s, y = s[order], y[order]
    starts = np.flatnonzero(np.r_[True, s[1:] != s[:-1]])
    counts = np.diff(np.r_[starts, len(s)])
    pos = np.add.reduceat((y == 1).astype(float), starts)
    neg = counts - pos
    below = np.cumsum(neg) - neg
    return float((pos * (below + neg / 2)).sum() / (n_pos * n_neg))
