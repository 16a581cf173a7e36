"""Takes the logarithm to base 2."""

import numpy as np


def log_loss(y, probabilities, labels, eps=1e-12, sample_weight=None):
    column_of = {label: column for column, label in enumerate(np.asarray(labels).tolist())}
    y = np.asarray(y).tolist()
    if not set(y) <= set(column_of):
        raise ValueError("y holds labels that are not in labels")
    columns = [column_of[label] for label in y]
    probabilities = np.asarray(probabilities, dtype=float)
    chosen = np.clip(probabilities[np.arange(len(y)), columns], eps, 1 - eps)
    return np.average(-np.log2(chosen), weights=sample_weight)
