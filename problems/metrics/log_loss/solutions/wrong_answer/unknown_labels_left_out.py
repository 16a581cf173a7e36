"""Leaves samples with unknown labels out instead of raising ValueError."""

import numpy as np


def log_loss(y, probabilities, labels, eps=1e-12, sample_weight=None):
    column_of = {label: column for column, label in enumerate(np.asarray(labels).tolist())}
    y = np.asarray(y).tolist()
    if not set(y) <= set(column_of):
        known = [i for i, label in enumerate(y) if label in column_of]
        y, probabilities = [y[i] for i in known], np.asarray(probabilities)[known]
    columns = [column_of[label] for label in y]
    probabilities = np.asarray(probabilities, dtype=float)
    chosen = np.clip(probabilities[np.arange(len(y)), columns], eps, 1 - eps)
    return np.average(-np.log(chosen), weights=sample_weight)
