"""Uses a hundred fixed thresholds from 1 down to 0; the thresholds are the scores themselves."""

import numpy as np


def roc_auc(y_true, y_score):
    y_true, y_score = np.asarray(y_true), np.asarray(y_score, dtype=float)
    if len(np.unique(y_true)) < 2:
        raise ValueError("both classes are needed")
    thresholds = np.linspace(1, 0, 101)
    tpr = np.array([0.0, *((y_score[y_true == 1] >= t).mean() for t in thresholds), 1.0])
    fpr = np.array([0.0, *((y_score[y_true == 0] >= t).mean() for t in thresholds), 1.0])
    return np.trapezoid(tpr, fpr)
