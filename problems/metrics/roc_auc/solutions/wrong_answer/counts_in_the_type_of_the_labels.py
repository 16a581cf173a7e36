"""Adds labels up in their own type: in eight bits counts begin anew at 256, or turn negative at 128."""

import numpy as np


def roc_auc(y_true, y_score):
    n_positive = int((y_true == 1).sum())
    n_negative = len(y_true) - n_positive
    if n_positive == 0 or n_negative == 0:
        raise ValueError("one class is missing")
    order = np.argsort(-y_score, kind="stable")
    y, scores = y_true[order], y_score[order]
    hits = alarms = hits_before = alarms_before = 0
    area = 0.0
    for i in range(len(y)):
        hits += y[i]
        alarms += 1 - y[i]
        if i == len(y) - 1 or scores[i] != scores[i + 1]:
            area += (alarms - alarms_before) * (hits + hits_before) / 2
            hits_before, alarms_before = hits, alarms
    return float(area / (n_positive * n_negative))
