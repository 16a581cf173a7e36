"""One exponential of minus the logit's size, from which both probabilities come; each label by itself."""

import numpy as np


def focal_loss(logits, y, alpha=0.25, gamma=2.0, reduction="mean"):
    z = np.array(logits, dtype=np.float64)
    is_one = np.asarray(y) == 1
    small = np.exp(-np.abs(z))
    larger, smaller = 1 / (1 + small), small / (1 + small)
    p_one = np.where(z >= 0, larger, smaller)
    p_zero = np.where(z >= 0, smaller, larger)
    softplus = np.maximum(z, 0) + np.log1p(small)
    loss, grad = np.empty(len(z)), np.empty(len(z))
    w_one, w_zero = (1.0, 1.0) if alpha is None else (alpha, 1 - alpha)

    right, wrong, cost = p_one[is_one], p_zero[is_one], softplus[is_one] - z[is_one]
    # softplus(z) - z loses its digits where z is large; softplus(-z) is the same number.
    cost = np.where(z[is_one] > 0, np.log1p(small[is_one]), cost)
    loss[is_one] = w_one * wrong**gamma * cost
    grad[is_one] = -w_one * wrong**gamma * (wrong + gamma * right * cost)

    right, wrong, cost = p_zero[~is_one], p_one[~is_one], softplus[~is_one]
    loss[~is_one] = w_zero * wrong**gamma * cost
    grad[~is_one] = w_zero * wrong**gamma * (wrong + gamma * right * cost)

    if reduction == "none":
        return loss, grad
    if reduction == "sum":
        return loss.sum(), grad
    if reduction == "mean":
        return loss.sum() / len(z), grad / len(z)
    raise ValueError("reduction is mean, sum or none")
