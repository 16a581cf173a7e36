"""Does not clip, so that one impossible event makes the loss infinite."""

import numpy as np


def log_loss(y, probabilities, labels, eps=1e-12, sample_weight=None):
    column_of = {label: column for column, label in enumerate(np.asarray(labels).tolist())}
    y = np.asarray(y).tolist()
    if not set(y) <= set(column_of):
        raise ValueError("y holds labels that are not in labels")
    columns = [column_of[label] for label in y]
    probabilities = np.asarray(probabilities, dtype=float)
    chosen = probabilities[np.arange(len(y)), columns]
    with np.errstate(all="ignore"):
        losses = -np.log(chosen)
    return np.average(losses, weights=sample_weight)
