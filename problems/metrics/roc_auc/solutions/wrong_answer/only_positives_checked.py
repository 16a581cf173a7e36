"""Raises ValueError without positives, and forgets that negatives may be missing too."""

import numpy as np


def roc_auc(y_true, y_score):
    y_true, y_score = np.asarray(y_true), np.asarray(y_score, dtype=float)
    positive, negative = y_score[y_true == 1], y_score[y_true == 0]
    if not len(positive):
        raise ValueError("no positives")
    if not len(negative):
        return 1.0
    return (positive[:, None] > negative).mean() + (positive[:, None] == negative).mean() / 2
