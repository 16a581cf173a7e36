"""Takes sample_weight before eps, so that a call by position gives an eps for the weights."""

import numpy as np


def log_loss(y, probabilities, labels, sample_weight=None, eps=1e-12):
    is_true = np.asarray(y)[:, None] == np.asarray(labels)[None, :]
    if not is_true.any(axis=1).all():
        raise ValueError("unknown label")
    chosen = np.where(is_true, np.asarray(probabilities, dtype=float), 0.0).sum(axis=1)
    losses = -np.log(np.minimum(np.maximum(chosen, eps), 1 - eps))
    weights = np.ones(len(losses)) if sample_weight is None else np.asarray(sample_weight, dtype=float)
    return float((weights * losses).sum() / weights.sum())
