"""Sorts the caller's scores in place."""

import numpy as np


def roc_auc(y_true, y_score):
    y_true, y_score = np.asarray(y_true), np.asarray(y_score)
    if len(np.unique(y_true)) < 2:
        raise ValueError("both classes are needed")
    order = np.argsort(y_score)
    y_true = y_true[order]
    y_score.sort()
    positive, negative = y_score[y_true == 1], y_score[y_true == 0]
    return (positive[:, None] > negative).mean() + (positive[:, None] == negative).mean() / 2
