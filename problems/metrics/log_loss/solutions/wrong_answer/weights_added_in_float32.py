"""Adds float32 weights up in float32, where their sum is right to 1e-7 only."""

import numpy as np


def log_loss(y, probabilities, labels, eps=1e-12, sample_weight=None):
    column_of = {label: column for column, label in enumerate(np.asarray(labels).tolist())}
    y = np.asarray(y).tolist()
    if not set(y) <= set(column_of):
        raise ValueError("y holds labels that are not in labels")
    columns = [column_of[label] for label in y]
    probabilities = np.asarray(probabilities, dtype=float)
    losses = -np.log(np.clip(probabilities[np.arange(len(y)), columns], eps, 1 - eps))
    if sample_weight is None:
        return losses.mean()
    return (sample_weight * losses).sum() / sample_weight.sum()
