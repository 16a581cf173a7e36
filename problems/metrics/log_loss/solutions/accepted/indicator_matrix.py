"""A matrix that tells which label is whose, and sums over all of it."""

import numpy as np


def log_loss(y, probabilities, labels, eps=1e-12, sample_weight=None):
    is_true = np.asarray(y)[:, None] == np.asarray(labels)[None, :]
    if not is_true.any(axis=1).all():
        raise ValueError("unknown label")
    weights = np.ones(len(is_true)) if sample_weight is None else np.asarray(sample_weight, dtype=float)
    clipped = np.minimum(np.maximum(np.asarray(probabilities, dtype=float), eps), 1 - eps)
    return float(-(weights[:, None] * is_true * np.log(clipped)).sum() / weights.sum())
