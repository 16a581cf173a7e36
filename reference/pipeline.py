"""Filling, scaling and ridge regression learnt from training rows alone, and errors on rows that were held out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What the three steps have learnt: values for missing entries, means and deviations, a ridge regression."""

    fill: Floats
    mean: Floats
    scale: Floats
    coef: Floats
    intercept: float

    def predict(self, X: Floats) -> Floats:
        """Return predictions of rows, shape (n_samples,)."""
        Z = (np.where(np.isnan(X), self.fill, X) - self.mean) / self.scale
        return self.intercept + Z @ self.coef


def fit_pipeline(X: Floats, y: Floats, strategy: str = "mean", alpha: float = 1.0) -> Fitted:
    """Learn all steps from these rows.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
        With nan where a value is missing; a column without values is filled with 0.
    y : ndarray of shape (n_samples,)
    strategy : {"mean", "median"}
    alpha : float
        Weight of the squared coefficients beside the sum of squared residuals, positive.
    """
    middle = np.median if strategy == "median" else np.mean
    fill = np.array([middle(column[~np.isnan(column)]) if not np.isnan(column).all() else 0.0 for column in X.T])
    filled = np.where(np.isnan(X), fill, X)
    mean = filled.mean(axis=0)
    scale = np.where(np.ptp(filled, axis=0) > 0, filled.std(axis=0), 1.0)
    Z = (filled - mean) / scale
    # Z may keep a mean of some 1e-15 from rounding, which the target's mean must not meet.
    U, s, Vt = np.linalg.svd(Z, full_matrices=False)
    coef = Vt.T @ (s / (s**2 + alpha) * (U.T @ (y - y.mean())))
    return Fitted(fill, mean, scale, coef, float(y.mean() - Z.mean(axis=0) @ coef))


def out_of_fold(
    X: Floats, y: Floats, folds: Integers, strategy: str = "mean", alpha: float = 1.0
) -> tuple[Floats, Floats]:
    """Return predictions of rows by a pipeline fitted on the other folds, and each fold's mean squared error."""
    predictions, errors = np.empty(len(y)), []
    for fold in np.unique(folds):
        test = folds == fold
        predictions[test] = fit_pipeline(X[~test], y[~test], strategy, alpha).predict(X[test])
        errors.append(np.square(y[test] - predictions[test]).mean())
    return predictions, np.array(errors)


def nested_out_of_fold(
    X: Floats, y: Floats, folds: Integers, alphas: Sequence[float], strategy: str = "mean"
) -> tuple[Floats, Floats, Floats]:
    """Return predictions, the alpha chosen for each fold without it, and all errors that decided.

    The last has shape (n_folds, n_alphas): the mean over the remaining folds of
    their mean squared errors.

    Source: Stone, "Cross-validatory choice and assessment of statistical predictions" (1974).
    """
    predictions, chosen, table = np.empty(len(y)), [], []
    for fold in np.unique(folds):
        test = folds == fold
        rest = X[~test], y[~test], folds[~test]
        table.append([out_of_fold(*rest, strategy, alpha)[1].mean() for alpha in alphas])
        chosen.append(alphas[int(np.argmin(table[-1]))])
        predictions[test] = fit_pipeline(X[~test], y[~test], strategy, chosen[-1]).predict(X[test])
    return predictions, np.array(chosen), np.array(table)
