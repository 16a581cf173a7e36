"""Compares derivatives and minimisers: gradients with differences of a loss, and what holds at an optimum.

Suites of iterative methods compare these instead of raw coefficients: a
correct solver that stops at the stated accuracy has coefficients of its own.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from judge.agreement.comparison import at_most, close_to
from judge.agreement.conversion import array, number
from judge.agreement.findings import Finding, note

Floats = NDArray[np.float64]

# The third derivative costs step**2, rounding of the loss eps / step; both are near 1e-11 at the cube root of eps.
STEP = 6e-6


def gradient_of(
    loss: Callable[[Floats], Any],
    at: Floats,
    gradient: Any,
    tolerance: float,
    what: str,
    *,
    rng: np.random.Generator | None = None,
    n_directions: int = 8,
    step: float = STEP,
    hint: str = "",
) -> Floats:
    """Check a gradient against central differences of the submission's own loss, and return it.

    It says whether loss and gradient belong together, not whether the loss is
    the right one: compare that by itself.

    Parameters
    ----------
    loss : callable
        Asks the submission for its loss at parameters of the shape of `at`.
    at : ndarray of float
        Where the gradient was asked for; of order one, and no nearer than `step` to a kink.
    gradient : object
        The answer, of the shape of `at`.
    tolerance : float
        Relative to the largest slope. 1e-5 is safe for smooth losses of order one in float64: differences are good
        to 1e-9, and a forgotten factor or term is of order one.
    what : str
        Its name in messages.
    rng : numpy.random.Generator, optional
        With it, slopes along `n_directions` random directions of signs are compared instead of every coordinate:
        two calls for each, however many parameters there are.
    step : float
        1e-3 and a tolerance of 1e-2 where losses may be computed in float32.

    Notes
    -----
    Source: Nocedal and Wright, "Numerical optimization" (2006), section 8.1.
    """
    mine = array(gradient, what, shape=at.shape)
    if rng is None:
        directions = np.eye(at.size).reshape(at.size, *at.shape)
    else:
        directions = rng.choice([-1.0, 1.0], size=(n_directions, *at.shape))
    slopes = np.array([_slope(loss, at, direction, step) for direction in directions])
    claimed = (directions * mine).reshape(len(directions), -1).sum(axis=1)
    scale = max(float(np.abs(slopes).max(initial=0.0)), float(np.finfo(float).tiny))
    along = "" if rng is None else ", along random directions"
    close_to(claimed, slopes, tolerance, f"{what}{along}, against differences of the loss,", scale=scale, hint=hint)
    return mine


def _slope(loss: Callable[[Floats], Any], at: Floats, direction: Floats, step: float) -> float:
    above = number(loss(at + step * direction), "the loss")
    below = number(loss(at - step * direction), "the loss")
    return (above - below) / (2.0 * step)


def zero_where(value: Any, is_zero: NDArray[np.bool_], what: str, *, tolerance: float = 1e-6, hint: str = "") -> Floats:
    """Check that the coefficients that must vanish do, and return all.

    Parameters
    ----------
    value : object
        The answer, of the shape of `is_zero`.
    is_zero : ndarray of bool
        Where zero is certain: where the subgradient has slack, by a thousandth of the penalty say, beyond what the
        stated gap leaves open.
    what : str
        Its name in messages.
    tolerance : float
        Relative to the largest coefficient. Coordinate and proximal methods reach exact zeros; the default forgives
        what one step of them may still move, while plain subgradient steps rest at 1e-3 and more.
    """
    mine = array(value, what, shape=is_zero.shape)
    largest = float(np.abs(mine).max(initial=0.0))
    wrong = np.argwhere(np.atleast_1d(is_zero & (np.abs(mine) > tolerance * largest)))
    excess = float(np.abs(mine[is_zero]).max(initial=0.0)) / largest if largest > 0 else 0.0
    note(f"{what} where it must be zero", excess, tolerance)
    if len(wrong):
        place = tuple(wrong[0])
        told = f"{what}[{', '.join(map(str, place))}] is {np.atleast_1d(mine)[place]:.6g}"
        raise Finding(f"{told}; it must be zero, as {len(wrong)} entries must that are not", actual=value, hint=hint)
    return mine


def l1_residual(gradient: ArrayLike, coef: ArrayLike, penalty: float, lipschitz: float) -> float:
    """Return how far `coef` is from minimising a smooth function plus `penalty` times the sum of |coef|.

    It is the largest element of the gradient mapping L (w - S(w - g / L)),
    with S the soft threshold at penalty / L: zero at a minimum and nowhere
    else, in the units of the gradient, and continuous, where the residual of
    the subgradient jumps at every coefficient that is nearly zero.

    Parameters
    ----------
    gradient : array-like of float, shape (n_features,)
        Of the smooth part, at `coef`.
    coef : array-like of float, shape (n_features,)
        A converted answer.
    penalty : float
    lipschitz : float
        The Lipschitz constant L of the gradient.

    Notes
    -----
    Source: Beck, "First-order methods in optimization" (2017), section 10.3.
    """
    w, g = np.asarray(coef, dtype=np.float64), np.asarray(gradient, dtype=np.float64)
    moved = w - g / lipschitz
    shrunk = np.sign(moved) * np.maximum(np.abs(moved) - penalty / lipschitz, 0.0)
    return _largest(lipschitz * (w - shrunk))


def box_residual(gradient: ArrayLike, point: ArrayLike, low: float, high: float, lipschitz: float) -> float:
    """Return how far `point` is from minimising a smooth function between two bounds.

    The same mapping as `l1_residual` with a projection onto [low, high]: the
    gradient where the point is free, what of it points inward at a bound, and
    at least L times what the point exceeds a bound by.

    Parameters
    ----------
    gradient : array-like of float, shape (n,)
        At `point`.
    point : array-like of float, shape (n,)
        A converted answer, such as the multipliers of a support vector machine without an intercept.
    low, high : float
    lipschitz : float
        The Lipschitz constant L of the gradient.
    """
    x, g = np.asarray(point, dtype=np.float64), np.asarray(gradient, dtype=np.float64)
    return _largest(lipschitz * (x - np.clip(x - g / lipschitz, low, high)))


def _largest(residual: Floats) -> float:
    """Return the largest element; answers may be so large that none can be told."""
    largest = float(np.abs(residual).max(initial=0.0))
    return largest if np.isfinite(largest) else float(np.finfo(float).max)


def monotone(
    values: Any, what: str, *, is_rising: bool, tolerance: float, scale: float = 1.0, hint: str = ""
) -> Floats:
    """Check that a sequence never turns back, such as the likelihood from step to step, and return it.

    Parameters
    ----------
    values : object
        The answer, shape (n_steps,).
    what : str
        Its name in messages.
    is_rising : bool
        Whether it may not fall; else it may not rise.
    tolerance : float
        The step back allowed, times `scale`: rounding of the values, 1e-9 of their size for sums of float64.
    """
    mine = array(values, what)
    if mine.ndim != 1:
        raise Finding(f"{what} has shape {mine.shape}; one axis was asked for", actual=values)
    steps = np.diff(mine) if is_rising else -np.diff(mine)
    if len(steps):
        worst = int(np.argmin(steps))
        turn = "fall" if is_rising else "rise"
        at_most(
            float(-steps[worst]) / scale, tolerance, f"the {turn} of {what} from step {worst} to {worst + 1}", hint=hint
        )
    return mine
