"""Counts scores that are nearly equal as ties; only equal scores tie."""

import numpy as np


def roc_auc(y_true, y_score):
    y_true, y_score = np.asarray(y_true), np.asarray(y_score, dtype=float)
    if len(np.unique(y_true)) < 2:
        raise ValueError("both classes are needed")
    positive, negative = y_score[y_true == 1], y_score[y_true == 0]
    equal = np.isclose(positive[:, None], negative)
    return ((positive[:, None] > negative) & ~equal).mean() + equal.mean() / 2
