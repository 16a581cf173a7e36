"""Binary focal loss. Fill in the function."""

import numpy as np


def focal_loss(logits, y, alpha=0.25, gamma=2.0, reduction="mean"):
    """Return the focal loss and its gradient with respect to the logits.

    `logits` and `y` have shape (n_samples,), `y` holds 0 and 1; `alpha` weighs label 1, or is None; `reduction` is
    "mean", "sum" or "none". The answer is a pair: the loss, a number (with "none" one for each sample), and the
    gradient, shape (n_samples,).
    """
    loss = 0.0
    grad = np.zeros(np.shape(logits))
    return loss, grad
