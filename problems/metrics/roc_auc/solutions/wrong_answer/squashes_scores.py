"""Turns scores into probabilities first, where large ones all become 1 and tie."""

import numpy as np


def roc_auc(y_true, y_score):
    y_true, y_score = np.asarray(y_true), np.asarray(y_score, dtype=float)
    y_score = np.tanh(y_score / max(1.0, np.abs(y_score).mean()))
    n_positive = int((y_true == 1).sum())
    n_negative = len(y_true) - n_positive
    if n_positive == 0 or n_negative == 0:
        raise ValueError("both classes are needed")
    _, group, counts = np.unique(y_score, return_inverse=True, return_counts=True)
    last_rank = np.cumsum(counts)
    rank = (last_rank - (counts - 1) / 2)[group]
    return (rank[y_true == 1].sum() - n_positive * (n_positive + 1) / 2) / (n_positive * n_negative)
