"""Linear regression with its standard errors, tests and intervals."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference.statistics import regularised_beta, two_sided_tail

Floats = NDArray[np.float64]

_BISECTIONS = 60


@dataclass(frozen=True, slots=True)
class Inference:
    """A regression with an intercept, which comes first where there is an entry for each coefficient.

    Attributes
    ----------
    coef, standard_errors, t, p : ndarray of shape (n_features + 1,)
        p-values are two-sided.
    intervals : ndarray of shape (n_features + 1, 2)
    residual_variance : float
        By the degrees of freedom, n_samples - n_features - 1.
    r2, adjusted_r2, f, f_p : float
        The F-test is that all coefficients but the intercept are zero.
    """

    coef: Floats
    standard_errors: Floats
    t: Floats
    p: Floats
    intervals: Floats
    residual_variance: float
    r2: float
    adjusted_r2: float
    f: float
    f_p: float


def ols_inference(X: Floats, y: Floats, confidence: float = 0.95) -> Inference:
    """Fit by least squares and test the coefficients.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
        Without a column of ones; of full rank together with it.
    y : ndarray of shape (n_samples,)
    confidence : float

    Source: Hastie, Tibshirani and Friedman, "The Elements of Statistical
    Learning", 2nd edition, section 3.2; same as statsmodels'
    ``OLS(y, add_constant(X)).fit()``.
    """
    n, p = X.shape
    df = n - p - 1
    # The columns are centred first: then the intercept costs no digits.
    mean = X.mean(axis=0)
    Q, R = np.linalg.qr(X - mean)
    slopes = np.linalg.solve(R, Q.T @ (y - y.mean()))
    fitted = (X - mean) @ slopes
    residual = y - y.mean() - fitted
    variance = float(residual @ residual) / df
    inverse = np.linalg.inv(R)
    scales = np.append(1.0 / n + float(np.square(mean @ inverse).sum()), np.square(inverse).sum(axis=1))
    coef, errors = np.append(y.mean() - mean @ slopes, slopes), np.sqrt(variance * scales)
    t = coef / errors
    half = two_sided_quantile(confidence, df) * errors
    f = float(fitted @ fitted) / p / variance
    r2 = float(fitted @ fitted) / float(np.square(y - y.mean()).sum())
    return Inference(
        coef,
        errors,
        t,
        np.array([two_sided_tail(one, df) for one in t.tolist()]),
        np.column_stack([coef - half, coef + half]),
        variance,
        r2,
        1.0 - (1.0 - r2) * (n - 1) / df,
        f,
        f_tail(f, p, df),
    )


def f_tail(f: float, numerator: float, denominator: float) -> float:
    """Return P(F >= f) for the F distribution, f > 0, accurate at any depth.

    Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.6.2.
    """
    ratio = numerator * f / denominator
    return regularised_beta(0.5 * denominator, 0.5 * numerator, -math.log1p(ratio), -math.log1p(1.0 / ratio))


def two_sided_quantile(confidence: float, df: float) -> float:
    """Return q with P(|T| <= q) = confidence for Student's t distribution, by bisection to the last digit."""
    low, high = 0.0, 1.0
    while two_sided_tail(high, df) > 1.0 - confidence:
        high *= 2.0
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        if two_sided_tail(middle, df) > 1.0 - confidence:
            low = middle
        else:
            high = middle
    return high
