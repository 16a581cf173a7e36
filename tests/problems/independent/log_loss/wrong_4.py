"""Samples of weight 0 are dropped before the labels are checked: 'When y holds a label that is not in labels, raise ValueError'."""
import numpy as np


def log_loss(y, probabilities, labels, eps=1e-12, sample_weight=None):
    P = np.asarray(probabilities, dtype=float)
    column = {label: k for k, label in enumerate(np.asarray(labels).tolist())}
    y = np.asarray(y).tolist()
    w = np.ones(len(y)) if sample_weight is None else np.asarray(sample_weight, dtype=float)
    for label, wi in zip(y, w):
        if wi > 0 and label not in column:
            raise ValueError(f"unknown label {label!r}")
    p = P[np.arange(len(y)), [column.get(label, 0) for label in y]]
    loss = -np.log(np.clip(p, eps, 1 - eps))
    return float(np.sum(w * loss) / np.sum(w))
