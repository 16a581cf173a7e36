"""Adds a point to the curve after every sample, so the order within equal scores changes the area."""

import numpy as np


def roc_auc(y_true, y_score):
    y_true, y_score = np.asarray(y_true), np.asarray(y_score, dtype=float)
    if len(np.unique(y_true)) < 2:
        raise ValueError("both classes are needed")
    order = np.argsort(-y_score, kind="stable")
    tpr = np.append(0, np.cumsum(y_true[order] == 1) / (y_true == 1).sum())
    fpr = np.append(0, np.cumsum(y_true[order] == 0) / (y_true == 0).sum())
    return np.trapezoid(tpr, fpr)
