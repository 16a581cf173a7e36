"""Losses with their gradients."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def log_softmax(scores: Floats) -> Floats:
    """Return the logarithm of the softmax of each row.

    The largest score of a row is subtracted first, which changes nothing but the range.
    """
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def softmax_cross_entropy(logits: Floats, y: Integers) -> tuple[float, Floats]:
    """Return the mean cross-entropy of softmax(logits) and its gradient with respect to the logits.

    Parameters
    ----------
    logits : ndarray of shape (n_samples, n_classes)
    y : ndarray of shape (n_samples,)
        The index of each sample's class.

    Returns
    -------
    loss : float
        The mean over samples of log(sum(exp(logits))) - logits[y].
    grad : ndarray of shape (n_samples, n_classes)
        (softmax(logits) - onehot(y)) / n_samples.

    Source: Bishop, "Pattern Recognition and Machine Learning" (2006), equations 4.108 and 4.109.
    """
    rows = np.arange(len(logits))
    log_p = log_softmax(logits)
    grad = np.exp(log_p)
    grad[rows, y] -= 1.0
    return float(-log_p[rows, y].mean()), grad / len(logits)


def focal_loss(
    logits: Floats, y: Integers, alpha: float | None = 0.25, gamma: float = 2.0, reduction: str = "mean"
) -> tuple[Floats, Floats]:
    """Return the binary focal loss and its gradient with respect to the logits.

    Parameters
    ----------
    logits : ndarray of shape (n_samples,)
    y : ndarray of shape (n_samples,)
        Labels 0 and 1.
    alpha : float or None
        The weight of label 1; label 0 has 1 - alpha. With None all weights are 1.
    gamma : float
        The exponent of the probability of the wrong label, 0 or more.
    reduction : {"mean", "sum", "none"}

    Returns
    -------
    loss : ndarray of shape () or, with "none", (n_samples,)
        -weight * (1 - p)**gamma * log(p) for the probability p of the right label, reduced.
    grad : ndarray of shape (n_samples,)
        sign * weight * (1 - p)**gamma * (gamma * p * log(p) - (1 - p)), with sign 1 for label 1 and -1 for label 0;
        for "mean" divided by n_samples.

    Source: Lin, Goyal, Girshick, He, Dollár, "Focal Loss for Dense Object Detection" (2017), equation 5 and appendix B.
    """
    sign = np.where(y == 1, 1.0, -1.0)
    weight = np.ones(len(y)) if alpha is None else np.where(y == 1, alpha, 1.0 - alpha)
    log_right, log_wrong = -np.logaddexp(0.0, -sign * logits), -np.logaddexp(0.0, sign * logits)
    factor = weight * np.exp(gamma * log_wrong)
    loss = -factor * log_right
    grad = sign * factor * (gamma * np.exp(log_right) * log_right - np.exp(log_wrong))
    if reduction == "none":
        return loss, grad
    n = len(y) if reduction == "mean" else 1
    return np.asarray(loss.sum() / n), grad / n
