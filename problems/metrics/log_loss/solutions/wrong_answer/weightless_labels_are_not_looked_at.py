"""Leaves samples without weight out first, and so does not see that one of their labels is unknown."""

import numpy as np


def log_loss(y, probabilities, labels, eps=1e-12, sample_weight=None):
    column_of = {label: column for column, label in enumerate(np.asarray(labels).tolist())}
    y, probabilities = np.asarray(y), np.asarray(probabilities)
    if sample_weight is not None:
        counts = np.asarray(sample_weight) > 0
        y, probabilities, sample_weight = y[counts], probabilities[counts], np.asarray(sample_weight)[counts]
    y = y.tolist()
    if not set(y) <= set(column_of):
        raise ValueError("y holds labels that are not in labels")
    columns = [column_of[label] for label in y]
    probabilities = np.asarray(probabilities, dtype=float)
    chosen = np.clip(probabilities[np.arange(len(y)), columns], eps, 1 - eps)
    return np.average(-np.log(chosen), weights=sample_weight)
