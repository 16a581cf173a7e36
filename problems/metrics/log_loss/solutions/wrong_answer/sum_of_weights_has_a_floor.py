"""Divides by 1e-12 at least, against a division by zero: small weights give a small loss."""

import numpy as np


def log_loss(y, probabilities, labels, eps=1e-12, sample_weight=None):
    column_of = {label: column for column, label in enumerate(np.asarray(labels).tolist())}
    y = np.asarray(y).tolist()
    if not set(y) <= set(column_of):
        raise ValueError("y holds labels that are not in labels")
    columns = [column_of[label] for label in y]
    probabilities = np.asarray(probabilities, dtype=float)
    chosen = np.clip(probabilities[np.arange(len(y)), columns], eps, 1 - eps)
    weights = np.ones(len(y)) if sample_weight is None else np.asarray(sample_weight, dtype=float)
    return -(weights * np.log(chosen)).sum() / max(weights.sum(), 1e-12)
