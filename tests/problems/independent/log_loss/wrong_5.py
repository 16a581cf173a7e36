"""y is converted to the dtype of labels, so longer strings are cut ('catfish' -> 'cat') and pass as known: 'raise ValueError'."""
import numpy as np


def log_loss(y, probabilities, labels, eps=1e-12, sample_weight=None):
    P = np.asarray(probabilities, dtype=float)
    column = {label: k for k, label in enumerate(np.asarray(labels).tolist())}
    y = np.asarray(y, dtype=np.asarray(labels).dtype).tolist()
    w = np.ones(len(y)) if sample_weight is None else np.asarray(sample_weight, dtype=float)
    for label in y:
        if label not in column:
            raise ValueError(f"unknown label {label!r}")
    p = P[np.arange(len(y)), [column[label] for label in y]]
    loss = -np.log(np.clip(p, eps, 1 - eps))
    return float(np.sum(w * loss) / np.sum(w))
