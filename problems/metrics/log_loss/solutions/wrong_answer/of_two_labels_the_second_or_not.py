"""Where there are two labels it asks whether a sample has the second, so that any other label counts as the first."""

import numpy as np


def log_loss(y, probabilities, labels, eps=1e-12, sample_weight=None):
    y, labels = np.asarray(y), np.asarray(labels)
    clipped = np.clip(np.asarray(probabilities, dtype=float), eps, 1 - eps)
    if len(labels) == 2:
        chosen = np.where(y == labels[1], clipped[:, 1], clipped[:, 0])
    else:
        is_label = y[:, None] == labels
        if not is_label.any(axis=1).all():
            raise ValueError("y holds labels that are not in labels")
        chosen = clipped[is_label]
    return np.average(-np.log(chosen), weights=sample_weight)
