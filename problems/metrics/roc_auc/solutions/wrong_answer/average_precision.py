"""Computes the average precision, the area under the precision-recall curve."""

import numpy as np


def roc_auc(y_true, y_score):
    y_true, y_score = np.asarray(y_true), np.asarray(y_score, dtype=float)
    if len(np.unique(y_true)) < 2:
        raise ValueError("both classes are needed")
    order = np.argsort(-y_score, kind="stable")
    hits = y_true[order] == 1
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return precision[hits].mean()
