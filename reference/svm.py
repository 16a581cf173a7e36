"""Support vector machines: the dual by an interior point method, and what its solution says of the primal."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference.optimum import Optimum
from reference.remembered import remembered

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_MAX_STEPS = 100
# Duality gap, relative to the objective, at which float64 has nothing more to give.
_CLOSED = 1e-11


@dataclass(frozen=True, slots=True)
class SupportVectors:
    """A solved machine with hinge loss and a free intercept.

    Attributes
    ----------
    alpha : ndarray of shape (n_samples,)
        Multipliers, between 0 and C.
    intercept : float
    value : float
        The minimum of the primal, within the duality gap.
    gap : float
        Primal less dual objective of this solution, relative to the null model's value.
    """

    alpha: Floats
    intercept: float
    value: float
    gap: float

    def margin_slack(self, gram: Floats, y: Integers) -> Floats:
        """Return y f(x) - 1 of the training samples, shape (n_samples,)."""
        return y * (gram @ (self.alpha * y) + self.intercept) - 1.0


def null_value(y: Integers, C: float) -> float:
    """Return the objective of the best model without coefficients: 2 C for each sample of the rarer label."""
    return 2.0 * C * float(min((y > 0).sum(), (y < 0).sum()))


def primal_value(gram: Floats, y: Integers, C: float, alpha: Floats, intercept: float) -> float:
    """Return ||w||^2 / 2 plus C times the hinge losses for w = sum of alpha_i y_i phi(x_i)."""
    scores = gram @ (alpha * y)
    return float(0.5 * (alpha * y) @ scores + C * np.maximum(0.0, 1.0 - y * (scores + intercept)).sum())


def dual_value(gram: Floats, y: Integers, alpha: Floats) -> float:
    """Return the sum of alpha less half of alpha^T (y y^T * gram) alpha."""
    return float(alpha.sum() - 0.5 * (alpha * y) @ gram @ (alpha * y))


@remembered
def support_vectors(gram: Floats, y: Integers, C: float) -> SupportVectors:
    """Minimise ||w||^2 / 2 + C times the sum of hinge losses, through its dual.

    Parameters
    ----------
    gram : ndarray of shape (n_samples, n_samples)
        Scalar products, or kernel values, of the samples.
    y : ndarray of shape (n_samples,)
        Labels -1 and 1, both present.
    C : float

    Notes
    -----
    Source: Mehrotra's predictor and corrector in the form of Nocedal and Wright, "Numerical optimization" (2006),
    section 16.6; the objective is that of ``sklearn.svm.SVC(C=C)``.
    """
    sign, n = y.astype(np.float64), len(y)
    quadratic = np.outer(sign, sign) * gram
    alpha, low, high, b = np.full(n, C / 2.0), np.full(n, 1.0 + C), np.full(n, 1.0 + C), 0.0
    for _ in range(_MAX_STEPS):
        found = _solution(gram, y, C, alpha, b)
        room, balance = C - alpha, float(sign @ alpha)
        if found.gap < _CLOSED and abs(balance) < _CLOSED * C * n:
            break
        residual = quadratic @ alpha - 1.0 + b * sign - low + high
        matrix = np.zeros((n + 1, n + 1))
        matrix[:n, :n] = quadratic + np.diag(low / alpha + high / room)
        matrix[:n, n] = matrix[n, :n] = sign
        # The predictor aims at products of zero; what it would leave of them says where the corrector aims.
        products = (np.zeros(n), np.zeros(n))
        for is_predictor in (True, False):
            lows, highs = products[0] / alpha - low, products[1] / room - high
            step = np.linalg.solve(matrix, np.append(-residual + lows - highs, -balance))
            d_alpha, d_b = step[:n], float(step[n])
            d_low, d_high = lows - low * d_alpha / alpha, highs + high * d_alpha / room
            points = np.concatenate([alpha, room, low, high])
            size = min(1.0, 0.995 * _reach(points, np.concatenate([d_alpha, -d_alpha, d_low, d_high])))
            if is_predictor:
                before = float(alpha @ low + room @ high)
                after = (alpha + size * d_alpha) @ (low + size * d_low)
                after += (room - size * d_alpha) @ (high + size * d_high)
                target = float(after) ** 3 / before**2 / (2.0 * n)
                products = (target - d_alpha * d_low, target + d_alpha * d_high)
        alpha, low, high, b = alpha + size * d_alpha, low + size * d_low, high + size * d_high, b + size * d_b
    return found


def _reach(point: Floats, direction: Floats) -> float:
    """Return how far one can go before an element becomes zero."""
    falls = direction < 0
    return float(np.min(-point[falls] / direction[falls], initial=np.inf))


def _solution(gram: Floats, y: Integers, C: float, alpha: Floats, b: float) -> SupportVectors:
    value = primal_value(gram, y, C, alpha, b)
    gap = (value - dual_value(gram, y, alpha)) / null_value(y, C)
    return SupportVectors(alpha, b, value, float(gap))


@dataclass(frozen=True, slots=True)
class LinearSvm(Optimum):
    """The minimum of the linear machine.

    Attributes
    ----------
    coef : ndarray of shape (n_features,)
    intercept : float
    """

    coef: Floats
    intercept: float


def violating_pairs(gram: Floats, y: Integers, C: float, n_pairs: int) -> tuple[Floats, float]:
    """Return the multipliers, and an intercept, after so many steps on the pair that violates the conditions most.

    What a solver answers that stops by a count; with enough pairs it comes to `support_vectors`. Source: Keerthi,
    Shevade, Bhattacharyya and Murthy, "Improvements to Platt's SMO algorithm" (2001).
    """
    signed, room = np.zeros(len(y)), y.astype(float)
    low, high = np.minimum(0.0, C * y), np.maximum(0.0, C * y)
    for _ in range(n_pairs):
        i = int(np.argmax(np.where(signed < high, room, -np.inf)))
        j = int(np.argmin(np.where(signed > low, room, np.inf)))
        step = (room[i] - room[j]) / max(gram[i, i] + gram[j, j] - 2.0 * gram[i, j], 1e-12)
        step = min(step, high[i] - signed[i], signed[j] - low[j])
        signed[i], signed[j] = min(signed[i] + step, high[i]), max(signed[j] - step, low[j])
        room -= step * (gram[i] - gram[j])
    return signed * y, float((room[i] + room[j]) / 2.0)


def hinge_objective(X: Floats, y: Integers, C: float, coef: Floats, intercept: float) -> float:
    """Return ||coef||^2 / 2 plus C times the sum of hinge losses, for labels -1 and 1."""
    margins = y * (X @ coef + intercept)
    return float(0.5 * coef @ coef + C * np.maximum(0.0, 1.0 - margins).sum())


def linear_svm(X: Floats, y: Integers, C: float) -> LinearSvm:
    """Minimise the hinge objective with a free intercept; columns are centred first, which changes nothing but digits.

    Same as ``sklearn.svm.SVC(kernel="linear", C=C)`` run to a tight tolerance.
    """
    mean = X.mean(axis=0)
    found = support_vectors((X - mean) @ (X - mean).T, y, C)
    coef = (X - mean).T @ (found.alpha * y)
    intercept = found.intercept - float(coef @ mean)
    return LinearSvm(hinge_objective(X, y, C, coef, intercept), null_value(y, C), coef, intercept)


@dataclass(frozen=True, slots=True)
class KernelSvm:
    """The maximum of the dual with the kernel exp(-gamma d^2).

    Attributes
    ----------
    X, y : ndarray
        The training samples.
    alpha : ndarray of shape (n_samples,)
    lowest, highest : float
        The least and the greatest intercept that fits; they are equal where some multiplier is between 0 and C.
    gamma, value : float
        `value` is the maximum.
    """

    X: Floats
    y: Integers
    alpha: Floats
    lowest: float
    highest: float
    gamma: float
    value: float

    def gap(self, alpha: Floats) -> float:
        """Return how far the dual objective of feasible multipliers is from the maximum: 1 for zeros."""
        return 1.0 - dual_value(gaussian_kernel(self.X, self.X, self.gamma), self.y, alpha) / self.value

    def scores(self, rows: Floats) -> Floats:
        """Return f for each row, with the intercept in the middle of those that fit, shape (n_rows,)."""
        kernel = gaussian_kernel(rows, self.X, self.gamma)
        return kernel @ (self.alpha * self.y) + (self.lowest + self.highest) / 2.0


def gaussian_kernel(rows: Floats, X: Floats, gamma: float) -> Floats:
    """Return exp(-gamma d^2) for the Euclidean distances d between rows, shape (n_rows, n_samples)."""
    return np.exp(-gamma * np.square(rows[:, None, :] - X).sum(axis=2))


def kernel_svm(X: Floats, y: Integers, C: float, gamma: float) -> KernelSvm:
    """Maximise the dual with a Gaussian kernel; same as ``sklearn.svm.SVC(C=C, gamma=gamma)`` to a tight tolerance."""
    gram = gaussian_kernel(X, X, gamma)
    found = support_vectors(gram, y, C)
    lowest, highest = intercepts(gram, y, C, found.alpha)
    return KernelSvm(X, y, found.alpha, lowest, highest, gamma, dual_value(gram, y, found.alpha))


def intercepts(gram: Floats, y: Integers, C: float, alpha: Floats) -> tuple[float, float]:
    """Return the least and the greatest intercept that the conditions of an optimum allow.

    Source: Keerthi, Shevade, Bhattacharyya and Murthy, "Improvements to Platt's SMO algorithm" (2001), section 3.
    Multipliers within 1e-6 C of a bound are taken to be at it.
    """
    room = y - gram @ (alpha * y)
    has_some, has_room = alpha > 1e-6 * C, alpha < (1.0 - 1e-6) * C
    from_below = np.where(y > 0, has_room, has_some)
    from_above = np.where(y > 0, has_some, has_room)
    low, high = float(room[from_below].max()), float(room[from_above].min())
    return (low, high) if low < high else ((low + high) / 2.0,) * 2
