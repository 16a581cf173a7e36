"""Scores that differ by less than 1e-10 of their size count as equal."""

import math


def roc_auc(y_true, y_score):
    pairs = sorted(zip((float(s) for s in y_score), (int(v) for v in y_true)))
    n_pos = sum(v for _, v in pairs)
    n_neg = len(pairs) - n_pos
    if n_pos == 0 or n_neg == 0:
        raise ValueError("one class only")
    i, rank_sum = 0, 0.0
    while i < len(pairs):
        j = i
        while j < len(pairs) and math.isclose(pairs[j][0], pairs[i][0], rel_tol=1e-10):
            j += 1
        rank_sum += (i + 1 + j) / 2 * sum(v for _, v in pairs[i:j])
        i = j
    return (rank_sum - n_pos * (n_pos + 1) / 2) / (n_pos * n_neg)
