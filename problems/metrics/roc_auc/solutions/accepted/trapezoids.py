"""The curve itself: cumulative counts after each group of equal scores, and trapezoids between them."""

import numpy as np


def roc_auc(y_true, y_score):
    y_true, y_score = np.asarray(y_true), np.asarray(y_score)
    if len(np.unique(y_true)) < 2:
        raise ValueError("only one class is there")
    order = np.argsort(-y_score)
    y_sorted, sorted_scores = y_true[order], y_score[order]
    ends = np.append(np.flatnonzero(np.diff(sorted_scores)), len(order) - 1)
    true_positives = np.append(0, np.cumsum(y_sorted)[ends])
    false_positives = np.append(0, np.cumsum(1 - y_sorted)[ends])
    area = np.trapezoid(true_positives / true_positives[-1], false_positives / false_positives[-1])
    return np.float32(area)
