"""Clips in the array's own precision and converts afterwards: float32 rounds the ends of the interval."""

import numpy as np


def log_loss(y, probabilities, labels, eps=1e-12, sample_weight=None):
    column_of = {label: column for column, label in enumerate(np.asarray(labels).tolist())}
    y = np.asarray(y).tolist()
    if not set(y) <= set(column_of):
        raise ValueError("y holds labels that are not in labels")
    columns = [column_of[label] for label in y]
    probabilities = np.asarray(probabilities)
    chosen = np.clip(probabilities[np.arange(len(y)), columns], eps, 1 - eps).astype(float)
    return np.average(-np.log(chosen), weights=sample_weight)
