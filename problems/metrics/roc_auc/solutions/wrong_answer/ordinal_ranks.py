"""Gives equal scores different ranks, by their place in the array; they share their mean rank."""

import numpy as np


def roc_auc(y_true, y_score):
    y_true, y_score = np.asarray(y_true), np.asarray(y_score, dtype=float)
    if len(np.unique(y_true)) < 2:
        raise ValueError("both classes are needed")
    rank = np.empty(len(y_score))
    rank[np.argsort(y_score, kind="stable")] = np.arange(1, len(y_score) + 1)
    p, n = (y_true == 1).sum(), (y_true == 0).sum()
    return (rank[y_true == 1].sum() - p * (p + 1) / 2) / (p * n)
