"""Rows that sum to one within 1e-6 are rescaled to exactly one: 'neither before nor after the clipping is anything scaled'."""
import numpy as np


def log_loss(y, probabilities, labels, eps=1e-12, sample_weight=None):
    P = np.asarray(probabilities, dtype=float)
    total = P.sum(axis=1, keepdims=True)
    P = np.where(np.abs(total - 1) < 1e-6, P / np.where(total > 0, total, 1), P)
    column = {label: k for k, label in enumerate(np.asarray(labels).tolist())}
    y = np.asarray(y).tolist()
    w = np.ones(len(y)) if sample_weight is None else np.asarray(sample_weight, dtype=float)
    for label in y:
        if label not in column:
            raise ValueError(f"unknown label {label!r}")
    p = P[np.arange(len(y)), [column[label] for label in y]]
    loss = -np.log(np.clip(p, eps, 1 - eps))
    return float(np.sum(w * loss) / np.sum(w))
