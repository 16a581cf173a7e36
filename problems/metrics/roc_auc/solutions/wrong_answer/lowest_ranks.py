"""Gives all samples of a group of equal scores its lowest rank, not the mean rank."""

import numpy as np


def roc_auc(y_true, y_score):
    y_true, y_score = np.asarray(y_true), np.asarray(y_score, dtype=float)
    if len(np.unique(y_true)) < 2:
        raise ValueError("both classes are needed")
    rank = np.searchsorted(np.sort(y_score), y_score) + 1
    p, n = (y_true == 1).sum(), (y_true == 0).sum()
    return (rank[y_true == 1].sum() - p * (p + 1) / 2) / (p * n)
