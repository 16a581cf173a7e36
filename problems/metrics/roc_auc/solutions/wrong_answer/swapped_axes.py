"""Integrates FPR over TPR: the area on the other side of the curve."""

import numpy as np


def roc_auc(y_true, y_score):
    y_true, y_score = np.asarray(y_true), np.asarray(y_score, dtype=float)
    if len(np.unique(y_true)) < 2:
        raise ValueError("both classes are needed")
    thresholds = np.unique(y_score)[::-1]
    tpr = np.array([0.0, *((y_score[y_true == 1] >= t).mean() for t in thresholds)])
    fpr = np.array([0.0, *((y_score[y_true == 0] >= t).mean() for t in thresholds)])
    return np.trapezoid(fpr, tpr)
