"""Linear models: least squares, ridge and lasso, their objectives, and how far an answer is from the optimum."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference.remembered import remembered

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LinearFit:
    """A fitted linear function x -> coef @ x + intercept.

    Attributes
    ----------
    coef : ndarray of shape (n_features,)
    intercept : float
    """

    coef: Floats
    intercept: float

    def predict(self, X: Floats) -> Floats:
        """Return the function's values at the rows of X, shape (len(X),)."""
        return X @ self.coef + self.intercept


def least_squares(X: Floats, y: Floats, *, fit_intercept: bool = True) -> LinearFit:
    """Minimise the residual sum of squares by the singular value decomposition of the centred data.

    Singular values below ``max(X.shape) * eps`` times the largest count as zero;
    of several minimisers the one with the least ``norm(coef)`` is returned.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,)
    fit_intercept : bool
        Without an intercept nothing is centred.

    Notes
    -----
    Source: Golub and Van Loan, "Matrix Computations", 4th edition, section 5.5;
    same as ``sklearn.linear_model.LinearRegression(tol=0)``.
    """
    return _spectral_fit(X, y, 0.0, fit_intercept=fit_intercept)


def ridge(X: Floats, y: Floats, alpha: float) -> LinearFit:
    """Minimise ``norm(y - X @ w - b)**2 + alpha * norm(w)**2`` over w and b by a singular value decomposition.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,)
    alpha : float
        Positive; b is not penalised.

    Notes
    -----
    Source: Hastie, Tibshirani and Friedman, "The Elements of Statistical
    Learning", 2nd edition, section 3.4.1; same as
    ``sklearn.linear_model.Ridge(alpha, solver="svd")``.
    """
    return _spectral_fit(X, y, alpha, fit_intercept=True)


def _spectral_fit(X: Floats, y: Floats, alpha: float, *, fit_intercept: bool) -> LinearFit:
    X_mean = X.mean(axis=0) if fit_intercept else np.zeros(X.shape[1])
    y_mean = float(y.mean()) if fit_intercept else 0.0
    U, s, Vt = np.linalg.svd(X - X_mean, full_matrices=False)
    kept = s > max(X.shape) * np.finfo(float).eps * s.max(initial=0.0)
    U, s, Vt = U[:, kept], s[kept], Vt[kept]
    coef = Vt.T @ (s / (s**2 + alpha) * (U.T @ (y - y_mean)))
    return LinearFit(coef, y_mean - float(X_mean @ coef))


def ridge_objective(X: Floats, y: Floats, fit: LinearFit, alpha: float = 0.0) -> float:
    """Return ``norm(y - X @ coef - intercept)**2 + alpha * norm(coef)**2``; alpha 0 leaves the residual sum."""
    return float(np.square(y - fit.predict(X)).sum() + alpha * np.square(fit.coef).sum())


def explained(X: Floats, y: Floats, alpha: float = 0.0, *, fit_intercept: bool = True) -> float:
    """Return how much the minimum of the objective lies below the objective of the null model (w = 0, b the mean of y).

    Without an intercept the null model is w = 0, b = 0. The difference is
    ``norm(Z @ w)**2 + alpha * norm(w)**2`` with Z the centred X and w the
    minimiser; computed so, it loses no digits.
    """
    best = _spectral_fit(X, y, alpha, fit_intercept=fit_intercept)
    centred = X - X.mean(axis=0) if fit_intercept else X
    return float(np.square(centred @ best.coef).sum() + alpha * np.square(best.coef).sum())


def least_squares_gap(X: Floats, y: Floats, fitted: Floats, *, fit_intercept: bool = True) -> float:
    """Return (RSS - RSS*) / (RSS0 - RSS*) of fitted values; RSS* is the least and RSS0 the null model's.

    Computed as a squared distance from the best fitted values, which is the same
    by Pythagoras for all fitted values of the form ``X @ w + b``, and loses no
    digits. Infinity when the values overflow.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,)
        Not constant; without an intercept, not orthogonal to all columns.
    fitted : ndarray of shape (n_samples,)
    fit_intercept : bool
    """
    best = least_squares(X, y, fit_intercept=fit_intercept)
    with np.errstate(over="ignore", invalid="ignore"):
        excess = np.square(fitted - best.predict(X)).sum()
    return _finite(excess / explained(X, y, fit_intercept=fit_intercept))


def ridge_gap(X: Floats, y: Floats, fit: LinearFit, alpha: float) -> float:
    """Return (J - J*) / (J0 - J*) of a fit; J* is the least value of the objective and J0 the null model's.

    The objective is quadratic, so J - J* is the quadratic form of the difference
    from the minimiser, computed without cancellation. Infinity when it overflows.
    """
    best = ridge(X, y, alpha)
    with np.errstate(over="ignore", invalid="ignore"):
        coef, intercept = fit.coef - best.coef, fit.intercept - best.intercept
        excess = np.square(X @ coef + intercept).sum() + alpha * np.square(coef).sum()
    return _finite(excess / explained(X, y, alpha))


def _finite(gap: float) -> float:
    return float(gap) if np.isfinite(gap) else float("inf")


def condition(X: Floats, *, fit_intercept: bool = True) -> float:
    """Return the largest over the least non-zero singular value of X, centred when there is an intercept."""
    s = np.linalg.svd(X - X.mean(axis=0) if fit_intercept else X, compute_uv=False)
    return float(s[0] / s[s > max(X.shape) * np.finfo(float).eps * s[0]][-1])


_SWEEPS = 100_000
# A coordinate that moves the fitted values by less than this, relative to y, is at rest in float64.
_AT_REST = 1e-15


def soft_threshold(value: float, by: float) -> float:
    """Return `value` moved towards zero by `by`, and zero where it would change sign."""
    return float(np.sign(value) * max(abs(value) - by, 0.0))


@remembered
def lasso(X: Floats, y: Floats, alpha: float) -> LinearFit:
    """Minimise ``norm(y - X @ w - b)**2 / (2 n) + alpha * sum(abs(w))`` by cyclic coordinate descent.

    Coefficients that are zero come out as exactly zero. Where copies of a column
    leave several minimisers, one of them is returned.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,)
    alpha : float
        Positive; b is not penalised.

    Notes
    -----
    Source: Friedman, Hastie and Tibshirani, "Regularization paths for generalized
    linear models via coordinate descent", Journal of Statistical Software 33
    (2010), section 2; same as ``sklearn.linear_model.Lasso(alpha, tol=1e-14)``.
    """
    X_mean, y_mean = X.mean(axis=0), float(y.mean())
    columns, residual = (X - X_mean).T.copy(), y - y_mean
    coef, lengths = np.zeros(len(columns)), np.square(columns).sum(axis=1)
    size, moving = float(np.linalg.norm(residual)), np.flatnonzero(lengths > _AT_REST * np.square(X).sum(axis=0))
    for _ in range(_SWEEPS):
        largest = 0.0
        for j in moving:
            rho = float(columns[j] @ residual) + lengths[j] * coef[j]
            step = soft_threshold(rho, alpha * len(y)) / lengths[j] - coef[j]
            if step != 0.0:
                residual -= step * columns[j]
                coef[j] += step
                largest = max(largest, abs(step) * lengths[j] ** 0.5)
        if largest <= _AT_REST * size:
            break
    return LinearFit(coef, y_mean - float(X_mean @ coef))


def lasso_objective(X: Floats, y: Floats, fit: LinearFit, alpha: float) -> float:
    """Return ``norm(y - X @ coef - intercept)**2 / (2 n) + alpha * sum(abs(coef))``."""
    return float(np.square(y - fit.predict(X)).sum() / (2 * len(y)) + alpha * np.abs(fit.coef).sum())


def lasso_gap(X: Floats, y: Floats, fit: LinearFit, alpha: float) -> float:
    """Return (J - J*) / (J0 - J*) of a fit; J* is the least value of the objective and J0 the null model's.

    Only for data on which the minimiser is not the null model. Infinity when the
    objective overflows.
    """
    best = lasso_objective(X, y, lasso(X, y, alpha), alpha)
    null = float(np.var(y)) / 2
    with np.errstate(over="ignore", invalid="ignore"):
        return _finite((lasso_objective(X, y, fit, alpha) - best) / (null - best))


def slopes(X: Floats, y: Floats, fit: LinearFit) -> Floats:
    """Return ``abs(X.T @ residual) / n`` for the centred X, shape (n_features,).

    At the lasso's minimum it is alpha where a coefficient is not zero, and at most alpha elsewhere.
    """
    return np.abs((X - X.mean(axis=0)).T @ (y - fit.predict(X))) / len(y)
