"""Log-probabilities by logaddexp, labels as a one-hot matrix; the gradient comes back in float32."""

import numpy as np


def softmax_cross_entropy(logits, y):
    logits = np.array(logits, dtype=np.float64)
    n, n_classes = logits.shape
    log_p = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    one_hot = np.eye(n_classes)[y]
    loss = -np.where(one_hot > 0, log_p, 0.0).sum() / n
    return [np.array(loss), ((np.exp(log_p) - one_hot) / n).astype(np.float32)]
