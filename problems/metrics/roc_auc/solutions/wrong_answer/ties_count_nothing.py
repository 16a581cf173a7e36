"""Counts a pair with equal scores as lost; it counts one half."""

import numpy as np


def roc_auc(y_true, y_score):
    y_true, y_score = np.asarray(y_true), np.asarray(y_score, dtype=float)
    if len(np.unique(y_true)) < 2:
        raise ValueError("both classes are needed")
    positive, negative = y_score[y_true == 1], y_score[y_true == 0]
    return (positive[:, None] > negative).mean()
