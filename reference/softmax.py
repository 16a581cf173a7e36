"""Softmax regression with an L2 penalty: the objective, its minimum and the distance to it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference.losses import log_softmax
from reference.optimum import Optimum
from reference.remembered import remembered

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_MAX_STEPS = 100
# Sums of n rounded terms are not exact: relative to the sum of their sizes, this is within reach of float64.
_ZERO_GRADIENT = 1e-13


@dataclass(frozen=True, slots=True)
class SoftmaxFit(Optimum):
    """A fitted softmax regression.

    Attributes
    ----------
    coef : ndarray of shape (n_classes, n_features)
    intercept : ndarray of shape (n_classes,)
        Their sum is zero.
    flattest : float
        The least curvature at the minimum, but for the null direction.
    n_halvings : int
        How often a full Newton step went uphill and was halved.
    """

    coef: Floats
    intercept: Floats
    flattest: float
    n_halvings: int


def softmax_objective(X: Floats, y: Integers, C: float, coef: Floats, intercept: Floats) -> float:
    """Return the sum of log-losses plus ||coef||^2 / (2 C); y holds rows of `coef`."""
    log_p = log_softmax(X @ coef.T + intercept)
    return float(np.square(coef).sum() / (2.0 * C) - log_p[np.arange(len(y)), y].sum())


def null_objective(y: Integers) -> float:
    """Return the objective of the best model without coefficients, whose probabilities are the classes' shares."""
    counts = np.bincount(y)
    return float(-(counts * np.log(counts / len(y))).sum())


@remembered
def softmax_regression(X: Floats, y: Integers, C: float = 1.0, penalty: Floats | None = None) -> SoftmaxFit:
    """Minimise the sum of log-losses plus ||W||^2 / (2 C), with a free intercept for each class.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,)
        Labels 0 to n_classes - 1, all present.
    C : float
        The inverse strength of the penalty.
    penalty : ndarray of shape (n_features + 1,), optional
        Other weights of half the squared coefficients and, at the end, of half the squared intercepts.

    Source: Newton's method with step halving on the objective of
    ``sklearn.linear_model.LogisticRegression(C=C)`` for three or more classes, as
    its manual states it; the Hessian is that of Bishop, "Pattern Recognition and
    Machine Learning" (2006), equation 4.110.
    """
    design = np.column_stack([X, np.ones(len(X))])
    weights = np.append(np.full(X.shape[1], 1.0 / C), 0.0) if penalty is None else penalty
    onehot = np.eye(int(y.max()) + 1)[y]
    theta = np.zeros((onehot.shape[1], design.shape[1]))
    value, n_halvings = _penalised(design, onehot, weights, theta), 0
    smallest = _ZERO_GRADIENT * (1.0 + np.abs(design).sum(axis=0))
    for _ in range(_MAX_STEPS):
        gradient, hessian = _derivatives(design, onehot, weights, theta)
        if (np.abs(gradient) <= smallest).all():
            break
        step = np.linalg.solve(hessian + _null_direction(theta.shape), gradient.ravel()).reshape(theta.shape)
        size = 1.0
        # Close to the minimum the objective moves by less than its own rounding.
        while size > 1e-9 and _penalised(design, onehot, weights, theta - size * step) > value * (1.0 + 1e-13) + 1e-13:
            size /= 2.0
            n_halvings += 1
        theta = theta - size * step
        value = _penalised(design, onehot, weights, theta)
    hessian = _derivatives(design, onehot, weights, theta)[1] + _null_direction(theta.shape)
    flattest = float(np.linalg.eigvalsh(hessian)[0])
    coef, intercept = theta[:, :-1], theta[:, -1]
    reached = softmax_objective(X, y, C, coef, intercept)
    return SoftmaxFit(reached, null_objective(y), coef, intercept, flattest, n_halvings)


def _penalised(design: Floats, onehot: Floats, penalty: Floats, theta: Floats) -> float:
    return float(0.5 * (penalty * theta**2).sum() - (onehot * log_softmax(design @ theta.T)).sum())


def _derivatives(design: Floats, onehot: Floats, penalty: Floats, theta: Floats) -> tuple[Floats, Floats]:
    """Return the gradient in the shape of theta, and the Hessian for theta as one row."""
    p = np.exp(log_softmax(design @ theta.T))
    gradient = (p - onehot).T @ design + penalty * theta
    spread = np.eye(theta.shape[0]) * p[:, :, None] - p[:, :, None] * p[:, None, :]
    hessian = np.einsum("ikl,ia,ib->kalb", spread, design, design, optimize=True).reshape(theta.size, theta.size)
    return gradient, hessian + np.diag(np.tile(penalty, theta.shape[0]))


def _null_direction(shape: tuple[int, ...]) -> Floats:
    """Return a curvature of one along the direction in which all intercepts move alike, which changes nothing."""
    direction = np.zeros(shape)
    direction[:, -1] = 1.0 / np.sqrt(shape[0])
    return np.outer(direction.ravel(), direction.ravel())
