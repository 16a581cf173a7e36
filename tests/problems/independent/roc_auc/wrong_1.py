"""Scores in float32: those 1e-9 apart become ties."""
import numpy as np


def roc_auc(y_true, y_score):
    y = np.asarray(y_true)
    s = np.asarray(y_score, dtype=np.float32)
    n1 = int((y == 1).sum())
    n0 = len(y) - n1
    if n1 == 0 or n0 == 0:
        raise ValueError("only one label")
    _, inv, counts = np.unique(s, return_inverse=True, return_counts=True)
    rank = np.cumsum(counts) - (counts - 1) / 2  # mean rank of each group
    u = rank[inv.ravel()][y == 1].sum() - n1 * (n1 + 1) / 2
    return float(u / (n1 * n0))
