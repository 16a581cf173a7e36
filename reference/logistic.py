"""Logistic regression with an L2 penalty: the objective, its minimum and the distance to it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.optimum import Optimum
from reference.remembered import remembered

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_MAX_STEPS = 200
# Sums of n rounded terms are not exact: relative to the sum of their sizes, this is within reach of float64.
_ZERO_GRADIENT = 1e-13
_SMALLEST_STEP = 2.0**-30


@dataclass(frozen=True, slots=True)
class Minimum:
    """The minimum of a penalised log-loss.

    Attributes
    ----------
    theta : ndarray of shape (n_parameters,)
    value : float
        The objective there.
    n_iter : int
        Newton steps made.
    n_halvings : int
        How often a full step went uphill and was halved; with 0, plain Newton
        steps from zero go downhill all the way.
    """

    theta: Floats
    value: float
    n_iter: int
    n_halvings: int


@dataclass(frozen=True, slots=True)
class LogisticFit(Optimum):
    """A fitted logistic regression; `coef` has shape (n_features,)."""

    coef: Floats
    intercept: float
    n_iter: int
    n_halvings: int


def sigmoid(z: ArrayLike) -> Floats:
    """Return 1 / (1 + exp(-z)) without overflow, in the shape of z."""
    scores = np.asarray(z, dtype=np.float64)
    small = np.exp(-np.abs(scores))
    return np.where(scores >= 0, 1.0, small) / (1.0 + small)


def log_loss_sum(z: Floats, y: Integers) -> float:
    """Return the sum of log(1 + exp(z)) - y z over samples, for scores z of shape (n_samples,)."""
    return float((np.logaddexp(0.0, z) - y * z).sum())


def logistic_objective(X: Floats, y: Integers, C: float, coef: Floats, intercept: float) -> float:
    """Return the sum of log-losses plus ||coef||^2 / (2 C)."""
    return log_loss_sum(X @ coef + intercept, y) + float(coef @ coef) / (2.0 * C)


def null_objective(y: Integers) -> float:
    """Return the objective of the best model without coefficients, whose probability is the share of ones."""
    share = float(y.mean())
    return float(-len(y) * (share * np.log(share) + (1.0 - share) * np.log1p(-share)))


def minimise_penalised(design: Floats, y: Integers, penalty: Floats, max_steps: int = _MAX_STEPS) -> Minimum:
    """Minimise the sum of log-losses of `design @ theta` plus half of `penalty @ theta**2`.

    Parameters
    ----------
    design : ndarray of shape (n_samples, n_parameters)
    y : ndarray of shape (n_samples,)
        Labels 0 and 1.
    penalty : ndarray of shape (n_parameters,)
        The weight of each squared parameter, 0 for none.
    max_steps : int
        Where it ends all the same.

    Source: Newton's method with step halving, Boyd and Vandenberghe, "Convex
    Optimization" (2004), section 9.5; for this loss it is iteratively
    reweighted least squares.
    """
    theta = np.zeros(design.shape[1])
    value = _penalised(design, y, penalty, theta)
    smallest = _ZERO_GRADIENT * (1.0 + np.abs(design).sum(axis=0))
    n_halvings = 0
    for n_iter in range(max_steps):
        p = sigmoid(design @ theta)
        gradient = design.T @ (p - y) + penalty * theta
        if (np.abs(gradient) <= smallest).all():
            return Minimum(theta, value, n_iter, n_halvings)
        hessian = (design.T * (p * (1.0 - p))) @ design + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        size = 1.0
        # Close to the minimum the objective moves by less than its own rounding.
        while (trial := _penalised(design, y, penalty, theta - size * step)) > value + 1e-13 * (1.0 + abs(value)):
            size /= 2.0
            n_halvings += 1
            if size < _SMALLEST_STEP:
                return Minimum(theta, value, n_iter, n_halvings)
        theta, value = theta - size * step, trial
    return Minimum(theta, value, max_steps, n_halvings)


def _penalised(design: Floats, y: Integers, penalty: Floats, theta: Floats) -> float:
    return log_loss_sum(design @ theta, y) + 0.5 * float(penalty @ theta**2)


@remembered
def logistic_regression(X: Floats, y: Integers, C: float = 1.0) -> LogisticFit:
    """Minimise the sum of log-losses plus ||w||^2 / (2 C), with a free intercept.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,)
        Labels 0 and 1, both present.
    C : float
        The inverse strength of the penalty.

    Source: the objective of ``sklearn.linear_model.LogisticRegression(C=C)`` as its manual states it.
    """
    n_features = X.shape[1]
    design = np.column_stack([X, np.ones(len(X))])
    found = minimise_penalised(design, y, np.append(np.full(n_features, 1.0 / C), 0.0))
    coef, intercept = found.theta[:-1], float(found.theta[-1])
    return LogisticFit(found.value, null_objective(y), coef, intercept, found.n_iter, found.n_halvings)
