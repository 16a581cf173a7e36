"""Replaces zeros by eps, and leaves smaller probabilities than eps and ones."""

import numpy as np


def log_loss(y, probabilities, labels, eps=1e-12, sample_weight=None):
    column_of = {label: column for column, label in enumerate(np.asarray(labels).tolist())}
    y = np.asarray(y).tolist()
    if not set(y) <= set(column_of):
        raise ValueError("y holds labels that are not in labels")
    columns = [column_of[label] for label in y]
    probabilities = np.asarray(probabilities, dtype=float)
    chosen = probabilities[np.arange(len(y)), columns]
    chosen = np.where(chosen == 0, eps, np.minimum(chosen, 1 - eps))
    return np.average(-np.log(chosen), weights=sample_weight)
