"""Norms, variances and dot products; R² as a ratio of mean squares."""

import numpy as np


def regression_metrics(y_true, y_pred, n_features):
    y = np.array(y_true, dtype=np.float64)
    residual = y - np.asarray(y_pred, dtype=np.float64)
    dof = y.size - 1 - n_features
    if dof < 1:
        raise ValueError("no degrees of freedom are left")
    mse = residual @ residual / y.size
    spread = np.var(y)
    if spread > 0:
        ratio = mse / spread
    else:
        ratio = float(np.any(residual))
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(y == 0, np.nan, np.abs(residual) / np.abs(y))
    return {
        "mse": mse,
        "rmse": np.linalg.norm(residual) / np.sqrt(y.size),
        "mae": np.linalg.norm(residual, 1) / y.size,
        "mape": np.nanmean(shares),
        "r2": 1 - ratio,
        "adjusted_r2": 1 - ratio * (y.size - 1) / dof,
    }
