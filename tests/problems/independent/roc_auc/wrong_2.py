"""Equal scores are ranked by their place in the array instead of sharing a mean rank."""
import numpy as np


def roc_auc(y_true, y_score):
    y = np.asarray(y_true)
    s = np.asarray(y_score, dtype=float)
    n1 = int((y == 1).sum())
    n0 = len(y) - n1
    if n1 == 0 or n0 == 0:
        raise ValueError("only one label")
    rank = np.empty(len(s))
    rank[np.argsort(s, kind='stable')] = np.arange(1, len(s) + 1)
    u = rank[y == 1].sum() - n1 * (n1 + 1) / 2
    return float(u / (n1 * n0))
