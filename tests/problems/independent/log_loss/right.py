import numpy as np


def log_loss(y, probabilities, labels, eps=1e-12, sample_weight=None):
    column = {label: k for k, label in enumerate(labels)}
    P = np.asarray(probabilities, dtype=float)
    try:
        cols = [column[label] for label in y]
    except KeyError as error:
        raise ValueError(f"unknown label {error}")
    p = np.clip(P[np.arange(len(P)), cols], eps, 1 - eps)
    return float(-np.average(np.log(p), weights=sample_weight))
