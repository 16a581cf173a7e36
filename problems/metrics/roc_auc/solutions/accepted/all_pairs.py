"""All differences between positives and negatives at once."""

import numpy as np


def roc_auc(y_true, y_score):
    positive, negative = y_score[y_true == 1], y_score[y_true == 0]
    if not positive.size or not negative.size:
        raise ValueError("positives and negatives are needed")
    higher = positive[:, None] > negative[None, :]
    equal = positive[:, None] == negative[None, :]
    return np.asarray(higher.mean() + equal.mean() / 2)
